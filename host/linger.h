/* SPDX-License-Identifier: Apache-2.0 */
/*
 * linger.h - connections that were answered before their request was all there.
 *
 * To close one at once makes the kernel throw the answer away with what still
 * comes in; so it is kept for a moment, and what comes is read and dropped.
 */
#ifndef HOST_LINGER_H
#define HOST_LINGER_H

#include "base/err.h"

#define LINGER_SECONDS 5
#define LINGER_MAX 64		/* at once; a further one is just closed */

struct lingerers;

/* A thread of its own looks after them. */
BW_MUST_USE bw_err linger_start(struct lingerers **out);
void linger_stop(struct lingerers **l);
/* Keep a copy of a connection whose answer is sent; the descriptor itself stays
 * the caller's to close. Threads may call it. */
void linger_add(struct lingerers *l, int fd);

#endif
