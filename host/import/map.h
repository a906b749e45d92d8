/* SPDX-License-Identifier: Apache-2.0 */
/*
 * map.h - which column of a source is what, and why it is thought so.
 *
 * Two shops are known, told apart by what their rows are found again by: the
 * barcode of Eventbrite's attendee report (in its classic layout, and in that
 * of 2025), and the pseudonymization ID of pretix's export "Order data", sheet
 * "positions", never its ticket secret. Of names that are there twice the first
 * counts; no column is two things. What is not mapped is not read.
 *
 * Of pretix, the invoice's columns (company, city, …) are not the attendee's.
 * Company and job title may also be answers to a question of the organiser's
 * own, when one question alone asks for them.
 */
#ifndef HOST_IMPORT_MAP_H
#define HOST_IMPORT_MAP_H

#include "host/import/column.h"
#include "host/import/source.h"

#define COLUMN_NONE SIZE_MAX

enum map_why {
	MAP_NOT,		/* there is none */
	MAP_NAME,		/* by its name */
	MAP_QUESTION,		/* a question that asks for it */
	MAP_STAFF		/* chosen by staff */
};

struct map {
	enum import_kind kind;		/* never IMPORT_AUTO */
	size_t columns;			/* of the source */
	size_t at[COLUMNS];		/* COLUMN_NONE: it is not there */
	enum map_why why[COLUMNS];
	bool of_buyer[COLUMNS];		/* taken where both are one person */
	char name[COLUMNS][COLUMN_NAME_MAX + 1];	/* map_name's */
};

/* A column's name as it may be shown: shortened, without controls. */
void map_name(const char *name, char out[static COLUMN_NAME_MAX + 1]);

/* What staff have said beforehand. The texts stay the caller's. */
struct map_choice {
	enum import_kind kind;		/* IMPORT_AUTO: see for yourself */
	const char *header[COLUMNS];	/* NULL: guess; "": take none */
};
/* Take "Company=Firma (Rechnung)" or "Company=" (none); the word is one of
 * column_word's. BW_ERR_FORMAT with *f. */
BW_MUST_USE bw_err map_choose(struct map_choice *c, const char *text,
    struct fault *f);

/* From the names of a source. BW_ERR_FORMAT with *f: what must be there is not
 * (key, status, a name, email), or what staff chose. */
BW_MUST_USE bw_err map_guess(const struct import_row *head,
    const struct map_choice *c, struct map *out, struct fault *f);

#endif
