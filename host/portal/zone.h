/* SPDX-License-Identifier: Apache-2.0 */
/* zone.h - the event's time zone (case_zone) on staff's pages: times beside
 * UTC, and days and times as staff write them. */
#ifndef HOST_PORTAL_ZONE_H
#define HOST_PORTAL_ZONE_H

#include "host/portal/layout.h"

/* Behind a time in UTC: " (2026-06-01 11:30, Europe/Berlin)"; nothing where no
 * zone is set. */
void zone_beside(struct page *p, const struct call *c, int64_t t);
/* "2026-06-01", "2026-06-01 09:30" by the event's clocks (UTC's where none is
 * set), or what when_parse takes, with a Z or an offset. end: a day is its end.
 * BW_ERR_FORMAT; or the store failed. */
BW_MUST_USE bw_err zone_parse(const struct call *c, const char *text, bool end,
    int64_t *out);

#endif
