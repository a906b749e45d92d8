/* SPDX-License-Identifier: Apache-2.0 */
/* desk.h - the badge desk: writing stations, what they write, printed sheets. */
#ifndef HOST_PORTAL_DESK_H
#define HOST_PORTAL_DESK_H

#include "host/portal/registrations.h"
#include "host/station.h"

void desk_stations(struct call *c);
void desk_station(struct call *c);
void desk_choose(struct call *c);
void desk_order(struct call *c);
void desk_cancel(struct call *c);
void sheets_ask(struct call *c);
void sheets_make(struct call *c);

/* The station that the path's first "*" names: false, and the answer is filled
 * in, when there is none. */
bool desk_find(struct call *c, struct station *s);
/* How its job goes and what to do, as a block that refreshes itself. */
void desk_job(struct page *p, struct call *c, const struct station *s);
/* A station's state in a few words, English. */
const char *desk_state(const struct station *s);

#endif
