// SPDX-License-Identifier: Apache-2.0
/*
 * CSV and JSON: the walk collects what each line is made of, and another thread
 * looks the badges' values up, through a handle of its own on the same state of
 * the store, and writes the lines. A JSON object has notes, which come from the
 * store, so there the walk itself does that.
 */
#include "host/export_leads.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "host/leads_formats.h"
#include "host/leads_line.h"
#include "host/leads_note.h"
#include "host/leads_source.h"
#include "host/relay.h"

#define LINES_AHEAD 8192

/* What the walk needs for each lead lies far from what the lines' thread writes
 * for each: on one line of the processor's cache, each would wait for the other. */
struct leads {
	struct store *store, *beside;	/* CSV: the lines' thread has a handle */
	const struct leads_what *what;
	bool json;
	struct relay *relay;
	struct person_keys keys;
	struct bw_buf note;
	struct leads_pieces pieces;
	struct leads_lines lines;	/* the relay's, while it runs */
};

static bw_err
put_str(struct leads *l, const char *s)
{
	return outfile_put(l->lines.out, s, strlen(s));
}

static bw_err
put_lines(void *arg, const uint8_t *ptr, size_t len)
{
	struct leads *l = arg;
	const struct leads_line *line = (const void *)ptr;
	bw_err r = BW_OK;

	for (size_t i = 0; i < len / sizeof(*line) && r == BW_OK; i++)
		if ((r = leads_lines_put(&l->lines, &line[i])) ==
		    BW_ERR_NOTFOUND)
			r = BW_OK;
	return r;
}

/* What staff noted, and the end of the object. */
static bw_err
put_note(struct leads *l, const struct store_release *rel)
{
	bw_err r;

	bw_buf_reset(&l->note);
	if ((r = leads_note_json(l->store, rel->device_num, rel->seq,
	    &l->note)) != BW_OK ||
	    (r = bw_buf_put_u8(&l->note, '}')) != BW_OK)
		return r;
	return outfile_put(l->lines.out, l->note.ptr, l->note.len);
}

static struct leads_line
line_of(const struct store_release *rel, const struct leads_piece *piece)
{
	return (struct leads_line){ .time = rel->time, .piece = piece,
		.edition = rel->edition, .seq = (uint32_t)rel->seq,
		.released = rel->released };
}

static bw_err
put_object(struct leads *l, const struct store_release *rel,
    const struct leads_piece *piece)
{
	struct leads_line line = line_of(rel, piece);
	bw_err r = leads_lines_put(&l->lines, &line);

	if (r == BW_ERR_NOTFOUND)
		return BW_OK;
	return r != BW_OK ? r : put_note(l, rel);
}

static bw_err
take_piece(struct leads *l, const struct store_release *rel,
    const struct leads_piece **piece)
{
	bw_err r = leads_pieces_get(&l->pieces, rel, piece);

	if (r != BW_OK || *piece != NULL)
		return r;
	if ((r = relay_flush(l->relay)) != BW_OK)
		return r;
	leads_pieces_forget(&l->pieces);
	return leads_pieces_get(&l->pieces, rel, piece);
}

static bw_err
on_release(void *arg, const struct store_release *rel)
{
	struct leads *l = arg;
	const struct leads_piece *piece;
	uint8_t *room;
	bool yes;
	bw_err r;

	if ((r = leads_source_wants(l->store, l->what, rel, &yes)) != BW_OK ||
	    !yes)
		return r;
	if ((r = take_piece(l, rel, &piece)) != BW_OK)
		return r;
	if (l->json)
		return put_object(l, rel, piece);
	if ((r = relay_room(l->relay, sizeof(struct leads_line), &room)) !=
	    BW_OK)
		return r;
	*(struct leads_line *)(void *)room = line_of(rel, piece);
	relay_filled(l->relay, sizeof(struct leads_line));
	return BW_OK;
}

static bw_err
leads_open(struct leads *l, struct outfile *out)
{
	bw_err r;

	l->pieces.json = l->json;
	if ((r = person_keys_load(l->store, l->what->sponsor, &l->keys)) !=
	    BW_OK)
		return r;
	if (!l->json && (r = store_share_walk(l->store, &l->beside)) != BW_OK)
		return r;
	if ((r = leads_lines_open(&l->lines, out, l->json, l->json ?
	    l->store : l->beside, &l->keys, l->what->room)) != BW_OK)
		return r;
	return relay_open(&l->relay, LINES_AHEAD * sizeof(struct leads_line),
	    put_lines, l);
}

/* The relay first: its thread may be at lines. */
static void
leads_free(struct leads *l)
{
	relay_close(&l->relay);
	leads_pieces_forget(&l->pieces);
	leads_lines_close(&l->lines);
	person_keys_free(&l->keys);
	if (l->beside != NULL)
		store_snapshot_end(l->beside);
	store_close(&l->beside);
	bw_buf_free(&l->note);
	free(l);
}

static bw_err
text_file(struct store *s, const struct leads_what *what,
    struct outfile *out, uint64_t *n, struct store_left_out *left)
{
	static const char head[] = EXPORT_LEADS_HEAD "\r\n";
	struct leads *l = calloc(1, sizeof(*l));
	bw_err r;

	if (l == NULL)
		return BW_ERR_NOMEM;
	l->store = s;
	l->what = what;
	l->json = what->format == LEADS_JSON;
	l->note = BW_BUF_INIT(LEADS_NOTE_MAX);
	if ((r = leads_open(l, out)) == BW_OK &&
	    (r = put_str(l, l->json ? "[" : head)) == BW_OK &&
	    (r = store_release_each(s, l->beside, what->sponsor, what->now,
	    on_release, l, left)) == BW_OK &&
	    (r = relay_flush(l->relay)) == BW_OK && l->json)
		r = put_str(l, "]\n");
	*n = r == BW_OK ? l->lines.n : 0;
	leads_free(l);
	return r;
}

static const char *const formats[] = { "csv", "json", "xlsx", "vcard",
	"salesforce", "csv-notes" };

const char *
leads_format_name(enum leads_format f)
{
	return formats[f];
}

bw_err
leads_format_parse(const char *s, enum leads_format *out)
{
	*out = LEADS_CSV;
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (strcmp(s, formats[i]) == 0) {
			*out = (enum leads_format)i;
			return BW_OK;
		}
	return BW_ERR_NOTFOUND;
}

bw_err
export_leads(struct store *s, const struct leads_what *what,
    struct outfile *out, uint64_t *n, struct store_left_out *left)
{
	*n = 0;
	switch (what->format) {
	case LEADS_CSV:
	case LEADS_JSON:
		return text_file(s, what, out, n, left);
	case LEADS_XLSX:
		return leads_xlsx(s, what, out, n, left);
	case LEADS_VCARD:
		return leads_vcard(s, what, out, n, left);
	case LEADS_SALESFORCE:
		return leads_salesforce(s, what, out, n, left);
	case LEADS_CSV_NOTES:
		return leads_noted(s, what, out, n, left);
	}
	return BW_ERR_ARG;
}
