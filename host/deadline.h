/* SPDX-License-Identifier: Apache-2.0 */
/*
 * deadline.h - connections that must get on: each has a time at which its
 * socket is shut down, whatever trickles in meanwhile.
 *
 * The HTTP library's own timeout is one of inactivity, which a byte a second
 * keeps from ever passing. A body, in or out, that is large and whose line is
 * slow has its time again and again, while it moves at DEADLINE_RATE at least.
 *
 * A client that has ended is let go of at once. When there are as many as there
 * may be, the one that has been idle for longest gives way: idle is a connection
 * that owes a request of which not even the head is all there. One that has
 * begun never gives way.
 */
#ifndef HOST_DEADLINE_H
#define HOST_DEADLINE_H

#include <stdbool.h>

#include "base/err.h"

#define DEADLINE_RATE 4096u	/* bytes in a second, over its whole time */

struct deadlines;
struct deadline;

/* For at most so many connections. A thread of its own looks after them. */
BW_MUST_USE bw_err deadlines_start(struct deadlines **out, unsigned most);
/* All connections must have been dropped. */
void deadlines_stop(struct deadlines **d);

/* A connection is there, which idles; yields: it may have to give way. NULL when
 * memory is short. */
struct deadline *deadline_add(struct deadlines *d, int fd, unsigned seconds,
    bool yields);
/* Its time begins anew, for a body; 0 seconds: none, it is ours to answer
 * now. */
void deadline_body(struct deadlines *d, struct deadline *one,
    unsigned seconds);
/* The same, and it is asked for its next request. */
void deadline_idle(struct deadlines *d, struct deadline *one,
    unsigned seconds);
/* One more has come to stay: if it took the last place, another gives way. */
void deadline_make_room(struct deadlines *d, const struct deadline *newest);
/* It is about to be closed: after this its descriptor is not touched. */
void deadline_drop(struct deadlines *d, struct deadline **one);

#endif
