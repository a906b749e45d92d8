// SPDX-License-Identifier: Apache-2.0
#include "host/export_disclosures.h"

#include <inttypes.h>
#include <stdio.h>

#include "host/leads_row.h"
#include "host/when.h"

#define ROW_MAX 8192

struct rows {
	struct outfile *out;
	struct bw_buf row;
	uint64_t n;
};

/* ",2026-06-01T09:30:00Z"; an empty cell for 0. */
static bw_err
put_time(struct bw_buf *b, int64_t t)
{
	char text[WHEN_SIZE] = "";

	if (t != 0)
		when_format(t, text);
	return bw_buf_printf(b, ",%s", text);
}

static bw_err
put_text(struct bw_buf *b, const char *s)
{
	bw_err r = bw_buf_put_u8(b, ',');

	return r == BW_OK ? leads_csv_cell(b, s) : r;
}

/* An empty cell for 0. */
static bw_err
put_number(struct bw_buf *b, uint64_t n)
{
	return n != 0 ? bw_buf_printf(b, ",%" PRIu64, n) :
	    bw_buf_put_u8(b, ',');
}

/* "name email" */
static bw_err
put_fields(struct bw_buf *b, field_set set)
{
	const char *sep = ",";
	bw_err r = set == 0 ? bw_buf_put_u8(b, ',') : BW_OK;

	for (int f = 1; f <= FIELD_COUNT && r == BW_OK; f++)
		if ((set & FIELD_BIT(f)) != 0) {
			r = bw_buf_printf(b, "%s%s", sep,
			    field_name((enum field)f));
			sep = " ";
		}
	return r;
}

static bw_err
put_row(struct bw_buf *b, const struct disclosure *d)
{
	bw_err r;

	if ((r = bw_buf_printf(b, "%" PRIu64, d->id)) != BW_OK ||
	    (r = put_time(b, d->at)) != BW_OK ||
	    (r = put_text(b, disclosure_basis_name(d->basis))) != BW_OK ||
	    (r = put_number(b, d->registration)) != BW_OK ||
	    (r = put_text(b, d->sponsor)) != BW_OK ||
	    (r = put_fields(b, d->fields)) != BW_OK ||
	    (r = put_time(b, d->since)) != BW_OK ||
	    (r = put_time(b, d->until)) != BW_OK ||
	    (r = put_text(b, d->asked)) != BW_OK ||
	    (r = put_text(b, d->decided)) != BW_OK ||
	    (r = put_text(b, d->reason)) != BW_OK ||
	    (r = put_time(b, d->secret_until)) != BW_OK ||
	    (r = put_time(b, d->recorded_at)) != BW_OK ||
	    (r = put_number(b, d->corrects)) != BW_OK ||
	    (r = put_number(b, d->corrected)) != BW_OK)
		return r;
	return bw_buf_put_str(b, "\r\n");
}

static bw_err
on_disclosure(void *arg, const struct disclosure *d)
{
	struct rows *w = arg;
	bw_err r;

	bw_buf_reset(&w->row);
	if ((r = put_row(&w->row, d)) != BW_OK)
		return r;
	w->n++;
	return outfile_put(w->out, w->row.ptr, w->row.len);
}

bw_err
export_disclosures(struct store *s, const struct disclosure_query *q,
    struct outfile *out, uint64_t *n)
{
	static const char head[] = EXPORT_DISCLOSURES_HEAD "\r\n";
	struct rows w = { .out = out, .row = BW_BUF_INIT(ROW_MAX) };
	bw_err r = outfile_put(out, head, sizeof(head) - 1);

	if (r == BW_OK)
		r = disclosure_find(s, q, on_disclosure, &w);
	bw_buf_free(&w.row);
	*n = w.n;
	return r;
}
