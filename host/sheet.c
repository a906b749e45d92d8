// SPDX-License-Identifier: Apache-2.0
#include "host/sheet.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucol.h>
#include <unicode/ustring.h>

#include "host/sheet_draw.h"

#define KEY 48		/* bytes of a name's sort key that are kept */
#define KEY_ALL 2048

struct row {
	uint64_t id;
	uint8_t key[KEY];
};

struct job {
	struct store *s;
	const struct hostdir *h;
	const struct sheet_order *order;
	sheet_left left;
	void *arg;
	struct sheet_done *done;
	struct sheet_pdf *pdf;
	UCollator *names;
	uint64_t *only;		/* sorted */
	bool *seen;		/* beside it */
	struct row *row;	/* whom to print */
	size_t n, cap;
	size_t looked;		/* at registrations */
};

const char *
sheet_why(enum sheet_why why)
{
	switch (why) {
	case SHEET_NO_NAME:
		return "has no name that can be printed";
	case SHEET_NOT_ATTENDING:
		return "does not attend";
	case SHEET_NOT_THERE:
		return "does not exist";
	}
	return "is left out";
}

bw_err
sheet_address(const struct hostdir *h, uint64_t registration,
    char out[static SHEET_ADDRESS_MAX])
{
	(void)registration;
	return snprintf(out, SHEET_ADDRESS_MAX, "%s/b", h->config.base_url) <
	    SHEET_ADDRESS_MAX ? BW_OK : BW_ERR_BOUND;
}

static void
leave(struct job *j, uint64_t id, enum sheet_why why)
{
	j->done->left++;
	if (j->left != NULL)
		j->left(j->arg, id, why);
}

static int
by_number(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static int
by_name(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int c = memcmp(x->key, y->key, KEY);

	return c != 0 ? c : by_number(&x->id, &y->id);
}

static bw_err
sort_key(const struct job *j, const char *name, uint8_t key[static KEY])
{
	UChar text[FIELD_VALUE_MAX + 1];
	uint8_t all[KEY_ALL] = { 0 };
	UErrorCode e = U_ZERO_ERROR;
	int32_t n = 0;

	u_strFromUTF8(text, FIELD_VALUE_MAX + 1, &n, name, -1, &e);
	if (U_SUCCESS(e))
		(void)ucol_getSortKey(j->names, text, n, all, KEY_ALL);
	memcpy(key, all, KEY);
	explicit_bzero(all, sizeof(all));
	explicit_bzero(text, sizeof(text));
	return U_SUCCESS(e) ? BW_OK : BW_ERR_FORMAT;
}

static bw_err
add(struct job *j, const struct registration *reg)
{
	struct row *more;

	if (j->n == j->cap) {
		j->cap = j->cap != 0 ? j->cap + j->cap / 2 : 256;
		if ((more = realloc(j->row, j->cap * sizeof(*more))) == NULL)
			return BW_ERR_NOMEM;
		j->row = more;
	}
	j->row[j->n].id = reg->id;
	return sort_key(j, reg->values.v[FIELD_NAME], j->row[j->n++].key);
}

/* None is printed yet, but it may be wanted no more. */
static bw_err
still_wanted(struct job *j)
{
	const struct progress *p = j->order->progress;

	return p == NULL || ++j->looked % PROGRESS_STEP != 0 ? BW_OK :
	    p->step(p->arg, 0);
}

static bw_err
look_at(void *arg, const struct registration *reg)
{
	struct job *j = arg;
	const uint64_t *at = j->order->n == 0 ? NULL : bsearch(&reg->id,
	    j->only, j->order->n, sizeof(*j->only), by_number);
	bw_err r = still_wanted(j);

	if (r != BW_OK)
		return r;
	if (j->order->n != 0) {
		if (at == NULL)
			return BW_OK;
		j->seen[at - j->only] = true;
	}
	if (reg->status != REG_ATTENDING) {
		if (at != NULL)
			leave(j, reg->id, SHEET_NOT_ATTENDING);
		return BW_OK;
	}
	if (!sheet_can_print(j->pdf, reg->values.v[FIELD_NAME])) {
		leave(j, reg->id, SHEET_NO_NAME);
		return BW_OK;
	}
	return add(j, reg);
}

/* What was asked for twice is printed once. */
static bw_err
take_only(struct job *j)
{
	size_t n = j->order->n;

	if (n == 0)
		return BW_OK;
	j->only = calloc(n, sizeof(*j->only));
	j->seen = calloc(n, sizeof(*j->seen));
	if (j->only == NULL || j->seen == NULL)
		return BW_ERR_NOMEM;
	memcpy(j->only, j->order->only, n * sizeof(*j->only));
	qsort(j->only, n, sizeof(*j->only), by_number);
	return BW_OK;
}

static void
tell_missing(struct job *j)
{
	for (size_t i = 0; i < j->order->n; i++) {
		bool twice = (i > 0 && j->only[i - 1] == j->only[i]) ||
		    (i + 1 < j->order->n && j->only[i + 1] == j->only[i]);

		if (!j->seen[i] && !twice)
			leave(j, j->only[i], SHEET_NOT_THERE);
	}
}

static bw_err
collect(struct job *j)
{
	UErrorCode e = U_ZERO_ERROR;
	bw_err r;

	if ((r = take_only(j)) != BW_OK)
		return r;
	j->names = ucol_open("", &e);
	if (U_FAILURE(e))
		return BW_ERR_NOMEM;
	if ((r = store_registration_each(j->s, look_at, j)) != BW_OK)
		return r;
	tell_missing(j);
	if (j->n > 1)
		qsort(j->row, j->n, sizeof(*j->row), by_name);
	return j->order->found != NULL ? j->order->found(j->arg, j->n) :
	    BW_OK;
}

static bw_err
print(struct job *j, size_t at, const struct registration *reg)
{
	const struct field_values *v = &reg->values;
	char address[SHEET_ADDRESS_MAX];
	struct sheet_label l = { .name = v->v[FIELD_NAME],
		.company = v->v[FIELD_COMPANY], .job_title = "",
		.address = address, .outline = j->order->outline };
	bw_err r;

	if (j->order->job_title)
		l.job_title = v->v[FIELD_JOB_TITLE];
	if ((r = sheet_address(j->h, reg->id, address)) != BW_OK ||
	    (r = sheet_label_draw(j->pdf, at, &l)) != BW_OK)
		return r;
	j->done->badges++;
	return progress_one(j->order->progress);
}

/* Each is looked up once more: it may have changed since the list was made,
 * which no lock holds still while a printer takes its time. */
static bw_err
print_all(struct job *j)
{
	size_t page = label_format_per_page(j->order->format);
	size_t at = j->order->start - 1;
	struct registration reg;
	bw_err r = BW_OK;

	for (size_t i = 0; i < j->n && r == BW_OK; i++) {
		r = store_registration_get(j->s, j->row[i].id, &reg);
		if (r == BW_ERR_NOTFOUND || (r == BW_OK &&
		    reg.status != REG_ATTENDING)) {
			leave(j, j->row[i].id, SHEET_NOT_ATTENDING);
			r = BW_OK;
			continue;
		}
		if (r == BW_OK && at == page) {
			sheet_pdf_next_page(j->pdf);
			at = 0;
			j->done->pages++;
		}
		if (r == BW_OK && (r = print(j, at++, &reg)) == BW_OK)
			r = sheet_pdf_state(j->pdf);
	}
	explicit_bzero(&reg, sizeof(reg));
	if (r == BW_OK && j->done->badges > 0)
		j->done->pages++;
	return r;
}

static void
free_job(struct job *j)
{
	sheet_pdf_close(&j->pdf);
	if (j->names != NULL)
		ucol_close(j->names);
	if (j->row != NULL)
		explicit_bzero(j->row, j->n * sizeof(*j->row));
	free(j->row);
	free(j->only);
	free(j->seen);
}

static bw_err
check(const struct sheet_order *o, struct fault *f)
{
	size_t page = label_format_per_page(o->format);

	if (o->start >= 1 && o->start <= page)
		return BW_OK;
	fault_set(f, 0, "a sheet of %s has labels 1 to %zu", o->format->name,
	    page);
	return BW_ERR_ARG;
}

bw_err
sheet_make(struct store *s, const struct hostdir *h,
    const struct sheet_order *order, sheet_put put, sheet_left left,
    void *arg, struct sheet_done *done, struct fault *f)
{
	struct job j = { .s = s, .h = h, .order = order, .left = left,
		.arg = arg, .done = done };
	bw_err r;

	memset(done, 0, sizeof(*done));
	if ((r = check(order, f)) != BW_OK)
		return r;
	if ((r = sheet_pdf_open(&j.pdf, order->format, "Badges", put,
	    arg)) != BW_OK || (r = collect(&j)) != BW_OK)
		goto out;
	if (j.n != 0)
		r = print_all(&j);
	if (r == BW_OK && done->badges == 0) {
		fault_set(f, 0, order->n != 0 ? "none of these registrations "
		    "attends and has a name that can be printed" :
		    "no registration attends and has a name that can be "
		    "printed");
		r = BW_ERR_NOTFOUND;
	}
	if (r == BW_OK)
		r = sheet_pdf_finish(&j.pdf);
out:
	free_job(&j);
	return r;
}

bw_err
sheet_test_page(const struct label_format *format, sheet_put put, void *arg)
{
	struct sheet_pdf *p;
	bw_err r;

	if ((r = sheet_pdf_open(&p, format, "Test page", put, arg)) != BW_OK)
		return r;
	for (size_t i = 0; i < label_format_per_page(format); i++)
		sheet_label_test(p, i);
	sheet_ruler(p);
	return sheet_pdf_finish(&p);
}
