/* SPDX-License-Identifier: Apache-2.0 */
/*
 * leads_cells.h - the cells of badges' editions as CSV or JSON has them, each
 * looked up and quoted once and kept close together: a large event's fit into
 * some ten megabytes, and are read some at a time. Of more, those that were met
 * first are kept, and the others are read one by one.
 */
#ifndef HOST_LEADS_CELLS_H
#define HOST_LEADS_CELLS_H

#include "host/store_leadperson.h"

/* Bytes that are kept: of 100,000 people as they usually are, with little to
 * spare.
 * An export takes at most a megabyte more than that. */
#define LEADS_CELLS_MAX (27u << 19)		/* of CSV */
#define LEADS_CELLS_MAX_JSON (12u << 20)	/* its lines take more */
#define LEADS_CELLS_LEAST 8192		/* one edition's at most */

struct leads_cells;

/* Behind the fields' cells stands one with the key of their person. */
#define LEADS_PERSON (FIELD_COUNT + 1)

/* The cell of field f is text[end[f - 1]..end[f]): in CSV with the comma before
 * it, in JSON empty when it has no value. */
struct leads_cell_text {
	const char *text;
	uint16_t end[LEADS_PERSON + 1];
};

/* keys: of the sponsor. most: how many bytes; 0: the most. Store and keys
 * stay the caller's; the store must see one state (store_snapshot) from the first get to the last. */
BW_MUST_USE bw_err leads_cells_open(struct leads_cells **out, struct store *s,
    bool json, const struct person_keys *keys, size_t most);
/* An edition's cells, good until the next call. BW_ERR_NOTFOUND: there is no
 * such edition. */
BW_MUST_USE bw_err leads_cells_get(struct leads_cells *c, uint64_t edition,
    struct leads_cell_text *out);
/* Wipes. Accepts NULL, nulls. */
void leads_cells_close(struct leads_cells **c);

#endif
