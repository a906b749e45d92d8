/* SPDX-License-Identifier: Apache-2.0 */
/*
 * chain.h - the rules that one entry must keep after another.
 *
 * The one place that says what a valid log is: the kiosk builds with it, the
 * host ingests with it, `badgeward verify log` checks with it. A chain is the
 * state after `tree.size` entries; it is plain data and can be stored.
 */
#ifndef RECORD_CHAIN_H
#define RECORD_CHAIN_H

#include "record/body.h"
#include "record/entry.h"
#include "record/tree.h"

struct chain {
	struct tree tree;
	uint8_t last[CRYPTO_HASH];	/* leaf hash of the last entry */
	uint64_t time;			/* its time */
	uint64_t pol;			/* seq of the policy in force */
	bool closed;			/* a close entry was the last */
};

/* Check one encoded entry and its body (NULL: deleted, only in exports) and
 * take it in. Checks: strict encodings, seq = size, kind 0 exactly at seq 0,
 * prev, time (never decreasing but at a clock entry, whose body's new time is
 * the entry's; kinds 2 to 4 a multiple of 900 or the previous time), pol (the
 * entry in force; its own seq at open and policy), commitment, undo and note
 * pointing back, nothing after a close. When a body is given it is decoded
 * into *body if that is not NULL. On error the chain is as before; BW_ERR_
 * FORMAT, CHAIN or COMMIT say what, *why a short sentence part (static). */
BW_MUST_USE bw_err chain_add(struct chain *c, const uint8_t *entry,
    size_t entry_len, const uint8_t *body, size_t body_len,
    struct entry *out, struct body *body_out, const char **why);

/* Make the next entry over an encoded body and take it in: fills seq, prev,
 * time (entry_time), commit and pol, encodes into out. */
BW_MUST_USE bw_err chain_make(struct chain *c, enum entry_kind kind,
    const uint8_t *body, size_t body_len, uint64_t now,
    uint8_t out[static ENTRY_MAX], size_t *len, struct entry *e);

/* A chain as bytes for storage (version 1, at most CHAIN_MAX) and back. */
#define CHAIN_MAX 2300
BW_MUST_USE bw_err chain_encode(const struct chain *c, struct bw_buf *out);
BW_MUST_USE bw_err chain_decode(const uint8_t *ptr, size_t len,
    struct chain *out);

#endif
