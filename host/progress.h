/* SPDX-License-Identifier: Apache-2.0 */
/*
 * progress.h - how far long work is: whoever does it counts, whoever wants to
 * know is told now and then, and may end it.
 */
#ifndef HOST_PROGRESS_H
#define HOST_PROGRESS_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define PROGRESS_STEP 1024

struct progress {
	/* PROGRESS_STEP more are done. An error ends the work with it. */
	bw_err (*step)(void *arg, uint64_t done);
	void *arg;
	uint64_t done;
};

/* One more is done. p may be NULL: nobody wants to know. */
static inline BW_MUST_USE bw_err
progress_one(struct progress *p)
{
	return p == NULL || ++p->done % PROGRESS_STEP != 0 ? BW_OK :
	    p->step(p->arg, p->done);
}

#endif
