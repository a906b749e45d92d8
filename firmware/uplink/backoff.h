/* SPDX-License-Identifier: Apache-2.0 */
/*
 * backoff.h - how long to wait after a failure: doubling, with jitter, so that
 * a thousand devices do not come back in the same second. Pure.
 */
#ifndef UPLINK_BACKOFF_H
#define UPLINK_BACKOFF_H

#include <stdint.h>

#define BACKOFF_FIRST_MS 500
#define BACKOFF_MOST_MS 300000
#define BACKOFF_ASKED_MOST_MS 3600000	/* the longest Retry-After obeyed */

struct backoff {
	unsigned failures;	/* in a row */
};

/* The wait after one more failure: between half of and all of
 * min(500 ms << failures, 5 min), as `random` says. retry_after is what the
 * host asked for in seconds, 0 if nothing: at least that, at most an hour. */
int64_t backoff_fail(struct backoff *b, uint32_t random,
    unsigned retry_after);
/* A success: the next failure waits the first time again. */
void backoff_ok(struct backoff *b);

#endif
