// SPDX-License-Identifier: Apache-2.0
#include "host/access.h"

#include <string.h>

/* How far a log-in must have come. */
enum stage { ANYBODY, HALF, ENROLLING, FULL };

struct rule {
	const char *name;
	/* By role, in account.h's order: organiser, privacy officer, badge
	 * desk, sponsor manager, sponsor scanner. '-' not at all, 'o' for his
	 * own sponsor's, 'a' for anyone's. */
	const char reach[ACCOUNT_ROLES + 1];
	enum stage stage;
	unsigned scope;			/* of a token; 0: no token */
};

static const struct rule rules[ACCESS_ACTS] = {
	[ACT_NONE] = { "none", "-----", FULL, 0 },
	[ACT_ENTER] = { "enter", "aaaaa", ANYBODY, 0 },
	[ACT_SECOND] = { "second", "aaaaa", HALF, 0 },
	[ACT_ENROL] = { "enrol", "aaaaa", ENROLLING, 0 },
	[ACT_SELF] = { "self", "aaaaa", FULL, 0 },
	[ACT_TOKENS] = { "tokens", "aaao-", FULL, 0 },
	[ACT_PEOPLE] = { "people", "a----", FULL, 0 },
	[ACT_DASHBOARD] = { "dashboard", "aaa--", FULL, TOKEN_DEVICES_READ },
	[ACT_REGISTRATIONS] = { "registrations", "a-a--", FULL, 0 },
	[ACT_MINORS] = { "minors", "aa---", FULL, 0 },
	[ACT_BADGES] = { "badges", "a-a--", FULL, 0 },
	[ACT_POLICY] = { "policy", "aa---", FULL, 0 },
	[ACT_POLICY_CHANGE] = { "policy-change", "aa---", FULL, 0 },
	[ACT_DEVICES] = { "devices", "aaa--", FULL, TOKEN_DEVICES_READ },
	[ACT_DEVICES_CHANGE] = { "devices-change", "a----", FULL, 0 },
	[ACT_REVIEW] = { "review", "aa---", FULL, 0 },
	[ACT_EXPORTS] = { "exports", "aa---", FULL, 0 },
	[ACT_MAIL] = { "mail", "aa---", FULL, 0 },
	[ACT_AUDIT] = { "audit", "aa---", FULL, 0 },
	[ACT_CASE] = { "case", "-a---", FULL, 0 },
	[ACT_CASE_COUNTS] = { "case-counts", "aa---", FULL, 0 },
	[ACT_CASE_OPEN] = { "case-open", "aaa--", FULL, 0 },
	[ACT_HOLD] = { "hold", "-a---", FULL, 0 },
	[ACT_COUNTS] = { "counts", "---oo", FULL, TOKEN_LEADS_READ },
	[ACT_LEADS] = { "leads", "---o-", FULL, TOKEN_LEADS_READ },
	[ACT_LEADS_NOTE] = { "leads-note", "---oo", FULL, TOKEN_LEADS_WRITE },
	[ACT_LEADS_EXPORT] = { "leads-export", "---o-", FULL,
	    TOKEN_LEADS_READ },
	[ACT_TEAM] = { "team", "---o-", FULL, TOKEN_LEADS_READ },
	[ACT_ACK] = { "acknowledge", "---o-", FULL, TOKEN_LEADS_WRITE },
	[ACT_BOOTH] = { "booth", "---oo", FULL, TOKEN_DEVICES_READ },
	[ACT_LOGS] = { "logs", "aa---", FULL, TOKEN_LOGS_READ },
	[ACT_METRICS] = { "metrics", "a----", FULL, TOKEN_METRICS_READ },
	[ACT_DUTIES] = { "duties", "aa---", FULL, 0 },
	[ACT_DISCLOSURES] = { "disclosures", "-a---", FULL, 0 },
	[ACT_INCIDENTS] = { "incidents", "aa---", FULL, 0 },
	[ACT_STATION] = { "station", "a----", FULL, TOKEN_BADGES_WRITE },
};

const char *
access_act_name(enum access_act act)
{
	return rules[act].name;
}

char
access_reach(enum access_act act, enum account_role role)
{
	return rules[act].reach[role];
}

unsigned
access_scope(enum access_act act)
{
	return rules[act].scope;
}

bool
access_may(enum access_act act, enum account_role role)
{
	return access_reach(act, role) != '-';
}

/* Own things only, or also those that exist and are another's. */
static enum access_answer
about(char reach, const char *own, const char *sponsor)
{
	if (sponsor == NULL)
		return ACCESS_YES;
	if (sponsor[0] == 0)
		return ACCESS_HIDDEN;
	return reach == 'a' || (own[0] != 0 && strcmp(own, sponsor) == 0) ?
	    ACCESS_YES : ACCESS_HIDDEN;
}

/* No more than a manager of its sponsor may, or without one an organiser. */
static enum access_answer
ask_token(const struct rule *rule, const struct token *t,
    const char *sponsor)
{
	char reach = rule->reach[t->sponsor[0] != 0 ? ROLE_MANAGER :
	    ROLE_ORGANISER];

	if ((t->scopes & rule->scope) == 0 || reach == '-')
		return ACCESS_NO;
	return about(reach, t->sponsor, sponsor);
}

/* What is owed before anything else. */
static enum access_answer
owed(const struct rule *rule, const struct login *l)
{
	switch (l->stage) {
	case LOGIN_SECOND:
		return rule->stage > HALF ? ACCESS_SECOND : ACCESS_YES;
	case LOGIN_ENROL:
		return rule->stage > ENROLLING ? ACCESS_ENROL : ACCESS_YES;
	case LOGIN_FULL:
		break;
	}
	return ACCESS_YES;
}

enum access_answer
access_ask(enum access_act act, const struct access_who *who,
    const char *sponsor)
{
	const struct rule *rule = &rules[act];
	const struct login *l = who->login;
	enum access_answer a;
	char reach;

	if (rule->stage == ANYBODY)
		return ACCESS_YES;
	if (who->token != NULL)
		return ask_token(rule, who->token, sponsor);
	if (l == NULL)
		return ACCESS_LOG_IN;
	if ((a = owed(rule, l)) != ACCESS_YES)
		return a;
	reach = rule->reach[l->account.role];
	return reach == '-' ? ACCESS_NO :
	    about(reach, l->account.sponsor, sponsor);
}
