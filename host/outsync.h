/* SPDX-License-Identifier: Apache-2.0 */
/*
 * outsync.h - lets the disk take a long file while it grows, beside whoever
 * writes it: a sync at its end finds little, and the disk has little in a memory
 * of its own that it must write then.
 *
 * A sync that failed is told once by the system; so whoever begins one here must
 * hear of it here, or the last one would say that all is well.
 */
#ifndef HOST_OUTSYNC_H
#define HOST_OUTSYNC_H

#include <aio.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

#define OUTSYNC_EVERY (8u << 20)	/* bytes between two */

/* { .fd = … } is one that has done nothing yet. */
struct outsync {
	int fd;
	size_t len;		/* written since the last one began */
	bool busy;		/* it has not been asked how it went */
	struct aiocb cb;	/* the system's while it is under way */
};

/* n bytes were written. BW_ERR_FULL or BW_ERR_IO, and errno, of a sync that began
 * earlier. */
BW_MUST_USE bw_err outsync_wrote(struct outsync *s, size_t n);
/* Until none is under way; the same errors. */
BW_MUST_USE bw_err outsync_wait(struct outsync *s);
/* The same, for a file that nobody wants any more. */
void outsync_end(struct outsync *s);

#endif
