// SPDX-License-Identifier: Apache-2.0
/* The routes of people's pages: README.md says how one is added. */
#include "host/events.h"
#include "host/portal/assets.h"
#include "host/portal/dashboard.h"
#include "host/portal/devices.h"
#include "host/portal/audit_page.h"
#include "host/portal/enter.h"
#include "host/portal/exports.h"
#include "host/portal/form.h"
#include "host/portal/draft.h"
#include "host/portal/people.h"
#include "host/portal/policies.h"
#include "host/portal/self.h"
#include "host/route.h"

/* A page, and a form that changes something. */
#define PAGE(path, run, act, of) \
	{ HTTP_GET, path, 0, PERSON, false, run, act, of }
#define FORM(path, run, act, of) \
	{ HTTP_POST, path, FORM_MAX, PERSON, true, run, act, of }
#define LARGE(path, most, run, act, of) \
	{ HTTP_POST, path, most, PERSON, true, run, act, of }

const struct route portal_routes[] = {
	{ HTTP_GET, "/assets/*/*", 0, NOTHING, false, assets_serve, 0, 0 },
	PAGE("/start", enter_start, ACT_SELF, OF_NONE),
	PAGE("/events", events_answer, ACT_SELF, OF_NONE),
	PAGE("/login", enter_ask, ACT_ENTER, OF_NONE),
	FORM("/login", enter_password, ACT_ENTER, OF_NONE),
	PAGE("/login/second", enter_ask_second, ACT_SECOND, OF_NONE),
	FORM("/login/second", enter_second, ACT_SECOND, OF_NONE),
	PAGE("/login/enrol", enter_ask_enrol, ACT_ENROL, OF_NONE),
	FORM("/login/enrol", enter_enrol, ACT_ENROL, OF_NONE),
	FORM("/logout", enter_log_out, ACT_SECOND, OF_NONE),
	PAGE("/invite/*", enter_invited, ACT_ENTER, OF_NONE),
	FORM("/invite/*", enter_accept, ACT_ENTER, OF_NONE),
	PAGE("/me", self_show, ACT_SELF, OF_NONE),
	FORM("/me/profile", self_profile, ACT_SELF, OF_NONE),
	FORM("/me/password", self_password, ACT_SELF, OF_NONE),
	PAGE("/me/second", self_ask_second, ACT_SELF, OF_NONE),
	FORM("/me/second", self_second, ACT_SELF, OF_NONE),
	FORM("/me/second/remove", self_second_remove, ACT_SELF, OF_NONE),
	FORM("/me/recovery", self_recovery, ACT_SELF, OF_NONE),
	FORM("/me/logins/*/end", self_login_end, ACT_SELF, OF_NONE),
	FORM("/me/tokens", self_token_add, ACT_SELF, OF_NONE),
	FORM("/me/tokens/*/revoke", self_token_revoke, ACT_SELF, OF_NONE),
	PAGE("/dashboard", dashboard_show, ACT_DASHBOARD, OF_NONE),
	FORM("/dashboard/counts", dashboard_counts, ACT_EXPORTS, OF_NONE),
	PAGE("/booths", dashboard_booths, ACT_COUNTS, OF_NONE),
	PAGE("/devices", devices_list, ACT_DEVICES, OF_NONE),
	FORM("/devices", devices_add, ACT_DEVICES_CHANGE, OF_NONE),
	PAGE("/devices/*", devices_show, ACT_DEVICES, OF_DEVICE),
	FORM("/devices/*/booth", devices_booth, ACT_DEVICES_CHANGE, OF_DEVICE),
	FORM("/devices/*/renew", devices_renew, ACT_DEVICES_CHANGE, OF_DEVICE),
	FORM("/devices/*/revoke", devices_revoke, ACT_DEVICES_CHANGE,
	    OF_DEVICE),
	FORM("/devices/*/lost", devices_lost, ACT_DEVICES_CHANGE, OF_DEVICE),
	FORM("/devices/*/found", devices_found, ACT_DEVICES_CHANGE, OF_DEVICE),
	FORM("/devices/*/reassign", devices_reassign, ACT_DEVICES_CHANGE,
	    OF_DEVICE),
	PAGE("/people", people_list, ACT_PEOPLE, OF_NONE),
	FORM("/people", people_invite, ACT_PEOPLE, OF_NONE),
	PAGE("/people/*", people_show, ACT_PEOPLE, OF_NONE),
	FORM("/people/*/role", people_role, ACT_PEOPLE, OF_NONE),
	FORM("/people/*/disable", people_disable, ACT_PEOPLE, OF_NONE),
	FORM("/people/*/enable", people_enable, ACT_PEOPLE, OF_NONE),
	FORM("/people/*/reset", people_reset, ACT_PEOPLE, OF_NONE),
	FORM("/people/*/logins", people_logins, ACT_PEOPLE, OF_NONE),
	PAGE("/exports", exports_show, ACT_EXPORTS, OF_NONE),
	FORM("/exports/leads", exports_leads, ACT_EXPORTS, OF_NONE),
	FORM("/exports/logs", exports_logs, ACT_EXPORTS, OF_NONE),
	FORM("/exports/counts", exports_counts, ACT_EXPORTS, OF_NONE),
	FORM("/exports/audit", exports_audit, ACT_EXPORTS, OF_NONE),
	PAGE("/audit", audit_show, ACT_AUDIT, OF_NONE),
	PAGE("/audit/verify", audit_verify_now, ACT_AUDIT, OF_NONE),
	PAGE("/policy", policies_show, ACT_POLICY, OF_NONE),
	PAGE("/policy/versions/*", policies_version, ACT_POLICY, OF_NONE),
	PAGE("/policy/versions/*/download", policies_download, ACT_POLICY,
	    OF_NONE),
	FORM("/policy/draft", draft_begin, ACT_POLICY_CHANGE, OF_NONE),
	PAGE("/policy/draft", draft_show, ACT_POLICY, OF_NONE),
	FORM("/policy/draft/discard", draft_discard, ACT_POLICY_CHANGE,
	    OF_NONE),
	PAGE("/policy/draft/event", draft_event, ACT_POLICY, OF_NONE),
	FORM("/policy/draft/event", draft_event_save, ACT_POLICY_CHANGE,
	    OF_NONE),
	PAGE("/policy/draft/texts", draft_texts, ACT_POLICY, OF_NONE),
	LARGE("/policy/draft/texts", DRAFT_FORM_MAX, draft_texts_save,
	    ACT_POLICY_CHANGE, OF_NONE),
	FORM("/policy/draft/sponsors", draft_sponsor_add, ACT_POLICY_CHANGE,
	    OF_NONE),
	PAGE("/policy/draft/sponsors/*", draft_sponsor, ACT_POLICY, OF_NONE),
	LARGE("/policy/draft/sponsors/*", DRAFT_FORM_MAX, draft_sponsor_save,
	    ACT_POLICY_CHANGE, OF_NONE),
	PAGE("/policy/draft/sponsors/*/texts", draft_texts, ACT_POLICY,
	    OF_NONE),
	LARGE("/policy/draft/sponsors/*/texts", DRAFT_FORM_MAX,
	    draft_texts_save, ACT_POLICY_CHANGE, OF_NONE),
	FORM("/policy/draft/sponsors/*/pin", draft_sponsor_pin,
	    ACT_POLICY_CHANGE, OF_NONE),
	LARGE("/policy/draft/sponsors/*/logo", DRAFT_LOGO_MAX,
	    draft_sponsor_logo, ACT_POLICY_CHANGE, OF_NONE),
	FORM("/policy/draft/sponsors/*/remove", draft_sponsor_remove,
	    ACT_POLICY_CHANGE, OF_NONE),
	PAGE("/policy/draft/sponsors/*/screen", draft_screen, ACT_POLICY,
	    OF_NONE),
	PAGE("/policy/draft/sponsors/*/screen/*", draft_picture, ACT_POLICY,
	    OF_NONE),
	PAGE("/policy/draft/text", draft_text, ACT_POLICY, OF_NONE),
	LARGE("/policy/draft/text", DRAFT_TEXT_MAX, draft_text_save,
	    ACT_POLICY_CHANGE, OF_NONE),
	LARGE("/policy/draft/upload", DRAFT_TEXT_MAX, draft_upload,
	    ACT_POLICY_CHANGE, OF_NONE),
	PAGE("/policy/draft/download", draft_download, ACT_POLICY, OF_NONE),
	PAGE("/policy/draft/changes", draft_changes, ACT_POLICY, OF_NONE),
	FORM("/policy/draft/install", draft_install, ACT_POLICY_CHANGE,
	    OF_NONE),
	PAGE("/sponsors", sponsors_list, ACT_POLICY, OF_NONE),
	PAGE("/sponsors/*/overview", sponsors_show, ACT_POLICY, OF_SPONSOR),
	{ .path = NULL },
};
