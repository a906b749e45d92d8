// SPDX-License-Identifier: Apache-2.0
#include "host/leads_line.h"

#include <string.h>

#define PIECE_MAX 1024
#define NUMBER_MAX 20
#define NULL_LEN 4
#define DAY 86400
#define OWN_MAX 160		/* number, times and what JSON puts around */

/* What stands before a cell that is not the line's first. */
static bw_err
put_key(bool json, struct bw_buf *b, const char *name)
{
	if (!json)
		return bw_buf_put_u8(b, ',');
	return bw_buf_printf(b, ", \"%s\": ", name);
}

static bw_err
put_text(bool json, struct bw_buf *b, const char *name, const char *s)
{
	bw_err r;

	if ((r = put_key(json, b, name)) != BW_OK)
		return r;
	return json ? leads_json_cell(b, s) : leads_csv_cell(b, s);
}

/* A device's name is of a-z, 0-9, dot and hyphen: it needs no quoting. */
static bw_err
make(bool json, const struct store_release *rel, struct leads_piece *p)
{
	bw_err r;

	if ((r = bw_buf_printf(&p->before, json ?
	    "{\"share_id\": \"%s-" : "%s-", rel->device)) != BW_OK ||
	    (json && (r = bw_buf_put_u8(&p->between, '"')) != BW_OK) ||
	    (r = put_text(json, &p->between, "sponsor", rel->sponsor)) !=
	    BW_OK ||
	    (r = put_text(json, &p->between, "device", rel->device)) !=
	    BW_OK ||
	    (r = put_text(json, &p->after, "policy_version",
	    rel->version)) != BW_OK)
		return r;
	return json ? BW_OK : bw_buf_put_str(&p->after, "\r\n");
}

static bool
is_of(const struct leads_piece *p, const struct store_release *rel)
{
	return p->device == rel->device && p->version == rel->version;
}

static bw_err
add_piece(struct leads_pieces *p, const struct store_release *rel)
{
	struct leads_piece *new = &p->piece[p->n];

	*new = (struct leads_piece){ .device = rel->device,
		.version = rel->version, .days = (int64_t)rel->days,
		.before = BW_BUF_INIT(PIECE_MAX),
		.between = BW_BUF_INIT(PIECE_MAX),
		.after = BW_BUF_INIT(PIECE_MAX) };
	p->last = p->n++;
	return make(p->json, rel, new);
}

/* It is mostly the one before. */
bw_err
leads_pieces_get(struct leads_pieces *p, const struct store_release *rel,
    const struct leads_piece **out)
{
	bw_err r = BW_OK;

	*out = NULL;
	if (p->n == 0 || rel->run != p->run) {
		for (p->last = 0; p->last < p->n; p->last++)
			if (is_of(&p->piece[p->last], rel))
				break;
		if (p->last == LEADS_PIECES)
			return BW_OK;
		if (p->last == p->n)
			r = add_piece(p, rel);
		p->run = rel->run;
	}
	*out = &p->piece[p->last];
	return r;
}

void
leads_pieces_forget(struct leads_pieces *p)
{
	for (size_t i = 0; i < p->n; i++) {
		bw_buf_free(&p->piece[i].before);
		bw_buf_free(&p->piece[i].between);
		bw_buf_free(&p->piece[i].after);
	}
	p->n = p->last = 0;
}

bw_err
leads_lines_open(struct leads_lines *l, struct outfile *out, bool json,
    struct store *values, const struct person_keys *keys, size_t room)
{
	bw_err r;

	*l = (struct leads_lines){ .out = out, .json = json,
		.clock = { .day = -1 }, .keep = { .day = -1 } };
	for (int f = 1; f <= LEADS_PERSON; f++) {
		l->key[f] = BW_BUF_INIT(PIECE_MAX);
		if (json && (r = put_key(json, &l->key[f], f == LEADS_PERSON ?
		    "person" : field_name((enum field)f))) != BW_OK)
			return r;
		l->keys += l->key[f].len + NULL_LEN;
	}
	return leads_cells_open(&l->cells, values, json, keys, room);
}

void
leads_lines_close(struct leads_lines *l)
{
	leads_cells_close(&l->cells);
	for (int f = 1; f <= LEADS_PERSON; f++)
		bw_buf_free(&l->key[f]);
}

static uint8_t *
add(uint8_t *p, const void *from, size_t len)
{
	if (len != 0)
		memcpy(p, from, len);
	return p + len;
}

#define ADD(p, words) add(p, words, sizeof(words) - 1)

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
add_object(uint8_t *p, const struct leads_lines *l,
    const struct leads_cell_text *c, field_set released)
{
	for (int f = 1; f <= LEADS_PERSON; f++) {
		size_t from = c->end[f - 1], len = c->end[f] - from;

		p = add(p, l->key[f].ptr, l->key[f].len);
		if ((released & FIELD_BIT(f)) != 0 && len != 0)
			p = add(p, c->text + from, len);
		else
			p = ADD(p, "null");
	}
	return p;
}

/* Fields that are released one behind the other are one piece. */
static uint8_t *
add_csv(uint8_t *p, const struct leads_cell_text *c, field_set released)
{
	for (int f = 1, last; f <= LEADS_PERSON; f = last + 1) {
		last = f;
		if ((released & FIELD_BIT(f)) == 0) {
			*p++ = ',';
			continue;
		}
		while (last < LEADS_PERSON &&
		    (released & FIELD_BIT(last + 1)) != 0)
			last++;
		p = add(p, c->text + c->end[f - 1],
		    (size_t)(c->end[last] - c->end[f - 1]));
	}
	return p;
}

bw_err
leads_lines_put(struct leads_lines *l, const struct leads_line *line)
{
	const struct leads_piece *piece = line->piece;
	field_set cells = line->released;
	struct leads_cell_text c;
	uint8_t *row, *p;
	size_t most;
	bw_err r;

	if ((r = leads_cells_get(l->cells, line->edition, &c)) != BW_OK)
		return r;
	if ((cells & PERSON_FIELDS) != 0)
		cells |= FIELD_BIT(LEADS_PERSON);
	most = OWN_MAX + piece->before.len + piece->between.len + l->keys +
	    c.end[LEADS_PERSON] + piece->after.len;
	if ((r = outfile_room(l->out, most, &row)) != BW_OK)
		return r;
	p = l->json && l->n != 0 ? ADD(row, ",\n ") : row;
	p = add(p, piece->before.ptr, piece->before.len);
	p = add_number(p, line->seq);
	p = l->json ? ADD(p, "\", \"time\": \"") : ADD(p, ",");
	p += leads_time(&l->clock, line->time, (char *)p);
	p = l->json ? ADD(p, "\", \"keep_until\": \"") : ADD(p, ",");
	p += leads_time(&l->keep, line->time + piece->days * DAY, (char *)p);
	p = add(p, piece->between.ptr, piece->between.len);
	p = l->json ? add_object(p, l, &c, cells) :
	    add_csv(p, &c, cells);
	p = add(p, piece->after.ptr, piece->after.len);
	outfile_filled(l->out, (size_t)(p - row));
	l->n++;
	return BW_OK;
}
