/* SPDX-License-Identifier: Apache-2.0 */
/*
 * throttle.h - so many tries, then one now and again: token buckets by key,
 * in bounded memory.
 *
 * When more keys come than there is room for, the bucket that was used longest
 * ago among a few is given up; a bound over all keys together holds then.
 */
#ifndef HOST_THROTTLE_H
#define HOST_THROTTLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct throttle;

struct throttle_rule {
	unsigned burst;		/* tries at once, by one key */
	unsigned seconds;	/* until one more is allowed */
	unsigned burst_all;	/* by all keys together */
	unsigned ms_all;	/* until one more, in milliseconds */
};

BW_MUST_USE bw_err throttle_open(struct throttle **out,
    const struct throttle_rule *rule);
void throttle_close(struct throttle **t);

/* Whether this key has a try left, without taking it; *wait is how many
 * seconds until it does (at least 1) when not. Threads may call these. */
bool throttle_ready(struct throttle *t, const char *key, int64_t now_ms,
    unsigned *wait);
/* Take a try; false as above. */
bool throttle_take(struct throttle *t, const char *key, int64_t now_ms,
    unsigned *wait);
/* Give the last one back: it was no try at something wrong. */
void throttle_give(struct throttle *t, const char *key);

#endif
