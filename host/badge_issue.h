/* SPDX-License-Identifier: Apache-2.0 */
/*
 * badge_issue.h - make a badge for a registration (FORMATS.md, Badge).
 */
#ifndef HOST_BADGE_ISSUE_H
#define HOST_BADGE_ISSUE_H

#include "base/buf.h"
#include "base/err.h"
#include "host/badge_found.h"
#include "host/fault.h"
#include "host/hostdir.h"
#include "host/store.h"

struct badge_order {
	uint64_t registration;
	uint8_t uid[BADGE_UID];		/* of the tag that it is for */
	const char *type;		/* "ntag213", "ntag215", "ntag216" */
	field_set fields;		/* to put on it, where there is a value;
					 * 0: a pointer badge */
	bool reissue;			/* the earlier badge was lost: block it */
	struct badge_found over;	/* what lies on the tag, which the caller
					 * judges before and tells of when it is
					 * written (badge_found_over) */
};

struct badge_made {
	uint8_t edition;
	field_set on_badge;
	size_t bytes, room;		/* of the TLV, and for it on the tag */
	bool without_uri;		/* left out for want of room */
	bool other_tag;			/* an earlier edition is on another tag,
					 * and stays good */
};

/* Make the next edition and keep it in the store, in the caller's transaction;
 * out gets its TLV (03 len message FE). Commit before any of it leaves the
 * host: two texts must never share an edition. *f says why not: BW_ERR_NOTFOUND
 * (no such registration), BW_ERR_DENIED (a minor's, withheld, cancelled or
 * erased), BW_ERR_ARG (tag type), BW_ERR_FULL (does not fit: with the byte
 * counts, and which fields would). */
BW_MUST_USE bw_err badge_issue(struct store *s, const struct hostdir *h,
    const struct badge_order *order, int64_t now, struct bw_buf *out,
    struct badge_made *made, struct fault *f);

#endif
