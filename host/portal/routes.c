// SPDX-License-Identifier: Apache-2.0
/* The routes of people's pages: README.md says how one is added. */
#include "host/events.h"
#include "host/portal/assets.h"
#include "host/portal/enter.h"
#include "host/portal/form.h"
#include "host/portal/people.h"
#include "host/portal/self.h"
#include "host/portal/sponsor.h"
#include "host/route.h"

/* A page, and a form that changes something. */
#define PAGE(path, run, act, of) \
	{ HTTP_GET, path, 0, PERSON, false, run, act, of }
#define FORM(path, run, act, of) \
	{ HTTP_POST, path, FORM_MAX, PERSON, true, run, act, of }

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
	PAGE("/people", people_list, ACT_PEOPLE, OF_NONE),
	FORM("/people", people_invite, ACT_PEOPLE, OF_NONE),
	PAGE("/people/*", people_show, ACT_PEOPLE, OF_NONE),
	FORM("/people/*/role", people_role, ACT_PEOPLE, OF_NONE),
	FORM("/people/*/disable", people_disable, ACT_PEOPLE, OF_NONE),
	FORM("/people/*/enable", people_enable, ACT_PEOPLE, OF_NONE),
	FORM("/people/*/reset", people_reset, ACT_PEOPLE, OF_NONE),
	FORM("/people/*/logins", people_logins, ACT_PEOPLE, OF_NONE),
	PAGE("/leads", leads_list, ACT_LEADS_NOTE, OF_NONE),
	PAGE("/leads/*", leads_show, ACT_LEADS_NOTE, OF_LEAD),
	FORM("/leads/*", leads_note, ACT_LEADS_NOTE, OF_LEAD),
	PAGE("/withdrawals", withdrawals_list, ACT_COUNTS, OF_NONE),
	FORM("/withdrawals", withdrawals_all, ACT_ACK, OF_NONE),
	FORM("/withdrawals/*", withdrawals_one, ACT_ACK, OF_NONE),
	PAGE("/downloads", downloads_list, ACT_LEADS_EXPORT, OF_NONE),
	FORM("/downloads", downloads_make, ACT_LEADS_EXPORT, OF_NONE),
	PAGE("/booth", booth_show, ACT_BOOTH, OF_NONE),
	PAGE("/team", team_list, ACT_TEAM, OF_NONE),
	FORM("/team", team_invite, ACT_TEAM, OF_NONE),
	FORM("/team/*/disable", team_disable, ACT_TEAM, OF_NONE),
	FORM("/team/*/enable", team_enable, ACT_TEAM, OF_NONE),
	FORM("/team/*/logins", team_logins, ACT_TEAM, OF_NONE),
	FORM("/team/*/link", team_link, ACT_TEAM, OF_NONE),
	PAGE("/ours", ours_show, ACT_COUNTS, OF_NONE),
	PAGE("/ours/screen/*/*", ours_screen, ACT_COUNTS, OF_NONE),
	{ .path = NULL },
};
