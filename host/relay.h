/* SPDX-License-Identifier: Apache-2.0 */
/*
 * relay.h - two blocks between two threads: while the caller fills one, a thread
 * takes what is in the other. The thread begins with the first block that is
 * full, so a short stream has none; and where no thread can be had, the caller's
 * takes.
 *
 * A failure of `take` is told by a later call, the last of which is relay_flush;
 * then errno is as it left it, and nothing but relay_close may follow.
 */
#ifndef HOST_RELAY_H
#define HOST_RELAY_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* Takes all len bytes; is called again only after BW_OK. */
typedef bw_err (*relay_take)(void *arg, const uint8_t *ptr, size_t len);

struct relay;

/* Blocks of `size` bytes, aligned for any object. */
BW_MUST_USE bw_err relay_open(struct relay **out, size_t size, relay_take take,
    void *arg);
/* Room for n bytes, at most a block's size, to be filled in; relay_filled says
 * how many were, before any other call. Objects of one size stay aligned. */
BW_MUST_USE bw_err relay_room(struct relay *r, size_t n, uint8_t **room);
void relay_filled(struct relay *r, size_t n);
/* How much the block that is being filled has room for; 0: it is full. */
size_t relay_left(const struct relay *r);
/* After BW_OK all that was filled in is taken, and the thread does nothing. */
BW_MUST_USE bw_err relay_flush(struct relay *r);
/* Ends the thread, after the block that it is at; what it has not been given is
 * not taken. Wipes. Accepts NULL, nulls. */
void relay_close(struct relay **r);

#endif
