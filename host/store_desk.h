/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_desk.h - what the badge desk asks the store (store.h): who has which
 * badge.
 */
#ifndef HOST_STORE_DESK_H
#define HOST_STORE_DESK_H

#include "host/store.h"

enum badge_state {
	BADGE_STATE_NONE = 0,	/* none was ever made */
	BADGE_STATE_WRITTEN,	/* its first badge, in any edition */
	BADGE_STATE_REISSUED,	/* it has one, and an earlier one is blocked */
	BADGE_STATE_BLOCKED	/* it had one, which is blocked */
};
/* "none", "written", "reissued", "blocked"; never NULL. */
const char *badge_state_name(enum badge_state st);

struct store_badge_state {
	uint64_t registration;
	enum reg_status status;
	enum badge_state state;
	unsigned retired;		/* badges that are blocked */
	/* Of the newest edition of the one that is good; zero: there is none.
	 * It was made for a tag; whether it lies there the store cannot know. */
	uint8_t edition;
	char type[16];
	field_set on_badge;
	int64_t issued_at;
};
/* BW_ERR_NOTFOUND: there is no such registration. */
BW_MUST_USE bw_err store_badge_state(struct store *s, uint64_t registration,
    struct store_badge_state *out);
typedef bw_err (*store_badge_state_cb)(void *arg,
    const struct store_badge_state *b);
/* Of `most` registrations behind this id (0: from the first), by id. */
BW_MUST_USE bw_err store_badge_state_each(struct store *s, uint64_t behind,
    uint64_t most, store_badge_state_cb cb, void *arg);

/* The editions that were made for a registration, the newest first. A badge's
 * own editions begin with 1 again when it is reissued: people name what was made
 * by its issue. */
struct store_badge_made {
	unsigned issue;			/* from 1, over all its badges */
	char type[16];
	field_set on_badge;
	int64_t issued_at, retired_at;	/* retired_at 0: it is good */
};
typedef bw_err (*store_badge_made_cb)(void *arg,
    const struct store_badge_made *m);
BW_MUST_USE bw_err store_badge_made_each(struct store *s,
    uint64_t registration, store_badge_made_cb cb, void *arg);

#endif
