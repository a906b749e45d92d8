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

#include "host/leads_formats.h"
#include "host/leads_note.h"
#include "host/leads_row.h"
#include "host/leads_source.h"

#define CELLS_MAX 8192		/* bytes of an edition's cells, quoted */
#define PIECE_MAX 1024
#define NUMBER_MAX 20
#define ROW_OWN_MAX 128		/* number, time and what JSON puts around */

/* The quoted cells of one edition: f in text[at[f]..at[f + 1]), and as they
 * stand in a row when just these fields are released. */
struct cells {
	uint64_t edition;		/* 0: a free slot */
	char *text;
	uint16_t at[FIELD_COUNT + 2];
	field_set joined_for;		/* of `joined`; never 0 in use */
	char *joined;
	size_t joined_len;
};

struct leads {
	struct store *store;
	struct outfile *out;
	bool json;
	const struct leads_what *what;
	uint64_t n;
	struct cells *slot;		/* open addressing */
	size_t nslots, used, most;
	struct leads_clock clock;
	char device[TEXT_ID_MAX + 1];	/* of the next two */
	struct bw_buf before;		/* before the share's number */
	struct bw_buf between;		/* behind the time */
	char language[BODY_LANG_MAX + 1], version[BODY_VERSION_MAX + 1];
	struct bw_buf after;		/* behind the values */
	struct bw_buf buf, note;
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

static struct cells *
find(struct cells *slot, size_t nslots, uint64_t edition)
{
	size_t i = (size_t)(edition * 0x9e3779b97f4a7c15u >> 20) &
	    (nslots - 1);

	while (slot[i].edition != 0 && slot[i].edition != edition)
		i = (i + 1) & (nslots - 1);
	return &slot[i];
}

static bw_err
grow(struct leads *l)
{
	size_t n = l->nslots == 0 ? 1024 : l->nslots * 2;
	struct cells *slot;

	if (l->used * 2 < l->nslots)
		return BW_OK;
	if ((slot = calloc(n, sizeof(*slot))) == NULL)
		return BW_ERR_NOMEM;
	for (size_t i = 0; i < l->nslots; i++)
		if (l->slot[i].edition != 0)
			*find(slot, n, l->slot[i].edition) = l->slot[i];
	free(l->slot);
	l->slot = slot;
	l->nslots = n;
	return BW_OK;
}

static void
wipe(char **text, size_t len)
{
	if (*text != NULL)
		explicit_bzero(*text, len);
	free(*text);
	*text = NULL;
}

/* A copy of the buffer, which is empty then. */
static bw_err
take_buf(struct bw_buf *b, char **out, size_t *len)
{
	*len = b->len;
	if ((*out = malloc(b->len + 1)) == NULL)
		return BW_ERR_NOMEM;
	if (b->len != 0)
		memcpy(*out, b->ptr, b->len);
	bw_buf_reset(b);
	return BW_OK;
}

static bw_err
quote_values(struct leads *l, const struct field_values *v, struct cells *c)
{
	size_t len;
	bw_err r;

	for (int f = 1; f <= FIELD_COUNT; f++) {
		c->at[f] = (uint16_t)l->buf.len;
		if (v->v[f][0] != 0 &&
		    (r = put_cell(l, &l->buf, v->v[f])) != BW_OK)
			return r;
	}
	c->at[FIELD_COUNT + 1] = (uint16_t)l->buf.len;
	return take_buf(&l->buf, &c->text, &len);
}

/* Apart from cells_of, so that its large variable costs nothing for a row
 * whose edition was met before. */
static __attribute__((noinline)) bw_err
load_cells(struct leads *l, uint64_t edition, struct cells *c)
{
	struct store_edition e;
	bw_err r;

	if ((r = store_edition_get(l->store, edition, &e)) == BW_OK &&
	    (r = quote_values(l, &e.values, c)) == BW_OK) {
		c->edition = edition;
		l->used++;
	}
	explicit_bzero(&e, sizeof(e));
	return r;
}

/* Some hundred bytes each: however many there are, so many are kept. */
static void
forget(struct leads *l)
{
	for (size_t i = 0; i < l->nslots; i++) {
		wipe(&l->slot[i].text, l->slot[i].at[FIELD_COUNT + 1]);
		wipe(&l->slot[i].joined, l->slot[i].joined_len);
		memset(&l->slot[i], 0, sizeof(l->slot[i]));
	}
	l->used = 0;
}

static bw_err
cells_of(struct leads *l, uint64_t edition, struct cells **out)
{
	bw_err r;

	if (l->used == l->most)
		forget(l);
	if ((r = grow(l)) != BW_OK)
		return r;
	*out = find(l->slot, l->nslots, edition);
	if ((*out)->edition != 0)
		return BW_OK;
	return load_cells(l, edition, *out);
}

static bw_err
join(struct leads *l, struct cells *c, field_set released)
{
	bw_err r;

	if (c->joined_for == released)
		return BW_OK;
	c->joined_for = 0;
	wipe(&c->joined, c->joined_len);
	for (int f = 1; f <= FIELD_COUNT; f++) {
		size_t len = (size_t)(c->at[f + 1] - c->at[f]);

		if ((r = put_key(l, &l->buf,
		    field_name((enum field)f))) != BW_OK)
			return r;
		if ((released & FIELD_BIT(f)) != 0 && len != 0)
			r = bw_buf_put(&l->buf, c->text + c->at[f], len);
		else if (l->json)
			r = bw_buf_put_str(&l->buf, "null");
		if (r != BW_OK)
			return r;
	}
	if ((r = take_buf(&l->buf, &c->joined, &c->joined_len)) == BW_OK)
		c->joined_for = released;
	return r;
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

static bw_err
put_row(struct leads *l, const struct store_release *rel,
    const struct cells *c)
{
	size_t most = ROW_OWN_MAX + l->before.len + l->between.len +
	    c->joined_len + l->after.len;
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
	p = add(p, c->joined, c->joined_len);
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
	struct cells *c;
	bool yes;
	bw_err r;

	if ((r = leads_source_wants(l->store, l->what, rel, &yes)) != BW_OK ||
	    !yes)
		return r;
	if ((r = set_device(l, rel)) != BW_OK ||
	    (r = set_language(l, rel)) != BW_OK ||
	    (r = cells_of(l, rel->edition, &c)) != BW_OK ||
	    (r = join(l, c, rel->released)) != BW_OK)
		return r;
	if ((r = put_row(l, rel, c)) != BW_OK)
		return r;
	return l->json ? put_note(l, rel) : BW_OK;
}

static void
leads_free(struct leads *l)
{
	forget(l);
	free(l->slot);
	bw_buf_free(&l->before);
	bw_buf_free(&l->between);
	bw_buf_free(&l->after);
	bw_buf_free(&l->buf);
	bw_buf_free(&l->note);
}

static bw_err
text_file(struct store *s, const struct leads_what *what,
    struct outfile *out, uint64_t *n, struct store_left_out *left)
{
	static const char head[] = EXPORT_LEADS_HEAD "\r\n";
	struct leads l = { .store = s, .out = out, .what = what,
	    .json = what->format == LEADS_JSON, .clock = { .day = -1 },
	    .most = what->editions != 0 ? what->editions :
		EXPORT_EDITIONS_MAX,
	    .before = BW_BUF_INIT(PIECE_MAX),
	    .between = BW_BUF_INIT(PIECE_MAX),
	    .after = BW_BUF_INIT(PIECE_MAX), .buf = BW_BUF_INIT(CELLS_MAX),
	    .note = BW_BUF_INIT(LEADS_NOTE_MAX) };
	bw_err r;

	r = put_str(&l, l.json ? "[" : head);
	if (r == BW_OK)
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
