/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hostclock.h - whether the present time may be believed when something is to
 * be destroyed because its time is over.
 *
 * The store keeps the last look that was believed: the wall clock, and the one
 * that counts from the machine's start. A look is in doubt when the wall clock
 * says less than that, more than 31 days more, or was set by some minutes while
 * the machine ran. Then no purge is done and no planned erasure takes effect
 * that was not due before, until the clock is as it should be, or an officer
 * says that it is. One that was set ahead is in doubt after the machine has
 * started anew as well: then nothing shows any more by how much. And after a
 * start one that says that longer has passed than an erasure can be undone,
 * unless the system calls it synchronised: else who asked for one just before
 * would have no time to undo it. Otherwise it is not asked for that: it can be
 * wrong too, and many machines cannot say.
 *
 * A machine that was paused or off for longer is in doubt as well. What is
 * withheld, withdrawn or erased at once waits for no clock.
 *
 * While it is in doubt, time does not go back (hostclock_time): what was over
 * stays over. When a look is kept, what was begun in the future by a clock that
 * was ahead counts as begun now (store_clock_mend).
 */
#ifndef HOST_HOSTCLOCK_H
#define HOST_HOSTCLOCK_H

#include "base/clock.h"
#include "host/store.h"

#define HOSTCLOCK_SLACK 600		/* s that it may be set by */
#define HOSTCLOCK_AWAY (31 * 86400)	/* s that may pass between two looks */
#define HOSTCLOCK_START (72 * 3600)	/* the same after a start, at most */
#define HOSTCLOCK_KEEP 3600		/* s after which a look is kept again */

struct hostclock_look {
	int64_t wall;			/* unix seconds; 0: there was none */
	int64_t boot;			/* CLOCK_BOOTTIME, s */
	char boot_id[CLOCK_BOOT_ID + 1];	/* "": not known */
	bool moved;			/* set ahead since it was kept */
	bool synced;			/* so says the system; not kept */
};
enum hostclock_doubt {
	HOSTCLOCK_FINE = 0,
	HOSTCLOCK_BEHIND,		/* earlier than the last look */
	HOSTCLOCK_AHEAD,		/* too much later */
	HOSTCLOCK_SET,			/* set while the machine ran */
	HOSTCLOCK_STARTED		/* later than an erasure can be undone */
};
struct hostclock {
	enum hostclock_doubt doubt;
	struct hostclock_look now, last;
};

/* At the edge of a program. */
void hostclock_read(struct hostclock_look *out);
/* Pure. undo: seconds in which an erasure that is planned can be undone. */
enum hostclock_doubt hostclock_judge(const struct hostclock_look *last,
    const struct hostclock_look *now, int64_t undo);
/* An English sentence for staff, and for translation; "" when it is fine. */
const char *hostclock_sentence(enum hostclock_doubt d);
/* Up to when it is sure: for what cannot be brought back. */
static inline int64_t
hostclock_until(const struct hostclock *h)
{
	if (h->doubt == HOSTCLOCK_FINE || h->now.wall < h->last.wall)
		return h->now.wall;
	return h->last.wall;
}

/* The time that all goes by but what is compared with another's clock, a
 * device's or that of a one-time code: the clock's, and while that was set or
 * is behind, never before what was believed and has passed since. */
int64_t hostclock_time(const struct hostclock *h);

/* Look, and judge by what the store has; changes nothing. Before the first look
 * that was kept, the newest row of the audit is the last one. */
BW_MUST_USE bw_err hostclock_ask(struct store *s, struct hostclock *out);
/* hostclock_time, of a look. */
BW_MUST_USE bw_err hostclock_now(struct store *s, int64_t *out);
/* hostclock_until, of a look: for what is done once and for all up to a time. */
BW_MUST_USE bw_err hostclock_sure(struct store *s, int64_t *out);
/* hostclock_ask, and keep a look that is believed, once an hour, or that the clock
 * was set ahead. In no transaction. */
BW_MUST_USE bw_err hostclock_keep(struct store *s, struct hostclock *out);
/* An officer says that the time is right: it is believed from now on. In the
 * open transaction, with its row in the audit. */
BW_MUST_USE bw_err hostclock_confirm(struct store *s, const char *actor,
    struct hostclock *out);

/* store_clock.c: what was begun by a clock that was ahead, an erasure with its
 * time to be undone, a case, a login, a code, a mail that waits, counts as begun
 * now. What else nobody can have begun later than now stays as it says. What
 * was withdrawn before it came, and asked for since `last` was believed, was so
 * just now: the clock may have been behind. In the caller's transaction. */
BW_MUST_USE bw_err store_clock_mend(struct store *s, int64_t last,
    int64_t now);
/* The shortest time to undo an erasure that is planned, s, at most
 * HOSTCLOCK_START. */
BW_MUST_USE bw_err store_clock_undo(struct store *s, int64_t *out);
/* The row. */
BW_MUST_USE bw_err store_clock_get(struct store *s,
    struct hostclock_look *out);
BW_MUST_USE bw_err store_clock_put(struct store *s,
    const struct hostclock_look *in);

#endif
