/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dashboard.h - what happens at the booths, now: counts and devices, of the
 * event for staff, of a sponsor's own for its people. Live by live_begin's
 * parts; without script there is a link that looks again.
 */
#ifndef HOST_PORTAL_DASHBOARD_H
#define HOST_PORTAL_DASHBOARD_H

#include "host/portal/layout.h"
#include "host/portal/tallies.h"

/* GET /dashboard and /booths; ?since=event: from the beginning, by the day. */
void dashboard_show(struct call *c);
void dashboard_booths(struct call *c);

/* The parts with figures. */
void dashboard_figures(struct page *p, const struct tallied *n);
void dashboard_times(struct page *p, const struct tallies *t);
void dashboard_names(struct page *p, const char *caption, const char *head,
    const struct tally_lines *l);

#endif
