/* SPDX-License-Identifier: Apache-2.0 */
/*
 * badge_found.h - what lies on a tag that a badge is about to be written to.
 */
#ifndef HOST_BADGE_FOUND_H
#define HOST_BADGE_FOUND_H

#include "base/err.h"
#include "host/hostdir.h"
#include "host/store.h"

enum badge_found_what {
	BADGE_FOUND_NOTHING = 0,	/* no message, or an empty one */
	BADGE_FOUND_BADGE,		/* a badge of a registration */
	BADGE_FOUND_UNKNOWN,		/* a badge of this event, of no
					 * registration that is known */
	BADGE_FOUND_OTHER		/* anything else */
};

struct badge_found {
	enum badge_found_what what;
	uint64_t registration;		/* of BADGE_FOUND_BADGE */
	uint8_t badge_id[BADGE_ID];	/* of the same */
	uint8_t uid[BADGE_UID];		/* the tag's, whatever lies there */
	bool last;	/* nothing newer of that badge is on another tag */
};

/* Judge the NDEF message (len bytes, 0: there is none) on the tag uid. A copy
 * of a badge from another tag is something else. */
BW_MUST_USE bw_err badge_found(struct store *s, const struct hostdir *h,
    const uint8_t uid[static BADGE_UID], const uint8_t *ndef, size_t len,
    struct badge_found *out);
/* The registration's new badge was written over it, in the caller's transaction:
 * when that leaves another registration without a tag, which it is asked here
 * anew (it may have got a newer one meanwhile), its badge is blocked, as
 * one that is reissued, which is put into the audit. Until the new one was read
 * back the other is good: it may still be on the tag. So is one that was written
 * over before, by a station that ended before it could say so: what was made for
 * this tag alone, before what lies there now. *blocked: how many were; *one: the
 * registration of the last of them. */
BW_MUST_USE bw_err badge_found_over(struct store *s,
    const struct badge_found *found, uint64_t registration, const char *actor,
    int64_t now, unsigned *blocked, uint64_t *one);

#endif
