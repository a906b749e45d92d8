/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_retain.h - beside store.h: the rows of each class of retain.h, from
 * when their days count, which of them a hold keeps, and how one of them goes.
 * purge.h walks over it.
 *
 * A class has one or more steps, which go in the order of the enum: what is
 * needed to tell that another row's time is over goes behind that row. A row
 * that has gone is in its step no more, so that a step can be done again, or
 * go on, after any end.
 */
#ifndef HOST_STORE_RETAIN_H
#define HOST_STORE_RETAIN_H

#include "host/retain.h"

#define RETAIN_STEPS_MAX 32
/* How many steps there are, and a step's class. */
size_t store_retain_steps(void);
enum retain store_retain_class(size_t step);

/* What counts: moments up to `cut` are over; event_end is retain_load's. What
 * goes with a share or its note when their time is over: by so many seconds is
 * the class's own period shorter than theirs (negative: longer). */
struct retain_at {
	int64_t cut;
	int64_t event_end;
	int64_t leads, notes;
};
struct retain_count {
	uint64_t kept;		/* all that there are */
	uint64_t due;		/* those over, without the held, and those that
				 * go with a share or a note */
	uint64_t held;		/* those over that a hold keeps */
	int64_t oldest;		/* the first moment of those over; 0: none */
	int64_t next;		/* the first moment still to be over; 0 */
};
BW_MUST_USE bw_err store_retain_count(struct store *s, size_t step,
    const struct retain_at *at, struct retain_count *out);
struct retain_gone {
	uint64_t n[RETAIN_CLASSES];
};
/* What would go with the registrations that are over, beside what each class's
 * count has already; `at` is each class's. */
BW_MUST_USE bw_err store_retain_beside(struct store *s,
    const struct retain_at at[RETAIN_CLASSES], struct retain_gone *out);
/* In the open transaction: let at most `most` rows that are over and not held
 * go, with what hangs on them. *n is how many of the step; 0: none is left.
 * *gone has what went of each class. */
BW_MUST_USE bw_err store_retain_drop(struct store *s, size_t step,
    const struct retain_at *at, unsigned most, struct retain_gone *gone,
    uint64_t *n);
/* A run that has begun: what was over at this moment goes; 0: none has. _set is
 * a transaction of its own. */
BW_MUST_USE bw_err store_purging_get(struct store *s, int64_t *over);
BW_MUST_USE bw_err store_purging_set(struct store *s, int64_t over);

#endif
