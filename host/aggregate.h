/* SPDX-License-Identifier: Apache-2.0 */
/*
 * aggregate.h - counts of the event that say nothing of anybody, to be given
 * to whoever wants them.
 *
 * Per day and sponsor: people who shared, declines, no answers, and how many
 * people shared each field. Each cell is rounded down to a multiple of k and empty under k.
 * Totals are sums of the cells that are shown (who shared on two days is two in
 * them), never of what was counted, so that they say nothing more; no cell can be had as the difference of others.
 * k is a multiple of ten: then reports with several k say no more than the one
 * with ten does. Days are counted once for all (store_aggregate.h).
 */
#ifndef HOST_AGGREGATE_H
#define HOST_AGGREGATE_H

#include "base/buf.h"
#include "host/store_aggregate.h"

#define AGGREGATE_K_MAX 100000u
struct aggregate_row {
	int64_t day;			/* its first second; 0: all days */
	char sponsor[TEXT_ID_MAX + 1];	/* "": all of them */
	uint64_t n[AGGREGATE_WHATS];	/* 0: under k */
};
struct aggregate {
	unsigned k;
	int64_t until;			/* days before this; 0: none yet */
	size_t nrows, cap;
	struct aggregate_row *row;	/* by day, then sponsor, of those with
					 * a cell that is shown; then a total
					 * per sponsor, then that of all */
};
/* "people", "declines", "no_answers", "name" …; never NULL. */
const char *aggregate_name(enum aggregate_what what);
/* Whether it is a column: AGGREGATE_FIELD itself is none. */
static inline bool
aggregate_is(size_t what)
{
	return what != AGGREGATE_FIELD;
}

/* BW_ERR_ARG: k is no multiple of ten or out of range. Counts days that are
 * ready first; as nobody counts one again, now is hostclock_sure's. aggregate_free in any case. */
BW_MUST_USE bw_err aggregate_make(struct store *s, unsigned k, int64_t now,
    struct aggregate *out);
void aggregate_free(struct aggregate *a);

/* As CSV with a line of heads; "all" for all days or sponsors, an empty cell
 * under k. */
BW_MUST_USE bw_err aggregate_csv(const struct aggregate *a,
    struct bw_buf *out);

#endif
