// SPDX-License-Identifier: Apache-2.0
#include "host/aggregate.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/when.h"

const char *
aggregate_name(enum aggregate_what what)
{
	switch ((int)what) {
	case AGGREGATE_PEOPLE:
		return "people";
	case AGGREGATE_DECLINES:
		return "declines";
	case AGGREGATE_NO_ANSWERS:
		return "no_answers";
	default:
		return field_name((enum field)(what - AGGREGATE_FIELD));
	}
}

static struct aggregate_row *
add(struct aggregate *a, int64_t day, const char *sponsor)
{
	struct aggregate_row *row;

	if (a->row == NULL || a->nrows == a->cap) {
		a->cap = a->cap == 0 ? 64 : a->cap * 2;
		row = reallocarray(a->row, a->cap, sizeof(*row));
		if (row == NULL)
			return NULL;
		a->row = row;
	}
	row = &a->row[a->nrows++];
	memset(row, 0, sizeof(*row));
	row->day = day;
	snprintf(row->sponsor, sizeof(row->sponsor), "%s", sponsor);
	return row;
}

static bw_err
on_cell(void *arg, const struct store_aggregate *c)
{
	struct aggregate *a = arg;
	struct aggregate_row *row;
	uint64_t n = c->n / a->k * a->k;

	if (n == 0)
		return BW_OK;
	row = a->nrows != 0 ? &a->row[a->nrows - 1] : NULL;
	if (row == NULL || row->day != c->day ||
	    strcmp(row->sponsor, c->sponsor) != 0)
		row = add(a, c->day, c->sponsor);
	if (row == NULL)
		return BW_ERR_NOMEM;
	row->n[c->what] = n;
	return BW_OK;
}

static void
sum(struct aggregate_row *into, const struct aggregate_row *row)
{
	for (size_t i = 0; i < AGGREGATE_WHATS; i++)
		into->n[i] += row->n[i];
}

static int
by_sponsor(const void *a, const void *b)
{
	return strcmp(((const struct aggregate_row *)a)->sponsor,
	    ((const struct aggregate_row *)b)->sponsor);
}

/* The total of one more row's sponsor, which may be there already. */
static bw_err
total(struct aggregate *a, size_t days, size_t i)
{
	size_t at = days;

	while (at < a->nrows &&
	    strcmp(a->row[at].sponsor, a->row[i].sponsor) != 0)
		at++;
	if (at == a->nrows && add(a, 0, "") == NULL)
		return BW_ERR_NOMEM;
	memcpy(a->row[at].sponsor, a->row[i].sponsor,
	    sizeof(a->row[at].sponsor));
	sum(&a->row[at], &a->row[i]);
	return BW_OK;
}

static bw_err
totals(struct aggregate *a)
{
	size_t days = a->nrows, end;
	bw_err r = BW_OK;

	for (size_t i = 0; i < days && r == BW_OK; i++)
		r = total(a, days, i);
	if (r != BW_OK || days == 0)
		return r;
	end = a->nrows;
	qsort(&a->row[days], end - days, sizeof(*a->row), by_sponsor);
	if (add(a, 0, "") == NULL)
		return BW_ERR_NOMEM;
	for (size_t i = days; i < end; i++)
		sum(&a->row[end], &a->row[i]);
	return BW_OK;
}

bw_err
aggregate_make(struct store *s, unsigned k, int64_t now,
    struct aggregate *out)
{
	bw_err r;

	*out = (struct aggregate){ .k = k };
	if (k < AGGREGATE_K || k > AGGREGATE_K_MAX || k % AGGREGATE_K != 0)
		return BW_ERR_ARG;
	if ((r = store_aggregate_settle(s, now)) != BW_OK ||
	    (r = store_snapshot(s)) != BW_OK)
		return r;
	if ((r = store_aggregate_until(s, &out->until)) == BW_OK)
		r = store_aggregate_each(s, on_cell, out);
	store_snapshot_end(s);
	return r == BW_OK ? totals(out) : r;
}

void
aggregate_free(struct aggregate *a)
{
	free(a->row);
	*a = (struct aggregate){ 0 };
}

static bw_err
put(struct bw_buf *out, const char *s)
{
	return bw_buf_put(out, s, strlen(s));
}

static bw_err
csv_head(struct bw_buf *out)
{
	bw_err r = put(out, "day,sponsor");

	for (size_t i = 0; i < AGGREGATE_WHATS && r == BW_OK; i++)
		if (aggregate_is(i) && (r = put(out, ",")) == BW_OK)
			r = put(out, aggregate_name((enum aggregate_what)i));
	return r == BW_OK ? put(out, "\r\n") : r;
}

static bw_err
csv_row(const struct aggregate_row *row, struct bw_buf *out)
{
	char day[WHEN_SIZE] = "all", cell[24];
	bw_err r;

	if (row->day != 0) {
		when_format(row->day, day);
		day[10] = 0;
	}
	if ((r = put(out, day)) != BW_OK || (r = put(out, ",")) != BW_OK ||
	    (r = put(out, row->sponsor[0] != 0 ? row->sponsor :
	    "all")) != BW_OK)
		return r;
	for (size_t i = 0; i < AGGREGATE_WHATS && r == BW_OK; i++) {
		if (!aggregate_is(i))
			continue;
		snprintf(cell, sizeof(cell), ",%" PRIu64, row->n[i]);
		r = put(out, row->n[i] != 0 ? cell : ",");
	}
	return r == BW_OK ? put(out, "\r\n") : r;
}

bw_err
aggregate_csv(const struct aggregate *a, struct bw_buf *out)
{
	bw_err r = csv_head(out);

	for (size_t i = 0; i < a->nrows && r == BW_OK; i++)
		r = csv_row(&a->row[i], out);
	return r;
}
