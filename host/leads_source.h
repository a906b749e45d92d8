/* SPDX-License-Identifier: Apache-2.0 */
/*
 * leads_source.h - the rows of a leads file: each lead that may be released
 * (store_release_each), with the values of the fields that are, and its marks.
 */
#ifndef HOST_LEADS_SOURCE_H
#define HOST_LEADS_SOURCE_H

#include "host/export_leads.h"
#include "host/store_mark.h"

#define LEADS_QUESTION_SIZE 204

struct leads_row {
	const struct store_release *rel;
	const char *value[FIELD_COUNT + 1];	/* "": not released, or none */
	const struct store_mark *mark;
	const struct policy *policy;	/* that it was made under */
};
typedef bw_err (*leads_row_cb)(void *arg, const struct leads_row *row);
/* Those that `what` asks for. Memory does not grow with them. Errors as of
 * store_release_each. */
BW_MUST_USE bw_err leads_source_each(struct store *s,
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
