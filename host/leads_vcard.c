// SPDX-License-Identifier: Apache-2.0
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "host/leads_formats.h"
#include "host/leads_source.h"

#define LINE_MAX_OCTETS 75
#define CARD_MAX 65536
#define LINE_MAX_BYTES 16384

struct cards {
	struct outfile *out;
	uint64_t n;
	struct bw_buf line, card;
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

static bw_err
put_tags(struct cards *c, const struct note *n)
{
	bw_err r;

	if (n->ntags == 0)
		return BW_OK;
	r = bw_buf_put_str(&c->line, "CATEGORIES:");
	for (size_t i = 0; i < n->ntags && r == BW_OK; i++)
		if (i == 0 || (r = bw_buf_put_u8(&c->line, ',')) == BW_OK)
			r = put_text(&c->line, n->tag[i]);
	return r == BW_OK ? end_line(c) : r;
}

static bw_err
put_answers(struct cards *c, const struct leads_row *row)
{
	const struct note *n = &row->mark->note;
	char question[LEADS_QUESTION_SIZE];
	bw_err r;

	for (size_t i = 0; i < n->nanswers; i++) {
		leads_source_question(row, &n->answer[i], question);
		if ((r = bw_buf_put_str(&c->line, "\\n")) != BW_OK ||
		    (r = put_text(&c->line, question)) != BW_OK ||
		    (r = put_text(&c->line, n->answer[i].answer)) != BW_OK)
			return r;
	}
	return BW_OK;
}

static bw_err
put_note(struct cards *c, const char *id, const struct leads_row *row)
{
	const struct note *n = &row->mark->note;
	bw_err r;

	if ((r = bw_buf_put_str(&c->line, "NOTE:")) != BW_OK ||
	    (r = put_text(&c->line, row->policy->event.name)) != BW_OK ||
	    (r = bw_buf_printf(&c->line, "\\, %s", id)) != BW_OK)
		return r;
	if (n->rating >= 0 && (r = bw_buf_printf(&c->line,
	    "\\nrating: %d", n->rating)) != BW_OK)
		return r;
	if ((r = put_answers(c, row)) != BW_OK)
		return r;
	if (n->text[0] != 0 &&
	    ((r = bw_buf_put_str(&c->line, "\\n")) != BW_OK ||
	    (r = put_text(&c->line, n->text)) != BW_OK))
		return r;
	return end_line(c);
}

static bw_err
put_card(struct cards *c, const struct leads_row *row, const char *id)
{
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
	    (r = put_line(c, "UID;VALUE=text:", id, "")) != BW_OK ||
	    (r = put_line(c, "FN:", fn, "")) != BW_OK ||
	    (r = put_line(c, "EMAIL;TYPE=work:", v[FIELD_EMAIL], "")) !=
	    BW_OK ||
	    (r = put_line(c, "ORG:", v[FIELD_COMPANY], "")) != BW_OK ||
	    (r = put_line(c, "TITLE:", v[FIELD_JOB_TITLE], "")) != BW_OK ||
	    (r = put_line(c, "TEL;TYPE=work;VALUE=text:",
	    v[FIELD_WORK_PHONE], "")) != BW_OK ||
	    (r = put_line(c, "ADR;TYPE=work:;;;", v[FIELD_LOCATION],
	    ";;;")) != BW_OK ||
	    (r = put_tags(c, &row->mark->note)) != BW_OK ||
	    (r = put_note(c, id, row)) != BW_OK ||
	    (r = put_line(c, "REV:", rev, "")) != BW_OK)
		return r;
	return bw_buf_put_str(&c->card, "END:VCARD\r\n");
}

static bw_err
on_row(void *arg, const struct leads_row *row)
{
	struct cards *c = arg;
	char id[TEXT_ID_MAX + 24];
	bw_err r;

	snprintf(id, sizeof(id), "%s-%" PRIu64, row->rel->device,
	    row->rel->seq);
	if ((r = put_card(c, row, id)) == BW_OK)
		r = outfile_put(c->out, c->card.ptr, c->card.len);
	bw_buf_reset(&c->card);
	c->n++;
	return r;
}

bw_err
leads_vcard(struct store *s, const struct leads_what *what,
    struct outfile *out, uint64_t *n, struct store_left_out *left)
{
	struct cards c = { .out = out,
		.line = BW_BUF_INIT(LINE_MAX_BYTES),
		.card = BW_BUF_INIT(CARD_MAX) };
	bw_err r;

	r = leads_source_each(s, what, on_row, &c, left);
	*n = c.n;
	bw_buf_free(&c.line);
	bw_buf_free(&c.card);
	return r;
}
