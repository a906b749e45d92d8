/* SPDX-License-Identifier: Apache-2.0 */
/*
 * column.h - what the importer looks for in a file, and the names that ticket
 * shops give it in their languages.
 *
 * pretix's names are those of its own translations. Eventbrite documents its
 * English ones only: the others are what organisers' files were seen or are
 * likely to say, and a choice of staff's own goes before all of them (map.h).
 */
#ifndef HOST_IMPORT_COLUMN_H
#define HOST_IMPORT_COLUMN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum column {
	COL_KEY,		/* what a row is found again by */
	COL_STATUS,
	COL_NAME,		/* whole; else first and last */
	COL_FIRST, COL_LAST,
	COL_EMAIL,
	COL_COMPANY, COL_JOB, COL_PHONE,
	COL_CITY, COL_STATE, COL_COUNTRY,
	COL_AGE, COL_BIRTH,
	COL_QUANTITY,
	COL_EVENT,
	COL_ADDON,		/* filled: it belongs to another ticket */
	COL_BUYER_EMAIL		/* never taken, only compared */
};
#define COLUMNS (COL_BUYER_EMAIL + 1)

enum import_kind {
	IMPORT_AUTO,
	IMPORT_EVENTBRITE,
	IMPORT_PRETIX
};
/* "auto", "eventbrite", "pretix": also what keys begin with. Never NULL. */
const char *import_kind_name(enum import_kind kind);

/* The word by which staff choose a column: "Company", "Job title", …; never
 * NULL. The inverse says false for another word; case does not matter. */
const char *column_word(enum column c);
bool column_from_word(const char *s, size_t len, enum column *out);

/* Names as they are compared: NFC, case folded, blanks squeezed, without the
 * marks at the end (* : ?) that forms put behind a question. What does not fit
 * is cut: it is no known name. */
#define COLUMN_NAME_MAX 160
void column_fold(const char *name, char out[static COLUMN_NAME_MAX + 1]);

/* One list of names for a column, the better ones first, NULL behind the last.
 * They are folded. `of_buyer`: it is the buyer's, and the attendee's only where
 * both are one. */
struct column_names {
	enum import_kind kind;
	enum column col;
	bool of_buyer;
	const char *const *name;
};
/* All of them; of a column the attendee's before the buyer's. */
extern const struct column_names column_table[];
extern const size_t column_table_len;

/* Names of what pretix writes first of the invoice's address; NULL behind the
 * last. Names in and behind it are not the attendee's. */
extern const char *const column_invoice[];

/* Whether a (folded) question asks for the company or the job title. */
bool column_asks(const char *folded, enum column c);

#endif
