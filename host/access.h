/* SPDX-License-Identifier: Apache-2.0 */
/*
 * access.h - who may do what: one table, and nothing is allowed that is not in
 * it. Each route names its act (route.h), and the question is asked before any
 * handler runs.
 */
#ifndef HOST_ACCESS_H
#define HOST_ACCESS_H

#include "host/login.h"
#include "host/token.h"

enum access_act {
	ACT_NONE = 0,		/* nobody: a route that forgot to say */
	ACT_ENTER,		/* log in, accept an invitation: anybody */
	ACT_SECOND,		/* give the second factor, log out: half-way */
	ACT_ENROL,		/* set up a second factor: half-way too */
	ACT_SELF,		/* one's own account */
	ACT_TOKENS,		/* make API tokens of one's own */
	ACT_PEOPLE,		/* accounts of others */
	ACT_DASHBOARD,		/* counts of the whole event */
	ACT_REGISTRATIONS,	/* see and import registrations */
	ACT_MINORS,		/* release what the report says is a minor's */
	ACT_BADGES,		/* write, reissue and print badges */
	ACT_POLICY,		/* see sponsors and policy */
	ACT_POLICY_CHANGE,
	ACT_DEVICES,		/* see all devices */
	ACT_DEVICES_CHANGE,
	ACT_REVIEW,		/* what devices recorded and nobody is given */
	ACT_EXPORTS,		/* export the event's logs, counts, audit */
	ACT_MAIL,		/* what became of mails to attendees */
	ACT_AUDIT,		/* see the audit */
	ACT_CASE,		/* a person's open case */
	ACT_CASE_COUNTS,	/* which cases there are, and until when */
	ACT_CASE_OPEN,		/* take a person's request in */
	ACT_HOLD,		/* what is kept longer, and why */
	ACT_COUNTS,		/* a sponsor's own counts, its policy, and which
				 * shares were withdrawn */
	ACT_LEADS,		/* see values of a sponsor's leads */
	/* That there are leads, where and when they were made, and what staff
	 * noted on them; and to note: without a value, if not ACT_LEADS too. */
	ACT_LEADS_NOTE,
	ACT_LEADS_EXPORT,
	ACT_ACK,		/* say that a withdrawal was seen */
	ACT_TEAM,		/* a sponsor's own people: see, invite, end */
	ACT_BOOTH,		/* see a sponsor's devices */
	ACT_LOGS,		/* tiles and checkpoints, for auditors */
	ACT_METRICS,
	ACT_DUTIES,		/* see what goes when; counts for anybody */
	ACT_DISCLOSURES,	/* what the law or an emergency asked for */
	ACT_INCIDENTS,		/* open one, notify, write to people */
	ACT_STATION		/* be a writing station */
};
#define ACCESS_ACTS (ACT_STATION + 1)
/* "leads-export"; never NULL. */
const char *access_act_name(enum access_act act);

/* Who asks: a login, a token, or neither (nobody). */
struct access_who {
	const struct login *login;
	const struct token *token;
};

enum access_answer {
	ACCESS_YES,
	ACCESS_LOG_IN,		/* nobody asks, and nobody may */
	ACCESS_SECOND,		/* the second factor is still owed */
	ACCESS_ENROL,		/* it has to be set up first */
	ACCESS_NO,		/* 403 */
	ACCESS_HIDDEN		/* another sponsor's: 404, as what is not */
};
/* sponsor: whose the thing is that the act is about, NULL when it is about no
 * sponsor's; "" when there is no such thing. */
enum access_answer access_ask(enum access_act act,
    const struct access_who *who, const char *sponsor);
/* Whether a role may do it at all, for navigation: with both factors, to its
 * own sponsor. */
bool access_may(enum access_act act, enum account_role role);

/* The table's word for one act and role: '-', 'o' (own sponsor), 'a' (any). */
char access_reach(enum access_act act, enum account_role role);
/* The scope that lets a token do it; 0: none does. */
unsigned access_scope(enum access_act act);

#endif
