/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hold.h - what must be kept longer, for a complaint or a lawsuit: of one
 * person, of one sponsor's shares, or of the whole event. While a hold stands,
 * no erasure and no purge takes what it is on, nor an import that hands a ticket
 * on. A correction waits for no hold (16): it changes what was shared, too.
 */
#ifndef HOST_HOLD_H
#define HOST_HOLD_H

#include "host/store.h"

enum hold_scope { HOLD_PERSON = 0, HOLD_SPONSOR, HOLD_EVENT };
/* "person", "sponsor", "event"; never NULL. */
const char *hold_scope_name(enum hold_scope scope);

/* The reason and the reviewer of one that was restored without them
 * (store_redo.h): ours, which pages say in the reader's language. */
#define HOLD_RESTORED "placed before a backup was put back, which lost its " \
	"reason: look at it and say why it stands"
#define HOLD_RESTORED_REVIEWER "privacy officer"
#define HOLD_REASON_CHARS 200
#define HOLD_REASON_MAX (4 * HOLD_REASON_CHARS)	/* bytes */
#define HOLD_REVIEWER_CHARS 80
#define HOLD_REVIEWER_MAX (4 * HOLD_REVIEWER_CHARS)
struct hold {
	uint64_t id;			/* given by the store */
	enum hold_scope scope;
	uint64_t registration;		/* of HOLD_PERSON, else 0 */
	char sponsor[TEXT_ID_MAX + 1];	/* of HOLD_SPONSOR, else "" */
	char reason[HOLD_REASON_MAX + 1];	/* not a person's name */
	char reviewer[HOLD_REVIEWER_MAX + 1];	/* who looks at it again, */
	int64_t review_at;			/* and when */
	int64_t added_at;
	int64_t lifted_at;		/* 0: it stands */
};
/* In the caller's transaction, with a row in the audit; it is done again over a
 * backup that is put back (store_redo.h), which takes the key for deleted.h of
 * one on a person: BW_ERR_KEY without it. BW_ERR_DENIED: the person's erasure is
 * final (hold_beyond). BW_ERR_ARG: a scope
 * without its id or with another's, no reason, no reviewer, or no day to look
 * again that is to come; BW_ERR_NOTFOUND: there is no such registration or
 * sponsor; BW_ERR_GONE: it was erased. */
BW_MUST_USE bw_err hold_add(struct store *s, const struct hold *in,
    const char *actor, int64_t now, uint64_t *id);
/* Of how many persons, of those that a hold is on, the erasure is final though it
 * is not done yet (erase_final): the record of the deleted has their line, by
 * which they are erased though the hold stands. Errors as of erase_again. */
BW_MUST_USE bw_err hold_beyond(struct store *s, const struct hold *h,
    uint64_t *n);
/* BW_ERR_NOTFOUND; BW_ERR_EXISTS when it was lifted before. */
BW_MUST_USE bw_err hold_lift(struct store *s, uint64_t id, const char *actor,
    int64_t now);

typedef bw_err (*hold_cb)(void *arg, const struct hold *h);
/* By id; those that were lifted too with all. */
BW_MUST_USE bw_err hold_each(struct store *s, bool all, hold_cb cb, void *arg);
/*
 * Whether a hold stands on this: the event's always; of a registration (0:
 * none is asked about) its own; of a sponsor (NULL: none is asked about) its
 * own. A registration without a sponsor is all of a person: the holds of every
 * sponsor that has a share of it count too. What the clock says of it does not
 * matter: it stands from when it is there until it is lifted.
 */
BW_MUST_USE bw_err hold_any(struct store *s, uint64_t registration,
    const char *sponsor, bool *held);

#endif
