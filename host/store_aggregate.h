/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_aggregate.h - beside store.h: counts per day and sponsor as they were
 * published, which aggregate.h puts together.
 *
 * A day is counted once, when it has been over for AGGREGATE_SETTLE_DAYS, and
 * rounded down to a multiple of AGGREGATE_K as it is counted; what is under
 * that is not kept. It never changes afterwards, whatever comes, is withdrawn
 * or deleted, and over a backup of the store that is put back it is what it was
 * (redo.h): so no two reports differ in a cell that both have, and no cell
 * says more than between which two multiples its count was on that one day.
 *
 * Whoever has shared is counted by registration, once in a cell, so one person
 * more or less is one more or less there. An answer that shares nothing has no
 * badge: declines and no answers are counts of answers, of nobody known.
 */
#ifndef HOST_STORE_AGGREGATE_H
#define HOST_STORE_AGGREGATE_H

#include "host/store.h"

#define AGGREGATE_K 10u
#define AGGREGATE_SETTLE_DAYS 2

/* What is counted: the first three, then those who gave a field. */
enum aggregate_what {
	AGGREGATE_PEOPLE = 0,	/* who shared, and did not take it back there */
	AGGREGATE_DECLINES,
	AGGREGATE_NO_ANSWERS,
	AGGREGATE_FIELD		/* + a field from 1 on: who shared it */
};
#define AGGREGATE_WHATS (AGGREGATE_FIELD + FIELD_COUNT + 1)

/* Count the days that are ready, in a transaction of its own when there are
 * some; purge does so before anything goes. */
BW_MUST_USE bw_err store_aggregate_settle(struct store *s, int64_t now);

struct store_aggregate {
	int64_t day;			/* its first second, UTC */
	const char *sponsor;
	enum aggregate_what what;
	uint64_t n;			/* a multiple of AGGREGATE_K, not 0 */
};
typedef bw_err (*store_aggregate_cb)(void *arg,
    const struct store_aggregate *a);
/* By day, sponsor, what. */
BW_MUST_USE bw_err store_aggregate_each(struct store *s,
    store_aggregate_cb cb, void *arg);
/* The end of the last day that was counted; 0: none was. */
BW_MUST_USE bw_err store_aggregate_until(struct store *s, int64_t *until);

#endif
