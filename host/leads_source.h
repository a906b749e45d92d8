/* SPDX-License-Identifier: Apache-2.0 */
/*
 * leads_source.h - the rows of a leads file: each lead that may be released
 * (store_release_each), with the values of the fields that are, and its marks.
 */
#ifndef HOST_LEADS_SOURCE_H
#define HOST_LEADS_SOURCE_H

#include "host/export_leads.h"
#include "host/store_mark.h"

#define LEADS_EVENT_SIZE 161

struct leads_row {
	const struct store_release *rel;
	const char *value[FIELD_COUNT + 1];	/* "": not released, or none */
	const struct store_mark *mark;
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

/* The event's name, as the policy of this lead has it. */
BW_MUST_USE bw_err leads_source_event(struct store *s,
    const struct store_release *rel, char out[static LEADS_EVENT_SIZE]);

#endif
