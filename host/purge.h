/* SPDX-License-Identifier: Apache-2.0 */
/*
 * purge.h - what has been kept for as long as retain.h allows goes.
 *
 * In transactions of at most PURGE_BATCH rows, each with its line in the audit
 * ("purge", the class, how many): what is killed in the middle goes on with the
 * next run. A hold keeps what it is about. Entries of logs stay, so logs verify
 * as before; only their bodies go.
 */
#ifndef HOST_PURGE_H
#define HOST_PURGE_H

#include "host/store_retain.h"

#define PURGE_BATCH 500u

struct purge_report {
	struct retain_rules rules;
	struct purge_line {
		uint64_t kept;		/* before */
		uint64_t due;		/* over, and not held */
		uint64_t held;
		int64_t oldest;		/* from when; 0: nothing is over */
		int64_t next;		/* when the next goes; 0: unknown */
		uint64_t gone;		/* by purge_run */
	} line[RETAIN_CLASSES];
};
/* What would go at `now`; changes nothing. BW_ERR_NOTFOUND before the first
 * policy; BW_ERR_FORMAT: its section `retention` is not understood. */
BW_MUST_USE bw_err purge_look(struct store *s, int64_t now,
    struct purge_report *out);
/* Let it go, also from the record under the host's directory (deleted.h);
 * outside a transaction. The report counts from before. */
BW_MUST_USE bw_err purge_run(const char *dir, struct store *s,
    const char *actor, int64_t now, struct purge_report *out);

#endif
