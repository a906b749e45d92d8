// SPDX-License-Identifier: Apache-2.0
#include <inttypes.h>
#include <stdio.h>

#include "host/leads_formats.h"
#include "host/leads_row.h"
#include "host/leads_source.h"

#define ROW_MAX 65536
#define HEAD EXPORT_LEADS_HEAD ",rating,tags,answers,note\r\n"

struct noted {
	struct outfile *out;
	uint64_t n;
	struct leads_clock clock, keep;
	struct bw_buf row, cell;
};

static bw_err
put(struct noted *x, const char *s)
{
	bw_err r = leads_csv_cell(&x->row, s);

	return r == BW_OK ? bw_buf_put_u8(&x->row, ',') : r;
}

static bw_err
put_cell(struct noted *x)
{
	const char *s;
	bw_err r = bw_buf_cstr(&x->cell, &s);

	if (r == BW_OK)
		r = put(x, s);
	bw_buf_reset(&x->cell);
	return r;
}

static bw_err
put_lead(struct noted *x, const struct leads_row *row)
{
	const struct store_release *rel = row->rel;
	char time[LEADS_TIME_SIZE], keep[LEADS_TIME_SIZE];
	bw_err r;

	leads_time(&x->clock, rel->time, time);
	leads_time(&x->keep, store_keep_until(rel), keep);
	if ((r = bw_buf_printf(&x->row, "%s-%" PRIu64 ",%s,%s,", rel->device,
	    rel->seq, time, keep)) != BW_OK ||
	    (r = put(x, rel->sponsor)) != BW_OK ||
	    (r = put(x, rel->device)) != BW_OK)
		return r;
	for (int f = 1; f <= FIELD_COUNT && r == BW_OK; f++)
		r = put(x, row->value[f]);
	if (r != BW_OK || (r = put(x, row->person)) != BW_OK)
		return r;
	return put(x, rel->version);
}

static bw_err
put_answers(struct noted *x, const struct leads_row *row)
{
	const struct note *n = &row->mark->note;
	char question[LEADS_QUESTION_SIZE];
	bw_err r = BW_OK;

	for (size_t i = 0; i < n->nanswers && r == BW_OK; i++) {
		leads_source_question(row, &n->answer[i], question);
		r = bw_buf_printf(&x->cell, "%s%s%s", i != 0 ? "\n" : "",
		    question, n->answer[i].answer);
	}
	return r == BW_OK ? put_cell(x) : r;
}

static bw_err
put_note(struct noted *x, const struct leads_row *row)
{
	const struct note *n = &row->mark->note;
	bw_err r = BW_OK;

	if (n->rating >= 0)
		r = bw_buf_printf(&x->cell, "%d", n->rating);
	if (r != BW_OK || (r = put_cell(x)) != BW_OK)
		return r;
	for (size_t i = 0; i < n->ntags && r == BW_OK; i++)
		r = bw_buf_printf(&x->cell, "%s%s", i != 0 ? ", " : "",
		    n->tag[i]);
	if (r != BW_OK || (r = put_cell(x)) != BW_OK ||
	    (r = put_answers(x, row)) != BW_OK ||
	    (r = leads_csv_cell(&x->row, n->text)) != BW_OK)
		return r;
	return bw_buf_put_str(&x->row, "\r\n");
}

static bw_err
on_row(void *arg, const struct leads_row *row)
{
	struct noted *x = arg;
	bw_err r;

	if ((r = put_lead(x, row)) == BW_OK &&
	    (r = put_note(x, row)) == BW_OK)
		r = outfile_put(x->out, x->row.ptr, x->row.len);
	bw_buf_reset(&x->row);
	x->n++;
	return r;
}

bw_err
leads_noted(struct store *s, const struct leads_what *what,
    struct outfile *out, uint64_t *n, struct store_left_out *left)
{
	struct noted x = { .out = out, .clock = { .day = -1 },
		.keep = { .day = -1 },
		.row = BW_BUF_INIT(ROW_MAX), .cell = BW_BUF_INIT(ROW_MAX) };
	bw_err r;

	if ((r = outfile_put(out, HEAD, sizeof(HEAD) - 1)) == BW_OK)
		r = leads_source_each(s, what, on_row, &x, left);
	*n = x.n;
	bw_buf_free(&x.row);
	bw_buf_free(&x.cell);
	return r;
}
