/* SPDX-License-Identifier: Apache-2.0 */
/* live.h - a page's begin and end, for its live parts: for layout.c alone; and
 * how its script's requests are known. */
#ifndef HOST_PORTAL_LIVE_H
#define HOST_PORTAL_LIVE_H

#include "host/page.h"

#define LIVE_HEADER "Badgeward-Live"

/* What the request's browser has. */
void live_open(struct page *p);
/* To one who has parts, only those go that differ, and nothing around them. */
void live_close(struct page *p);

#endif
