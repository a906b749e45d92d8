/* SPDX-License-Identifier: Apache-2.0 */
/*
 * audit_act.h - the acts of the audit: one table has the name that stands in
 * the chain, which never changes, what it says to people, and what kind of act
 * it is. To add one: its constant here, its row in audit_act.c, and po/update.
 */
#ifndef HOST_AUDIT_ACT_H
#define HOST_AUDIT_ACT_H

#include <stdbool.h>

#include "base/err.h"

/* In the order of their kinds. */
enum audit_act {
	DID_ACCOUNT_INVITE,
	DID_ACCOUNT_ACCEPT,
	DID_ACCOUNT_RESET,
	DID_ACCOUNT_DISABLE,
	DID_ACCOUNT_ENABLE,
	DID_ACCOUNT_ROLE,
	DID_ACCOUNT_PROFILE,
	DID_ACCOUNT_PASSWORD,
	DID_ACCOUNT_SECOND_BEGIN,
	DID_ACCOUNT_SECOND,
	DID_ACCOUNT_SECOND_CODE,
	DID_ACCOUNT_SECOND_REMOVE,
	DID_ACCOUNT_RECOVERY,
	DID_ACCOUNT_RECOVERY_USE,
	DID_LOGIN,
	DID_LOGIN_SECOND,
	DID_LOGIN_END,
	DID_LOGIN_END_ALL,

	DID_TOKEN_ADD,
	DID_TOKEN_REVOKE,

	DID_IMPORT_EVENTBRITE,
	DID_IMPORT_PRETIX,
	DID_REGISTRATION_WITHHOLD,
	DID_REGISTRATION_RELEASE,
	DID_REGISTRATION_MINOR,
	DID_BADGE_ORDER,
	DID_BADGE_CANCEL,
	DID_BADGE_ISSUE,
	DID_BADGE_OVER,
	DID_BADGE_SHEET,

	DID_RIGHT_RESTRICT,
	DID_RIGHT_LIFT,
	DID_RIGHT_OBJECT,
	DID_RIGHT_AGREE,
	DID_RIGHT_WITHHOLD,
	DID_RIGHT_RELEASE,
	DID_RIGHT_CORRECT,
	DID_RIGHT_ERASE,
	DID_RIGHT_UNDO,
	DID_RIGHT_HELD,
	DID_RIGHT_ERASED,
	DID_RIGHT_READMIT,
	DID_RIGHT_REDO,
	DID_WITHDRAW_ALL,
	DID_MY_OPEN,
	DID_MAIL_STOP,

	DID_CASE_OPEN,
	DID_CASE_MATCH,
	DID_CASE_ACT,
	DID_CASE_LOOK,
	DID_CASE_WISH,
	DID_CASE_EXTEND,
	DID_CASE_FEE,
	DID_CASE_REFUSE,
	DID_CASE_DONE,
	DID_CASE_DROP,
	DID_CASE_ZONE,

	DID_HOLD_ADD,
	DID_HOLD_LIFT,

	DID_DISCLOSURE_ADD,

	DID_WITHDRAW,
	DID_LEAD_NOT_ME,
	DID_LEAD_RELEASE,
	DID_LEAD_WITHDRAW,
	DID_LEAD_NOTE,
	DID_NOTICE_ACKNOWLEDGE,

	DID_DEVICE_ADD,
	DID_DEVICE_RENEW,
	DID_DEVICE_BOOTH,
	DID_DEVICE_LOST,
	DID_DEVICE_FOUND,
	DID_DEVICE_REVOKE,
	DID_ENROL,
	DID_FORK,
	DID_JOURNAL_RECOVER,

	DID_DRAFT_BEGIN,
	DID_DRAFT_SAVE,
	DID_DRAFT_DISCARD,
	DID_POLICY_INSTALL,

	DID_EXPORT_LEADS,
	DID_EXPORT_COUNTS,
	DID_EXPORT_LOG,
	DID_EXPORT_LOGS,
	DID_EXPORT_TILES,
	DID_EXPORT_AUDIT,
	DID_EXPORT_DISCLOSURES,
	DID_AGGREGATES,

	DID_INCIDENT_OPEN,
	DID_INCIDENT_DRAFT,
	DID_INCIDENT_REPORTED,
	DID_INCIDENT_TEXT,
	DID_INCIDENT_TELL,
	DID_INCIDENT_CLOSED,
	DID_BREACH_LOOK,
	DID_BREACH_PEOPLE,

	DID_MAIL_SETUP,
	DID_MAIL_RETRY,

	DID_INIT,
	DID_BACKUP,
	DID_RESTORE,
	DID_PURGE,
	DID_DELETED_SETUP,
	DID_CLOCK_CONFIRM
};
#define AUDIT_ACTS (DID_CLOCK_CONFIRM + 1)

/* For lists that show some acts only. */
enum audit_kind {
	AUDIT_OF_ACCOUNT,
	AUDIT_OF_TOKEN,
	AUDIT_OF_IMPORT,
	AUDIT_OF_REGISTRATION,
	AUDIT_OF_RIGHT,
	AUDIT_OF_CASE,
	AUDIT_OF_HOLD,
	AUDIT_OF_DISCLOSURE,
	AUDIT_OF_SHARE,
	AUDIT_OF_DEVICE,
	AUDIT_OF_POLICY,
	AUDIT_OF_EXPORT,
	AUDIT_OF_INCIDENT,
	AUDIT_OF_MAIL,
	AUDIT_OF_HOST
};
#define AUDIT_KINDS (AUDIT_OF_HOST + 1)

/* "device.revoke"; a kind's word is no act's name. */
const char *audit_act_name(enum audit_act act);
enum audit_kind audit_act_kind(enum audit_act act);
const char *audit_kind_word(enum audit_kind kind);
/* By its name; BW_ERR_NOTFOUND. */
BW_MUST_USE bw_err audit_act_find(const char *name, enum audit_act *out);

/* What a row says to people, by its act's name and detail: English, which the
 * portal's catalogue has in its languages; NULL: the act is none of ours. */
const char *audit_said(const char *name, const char *detail);
/* The same without a detail, and of a kind; never NULL. */
const char *audit_act_sentence(enum audit_act act);
const char *audit_kind_title(enum audit_kind kind);

/* The acts that a filter means, each between "|": "" is all, and stays ""; a
 * kind's word is all of that kind, anything else the act of that name. */
#define AUDIT_FILTER_SIZE 1024
#define AUDIT_IMPORTS "import"	/* the kind's word */
void audit_filter(const char *filter, char out[static AUDIT_FILTER_SIZE]);

#endif
