/* SPDX-License-Identifier: Apache-2.0 */
/* zone.h - the event's time zone (case_zone) on staff's pages, which are all in
 * it (page_in_zone): days that are none's moment, and what staff write. */
#ifndef HOST_PORTAL_ZONE_H
#define HOST_PORTAL_ZONE_H

#include "host/portal/layout.h"

/* A day of the event, given as midnight UTC of its date. */
void zone_date(struct page *p, int64_t day);
/* case_typed: a day or a time as staff type it. */
BW_MUST_USE bw_err zone_parse(const struct call *c, const char *text, bool end,
    int64_t *out);

#endif
