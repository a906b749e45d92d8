/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tally.h - how many shares, declines and silences the log has, today and in
 * all. Only entries that may be told to the host are counted (outbox.h): a
 * count that rises at once would say when somebody declined.
 */
#ifndef KIOSK_TALLY_H
#define KIOSK_TALLY_H

#include <stdint.h>

#include "base/err.h"
#include "kiosk/journal.h"

enum tally_of { TALLY_SHARE, TALLY_DECLINE, TALLY_NO_ANSWER };
#define TALLY_KINDS 3

struct tally {
	uint64_t upto;		/* entries below are counted */
	int64_t day;		/* when today began, unix seconds */
	unsigned long all[TALLY_KINDS], today[TALLY_KINDS];
};

/* What an entry of this kind counts as, and by how much: -1 for an undo, 0 for
 * what is not counted. */
int tally_by(enum entry_kind kind, enum tally_of *what);

/* Go on counting up to entry `to`; day is when today began, and another one
 * than before begins anew, with what the journal says of the entries that it
 * has no more. A share that was undone counts no more. */
BW_MUST_USE bw_err tally_count(struct tally *t, struct journal *j,
    uint64_t to, int64_t day);

#endif
