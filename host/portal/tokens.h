/* SPDX-License-Identifier: Apache-2.0 */
/* tokens.h - the API tokens of others: all for an organiser, a sponsor's for
 * its managers; seen and revoked, never made here (self.h). */
#ifndef HOST_PORTAL_TOKENS_H
#define HOST_PORTAL_TOKENS_H

#include "host/portal/layout.h"

/* What a token may, in words: "see leads, see devices". */
void tokens_say_scopes(struct page *p, unsigned scopes);

void tokens_list(struct call *c);
void tokens_revoke(struct call *c);

/* The section of a sponsor's team. */
void tokens_of_team(struct page *p, struct call *c);
void tokens_team_revoke(struct call *c);

#endif
