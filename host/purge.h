/* SPDX-License-Identifier: Apache-2.0 */
/*
 * purge.h - what has been kept for as long as retain.h allows goes.
 *
 * In transactions of at most PURGE_BATCH rows, each with its line in the audit
 * ("purge", the class, how many). A hold keeps what it is about. Entries of logs
 * stay, so logs verify as before; only their bodies go.
 *
 * A run is for its timer or for staff to begin, and for the host to finish: what
 * was killed in the middle goes with the host's next start, or with the next
 * run, whichever is first. The host takes what was over when the run began, and
 * nothing that came to be over since: nobody has asked for that.
 */
#ifndef HOST_PURGE_H
#define HOST_PURGE_H

#include "host/store_retain.h"

#define PURGE_BATCH 500u

struct purge_report {
	struct retain_rules rules;
	struct purge_line {
		uint64_t kept;		/* before */
		uint64_t due;		/* over, and not held; and what would go
					 * with what is of another class: a
					 * share's note, a person's mail */
		uint64_t held;
		int64_t oldest;		/* from when; 0: nothing is over */
		int64_t next;		/* when the next goes; 0: unknown */
		uint64_t gone;		/* by purge_run; counted like due */
	} line[RETAIN_CLASSES];
};
/* What would go at `now`; changes nothing. BW_ERR_NOTFOUND before the first
 * policy; BW_ERR_FORMAT: its section `retention` is not understood. */
BW_MUST_USE bw_err purge_look(struct store *s, int64_t now,
    struct purge_report *out);
/* Let it go; outside a transaction. The report counts from before. With those
 * deleted their lines in the record under dir go (deleted.h), and so do lines
 * of whom the store does not know, once they are as old. */
BW_MUST_USE bw_err purge_run(const char *dir, struct store *s,
    const char *actor, int64_t now, struct purge_report *out);
/* The rest of a purge_run that did not come to its end, if there is one; outside
 * a transaction, and while the clock is not in doubt. Holds are asked anew. */
BW_MUST_USE bw_err purge_finish(const char *dir, struct store *s,
    const char *actor, int64_t now);

#endif
