/* SPDX-License-Identifier: Apache-2.0 */
/* audit_page.h - who did what at this host, and whether the chain holds. */
#ifndef HOST_PORTAL_AUDIT_PAGE_H
#define HOST_PORTAL_AUDIT_PAGE_H

#include "host/portal/layout.h"

void audit_show(struct call *c);
void audit_verify_now(struct call *c);

#endif
