/* SPDX-License-Identifier: Apache-2.0 */
/* zone.h - the event's time zone (case_zone) on staff's pages: times beside
 * UTC, and days and times as staff write them. */
#ifndef HOST_PORTAL_ZONE_H
#define HOST_PORTAL_ZONE_H

#include "host/portal/layout.h"

/* Behind a time in UTC: " (2026-06-01 11:30, Europe/Berlin)"; nothing where no
 * zone is set. */
void zone_beside(struct page *p, const struct call *c, int64_t t);
/* A fact (layout.h) that is a time, with zone_beside. */
void zone_fact(struct page *p, const struct call *c, const char *name,
    int64_t t);
/* The day that a moment is in there. */
void zone_day(struct page *p, const struct call *c, int64_t t);
/* case_typed: a day or a time as staff type it. */
BW_MUST_USE bw_err zone_parse(const struct call *c, const char *text, bool end,
    int64_t *out);

#endif
