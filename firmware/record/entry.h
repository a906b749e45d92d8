/* SPDX-License-Identifier: Apache-2.0 */
/*
 * entry.h - a log entry, the Merkle leaf (FORMATS.md, Log). No personal data.
 */
#ifndef RECORD_ENTRY_H
#define RECORD_ENTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "record/crypto.h"

enum entry_kind {
	ENTRY_OPEN = 0,
	ENTRY_SHARE = 1,
	ENTRY_DECLINE = 2,
	ENTRY_NO_ANSWER = 3,
	ENTRY_UNREAD = 4,
	ENTRY_UNDO = 5,
	ENTRY_NOTE = 6,
	ENTRY_POLICY = 7,
	ENTRY_CLOCK = 8,
	ENTRY_CLOSE = 9
};
#define ENTRY_KINDS 10
#define ENTRY_MAX 98		/* bytes of the longest encoding */
#define ENTRY_NUMBER_MAX ((UINT64_C(1) << 53) - 1)
#define ENTRY_COARSE 900	/* seconds that kinds 2 to 4 are rounded to */

struct entry {
	enum entry_kind kind;
	uint64_t seq;		/* at most ENTRY_NUMBER_MAX, as time and pol */
	uint64_t time;
	uint8_t prev[CRYPTO_HASH];
	uint8_t commit[CRYPTO_HASH];
	uint64_t pol;
};

BW_MUST_USE bw_err entry_encode(const struct entry *e,
    uint8_t out[static ENTRY_MAX], size_t *len);
/* The whole of the bytes is one entry. */
BW_MUST_USE bw_err entry_decode(const uint8_t *ptr, size_t len,
    struct entry *out);
/* The word of a kind: "open", "share", "decline", "no answer" … */
const char *entry_kind_name(enum entry_kind k);
/* Kinds 2 to 4, whose time is rounded down. */
bool entry_is_coarse(enum entry_kind k);
/* Kinds that are timed and told no finer than that: these, and a policy entry,
 * which would stand in the very second in which a question was answered. A
 * note does not: staff write it about a share, on screens that open only while
 * nobody is being asked or served, so that its second, and that a decline
 * before it leaves with it, says no more than those of the next share do. */
bool entry_is_discreet(enum entry_kind k);
/* The time an entry of this kind gets: prev_time is the last entry's time (0
 * at the first), now is unix seconds. Discreet kinds are rounded down to 900 s;
 * never below prev_time, but for a clock entry, which takes now. */
uint64_t entry_time(enum entry_kind k, uint64_t prev_time, uint64_t now);

#endif
