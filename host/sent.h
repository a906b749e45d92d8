/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sent.h - whether what was given to a connection has come to its other end: a
 * thread that looks after all that wait for it.
 *
 * That the last byte was written says only that it is in a buffer of ours: a file
 * of some hundred KiB fits into it whole. What can be known is that the other
 * end's machine has acknowledged everything, and that the connection did not
 * break. It is no proof that a program there has read it or kept it; and where a
 * proxy is at the other end, it is the proxy's word.
 */
#ifndef HOST_SENT_H
#define HOST_SENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

#define SENT_MAX 256		/* looked after; more are not known to arrive */
#define SENT_STILL_SECONDS 30	/* without any more of it acknowledged */
#define SENT_SECONDS 600	/* in all */

struct sent;

/* Within what it is about. */
struct sent_one {
	struct sent_one *next;
	int fd;				/* -1: it broke off */
	int left;			/* bytes */
	int64_t until, still_until;	/* milliseconds */
	void *arg;
};

/* told is called once for each, on the thread: it may wait. */
BW_MUST_USE bw_err sent_start(struct sent **out,
    void (*told)(void *arg, bool whole));
/* Look after what was written to fd, which may be closed meanwhile; -1: it is
 * known to have broken off. Never waits. */
void sent_add(struct sent *s, struct sent_one *one, int fd, void *arg);
/* What is left has not arrived. Accepts NULL, nulls. */
void sent_stop(struct sent **s);

#endif
