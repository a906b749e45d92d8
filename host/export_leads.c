// SPDX-License-Identifier: Apache-2.0
/*
 * A row is put together from pieces that rows have in common: what its device
 * says, the cells of its badge's edition, its language and version. Each is
 * quoted once, when it is met first; only share number and time are written
 * anew for every row.
 */
#include "host/export_leads.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "host/leads_cells.h"
#include "host/leads_formats.h"
#include "host/leads_note.h"
#include "host/leads_row.h"
#include "host/leads_source.h"

#define PIECE_MAX 1024
#define NUMBER_MAX 20
#define NULL_LEN 4
#define ROW_OWN_MAX 128		/* number, time and what JSON puts around */

struct leads {
	struct store *store;
	struct outfile *out;
	bool json;
	const struct leads_what *what;
	uint64_t n;
	struct leads_cells *cells;
	struct bw_buf key[FIELD_COUNT + 1];	/* JSON: before a field's cell */
	size_t keys;			/* bytes of all */
	struct leads_clock clock;
	char device[TEXT_ID_MAX + 1];	/* of the next two */
	struct bw_buf before;		/* before the share's number */
	struct bw_buf between;		/* behind the time */
	char language[BODY_LANG_MAX + 1], version[BODY_VERSION_MAX + 1];
	struct bw_buf after;		/* behind the values */
	struct bw_buf note;
};

static bw_err
put_cell(const struct leads *l, struct bw_buf *b, const char *s)
{
	return l->json ? leads_json_cell(b, s) : leads_csv_cell(b, s);
}

/* What stands before a cell that is not the row's first. */
static bw_err
put_key(const struct leads *l, struct bw_buf *b, const char *name)
{
	if (!l->json)
		return bw_buf_put_u8(b, ',');
	return bw_buf_printf(b, ", \"%s\": ", name);
}

static bw_err
put_text(const struct leads *l, struct bw_buf *b, const char *name,
    const char *s)
{
	bw_err r;

	if ((r = put_key(l, b, name)) != BW_OK)
		return r;
	return put_cell(l, b, s);
}

/* A device's name is of a-z, 0-9, dot and hyphen: it needs no quoting. */
static bw_err
set_device(struct leads *l, const struct store_release *rel)
{
	bw_err r;

	if (strcmp(l->device, rel->device) == 0)
		return BW_OK;
	strcpy(l->device, rel->device);
	bw_buf_reset(&l->before);
	bw_buf_reset(&l->between);
	if ((r = bw_buf_printf(&l->before, l->json ?
	    "{\"share_id\": \"%s-" : "%s-", rel->device)) != BW_OK ||
	    (l->json && (r = bw_buf_put_u8(&l->between, '"')) != BW_OK) ||
	    (r = put_text(l, &l->between, "sponsor", rel->sponsor)) != BW_OK)
		return r;
	return put_text(l, &l->between, "device", rel->device);
}

static bw_err
set_language(struct leads *l, const struct store_release *rel)
{
	bw_err r;

	if (l->after.len != 0 && strcmp(l->language, rel->language) == 0 &&
	    strcmp(l->version, rel->version) == 0)
		return BW_OK;
	strncpy(l->language, rel->language, sizeof(l->language) - 1);
	strncpy(l->version, rel->version, sizeof(l->version) - 1);
	bw_buf_reset(&l->after);
	if ((r = put_text(l, &l->after, "language", rel->language)) != BW_OK ||
	    (r = put_text(l, &l->after, "policy_version",
	    rel->version)) != BW_OK)
		return r;
	return l->json ? BW_OK : bw_buf_put_str(&l->after, "\r\n");
}

static bw_err
put_str(struct leads *l, const char *s)
{
	return outfile_put(l->out, s, strlen(s));
}

static uint8_t *
add(uint8_t *p, const void *from, size_t len)
{
	if (len != 0)
		memcpy(p, from, len);
	return p + len;
}

static uint8_t *
add_str(uint8_t *p, const char *s)
{
	return add(p, s, strlen(s));
}

static uint8_t *
add_number(uint8_t *p, uint64_t v)
{
	uint8_t text[NUMBER_MAX], *at = text + sizeof(text);

	do
		*--at = (uint8_t)('0' + v % 10);
	while ((v /= 10) != 0);
	return add(p, at, (size_t)(text + sizeof(text) - at));
}

static uint8_t *
add_object(uint8_t *p, const struct leads *l,
    const struct leads_cell_text *c, field_set released)
{
	for (int f = 1; f <= FIELD_COUNT; f++) {
		size_t from = c->end[f - 1], len = c->end[f] - from;

		p = add(p, l->key[f].ptr, l->key[f].len);
		if ((released & FIELD_BIT(f)) != 0 && len != 0)
			p = add(p, c->text + from, len);
		else
			p = add_str(p, "null");
	}
	return p;
}

/* Fields that are released one behind the other are one piece. */
static uint8_t *
add_csv(uint8_t *p, const struct leads_cell_text *c, field_set released)
{
	for (int f = 1, last; f <= FIELD_COUNT; f = last + 1) {
		last = f;
		if ((released & FIELD_BIT(f)) == 0) {
			*p++ = ',';
			continue;
		}
		while (last < FIELD_COUNT &&
		    (released & FIELD_BIT(last + 1)) != 0)
			last++;
		p = add(p, c->text + c->end[f - 1],
		    (size_t)(c->end[last] - c->end[f - 1]));
	}
	return p;
}

static bw_err
put_row(struct leads *l, const struct store_release *rel,
    const struct leads_cell_text *c)
{
	size_t most = ROW_OWN_MAX + l->before.len + l->between.len + l->keys +
	    c->end[FIELD_COUNT] + l->after.len;
	uint8_t *row, *p;
	bw_err r;

	if ((r = outfile_room(l->out, most, &row)) != BW_OK)
		return r;
	p = add_str(row, l->json && l->n != 0 ? ",\n " : "");
	p = add(p, l->before.ptr, l->before.len);
	p = add_number(p, rel->seq);
	p = add_str(p, l->json ? "\", \"time\": \"" : ",");
	p = add_str(p, leads_time(&l->clock, rel->time));
	p = add(p, l->between.ptr, l->between.len);
	p = l->json ? add_object(p, l, c, rel->released) :
	    add_csv(p, c, rel->released);
	p = add(p, l->after.ptr, l->after.len);
	outfile_filled(l->out, (size_t)(p - row));
	l->n++;
	return BW_OK;
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
	return outfile_put(l->out, l->note.ptr, l->note.len);
}

static bw_err
on_release(void *arg, const struct store_release *rel)
{
	struct leads *l = arg;
	struct leads_cell_text c;
	bool yes;
	bw_err r;

	if ((r = leads_source_wants(l->store, l->what, rel, &yes)) != BW_OK ||
	    !yes)
		return r;
	if ((r = set_device(l, rel)) != BW_OK ||
	    (r = set_language(l, rel)) != BW_OK ||
	    (r = leads_cells_get(l->cells, rel->edition, &c)) != BW_OK ||
	    (r = put_row(l, rel, &c)) != BW_OK)
		return r;
	return l->json ? put_note(l, rel) : BW_OK;
}

static bw_err
set_keys(struct leads *l)
{
	bw_err r;

	for (int f = 1; f <= FIELD_COUNT; f++) {
		l->key[f] = BW_BUF_INIT(PIECE_MAX);
		if (l->json && (r = put_key(l, &l->key[f],
		    field_name((enum field)f))) != BW_OK)
			return r;
		l->keys += l->key[f].len + NULL_LEN;
	}
	return leads_cells_open(&l->cells, l->store, l->json, l->what->room);
}

static void
leads_free(struct leads *l)
{
	leads_cells_close(&l->cells);
	for (int f = 1; f <= FIELD_COUNT; f++)
		bw_buf_free(&l->key[f]);
	bw_buf_free(&l->before);
	bw_buf_free(&l->between);
	bw_buf_free(&l->after);
	bw_buf_free(&l->note);
}

static bw_err
text_file(struct store *s, const struct leads_what *what,
    struct outfile *out, uint64_t *n, struct store_left_out *left)
{
	static const char head[] = EXPORT_LEADS_HEAD "\r\n";
	struct leads l = { .store = s, .out = out, .what = what,
	    .json = what->format == LEADS_JSON, .clock = { .day = -1 },
	    .before = BW_BUF_INIT(PIECE_MAX),
	    .between = BW_BUF_INIT(PIECE_MAX),
	    .after = BW_BUF_INIT(PIECE_MAX),
	    .note = BW_BUF_INIT(LEADS_NOTE_MAX) };
	bw_err r;

	if ((r = set_keys(&l)) == BW_OK &&
	    (r = put_str(&l, l.json ? "[" : head)) == BW_OK)
		r = store_release_each(s, what->sponsor, what->now,
		    on_release, &l, left);
	if (r == BW_OK && l.json)
		r = put_str(&l, "]\n");
	*n = l.n;
	leads_free(&l);
	return r;
}

static const char *const formats[] = { "csv", "json", "xlsx", "vcard",
	"salesforce" };

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
	}
	return BW_ERR_ARG;
}
