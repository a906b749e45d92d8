/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_tally.h - how many shares, declines … per sponsor, device and hour, as
 * the logs say. Counted behind ingest (store_settle.h), each entry once: no walk
 * over a log.
 * Declines, no answers and unreads have their quarter hour in the log, and are
 * told by the hour alone. A share that is taken back later stays counted; undos
 * stand beside it.
 */
#ifndef HOST_STORE_TALLY_H
#define HOST_STORE_TALLY_H

#include "host/store.h"

struct store_tally {
	const char *sponsor, *device;
	int64_t hour;			/* its first second */
	uint64_t shares, declines, no_answers, unreads, undos;
};
typedef bw_err (*store_tally_cb)(void *arg, const struct store_tally *t);
/* By sponsor, device, hour; of hours that begin at `since` or later. sponsor
 * NULL: all. What was counted so far (store_settle.h). */
BW_MUST_USE bw_err store_tally_each(struct store *s, const char *sponsor,
    int64_t since, store_tally_cb cb, void *arg);
/* How many of those shares are held now (LEAD_HELD, LEAD_QUARANTINED): counted,
 * and no sponsor's. */
BW_MUST_USE bw_err store_tally_held(struct store *s, const char *sponsor,
    int64_t since, uint64_t *n);

#endif
