/* SPDX-License-Identifier: Apache-2.0 */
/* people.h - the accounts of others: invite, list, change, end. */
#ifndef HOST_PORTAL_PEOPLE_H
#define HOST_PORTAL_PEOPLE_H

#include "host/portal/proof.h"

void people_list(struct call *c);
void people_invite(struct call *c);
void people_show(struct call *c);
void people_role(struct call *c);
void people_disable(struct call *c);
void people_enable(struct call *c);
void people_ask_reset(struct call *c);
void people_reset(struct call *c);
void people_logins(struct call *c);

/* ---- pieces that a sponsor's team has, too ---- */

/* What state an account is in, English. */
const char *people_state(enum account_state st);
/* The page with the link that somebody shall have, and the way back to a list;
 * code is the caller's to wipe. */
void people_link(struct call *c, const char *mail, const char *code,
    const char *back);
/* The page that asks for the password before a new link is made, by the path
 * of the request; what happens then, and the way back to a list. */
void people_ask_link(struct call *c, const struct account *a,
    const char *happens, const char *back, const struct proof_faults *f);
/* Who is invited: what was typed, and what is wrong beside which field, English
 * or NULL. */
struct people_who {
	char mail[ACCOUNT_MAIL_MAX + 1], name[ACCOUNT_NAME_MAX + 1];
	const char *mail_fault, *name_fault;
};
void people_who_fields(struct page *p, const struct people_who *who);
/* From the request. false: a fault says what is wrong. */
bool people_who_take(const struct call *c, struct people_who *out);
/* The fields of role and sponsor, for an invitation and a change. */
void people_role_fields(struct page *p, struct call *c, const char *role,
    const char *sponsor, const char *error);

#endif
