// SPDX-License-Identifier: Apache-2.0
/*
 * A popular badge has hundreds of leads: its cells are quoted once, when its
 * edition is met first, and copied from then on.
 */
#include "host/export_leads.h"

#include <stdlib.h>
#include <string.h>

#include "host/leads_row.h"

#define CELLS_MAX 8192		/* bytes of an edition's cells, quoted */
#define ROW_MAX (CELLS_MAX + 2048)

/* The quoted cells of one edition: f in text[at[f]..at[f + 1]). */
struct cells {
	uint64_t edition;		/* 0: a free slot */
	char *text;
	uint16_t at[FIELD_COUNT + 2];
};

struct leads {
	struct store *store;
	struct outfile *out;
	enum leads_format format;
	uint64_t n;
	struct cells *slot;		/* open addressing */
	size_t nslots, used;
	struct leads_clock clock;
	struct bw_buf row, buf;
};

static bw_err
put_cell(struct leads *l, struct bw_buf *b, const char *s)
{
	if (l->format == LEADS_CSV)
		return leads_csv_cell(b, s);
	return leads_json_cell(b, s);
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

static bw_err
quote_values(struct leads *l, const struct field_values *v, struct cells *c)
{
	bw_err r;

	bw_buf_reset(&l->buf);
	for (int f = 1; f <= FIELD_COUNT; f++) {
		c->at[f] = (uint16_t)l->buf.len;
		if (v->v[f][0] != 0 &&
		    (r = put_cell(l, &l->buf, v->v[f])) != BW_OK)
			return r;
	}
	c->at[FIELD_COUNT + 1] = (uint16_t)l->buf.len;
	if ((c->text = malloc(l->buf.len + 1)) == NULL)
		return BW_ERR_NOMEM;
	if (l->buf.len != 0)
		memcpy(c->text, l->buf.ptr, l->buf.len);
	return BW_OK;
}

static bw_err
cells_of(struct leads *l, uint64_t edition, const struct cells **out)
{
	struct store_edition e;
	struct cells *c;
	bw_err r;

	if ((r = grow(l)) != BW_OK)
		return r;
	c = find(l->slot, l->nslots, edition);
	*out = c;
	if (c->edition != 0)
		return BW_OK;
	if ((r = store_edition_get(l->store, edition, &e)) == BW_OK &&
	    (r = quote_values(l, &e.values, c)) == BW_OK) {
		c->edition = edition;
		l->used++;
	}
	explicit_bzero(&e, sizeof(e));
	return r;
}

/* What stands before a cell: a comma unless it is the row's first, and its
 * name in JSON. */
static bw_err
put_key(struct leads *l, const char *name)
{
	const struct bw_buf *row = &l->row;
	bool first = row->len == 0 || row->ptr[row->len - 1] == '{';
	bw_err r;

	if (!first && (r = bw_buf_put_u8(&l->row, ',')) != BW_OK)
		return r;
	if (l->format == LEADS_CSV)
		return BW_OK;
	return bw_buf_printf(&l->row, "%s\"%s\": ", first ? "" : " ", name);
}

static bw_err
put_text(struct leads *l, const char *name, const char *s)
{
	bw_err r;

	if ((r = put_key(l, name)) != BW_OK)
		return r;
	return put_cell(l, &l->row, s);
}

static bw_err
put_values(struct leads *l, const struct store_release *rel)
{
	const struct cells *c;
	bw_err r;

	if ((r = cells_of(l, rel->edition, &c)) != BW_OK)
		return r;
	for (int f = 1; f <= FIELD_COUNT; f++) {
		size_t len = (size_t)(c->at[f + 1] - c->at[f]);

		if ((r = put_key(l, field_name((enum field)f))) != BW_OK)
			return r;
		if ((rel->released & FIELD_BIT(f)) != 0 && len != 0)
			r = bw_buf_put(&l->row, c->text + c->at[f], len);
		else if (l->format == LEADS_JSON)
			r = bw_buf_put_str(&l->row, "null");
		if (r != BW_OK)
			return r;
	}
	return BW_OK;
}

static bw_err
put_share_id(struct leads *l, const struct store_release *rel)
{
	char id[TEXT_ID_MAX + 24], *p = id + sizeof(id);
	uint64_t seq = rel->seq;
	size_t len = strlen(rel->device);

	*--p = 0;
	do
		*--p = (char)('0' + seq % 10);
	while ((seq /= 10) != 0);
	*--p = '-';
	p -= len;
	memcpy(p, rel->device, len);
	return put_text(l, "share_id", p);
}

static bw_err
on_release(void *arg, const struct store_release *rel)
{
	struct leads *l = arg;
	bool json = l->format == LEADS_JSON;
	bw_err r;

	bw_buf_reset(&l->row);
	if ((json && (r = bw_buf_put_str(&l->row, l->n == 0 ? "{" :
	    ",\n {")) != BW_OK) ||
	    (r = put_share_id(l, rel)) != BW_OK ||
	    (r = put_text(l, "time",
	    leads_time(&l->clock, rel->time))) != BW_OK ||
	    (r = put_text(l, "sponsor", rel->sponsor)) != BW_OK ||
	    (r = put_text(l, "device", rel->device)) != BW_OK ||
	    (r = put_values(l, rel)) != BW_OK ||
	    (r = put_text(l, "language", rel->language)) != BW_OK ||
	    (r = put_text(l, "policy_version", rel->version)) != BW_OK ||
	    (r = bw_buf_put_str(&l->row, json ? "}" : "\r\n")) != BW_OK)
		return r;
	l->n++;
	return outfile_put(l->out, l->row.ptr, l->row.len);
}

static void
leads_free(struct leads *l)
{
	for (size_t i = 0; i < l->nslots; i++)
		if (l->slot[i].text != NULL) {
			explicit_bzero(l->slot[i].text,
			    l->slot[i].at[FIELD_COUNT + 1]);
			free(l->slot[i].text);
		}
	free(l->slot);
	bw_buf_free(&l->row);
	bw_buf_free(&l->buf);
}

bw_err
export_leads(struct store *s, const char *sponsor, enum leads_format format,
    struct outfile *out, uint64_t *n)
{
	static const char head[] = EXPORT_LEADS_HEAD "\r\n";
	struct leads l = { .store = s, .out = out, .format = format,
	    .clock = { .day = -1 }, .row = BW_BUF_INIT(ROW_MAX),
	    .buf = BW_BUF_INIT(CELLS_MAX) };
	bool json = format == LEADS_JSON;
	bw_err r;

	*n = 0;
	r = outfile_put(out, json ? "[" : head, json ? 1 : sizeof(head) - 1);
	if (r == BW_OK)
		r = store_release_each(s, sponsor, on_release, &l);
	if (r == BW_OK && json)
		r = outfile_put(out, "]\n", 2);
	*n = l.n;
	leads_free(&l);
	return r;
}
