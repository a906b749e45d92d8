/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ingest_plan.h - what an upload will change in the store, worked out before
 * any lock is taken. Between ingest.c and ingest_plan.c only.
 */
#ifndef HOST_INGEST_PLAN_H
#define HOST_INGEST_PLAN_H

#include "host/ingest.h"
#include "record/upload.h"

/* An entry that is listed for staff. */
struct plan_odd {
	uint64_t seq;
	enum odd_reason reason;
};

/* An undo or a note, and the share it is about. */
struct plan_about {
	uint64_t seq, share;
	uint8_t *note;		/* NULL: an undo; else its plaintext */
	size_t len;
};

/* A share, and the serial of the policy that its log named before it. */
struct plan_lead {
	struct store_lead lead;
	uint64_t serial;
};

struct plan {
	struct store *store;
	const struct ingest_in *in;
	bool quarantined;
	struct store_log log;		/* as it will be */
	struct store_rules rules;	/* of log.part, when that is not 0 */
	uint64_t named;			/* the highest serial that was never
					 * issued to the device; 0: none */
	/* Room for all that the upload's entries can bring. */
	size_t nlead, nodd, nabout;
	struct plan_lead *lead;
	struct plan_odd *odd;
	struct plan_about *about;
};

/* Begin at the state of the log, for at most n entries. Free in any case. */
BW_MUST_USE bw_err plan_open(struct plan *p, struct store *s,
    const struct ingest_in *in, const struct store_log *log, size_t n);
void plan_free(struct plan *p);

/* Check the next entry against the chain and take it into the plan. *why as
 * chain_add says it. */
BW_MUST_USE bw_err plan_entry(struct plan *p, const struct upload_item *item,
    const char **why);

/* Write what follows from the entries: leads, undos, notes, the odd list. Pending
 * withdrawals are applied. A transaction is open. */
BW_MUST_USE bw_err plan_apply(struct plan *p);

#endif
