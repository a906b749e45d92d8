/* SPDX-License-Identifier: Apache-2.0 */
/*
 * carve.h - entries of a log found among any bytes: the pages of a kiosk's
 * journal, however damaged the file around them is. Nothing of SQLite's form is
 * asked for but that a row stands in one piece: entry, body, checkpoint.
 */
#ifndef TOOLS_CARVE_H
#define TOOLS_CARVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "record/entry.h"

/* Points into the bytes that were scanned. */
struct carved {
	struct entry e;
	uint8_t leaf[CRYPTO_HASH];
	const uint8_t *entry, *body;	/* body: NULL unless e commits to it */
	size_t entry_len, body_len;
	const char *note;		/* what stood behind; NULL: no note */
	size_t note_len;
};

struct carve {
	struct carved *at;
	size_t n, room;
};

/* Add what stands among these bytes. */
BW_MUST_USE bw_err carve_scan(struct carve *c, const uint8_t *ptr,
    size_t len);
/* Sort by seq, and keep each entry once, as whole as it was found; with another
 * checkpoint behind it once more. */
void carve_sort(struct carve *c);
/* Among what is sorted, the place of the first with this seq or behind it. */
size_t carve_first(const struct carve *c, uint64_t seq);
/* The place of the entry with this leaf hash, the most whole of its copies. */
bool carve_find(const struct carve *c, uint64_t seq,
    const uint8_t leaf[static CRYPTO_HASH], size_t *at);
void carve_free(struct carve *c);

#endif
