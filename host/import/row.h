/* SPDX-License-Identifier: Apache-2.0 */
/*
 * row.h - one row as one registration. No store, so that tests and fuzzing
 * reach it alone.
 *
 *  - A row is found again by its key: of Eventbrite the barcode, the only
 *    number that all its layouts have for a single ticket, with its leading
 *    zeros (the order number is shared by all tickets of an order); of pretix
 *    the pseudonymization ID, never the ticket secret, which opens the door.
 *  - The buyer is not the attendee: names and addresses of the buyer are never
 *    taken, a place or a phone of theirs only where the buyer's e-mail address
 *    is the attendee's.
 *  - The name is the whole name, else first name, space, last name; one of
 *    them may be empty.
 *  - Attending and Checked In attend, of pretix paid and pending (confirmed).
 *    Every other status (also one that is not known) does not.
 *  - "Info Requested" in place of a name means that nobody has said yet who
 *    comes: the same as not attending. A row that is an add-on of another
 *    ticket is nobody.
 *  - Under 18 by age or date of birth: a minor, kept as such. An age that is
 *    not a whole number, or a date that cannot be read, is doubt: the row is
 *    skipped. A date that could be two (03/04/2009) is the later one.
 *  - Values are cleaned (clean.h). A value that cannot be kept whole, an
 *    e-mail address without one "@" between two parts, a row without key: the
 *    row is skipped.
 */
#ifndef HOST_IMPORT_ROW_H
#define HOST_IMPORT_ROW_H

#include <stdbool.h>

#include "host/import/why.h"
#include "host/store.h"

enum row_use {
	ROW_TAKE,		/* *reg is filled */
	ROW_GONE,		/* does not attend: only its key is filled */
	ROW_SKIP		/* cannot be used */
};

struct row {
	enum row_use use;
	struct why why;		/* why it is not taken */
	bool aged;		/* an age or date of birth was there */
	unsigned quantity;	/* of tickets; 1 unless the row says more */
	struct registration reg;	/* wipe after use */
};
/* The cells of a row, at a time (unix seconds, for ages). BW_ERR_FORMAT with
 * *f refuses the whole source: a key that a spreadsheet has rounded. */
BW_MUST_USE bw_err row_read(const struct map *m, const struct import_row *in,
    int64_t now, struct row *out, struct fault *f);

#endif
