/* SPDX-License-Identifier: Apache-2.0 */
/*
 * deadline.h - connections that must get on: each has a time at which its
 * socket is shut down, whatever trickles in meanwhile.
 *
 * The HTTP library's own timeout is one of inactivity, which a byte a second
 * keeps from ever passing. A client that has ended is let go of at once.
 */
#ifndef HOST_DEADLINE_H
#define HOST_DEADLINE_H

#include <stdint.h>

#include "base/err.h"

struct deadlines;
struct deadline;

/* A thread of its own looks after them. */
BW_MUST_USE bw_err deadlines_start(struct deadlines **out);
/* All connections must have been dropped. */
void deadlines_stop(struct deadlines **d);

/* A connection is there. NULL when memory is short. */
struct deadline *deadline_add(struct deadlines *d, int fd, unsigned seconds);
/* Its time begins anew; 0 seconds: none, it is ours to answer now. */
void deadline_set(struct deadlines *d, struct deadline *one,
    unsigned seconds);
/* It is about to be closed: after this its descriptor is not touched. */
void deadline_drop(struct deadlines *d, struct deadline **one);

#endif
