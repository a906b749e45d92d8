// SPDX-License-Identifier: Apache-2.0
#include "host/audit_act.h"

#include <stdio.h>
#include <string.h>

/* Marks a sentence that is said later, for xgettext (po/update). */
#define N_(sentence) sentence

static const struct {
	const char *word, *title;
} kinds[AUDIT_KINDS] = {
	[AUDIT_OF_ACCOUNT] = { "account", N_("Accounts and logins") },
	[AUDIT_OF_TOKEN] = { "token", N_("API tokens") },
	[AUDIT_OF_IMPORT] = { AUDIT_IMPORTS, N_("Imports") },
	[AUDIT_OF_REGISTRATION] = { "registration", N_("Registrations and badges") },
	[AUDIT_OF_RIGHT] = { "right", N_("Rights of persons") },
	[AUDIT_OF_CASE] = { "case", N_("Cases") },
	[AUDIT_OF_HOLD] = { "hold", N_("Holds") },
	[AUDIT_OF_DISCLOSURE] = { "disclosure", N_("Disclosures") },
	[AUDIT_OF_SHARE] = { "share", N_("Shares") },
	[AUDIT_OF_DEVICE] = { "device", N_("Devices") },
	[AUDIT_OF_POLICY] = { "policy", N_("Policy") },
	[AUDIT_OF_EXPORT] = { "export", N_("Exports") },
	[AUDIT_OF_INCIDENT] = { "incident", N_("Incidents") },
	[AUDIT_OF_MAIL] = { "mail", N_("Mail") },
	[AUDIT_OF_HOST] = { "host", N_("The host") },
};

static const struct {
	enum audit_kind kind;
	const char *name, *said;
} acts[AUDIT_ACTS] = {
	[DID_ACCOUNT_INVITE] = { AUDIT_OF_ACCOUNT, "account.invite",
	    N_("Somebody was invited") },
	[DID_ACCOUNT_ACCEPT] = { AUDIT_OF_ACCOUNT, "account.accept",
	    N_("The invitation was accepted") },
	[DID_ACCOUNT_RESET] = { AUDIT_OF_ACCOUNT, "account.reset",
	    N_("The account was reset, and its person invited anew") },
	[DID_ACCOUNT_DISABLE] = { AUDIT_OF_ACCOUNT, "account.disable",
	    N_("The account was disabled, and its logins, its tokens and "
	    "the open invitations that it made were ended") },
	[DID_ACCOUNT_ENABLE] = { AUDIT_OF_ACCOUNT, "account.enable",
	    N_("The account was enabled") },
	[DID_ACCOUNT_ROLE] = { AUDIT_OF_ACCOUNT, "account.role",
	    N_("The account got another role") },
	[DID_ACCOUNT_PROFILE] = { AUDIT_OF_ACCOUNT, "account.profile",
	    N_("The name or the language was changed") },
	[DID_ACCOUNT_PASSWORD] = { AUDIT_OF_ACCOUNT, "account.password",
	    N_("The password was changed") },
	[DID_ACCOUNT_SECOND_BEGIN] = { AUDIT_OF_ACCOUNT, "account.second.begin",
	    N_("The setting up of a second factor was begun") },
	[DID_ACCOUNT_SECOND] = { AUDIT_OF_ACCOUNT, "account.second",
	    N_("A second factor was set up") },
	[DID_ACCOUNT_SECOND_CODE] = { AUDIT_OF_ACCOUNT, "account.second.code",
	    N_("A code of the second factor was used") },
	[DID_ACCOUNT_SECOND_REMOVE] = { AUDIT_OF_ACCOUNT,
	    "account.second.remove", N_("The second factor was removed") },
	[DID_ACCOUNT_RECOVERY] = { AUDIT_OF_ACCOUNT, "account.recovery",
	    N_("New recovery codes were made") },
	[DID_ACCOUNT_RECOVERY_USE] = { AUDIT_OF_ACCOUNT, "account.recovery.use",
	    N_("A recovery code was used") },
	[DID_LOGIN] = { AUDIT_OF_ACCOUNT, "login",
	    N_("Somebody logged in with the password") },
	[DID_LOGIN_SECOND] = { AUDIT_OF_ACCOUNT, "login.second",
	    N_("The second factor was given") },
	[DID_LOGIN_END] = { AUDIT_OF_ACCOUNT, "login.end",
	    N_("A login was ended") },
	[DID_LOGIN_END_ALL] = { AUDIT_OF_ACCOUNT, "login.end.all",
	    N_("All logins of the account were ended") },
	[DID_TOKEN_ADD] = { AUDIT_OF_TOKEN, "token.add",
	    N_("A token was made") },
	[DID_TOKEN_REVOKE] = { AUDIT_OF_TOKEN, "token.revoke",
	    N_("A token was revoked") },
	[DID_IMPORT_EVENTBRITE] = { AUDIT_OF_IMPORT, "import.eventbrite",
	    N_("A report of Eventbrite was applied") },
	[DID_IMPORT_PRETIX] = { AUDIT_OF_IMPORT, "import.pretix",
	    N_("A report of pretix was applied") },
	[DID_REGISTRATION_WITHHOLD] = { AUDIT_OF_REGISTRATION,
	    "registration.withhold", N_("The registration was withheld") },
	[DID_REGISTRATION_RELEASE] = { AUDIT_OF_REGISTRATION,
	    "registration.release", N_("The registration was released") },
	[DID_REGISTRATION_MINOR] = { AUDIT_OF_REGISTRATION,
	    "registration.minor", N_("Marked as a minor's registration") },
	[DID_BADGE_ORDER] = { AUDIT_OF_REGISTRATION, "badge.order",
	    N_("A badge was ordered at a writing station") },
	[DID_BADGE_CANCEL] = { AUDIT_OF_REGISTRATION, "badge.cancel",
	    N_("The order of a badge was taken back") },
	[DID_BADGE_ISSUE] = { AUDIT_OF_REGISTRATION, "badge.issue",
	    N_("A badge was made") },
	[DID_BADGE_OVER] = { AUDIT_OF_REGISTRATION, "badge.over",
	    N_("The badge was blocked: another one was written over it") },
	[DID_BADGE_SHEET] = { AUDIT_OF_REGISTRATION, "badge.sheet",
	    N_("Name badges were made for printing") },
	[DID_RIGHT_RESTRICT] = { AUDIT_OF_RIGHT, "right.restrict",
	    N_("The data was restricted") },
	[DID_RIGHT_LIFT] = { AUDIT_OF_RIGHT, "right.lift",
	    N_("The restriction was lifted") },
	[DID_RIGHT_OBJECT] = { AUDIT_OF_RIGHT, "right.object",
	    N_("The person objected") },
	[DID_RIGHT_AGREE] = { AUDIT_OF_RIGHT, "right.agree",
	    N_("The objection was taken back") },
	[DID_RIGHT_WITHHOLD] = { AUDIT_OF_RIGHT, "right.withhold",
	    N_("Staff withheld the registration") },
	[DID_RIGHT_RELEASE] = { AUDIT_OF_RIGHT, "right.release",
	    N_("Staff released the registration") },
	[DID_RIGHT_CORRECT] = { AUDIT_OF_RIGHT, "right.correct",
	    N_("A value was corrected") },
	[DID_RIGHT_ERASE] = { AUDIT_OF_RIGHT, "right.erase",
	    N_("The erasure was planned") },
	[DID_RIGHT_UNDO] = { AUDIT_OF_RIGHT, "right.undo",
	    N_("The erasure was undone") },
	[DID_RIGHT_HELD] = { AUDIT_OF_RIGHT, "right.held",
	    N_("A hold stopped the erasure") },
	[DID_RIGHT_ERASED] = { AUDIT_OF_RIGHT, "right.erased",
	    N_("The person was erased") },
	[DID_RIGHT_READMIT] = { AUDIT_OF_RIGHT, "right.readmit",
	    N_("Who was erased was let in again") },
	[DID_RIGHT_REDO] = { AUDIT_OF_RIGHT, "right.redo",
	    N_("It was done again after a backup was put back") },
	[DID_WITHDRAW_ALL] = { AUDIT_OF_RIGHT, "withdraw.all",
	    N_("All shares were withdrawn") },
	[DID_MY_OPEN] = { AUDIT_OF_RIGHT, "my.open",
	    N_("The person opened the own page") },
	[DID_MAIL_STOP] = { AUDIT_OF_RIGHT, "mail.stop",
	    N_("The person wanted no more daily mail") },
	[DID_CASE_OPEN] = { AUDIT_OF_CASE, "case.open",
	    N_("The case was taken in") },
	[DID_CASE_MATCH] = { AUDIT_OF_CASE, "case.match",
	    N_("The person was found") },
	[DID_CASE_ACT] = { AUDIT_OF_CASE, "case.act",
	    N_("Something was done for the person") },
	[DID_CASE_LOOK] = { AUDIT_OF_CASE, "case.look",
	    N_("Somebody looked at the case") },
	[DID_CASE_WISH] = { AUDIT_OF_CASE, "case.wish",
	    N_("The person said what for") },
	[DID_CASE_EXTEND] = { AUDIT_OF_CASE, "case.extend",
	    N_("The case was extended") },
	[DID_CASE_FEE] = { AUDIT_OF_CASE, "case.fee", N_("A fee was noted") },
	[DID_CASE_REFUSE] = { AUDIT_OF_CASE, "case.refuse",
	    N_("The request was refused") },
	[DID_CASE_DONE] = { AUDIT_OF_CASE, "case.done",
	    N_("The case was closed as done") },
	[DID_CASE_DROP] = { AUDIT_OF_CASE, "case.drop",
	    N_("The case was dropped") },
	[DID_CASE_ZONE] = { AUDIT_OF_CASE, "case.zone",
	    N_("The time zone of the cases was set") },
	[DID_HOLD_ADD] = { AUDIT_OF_HOLD, "hold.add", N_("A hold was added") },
	[DID_HOLD_LIFT] = { AUDIT_OF_HOLD, "hold.lift",
	    N_("A hold was lifted") },
	[DID_DISCLOSURE_ADD] = { AUDIT_OF_DISCLOSURE, "disclosure.add",
	    N_("A disclosure was recorded") },
	[DID_WITHDRAW] = { AUDIT_OF_SHARE, "withdraw",
	    N_("A share was withdrawn") },
	[DID_LEAD_NOT_ME] = { AUDIT_OF_SHARE, "lead.not-me",
	    N_("Somebody reported: this share is not mine") },
	[DID_LEAD_RELEASE] = { AUDIT_OF_SHARE, "lead.release",
	    N_("A share that was held was released") },
	[DID_LEAD_WITHDRAW] = { AUDIT_OF_SHARE, "lead.withdraw",
	    N_("A share that was held was withdrawn") },
	[DID_LEAD_NOTE] = { AUDIT_OF_SHARE, "lead.note",
	    N_("A note on a lead was kept") },
	[DID_NOTICE_ACKNOWLEDGE] = { AUDIT_OF_SHARE, "notice.acknowledge",
	    N_("A sponsor acknowledged a notice") },
	[DID_DEVICE_ADD] = { AUDIT_OF_DEVICE, "device.add",
	    N_("A device was added") },
	[DID_DEVICE_RENEW] = { AUDIT_OF_DEVICE, "device.renew",
	    N_("A device got a new address to enrol") },
	[DID_DEVICE_BOOTH] = { AUDIT_OF_DEVICE, "device.booth",
	    N_("A device's booth was named") },
	[DID_DEVICE_LOST] = { AUDIT_OF_DEVICE, "device.lost",
	    N_("A device was reported lost") },
	[DID_DEVICE_FOUND] = { AUDIT_OF_DEVICE, "device.found",
	    N_("A device was found") },
	[DID_DEVICE_REVOKE] = { AUDIT_OF_DEVICE, "device.revoke",
	    N_("A device was revoked") },
	[DID_ENROL] = { AUDIT_OF_DEVICE, "enrol", N_("A device enrolled") },
	[DID_FORK] = { AUDIT_OF_DEVICE, "fork",
	    N_("A device's log goes on in two ways") },
	[DID_JOURNAL_RECOVER] = { AUDIT_OF_DEVICE, "journal.recover",
	    N_("A device's journal was recovered") },
	[DID_DRAFT_BEGIN] = { AUDIT_OF_POLICY, "draft.begin",
	    N_("A draft was begun") },
	[DID_DRAFT_SAVE] = { AUDIT_OF_POLICY, "draft.save",
	    N_("The draft was saved") },
	[DID_DRAFT_DISCARD] = { AUDIT_OF_POLICY, "draft.discard",
	    N_("The draft was discarded") },
	[DID_POLICY_INSTALL] = { AUDIT_OF_POLICY, "policy.install",
	    N_("A policy was installed") },
	[DID_EXPORT_LEADS] = { AUDIT_OF_EXPORT, "export.leads",
	    N_("Leads were exported") },
	[DID_EXPORT_COUNTS] = { AUDIT_OF_EXPORT, "export.counts",
	    N_("Counts were exported") },
	[DID_EXPORT_LOG] = { AUDIT_OF_EXPORT, "export.log",
	    N_("A device's log was exported") },
	[DID_EXPORT_LOGS] = { AUDIT_OF_EXPORT, "export.logs",
	    N_("All logs were exported") },
	[DID_EXPORT_TILES] = { AUDIT_OF_EXPORT, "export.tiles",
	    N_("A device's log was exported as tiles") },
	[DID_EXPORT_AUDIT] = { AUDIT_OF_EXPORT, "export.audit",
	    N_("The audit was exported") },
	[DID_EXPORT_DISCLOSURES] = { AUDIT_OF_EXPORT, "export.disclosures",
	    N_("Disclosures were exported") },
	[DID_AGGREGATES] = { AUDIT_OF_EXPORT, "aggregates",
	    N_("Counts of groups were made") },
	[DID_INCIDENT_OPEN] = { AUDIT_OF_INCIDENT, "incident.open",
	    N_("An incident was opened") },
	[DID_INCIDENT_DRAFT] = { AUDIT_OF_INCIDENT, "incident.draft",
	    N_("The notification to the authority was drafted") },
	[DID_INCIDENT_REPORTED] = { AUDIT_OF_INCIDENT, "incident.reported",
	    N_("The notification to the authority was noted") },
	[DID_INCIDENT_TEXT] = { AUDIT_OF_INCIDENT, "incident.text",
	    N_("The letter to the persons was written") },
	[DID_INCIDENT_TELL] = { AUDIT_OF_INCIDENT, "incident.tell",
	    N_("Letters went to the persons") },
	[DID_INCIDENT_CLOSED] = { AUDIT_OF_INCIDENT, "incident.closed",
	    N_("The incident was closed") },
	[DID_BREACH_LOOK] = { AUDIT_OF_INCIDENT, "breach.look",
	    N_("The report on a breach was looked at") },
	[DID_BREACH_PEOPLE] = { AUDIT_OF_INCIDENT, "breach.people",
	    N_("The persons of a breach were listed") },
	[DID_MAIL_SETUP] = { AUDIT_OF_MAIL, "mail.setup",
	    N_("The sending of mail was set up") },
	[DID_MAIL_RETRY] = { AUDIT_OF_MAIL, "mail.retry",
	    N_("Mail that had failed was sent again") },
	[DID_INIT] = { AUDIT_OF_HOST, "init", N_("The host was set up") },
	[DID_BACKUP] = { AUDIT_OF_HOST, "backup", N_("A backup was made") },
	[DID_RESTORE] = { AUDIT_OF_HOST, "restore",
	    N_("A backup was put back") },
	[DID_PURGE] = { AUDIT_OF_HOST, "purge",
	    N_("What was kept long enough was deleted") },
	[DID_DELETED_SETUP] = { AUDIT_OF_HOST, "deleted.setup",
	    N_("The record of deleted members was set up") },
	[DID_CLOCK_CONFIRM] = { AUDIT_OF_HOST, "clock.confirm",
	    N_("The clock was confirmed") },
};

/* What was done for a person in a case is the detail of one act: its first
 * word. */
static const struct {
	const char *detail, *said;
} done[] = {
	{ "withdraw-all", N_("All shares were withdrawn") },
	{ "withdraw", N_("A share was withdrawn") },
	{ "release", N_("A share that was held was released") },
	{ "correct", N_("A value was corrected") },
	{ "restrict", N_("The data was restricted") },
	{ "lift", N_("The restriction was lifted") },
	{ "object", N_("The person objected") },
	{ "agree", N_("The objection is taken back, earlier "
	    "shares stay away") },
	{ "agree-leads", N_("The objection is taken back, and "
	    "earlier shares are back") },
	{ "erase", N_("The erasure was planned") },
	{ "erase-undo", N_("The erasure was undone") },
	{ "release-held", N_("All shares that were held were released") },
	{ "withdraw-held", N_("All shares that were held were withdrawn") },
	{ "copy", N_("A copy was made") },
};
#define DONE (sizeof(done) / sizeof(done[0]))

const char *
audit_act_name(enum audit_act act)
{
	return acts[act].name;
}

enum audit_kind
audit_act_kind(enum audit_act act)
{
	return acts[act].kind;
}

const char *
audit_act_sentence(enum audit_act act)
{
	return acts[act].said;
}

const char *
audit_kind_word(enum audit_kind kind)
{
	return kinds[kind].word;
}

const char *
audit_kind_title(enum audit_kind kind)
{
	return kinds[kind].title;
}

bw_err
audit_act_find(const char *name, enum audit_act *out)
{
	for (int i = 0; i < AUDIT_ACTS; i++)
		if (strcmp(acts[i].name, name) == 0) {
			*out = (enum audit_act)i;
			return BW_OK;
		}
	*out = (enum audit_act)0;
	return BW_ERR_NOTFOUND;
}

const char *
audit_said(const char *name, const char *detail)
{
	enum audit_act act;
	size_t len;

	if (audit_act_find(name, &act) != BW_OK)
		return NULL;
	len = strcspn(detail, " ");
	for (size_t i = 0; act == DID_CASE_ACT && i < DONE; i++)
		if (strlen(done[i].detail) == len &&
		    strncmp(done[i].detail, detail, len) == 0)
			return done[i].said;
	return act == DID_CASE_MATCH && strstr(detail, ", proof ") != NULL &&
	    strstr(detail, ", proof none") == NULL ?
	    N_("It was noted how the person showed who it is") :
	    acts[act].said;
}

void
audit_filter(const char *filter, char out[static AUDIT_FILTER_SIZE])
{
	size_t n = 0;

	out[0] = 0;
	if (filter[0] != 0)
		n = (size_t)snprintf(out, AUDIT_FILTER_SIZE, "|%s|", filter);
	for (int i = 0; i < AUDIT_ACTS && n < AUDIT_FILTER_SIZE; i++)
		if (strcmp(kinds[acts[i].kind].word, filter) == 0)
			n += (size_t)snprintf(out + n, AUDIT_FILTER_SIZE - n,
			    "%s|", acts[i].name);
}
