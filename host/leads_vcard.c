// SPDX-License-Identifier: Apache-2.0
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "host/leads_formats.h"
#include "host/leads_source.h"
#include "host/when.h"

#define LINE_MAX_OCTETS 75
#define CARD_MAX (64u << 20)	/* of one who shared a thousand times */

struct cards {
	struct outfile *out;
	uint64_t n;
	struct bw_buf line, card;
	struct bw_buf tags, note;	/* of the person's leads so far */
};

/* RFC 6350, 3.4: what a text value escapes. Other control characters have no
 * place in one. */
static bw_err
put_text(struct bw_buf *b, const char *s)
{
	bw_err r = BW_OK;

	for (; *s != 0 && r == BW_OK; s++) {
		if (*s == '\n')
			r = bw_buf_put_str(b, "\\n");
		else if (strchr("\\,;", *s) != NULL)
			r = bw_buf_printf(b, "\\%c", *s);
		else if ((unsigned char)*s >= 0x20 && *s != 0x7f)
			r = bw_buf_put_u8(b, (uint8_t)*s);
	}
	return r;
}

/* How much of a line goes before the next fold: whole characters. */
static size_t
fold_at(const uint8_t *p, size_t len, size_t room)
{
	size_t n = len < room ? len : room;

	while (n < len && n > 0 && (p[n] & 0xc0) == 0x80)
		n--;
	return n;
}

/* RFC 6350, 3.2: at most 75 octets without the line end. */
static bw_err
end_line(struct cards *c)
{
	const uint8_t *p = c->line.ptr;
	size_t len = c->line.len, room = LINE_MAX_OCTETS, n;
	bw_err r = BW_OK;

	while (len != 0 && r == BW_OK) {
		n = fold_at(p, len, room);
		if ((room == LINE_MAX_OCTETS ||
		    (r = bw_buf_put_u8(&c->card, ' ')) == BW_OK) &&
		    (r = bw_buf_put(&c->card, p, n)) == BW_OK)
			r = bw_buf_put_str(&c->card, "\r\n");
		p += n;
		len -= n;
		room = LINE_MAX_OCTETS - 1;
	}
	bw_buf_reset(&c->line);
	return r;
}

static bw_err
put_line(struct cards *c, const char *before, const char *value,
    const char *after)
{
	bw_err r;

	if (value[0] == 0)
		return BW_OK;
	if ((r = bw_buf_put_str(&c->line, before)) != BW_OK ||
	    (r = put_text(&c->line, value)) != BW_OK ||
	    (r = bw_buf_put_str(&c->line, after)) != BW_OK)
		return r;
	return end_line(c);
}

/* Whether these texts, each with its 0, have one. */
static bool
has_text(const struct bw_buf *b, const char *s)
{
	for (size_t i = 0; i < b->len; i += strlen((char *)b->ptr + i) + 1)
		if (strcmp((char *)b->ptr + i, s) == 0)
			return true;
	return false;
}

static bw_err
add_tags(struct cards *c, const struct note *n)
{
	bw_err r = BW_OK;

	for (size_t i = 0; i < n->ntags && r == BW_OK; i++)
		if (!has_text(&c->tags, n->tag[i]))
			r = bw_buf_put(&c->tags, n->tag[i],
			    strlen(n->tag[i]) + 1);
	return r;
}

static bw_err
put_tags(struct cards *c)
{
	const char *tag;
	bw_err r;

	if (c->tags.len == 0)
		return BW_OK;
	r = bw_buf_put_str(&c->line, "CATEGORIES:");
	for (size_t i = 0; i < c->tags.len && r == BW_OK;
	    i += strlen(tag) + 1) {
		tag = (const char *)c->tags.ptr + i;
		if (i == 0 || (r = bw_buf_put_u8(&c->line, ',')) == BW_OK)
			r = put_text(&c->line, tag);
	}
	return r == BW_OK ? end_line(c) : r;
}

static bw_err
add_answers(struct cards *c, const struct leads_row *row)
{
	const struct note *n = &row->mark->note;
	char question[LEADS_QUESTION_SIZE];
	bw_err r;

	for (size_t i = 0; i < n->nanswers; i++) {
		leads_source_question(row, &n->answer[i], question);
		if ((r = bw_buf_put_str(&c->note, "\\n")) != BW_OK ||
		    (r = put_text(&c->note, question)) != BW_OK ||
		    (r = put_text(&c->note, n->answer[i].answer)) != BW_OK)
			return r;
	}
	return BW_OK;
}

/* A lead's part of NOTE. */
static bw_err
add_note(struct cards *c, const char *id, const struct leads_row *row)
{
	const struct note *n = &row->mark->note;
	char keep[WHEN_SIZE];
	bw_err r;

	when_format(store_keep_until(row->rel), keep);
	if ((r = bw_buf_put_str(&c->note, row->first ? "NOTE:" : "\\n")) !=
	    BW_OK ||
	    (r = put_text(&c->note, row->policy->event.name)) != BW_OK ||
	    (r = bw_buf_printf(&c->note, "\\, %s\\nkeep until: %s", id,
	    keep)) != BW_OK)
		return r;
	if (n->rating >= 0 && (r = bw_buf_printf(&c->note,
	    "\\nrating: %d", n->rating)) != BW_OK)
		return r;
	if ((r = add_answers(c, row)) != BW_OK || n->text[0] == 0)
		return r;
	if ((r = bw_buf_put_str(&c->note, "\\n")) != BW_OK)
		return r;
	return put_text(&c->note, n->text);
}

/* From its first lead, which is the newest: REV is when that was. */
static bw_err
begin_card(struct cards *c, const struct leads_row *row, const char *id)
{
	const char *uid = row->person[0] != 0 ? row->person : id;
	const char *const *v = row->value;
	const char *fn = v[FIELD_NAME][0] != 0 ? v[FIELD_NAME] :
	    v[FIELD_EMAIL][0] != 0 ? v[FIELD_EMAIL] : id;
	time_t t = (time_t)row->rel->time;
	char rev[24];
	struct tm tm;
	bw_err r;

	strftime(rev, sizeof(rev), "%Y%m%dT%H%M%SZ", gmtime_r(&t, &tm));
	if ((r = bw_buf_put_str(&c->card, "BEGIN:VCARD\r\nVERSION:4.0\r\n"
	    "KIND:individual\r\n")) != BW_OK ||
	    (r = put_line(c, "UID;VALUE=text:", uid, "")) != BW_OK ||
	    (r = put_line(c, "FN:", fn, "")) != BW_OK ||
	    (r = put_line(c, "EMAIL;TYPE=work:", v[FIELD_EMAIL], "")) !=
	    BW_OK ||
	    (r = put_line(c, "ORG:", v[FIELD_COMPANY], "")) != BW_OK ||
	    (r = put_line(c, "TITLE:", v[FIELD_JOB_TITLE], "")) != BW_OK ||
	    (r = put_line(c, "TEL;TYPE=work;VALUE=text:",
	    v[FIELD_WORK_PHONE], "")) != BW_OK ||
	    (r = put_line(c, "ADR;TYPE=work:;;;", v[FIELD_LOCATION],
	    ";;;")) != BW_OK)
		return r;
	return put_line(c, "REV:", rev, "");
}

static bw_err
end_card(struct cards *c)
{
	bw_err r;

	if ((r = put_tags(c)) != BW_OK ||
	    (r = bw_buf_put(&c->line, c->note.ptr, c->note.len)) != BW_OK ||
	    (r = end_line(c)) != BW_OK ||
	    (r = bw_buf_put_str(&c->card, "END:VCARD\r\n")) != BW_OK)
		return r;
	r = outfile_put(c->out, c->card.ptr, c->card.len);
	bw_buf_reset(&c->card);
	bw_buf_reset(&c->tags);
	bw_buf_reset(&c->note);
	return r;
}

static bw_err
on_row(void *arg, const struct leads_row *row)
{
	struct cards *c = arg;
	char id[TEXT_ID_MAX + 24];
	bw_err r;

	snprintf(id, sizeof(id), "%s-%" PRIu64, row->rel->device,
	    row->rel->seq);
	if ((row->first && (r = begin_card(c, row, id)) != BW_OK) ||
	    (r = add_tags(c, &row->mark->note)) != BW_OK ||
	    (r = add_note(c, id, row)) != BW_OK)
		return r;
	c->n++;
	return row->last ? end_card(c) : BW_OK;
}

bw_err
leads_vcard(struct store *s, const struct leads_what *what,
    struct outfile *out, uint64_t *n, struct store_left_out *left)
{
	struct cards c = { .out = out,
		.line = BW_BUF_INIT(CARD_MAX), .card = BW_BUF_INIT(CARD_MAX),
		.tags = BW_BUF_INIT(CARD_MAX), .note = BW_BUF_INIT(CARD_MAX) };
	bw_err r;

	r = leads_source_people(s, what, on_row, &c, left);
	*n = c.n;
	bw_buf_free(&c.line);
	bw_buf_free(&c.card);
	bw_buf_free(&c.tags);
	bw_buf_free(&c.note);
	return r;
}
