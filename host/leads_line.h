/* SPDX-License-Identifier: Apache-2.0 */
/*
 * leads_line.h - a lead as a line of CSV or an object of JSON, put together from
 * pieces that lines have in common: what its device says, the cells of its
 * badge's edition, its version. Each is quoted once, when it is met
 * first; only share number and time are written anew for every line.
 *
 * Collecting pieces (leads_pieces) and writing lines (leads_lines) may be two
 * threads: a line that was collected is good until the pieces are forgotten. The
 * cells are the writer's own to look up.
 */
#ifndef HOST_LEADS_LINE_H
#define HOST_LEADS_LINE_H

#include <stdbool.h>

#include "base/buf.h"
#include "host/leads_cells.h"
#include "host/leads_row.h"
#include "host/outfile.h"
#include "host/store.h"

/* What lines of one device and version have in common. */
struct leads_piece {
	const char *device, *version;	/* the walk's own, by which it is found */
	int64_t days;			/* that they may be kept */
	struct bw_buf before;		/* before the share's number */
	struct bw_buf between;		/* behind the times */
	struct bw_buf after;		/* behind the values */
};

struct leads_line {
	int64_t time;
	const struct leads_piece *piece;
	uint64_t edition;
	uint32_t seq;
	field_set released;
};

#define LEADS_PIECES 32		/* that are kept at a time */

struct leads_pieces {
	bool json;
	size_t n, last;
	uint64_t run;			/* of whom the last one is */
	struct leads_piece piece[LEADS_PIECES];
};

/* The piece of a lead, quoted if it is new. NULL in *out with BW_OK: there is no
 * room; forget them when no line needs them any more, and ask again. */
BW_MUST_USE bw_err leads_pieces_get(struct leads_pieces *p,
    const struct store_release *rel, const struct leads_piece **out);
/* Forgets all; what is all zero but for `json` is empty, too. */
void leads_pieces_forget(struct leads_pieces *p);

struct leads_lines {
	struct outfile *out;
	struct leads_cells *cells;
	bool json;
	uint64_t n;			/* lines that were written */
	struct bw_buf key[LEADS_PERSON + 1];	/* JSON: before a cell */
	size_t keys;			/* bytes of all */
	struct leads_clock clock, keep;
};

/* `values` is the store that the lines' thread reads (leads_cells_open), in its
 * one state, and `room` what that may keep. */
BW_MUST_USE bw_err leads_lines_open(struct leads_lines *l, struct outfile *out,
    bool json, struct store *values, const struct person_keys *keys,
    size_t room);
/* In JSON without the object's end. BW_ERR_NOTFOUND: the lead's edition is not
 * there; nothing was written. */
BW_MUST_USE bw_err leads_lines_put(struct leads_lines *l,
    const struct leads_line *line);
void leads_lines_close(struct leads_lines *l);

#endif
