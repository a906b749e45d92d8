// SPDX-License-Identifier: Apache-2.0
#include "host/import_eventbrite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/eventbrite_row.h"
#include "host/keyset.h"

struct import {
	struct store *store;
	struct import_report *rep;
	struct fault *f;
	int64_t now;
	struct layout layout;
	bool header;			/* the first row was read */
	char event[64];			/* Event ID of the rows so far */
	void *keys;			/* of the rows so far */
};

static bw_err
remark(struct import_report *rep, size_t line, const char *why)
{
	if (rep->n == rep->cap) {
		size_t cap = rep->cap == 0 ? 32 : rep->cap * 2;
		struct import_remark *more = reallocarray(rep->remark, cap,
		    sizeof(*more));

		if (more == NULL)
			return BW_ERR_NOMEM;
		rep->remark = more;
		rep->cap = cap;
	}
	rep->remark[rep->n].line = line;
	snprintf(rep->remark[rep->n].why, sizeof(rep->remark[0].why), "%s",
	    why);
	rep->n++;
	return BW_OK;
}

static bw_err
skip(struct import *im, size_t line, const char *why)
{
	im->rep->skipped++;
	return remark(im->rep, line, why);
}

void
import_report_free(struct import_report *r)
{
	free(r->remark);
	memset(r, 0, sizeof(*r));
}

/* Reports can span events; their people must not get badges of this one. */
static bw_err
check_event(struct import *im, const struct csv_row *row)
{
	size_t at = im->layout.at[COL_EVENT];
	const char *id;

	if (at == COLUMN_NONE)
		return BW_OK;
	id = row->cell[at];
	if (im->event[0] == 0)
		snprintf(im->event, sizeof(im->event), "%s", id);
	if (strncmp(im->event, id, sizeof(im->event) - 1) == 0)
		return BW_OK;
	fault_set(im->f, row->line, "it is of another event than the rows "
	    "before; make a report of one event alone");
	return BW_ERR_FORMAT;
}

static bw_err
count_released(struct import *im, uint64_t id)
{
	struct registration now;
	bw_err r = store_registration_get(im->store, id, &now);

	if (r == BW_OK)
		im->rep->released += now.released;
	explicit_bzero(&now, sizeof(now));
	return r;
}

static bw_err
put(struct import *im, const struct registration *reg, size_t line)
{
	enum store_change change;
	uint64_t id;
	bw_err r;

	if ((r = store_registration_put(im->store, reg, im->now, &change,
	    &id)) != BW_OK)
		return r;
	switch (change) {
	case STORE_ADDED:
		im->rep->added++;
		break;
	case STORE_CHANGED:
		im->rep->changed++;
		break;
	case STORE_UNCHANGED:
		im->rep->unchanged++;
		break;
	case STORE_REFUSED:
		return skip(im, line, "erased on request before, and not "
		    "taken up again");
	}
	im->rep->minors += reg->status == REG_MINOR;
	return reg->status == REG_MINOR ? count_released(im, id) : BW_OK;
}

/* Who no longer attends keeps the values that badges were made from. */
static bw_err
put_gone(struct import *im, const char *key, size_t line, const char *why)
{
	struct registration had;
	bw_err r;

	r = store_registration_find(im->store, key, &had);
	if (r == BW_ERR_NOTFOUND)
		return skip(im, line, why);
	if (r == BW_OK) {
		size_t changed = im->rep->changed;

		/* Nothing else of it can change. */
		had.status = REG_CANCELLED;
		r = put(im, &had, line);
		im->rep->cancelled += im->rep->changed - changed;
	}
	explicit_bzero(&had, sizeof(had));
	return r;
}

static bool
has_age(const struct import *im, const struct csv_row *row)
{
	size_t at = im->layout.at[COL_AGE];

	return at != COLUMN_NONE && row->cell[at][0] != 0;
}

static bw_err
take_row(struct import *im, const struct csv_row *row,
    struct registration *reg)
{
	char why[ROW_WHY];
	enum row_use use;
	bool again;
	bw_err r;

	if ((r = check_event(im, row)) != BW_OK ||
	    (r = row_read(&im->layout, row, reg, &use, why, im->f)) != BW_OK)
		return r;
	if (reg->key[0] != 0) {
		if ((r = keyset_add(&im->keys, reg->key, &again)) != BW_OK)
			return r;
		if (again)
			return skip(im, row->line, "its barcode stands in "
			    "this file before");
	}
	switch (use) {
	case ROW_TAKE:
		if (has_age(im, row))
			im->rep->aged++;
		else if (im->rep->has_age)
			im->rep->ageless++;
		return put(im, reg, row->line);
	case ROW_GONE:
		return put_gone(im, reg->key, row->line, why);
	case ROW_SKIP:
		break;
	}
	return skip(im, row->line, why);
}

static bw_err
on_row(void *arg, const struct csv_row *row)
{
	struct import *im = arg;
	struct registration reg;
	bw_err r;

	if (!im->header) {
		im->header = true;
		r = layout_read(row, &im->layout, im->f);
		im->rep->has_age = im->layout.at[COL_AGE] != COLUMN_NONE;
		return r;
	}
	r = take_row(im, row, &reg);
	explicit_bzero(&reg, sizeof(reg));
	return r;
}

static bw_err
on_registration(void *arg, const struct registration *reg)
{
	struct import *im = arg;
	struct import_report *rep = im->rep;
	bool there;
	bw_err r;

	if (reg->status != REG_ATTENDING)
		return BW_OK;
	if ((r = keyset_add(&im->keys, reg->key, &there)) != BW_OK || there)
		return r;
	if (rep->absent < IMPORT_ABSENT_MAX)
		rep->absent_id[rep->absent] = reg->id;
	rep->absent++;
	return BW_OK;
}

bw_err
import_eventbrite(struct store *s, const char *text, size_t len, int64_t now,
    struct import_report *rep, struct fault *f)
{
	struct import im = { .store = s, .rep = rep, .f = f, .now = now };
	bw_err r;

	memset(rep, 0, sizeof(*rep));
	r = csvfile_each(text, len, on_row, &im, f);
	if (r == BW_OK && !im.header) {
		fault_set(f, 0, "it is empty");
		r = BW_ERR_FORMAT;
	}
	if (r == BW_OK)
		r = store_registration_each(s, on_registration, &im);
	keyset_free(&im.keys);
	return r;
}
