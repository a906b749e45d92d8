/* SPDX-License-Identifier: Apache-2.0 */
/* import.h - what the pages about an uploaded file share. */
#ifndef HOST_PORTAL_IMPORT_H
#define HOST_PORTAL_IMPORT_H

#include "host/import/stage.h"
#include "host/import/upload.h"
#include "host/portal/registrations.h"

/* An uploaded file, and what staff chose about it. */
struct looked {
	char name[STRICT_TARGET_MAX + 1];	/* of the file */
	char path[STRICT_TARGET_MAX + 1];	/* of its page */
	char kind[12];			/* "": see for yourself */
	char chosen[COLUMNS][8];	/* a column's number, "-", or "": guess */
	char (*column)[COLUMN_NAME_MAX + 1];	/* of the file, n of them */
	size_t n, head;			/* the line that has them */
	struct map_choice choice;	/* the same; points into this */
	struct import_plan *plan;	/* NULL: see fault */
	struct fault fault;
	enum why_lang lang;
};

/* The mapping with its selects, which asks for the page again. */
void import_mapping(struct page *p, const struct looked *l);
/* What was chosen, as hidden fields. */
void import_chosen(struct page *p, const struct looked *l);
/* Warnings, and what each row would do: of act (-1: any), `from` passed over. */
void import_warnings(struct page *p, const struct looked *l);
void import_rows(struct page *p, struct call *c, const struct looked *l,
    int act, size_t from);

/* import_done.c: the last that were applied, by whom, and what each did. */
void import_done(struct page *p, struct call *c);
/* What one did, in the page's language, from its row in the audit. */
void import_said(struct page *p, const char *object);

#endif
