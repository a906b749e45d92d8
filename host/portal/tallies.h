/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tallies.h - what devices counted, added up for a page: in all, by sponsor, by
 * device, and by hour or day.
 */
#ifndef HOST_PORTAL_TALLIES_H
#define HOST_PORTAL_TALLIES_H

#include "host/case.h"
#include "host/store_tally.h"

#define TALLIES_TIMES_MAX 400	/* hours or days; more are in the sums alone */

struct tallied {
	uint64_t shares, declines, no_answers, unreads, undos;
};
/* name: a sponsor's or device's; at: the first second of an hour or day. */
struct tally_line {
	char name[TEXT_ID_MAX + 1];
	int64_t at;
	struct tallied n;
};
struct tally_lines {
	struct tally_line *line;
	size_t n, room;
};
struct tallies {
	struct tallied all;
	struct tally_lines sponsors, devices, times;
	int64_t step;			/* seconds: 3600 or 86400 */
	char zone[CASE_ZONE_MAX + 1];	/* whose days; each by its date,
					 * midnight UTC of it */
	uint64_t held;			/* of all.shares: no sponsor's */
};

/* Of one sponsor (NULL: all), of hours that begin at `since` or later. By the
 * hour there is one line for each of the last 24, also where nothing was; by the
 * day those alone that have something. Rising. Free it in any case. */
BW_MUST_USE bw_err tallies_take(struct store *s, const char *sponsor,
    int64_t now, bool days, struct tallies *out);
void tallies_free(struct tallies *t);

#endif
