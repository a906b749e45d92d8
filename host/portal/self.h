/* SPDX-License-Identifier: Apache-2.0 */
/* self.h - one's own account: name, password, second factor, logins, tokens. */
#ifndef HOST_PORTAL_SELF_H
#define HOST_PORTAL_SELF_H

#include "host/portal/proof.h"

void self_show(struct call *c);
void self_profile(struct call *c);
void self_password(struct call *c);
void self_login_end(struct call *c);
/* self_keys.c */
void self_ask_second(struct call *c);
void self_second_new(struct call *c);
void self_second(struct call *c);
void self_ask_second_remove(struct call *c);
void self_second_remove(struct call *c);
void self_ask_recovery(struct call *c);
void self_recovery(struct call *c);
/* self_tokens.c */
void self_ask_token(struct call *c);
void self_token_add(struct call *c);
void self_token_revoke(struct call *c);

/* What is wrong beside which field, when the page comes back. */
struct self_faults {
	const char *name, *password, *again;
	struct proof_faults proof;
};
void self_page(struct call *c, unsigned status, const struct self_faults *f);
/* The section of self_tokens.c. */
void self_tokens(struct page *p, struct call *c);

#endif
