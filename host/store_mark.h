/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_mark.h - what a sponsor's people say of a lead: rating, tags, answers
 * to the sponsor's questions, a text. It comes from the booth (the newest note
 * in the device's log) and from the portal (one row per part). Of each part
 * the newest counts; a booth's note counts for the parts that it says something
 * of. All of it goes with its lead: undone, withdrawn, erased.
 */
#ifndef HOST_STORE_MARK_H
#define HOST_STORE_MARK_H

#include "host/store.h"
#include "record/seal.h"

enum mark_part { MARK_RATING = 0, MARK_TAGS, MARK_ANSWERS, MARK_TEXT };
#define MARK_PARTS 4
#define MARK_BIT(p) (1u << (p))
#define MARK_ANY UINT64_MAX	/* a version: whatever it is */

/* Who said the part that counts. at 0: nobody said anything. */
struct mark_source {
	bool booth;
	uint64_t account;		/* 0 from the booth */
	uint64_t token;			/* 0, or that of the program */
	int64_t at;			/* the booth's by the device's clock */
};
struct store_mark {
	struct note note;		/* the parts that count */
	struct mark_source by[MARK_PARTS];
	struct note booth, portal;	/* as each source has it */
	int64_t booth_at;		/* 0: no note */
	uint64_t booth_seq;
	uint64_t version;		/* another with each change: an ETag */
	int64_t changed_at;		/* from the portal; 0: never */
};
/* As where nobody said anything. Wipes what was there. */
void store_mark_none(struct store_mark *out);
/* BW_OK, and rating -1 and nothing else, where nobody said anything. Wipe after
 * use. The caller has seen that the lead is the sponsor's. */
BW_MUST_USE bw_err store_mark_get(struct store *s, uint64_t device,
    uint64_t seq, struct store_mark *out);
/* Put the parts (MARK_BIT) that in->… has, an empty one too, as said by an
 * account or a token at by->at, which is now. BW_ERR_NOTFOUND
 * unless the lead may be released to this sponsor now; BW_ERR_OLD when its
 * version is not `expect`; BW_ERR_FORMAT or BOUND for what note_encode
 * refuses. */
BW_MUST_USE bw_err store_mark_put(struct store *s, const char *sponsor,
    uint64_t device, uint64_t seq, unsigned parts, const struct note *in,
    const struct mark_source *by, uint64_t expect);

#endif
