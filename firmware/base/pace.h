/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pace.h - how fast something gets on, and so how long what is left will take.
 * Plain data; all zero has not begun. Times are monotonic, in ms.
 */
#ifndef BW_PACE_H
#define BW_PACE_H

#include <stdbool.h>
#include <stdint.h>

/* What has not got on for so long begins anew. */
#define PACE_IDLE_MS 120000

struct pace {
	int64_t since, last;
	uint64_t n;		/* done between these */
};

/* It goes on now; unless it was at it already, the measure begins here. */
void pace_start(struct pace *p, int64_t now);
/* n more are done. When it was not started, these are not counted: nobody knows
 * how long they took. */
void pace_add(struct pace *p, uint64_t n, int64_t now);
/* A second, at least 1, and the seconds that `left` will take, rounded up.
 * False when nothing is known, or nothing left. */
bool pace_says(const struct pace *p, uint64_t left, int64_t now,
    uint64_t *rate, uint64_t *seconds);

#endif
