/* SPDX-License-Identifier: Apache-2.0 */
/*
 * proof.h - forms that hand out keys or change what a log-in is made of ask
 * for the password once more, and for a code where there is a second factor:
 * whoever has but the cookie of a login takes over no account with it.
 */
#ifndef HOST_PORTAL_PROOF_H
#define HOST_PORTAL_PROOF_H

#include "host/portal/layout.h"

/* What is wrong beside which field; English or NULL. */
struct proof_faults {
	const char *password, *code;
};

/* The fields, inside a form. */
void proof_fields(struct page *p, struct call *c,
    const struct proof_faults *f);
/* What was posted fits; tries are counted as those of logging in are. When
 * false f says what is wrong, or the answer is filled in (both NULL). */
bool proof_given(struct call *c, struct proof_faults *f);

#endif
