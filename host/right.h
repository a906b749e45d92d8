/* SPDX-License-Identifier: Apache-2.0 */
/*
 * right.h - what a person may ask of the event, with its whole effect: to
 * withdraw, correct, restrict, object, be erased.
 *
 * Functions that write work inside the caller's transaction and add their row
 * to the audit, with ids alone; roll back unless they return BW_OK. actor is
 * audit.h's. BW_ERR_NOTFOUND: no such registration or lead; BW_ERR_GONE: it
 * was erased; BW_ERR_EXISTS: it is so already, and nothing was changed.
 *
 * Withheld is withheld: whatever the reason, its badges are blocked on every
 * device from its next sync, no badge is made, and its leads are in no list
 * and no export. Sponsors that could see one acknowledge a restriction, an
 * objection and a planned erasure as that begins (19), and the erasure itself when
 * it takes effect; when they end the leads are back, as changed. Reasons are
 * kept apart. Imports lift none; when the last of them has gone it is what its
 * source says by then: attending, unless the ticket was cancelled meanwhile.
 */
#ifndef HOST_RIGHT_H
#define HOST_RIGHT_H

#include "host/store.h"

/* Why a registration is withheld. All zero: it is not, or nobody said. */
struct right_state {
	uint64_t registration;
	int64_t restricted, objected;	/* since when; 0: not */
	int64_t staff;			/* the same: for staff's own reason */
	int64_t erase_planned;		/* an erasure: when it was decided, */
	int64_t erase_due;		/* when it takes effect; 0: none, */
	uint64_t erase_case;		/* for which case; 0: none */
	int64_t erase_begun;		/* since when it is being done; 0 */
	int64_t held_at;		/* a hold stops it, since then; 0 */
	int64_t erase_undo;		/* seconds in which it can be undone */
};
/* erase_planned of one whom the record of the deleted has, in a store that was
 * put back: the erasure was done before, and no hold brings anything back. */
#define RIGHT_ERASED_BEFORE 1
/* Whether it is the person's own wish, which is not staff's to take back. */
static inline bool
right_of_person(const struct right_state *st)
{
	return st->restricted != 0 || st->objected != 0 || st->erase_due != 0;
}
BW_MUST_USE bw_err right_look(struct store *s, uint64_t registration,
    struct right_state *out);
typedef bw_err (*right_cb)(void *arg, const struct right_state *r);
/* All that are withheld for a right, by registration. */
BW_MUST_USE bw_err right_each(struct store *s, right_cb cb, void *arg);

/* One lead is withdrawn: its sponsor must acknowledge it, when it could have
 * seen it. *moved is false when it had ended before: nothing was changed. */
BW_MUST_USE bw_err right_withdraw(struct store *s, uint64_t device,
    uint64_t seq, const char *actor, int64_t now, bool *moved);
/*
 * All of a person, and those that devices still have. The audit has one row,
 * with how many and a commitment to their ids, and none for each. *n: how many
 * the host had. What a device's clock says of those is not believed, for it may
 * be ahead:
 * one that comes later is alive only when its log names a policy before it that
 * the host issued after this, so that the device has been in touch since.
 * That withdraws too much: what the person shares anew at a booth before that
 * has been in touch, which without a network may be days. Never too little.
 */
BW_MUST_USE bw_err right_withdraw_all(struct store *s, uint64_t registration,
    const char *actor, int64_t now, uint64_t *n);

/* Withhold it: the data is restricted, the person has objected, or staff have a
 * reason of their own. detail goes into the audit: "", or ids and words of
 * ours. */
enum right_why { RIGHT_RESTRICTED = 0, RIGHT_OBJECTED, RIGHT_STAFF };
BW_MUST_USE bw_err right_withhold(struct store *s, uint64_t registration,
    enum right_why why, const char *detail, const char *actor, int64_t now);
static inline BW_MUST_USE bw_err
right_restrict(struct store *s, uint64_t registration, const char *actor,
    int64_t now)
{
	return right_withhold(s, registration, RIGHT_RESTRICTED, "", actor,
	    now);
}
static inline BW_MUST_USE bw_err
right_object(struct store *s, uint64_t registration, const char *actor,
    int64_t now)
{
	return right_withhold(s, registration, RIGHT_OBJECTED, "", actor, now);
}
/* Staff's own reason goes, and what was withheld without any. BW_ERR_DENIED: the
 * person's own stand, which only the person's word takes back (right_lift,
 * right_agree, right_erase_undo); nothing was changed. */
BW_MUST_USE bw_err right_release(struct store *s, uint64_t registration,
    const char *actor, int64_t now);
/* The restriction ends: the leads are back, unless something else withholds
 * it. BW_ERR_EXISTS: it is not restricted. */
BW_MUST_USE bw_err right_lift(struct store *s, uint64_t registration,
    const char *actor, int64_t now);
/* The person takes the objection back. With `leads`, which only the person can
 * say, those made before are back; else they are withdrawn. */
BW_MUST_USE bw_err right_agree(struct store *s, uint64_t registration,
    bool leads, const char *actor, int64_t now);

/* The reasons are these again, as they were before an older store was put back
 * (store_redo.h); *changed is false when they are so. One that was erased stays
 * so. */
BW_MUST_USE bw_err right_redo(struct store *s, const struct right_state *to,
    int64_t now, bool *changed);

/*
 * A value of a registration is another one. All editions of its badges get it,
 * so that leads, those too that devices still have, show it from now on;
 * sponsors that could see the field of a lead must acknowledge that it was
 * corrected, and lists and the API have it as changed. An import leaves the
 * field alone until its source says something new. BW_ERR_ARG: a value that no
 * registration can have; "" takes one away, but nobody is without a name or an
 * address. BW_ERR_EXISTS: nothing to correct.
 */
BW_MUST_USE bw_err right_correct(struct store *s, uint64_t registration,
    enum field field, const char *value, const char *actor, int64_t now);
/* The fields of which the badge in use (store_edition_current) still has a
 * value from before a correction: it should be made anew. 0: none. */
BW_MUST_USE bw_err right_badge_stale(struct store *s, uint64_t registration,
    field_set *out);

/*
 * Erasure. From the plan on it is withheld; it takes effect undo_hours (of
 * hostdir.h's configuration) later, *due. Until then it can be undone.
 * BW_ERR_EXISTS: it is planned already (*due says for when). BW_ERR_DENIED: the
 * case is none, another person's, or does not say how who asks has shown to be
 * this one; case_num 0: nobody asks. why: a word for the audit of why staff
 * erase who has not asked, or NULL.
 */
BW_MUST_USE bw_err right_erase_plan(struct store *s, uint64_t registration,
    uint64_t case_num, const char *why, unsigned undo_hours,
    const char *actor, int64_t now, int64_t *due);
/* BW_ERR_EXISTS: none is planned. BW_ERR_GONE: it has begun. */
BW_MUST_USE bw_err right_erase_undo(struct store *s, uint64_t registration,
    const char *actor, int64_t now);
/* Until it takes effect, however long it is due: a hold may stop it, or the
 * clock be in doubt. Once it has begun its line may stand in the record, by which
 * it is done again. */
static inline bool
right_can_undo(const struct right_state *st)
{
	return st->erase_due != 0 && st->erase_begun == 0;
}
/* Since when a hold stops a planned erasure, by the holds as they are now,
 * which held_at follows later; 0: none does. */
BW_MUST_USE bw_err right_held(struct store *s, const struct right_state *st,
    int64_t now, int64_t *since);
/*
 * Do what is due, and finish what was begun: after a crash at any moment the
 * next call ends in the same state. Not inside a transaction: it has its own.
 * One that a hold stops (hold_any) is left and marked held, due or not, but not
 * of who was erased before (RIGHT_ERASED_BEFORE); who asked for it is told so,
 * and when the hold is lifted for when it is then: the time to undo it begins
 * anew (case_erase_tell). One that fails
 * stays withheld and due, and keeps no other back: the next call tries it
 * again. The first failure is given back when the others are done; *out counts
 * in any case. The store has the key for deleted.h (store_deleted_key).
 * until: the time up to which the clock is believed (hostclock_until); what was
 * planned for later waits, unless there was no time to undo it.
 */
struct right_done {
	uint64_t erased;	/* took effect now */
	uint64_t held;		/* would have, but a hold stops them */
	uint64_t failed;	/* could not */
};
BW_MUST_USE bw_err right_erase_due(const char *dir, struct store *s,
    int64_t now, int64_t until, struct right_done *out);
/* Of that only who was erased before, over a store that was put back; the clock
 * is not asked, and what it leaves in files goes with the next of the others. */
BW_MUST_USE bw_err right_erase_again(const char *dir, struct store *s,
    int64_t now, struct right_done *out);
/* The same for one alone, whatever becomes of others. *erased is false when it
 * is not due, or a hold stops it. */
BW_MUST_USE bw_err right_erase_one(const char *dir, struct store *s,
    uint64_t registration, int64_t now, bool *erased);

#endif
