/* SPDX-License-Identifier: Apache-2.0 */
/*
 * replay.h - request tokens that were used: each is taken once.
 *
 * A token is good from 300 s before to 300 s after its iat, so one that was
 * used is remembered for 600 s. Memory holds them in two generations of that
 * length; a small file beside the store repeats them, written before the
 * request is acted on, so that a host killed and started again still knows
 * them. The file is not synced: after a power cut a request of the last
 * moments may be replayed, and every request of a device is harmless then (it
 * gets the same answer).
 */
#ifndef HOST_REPLAY_H
#define HOST_REPLAY_H

#include <stdint.h>

#include "base/err.h"

#define REPLAY_SECONDS 600
#define REPLAY_MAX (1u << 21)	/* tokens of one generation */

struct replay;

/* path is the file; it is made when missing. One process at a time. */
BW_MUST_USE bw_err replay_open(struct replay **out, const char *path,
    int64_t now);
void replay_close(struct replay **r);

/* Take the token `jti` of a device. BW_ERR_EXISTS when it was taken before,
 * BW_ERR_FULL when there are too many, BW_ERR_IO when it cannot be written
 * down. Threads may call it side by side. */
BW_MUST_USE bw_err replay_take(struct replay *r, uint64_t device,
    const char *jti, int64_t now);

#endif
