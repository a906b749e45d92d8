/* SPDX-License-Identifier: Apache-2.0 */
/* acts.h - a row of the audit as pages show it: in words, which audit_act.h and
 * this have, and of what is not known here as it stands in the row. */
#ifndef HOST_PORTAL_ACTS_H
#define HOST_PORTAL_ACTS_H

#include "host/audit.h"
#include "host/portal/layout.h"

/* Who did it, as a cell: an account by its address, a program by what its token
 * is for and whose it is, also when it is good for nothing any more. Whether that
 * is in other words than the row's. */
bool acts_who(struct page *p, struct call *c, const char *actor);
/* What was done. */
void acts_said(struct page *p, const struct audit_row *a);
/* What else is to be known; times in it as they are everywhere. */
void acts_detail(struct page *p, const char *detail);
/* What it was done to, with the way to its page where the reader may see it. */
void acts_object(struct page *p, struct call *c, const struct audit_row *a);

#endif
