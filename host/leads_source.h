/* SPDX-License-Identifier: Apache-2.0 */
/*
 * leads_source.h - the rows of a leads file: each lead that may be released
 * (store_release_each), with the values of the fields that are, and its marks;
 * or these person by person, for files that are of people.
 */
#ifndef HOST_LEADS_SOURCE_H
#define HOST_LEADS_SOURCE_H

#include "host/export_leads.h"
#include "host/store_leadperson.h"
#include "host/store_mark.h"

#define LEADS_QUESTION_SIZE 204

struct leads_row {
	const struct store_release *rel;
	const char *value[FIELD_COUNT + 1];	/* "": not released, or none */
	const struct store_mark *mark;
	const struct policy *policy;	/* that it was made under */
	char person[PERSON_KEY_SIZE];	/* store_leadperson.h; "": none */
	bool first, last;		/* of its person */
};
typedef bw_err (*leads_row_cb)(void *arg, const struct leads_row *row);
/* Those that `what` asks for. Memory does not grow with them. Errors as of
 * store_release_each. */
BW_MUST_USE bw_err leads_source_each(struct store *s,
    const struct leads_what *what, leads_row_cb cb, void *arg,
    struct store_left_out *left);

/* The same for files with one card or row for each person: where one lead of a
 * person is asked for, all that may be released now come, one behind the other,
 * the newest first. The values are those of all of them, of each field the
 * newest there is: nothing that was not agreed to in a lead which still counts.
 * A lead without a person's key is one of its own. */
BW_MUST_USE bw_err leads_source_people(struct store *s,
    const struct leads_what *what, leads_row_cb cb, void *arg,
    struct store_left_out *left);

/* Whether a lead is of those; it counts as looked at. */
BW_MUST_USE bw_err leads_source_wants(struct store *s,
    const struct leads_what *what, const struct store_release *rel, bool *yes);

/* What stands before the answer: its question in the policy's first language,
 * for whoever reads the file, and ": ", or a blank where the question ends with
 * a mark of its own. One that the policy does not ask has its id. */
void leads_source_question(const struct leads_row *row,
    const struct note_answer *a, char out[static LEADS_QUESTION_SIZE]);

#endif
