// SPDX-License-Identifier: Apache-2.0
/* A ticket shop's report, from bytes to the store: whatever is taken of it is a
 * sound registration, every line has its reason, and what was planned is what
 * is done. */
#include "tests/fuzz/fuzz.h"

#include "host/import/plan.h"
#include "host/import/row.h"
#include "tests/support/import_text.h"

#define NOW 1772323200

static void
check_taken(const struct registration *reg)
{
	CHECK(reg->key[0] != 0 && strlen(reg->key) <= REG_KEY_MAX);
	CHECK(reg->status == REG_ATTENDING || reg->status == REG_MINOR);
	CHECK(reg->values.v[FIELD_NAME][0] != 0);
	for (int f = 1; f <= FIELD_COUNT; f++) {
		const char *v = reg->values.v[f];

		CHECK(v[0] == 0 || field_value_ok(v, strlen(v)));
	}
}

static void
check_why(const struct row *row, const struct map *m)
{
	char why[WHY_MAX];

	CHECK(row->why.code != WHY_NOTHING);
	why_text(&row->why, m->kind, WHY_EN, why);
	CHECK(why[0] != 0);
	why_text(&row->why, m->kind, WHY_DE, why);
	CHECK(why[0] != 0);
}

static bw_err
read_all(struct import_source *src, struct fault *f)
{
	static const struct map_choice any = { .kind = IMPORT_AUTO };
	struct import_row in;
	struct map map;
	struct row row;
	bw_err r;

	if ((r = src->head(src->self, &in, f)) != BW_OK ||
	    (r = map_guess(&in, &any, &map, f)) != BW_OK)
		return r;
	while ((r = src->next(src->self, &in, f)) == BW_OK) {
		CHECK(in.n == map.columns);
		if ((r = row_read(&map, &in, NOW, &row, f)) != BW_OK)
			return r;
		if (row.use == ROW_TAKE)
			check_taken(&row.reg);
		else
			check_why(&row, &map);
	}
	return r;
}

static size_t
count(const struct import_plan *p)
{
	size_t n = 0;

	for (int act = 0; act < IMPORT_ACTS; act++)
		n += p->n[act];
	return n;
}

/* Into an empty store, and out of it again. */
static void
plan_and_apply(struct import_source *src, bool good)
{
	static const struct map_choice any = { .kind = IMPORT_AUTO };
	static struct store *store;
	struct import_plan *p, *done;
	struct fault f = { 0 };

	if (store == NULL && store_open(&store, ":memory:") != BW_OK)
		abort();
	if (import_plan_make(&p, store, src, &any, NOW, &f) != BW_OK) {
		CHECK(p == NULL && f.text[0] != 0);
		return;
	}
	CHECK(good && count(p) == p->nlines && p->n[IMPORT_CHANGE] == 0);
	CHECK(store_begin(store) == BW_OK);
	CHECK(import_plan_apply(&done, store, src, &any, NOW, p->hash,
	    &f) == BW_OK);
	CHECK(done->n[IMPORT_ADD] == p->n[IMPORT_ADD]);
	store_rollback(store);
	import_plan_free(&p);
	import_plan_free(&done);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct import_source src = { 0 };
	struct fault f = { 0 };
	int fd = fd_of(data, len);
	bw_err r = import_source_csv(&src, fd, &f);

	if (r == BW_OK) {
		r = read_all(&src, &f);
		plan_and_apply(&src, r == BW_ERR_NOTFOUND);
	}
	CHECK(r == BW_ERR_NOTFOUND || r == BW_ERR_NOMEM || f.text[0] != 0);
	CHECK(f.line <= len + 1);
	import_source_close(&src);
	close(fd);
	return 0;
}
