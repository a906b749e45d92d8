// SPDX-License-Identifier: Apache-2.0
/* An attendee report: whatever is taken of it is a sound registration. */
#include "tests/fuzz/fuzz.h"

#include "host/eventbrite_row.h"

struct walk {
	bool header;
	struct layout layout;
	struct fault *f;
};

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

static bw_err
on_row(void *arg, const struct csv_row *row)
{
	struct walk *w = arg;
	struct registration reg;
	char why[ROW_WHY];
	enum row_use use;
	bw_err r;

	if (!w->header) {
		w->header = true;
		return layout_read(row, &w->layout, w->f);
	}
	if ((r = row_read(&w->layout, row, &reg, &use, why, w->f)) != BW_OK)
		return r;
	if (use == ROW_TAKE)
		check_taken(&reg);
	else
		CHECK(why[0] != 0);
	return BW_OK;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct fault f = { 0 };
	struct walk w = { .f = &f };
	bw_err r;

	r = csvfile_each((const char *)data, len, on_row, &w, &f);
	CHECK(r == BW_OK || r == BW_ERR_NOMEM || f.text[0] != 0);
	CHECK(f.line <= len + 1);
	return 0;
}
