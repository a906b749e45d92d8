/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_daily.h - the daily mail to attendees: what was shared since the last.
 *
 * How far a device's log was looked at is kept with the mails that were queued
 * for it, in one transaction: a share is told once, and none is missed. Held
 * shares are told as well: whose badge it was can say best whether it was they;
 * and once more when they are passed on again.
 */
#ifndef HOST_STORE_DAILY_H
#define HOST_STORE_DAILY_H

#include "host/mail.h"

/* Queue a mail (MAIL_SHARES) for each registration with shares that no mail has
 * told yet: not for minors, those erased, without an address or who want none.
 * Transactions of its own; what was begun before a crash is gone on with. */
BW_MUST_USE bw_err daily_collect(struct store *s, int64_t now);
/* A share that was held is its sponsor's again: the next mail to its badge's
 * holder says so, if it is still, or the first one after the holder is withheld.
 * In the caller's transaction. */
BW_MUST_USE bw_err daily_again(struct store *s, uint64_t device,
    uint64_t seq);
/* Whether it is time: once a day, from this hour (by the event's clocks) on. Who
 * set mail up waits for the first such hour: until daily_done was called once
 * that is to be done, with nothing collected. */
enum daily_time { DAILY_NOT = 0, DAILY_DUE, DAILY_FIRST };
BW_MUST_USE bw_err daily_due(struct store *s, unsigned hour, int64_t now,
    enum daily_time *out);
/* It was done; in the caller's transaction. */
BW_MUST_USE bw_err daily_done(struct store *s, unsigned hour, int64_t now);

/* One share of a daily mail. */
struct daily_share {
	uint64_t device, seq;
	const char *name;		/* of the device; share_id is name-seq */
	const char *sponsor;		/* its name */
	const char *booth;
	field_set fields;
	int64_t time;
	bool again;			/* it was held, and is no more */
	enum lead_state state;
	enum reg_status status;		/* of its badge's holder */
	uint64_t retain_days;		/* that it may be kept; 0: not known */
};
typedef bw_err (*daily_share_cb)(void *arg, const struct daily_share *d);
/* Those of a mail, in order of time. */
BW_MUST_USE bw_err daily_each(struct store *s, uint64_t mail,
    daily_share_cb cb, void *arg);
/* BW_ERR_NOTFOUND unless this share is one of this mail. */
BW_MUST_USE bw_err daily_has(struct store *s, uint64_t mail, uint64_t device,
    uint64_t seq);

/* No daily mails any more; a second time changes nothing. */
BW_MUST_USE bw_err daily_stop(struct store *s, uint64_t registration,
    int64_t now);
BW_MUST_USE bw_err daily_stopped(struct store *s, uint64_t registration,
    bool *stopped);

#endif
