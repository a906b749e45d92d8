/* SPDX-License-Identifier: Apache-2.0 */
/*
 * workers.h - threads that do jobs in the order in which they came.
 *
 * The HTTP library gives a connection to a thread for good, and several that
 * come together often to one: what takes time is done here instead, so that
 * every core has its share and reading goes on meanwhile. Jobs that may have
 * to wait for somebody never take all threads: one is left for the others.
 */
#ifndef HOST_WORKERS_H
#define HOST_WORKERS_H

#include <stdbool.h>

#include "base/err.h"

struct workers;

/* Stands first inside what the job is about; left alone between add and do. */
struct work {
	struct work *next;
	bool slow;
};

/* How many wait for a thread now. */
unsigned workers_waiting(struct workers *w);

/* n threads, each calling `run` with one job at a time. */
BW_MUST_USE bw_err workers_start(struct workers **out, unsigned n,
    void (*run)(struct work *));
/* Never fails and never waits: nothing is allocated. Of slow jobs at most
 * n - 1 are done at once (with one thread, one). */
void workers_add(struct workers *w, struct work *job, bool slow);
/* Do what was added, then end the threads. Accepts NULL, nulls. */
void workers_stop(struct workers **w);

#endif
