/* SPDX-License-Identifier: Apache-2.0 */
/*
 * marks.h - the badges that were shared here last: so few that they stand in
 * the journal's state row, which is written for every entry anyway, and no
 * other page is. Plain data; all zero is none.
 *
 * The very last one stands apart, with the number of its share, for that one
 * may be undone. The others lie in the order of their marks, which tells
 * nothing about when.
 */
#ifndef KIOSK_MARKS_H
#define KIOSK_MARKS_H

#include "kiosk/journal.h"

#define MARKS_MAX 32
#define MARKS_BYTES (8 + (MARKS_MAX + 1) * (REPEAT_MARK + 8))

struct marks {
	uint64_t seq;			/* of the last share; 0: none */
	struct journal_mark last;
	size_t n;
	struct journal_mark one[MARKS_MAX];
};

/* The last one joins the others if its share is below a number; there must be
 * room: n < MARKS_MAX. */
void marks_join(struct marks *m, uint64_t below);
/* The day of the last share with this mark; -1: there is none. */
int64_t marks_find(const struct marks *m,
    const uint8_t mark[static REPEAT_MARK]);

/* As bytes for storage, at most MARKS_BYTES, and back: BW_ERR_FORMAT. */
BW_MUST_USE bw_err marks_encode(const struct marks *m, struct bw_buf *out);
BW_MUST_USE bw_err marks_decode(const uint8_t *ptr, size_t len,
    struct marks *out);

#endif
