/* SPDX-License-Identifier: Apache-2.0 */
/*
 * running.h - the exports, and sheets of name badges, that are being made or
 * sent just now: in memory alone, for the pages of those who may take them. One
 * that has ended is gone from here; what was made of an export stands in the
 * record (store_export.h), that badges were printed in the audit.
 */
#ifndef HOST_RUNNING_H
#define HOST_RUNNING_H

#include <stdbool.h>

#include "base/text.h"
#include "host/audit.h"

#define RUNNING_SHOWN 20u		/* of one list */

struct running;				/* all of them */
struct running_one;			/* one, for who makes it */

struct running_export {
	char actor[AUDIT_ACTOR_SIZE];
	const char *kind, *format;	/* as in store_export.h, or "sheet" and
					 * its labels' name; static */
	char subject[TEXT_ID_MAX + 1];	/* sponsor; "" for all */
	uint64_t done, most;		/* rows; most 0: nobody knows */
	bool sending;			/* done is how many are in it */
};

BW_MUST_USE bw_err running_open(struct running **out);
/* After all have ended. Accepts NULL, nulls. */
void running_close(struct running **t);

/* One has begun; its done and sending are not looked at. */
BW_MUST_USE bw_err running_begin(struct running *t,
    const struct running_export *e, struct running_one **out);
void running_step(struct running_one *one, uint64_t done);
/* How many there are is known now. */
void running_most(struct running_one *one, uint64_t most);
/* It is whole, with n rows, and on its way. */
void running_sends(struct running_one *one, uint64_t n);
/* It has arrived, or nobody wants it any more. Accepts NULL, nulls. */
void running_end(struct running_one **one);

/* The oldest first, at most RUNNING_SHOWN: of a kind, of a subject (NULL:
 * any). How many. */
size_t running_list(struct running *t, const char *kind, const char *subject,
    struct running_export out[static RUNNING_SHOWN]);
/* A number that rises when one begins, is sent or ends; not with its rows. */
uint64_t running_changes(struct running *t);

#endif
