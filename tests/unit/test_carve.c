// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include "record/chain.h"
#include "record/checkpoint.h"
#include "record/upload.h"
#include "tools/carve.h"

#define NROWS 4

static struct {
	uint8_t entry[ENTRY_MAX];
	size_t entry_len;
	struct bw_buf body, note;
} row[NROWS];

static int
set_up(void **state)
{
	struct crypto_key *key;
	struct chain c = { .closed = false };

	(void)state;
	assert_ok(crypto_key_generate(&key));
	for (unsigned i = 0; i < NROWS; i++) {
		struct body b = { .kind = i == 0 ? ENTRY_OPEN : ENTRY_DECLINE };
		struct checkpoint cp = { .origin = "log/ev/k1", .size = i + 1 };
		struct entry e;

		strcpy(b.u.stop.sponsor, "example-corp");
		if (i == 0) {
			strcpy(b.u.open.event, "ev");
			strcpy(b.u.open.device, "k1");
			strcpy(b.u.open.sponsor, "example-corp");
			memcpy(b.u.open.log_spki, crypto_key_spki(key),
			    CRYPTO_SPKI);
		}
		row[i].body = BW_BUF_INIT(BODY_MAX);
		row[i].note = BW_BUF_INIT(NOTE_MAX);
		assert_ok(body_encode(&b, &row[i].body));
		assert_ok(chain_make(&c, b.kind, row[i].body.ptr,
		    row[i].body.len, 1800, row[i].entry, &row[i].entry_len,
		    &e));
		assert_ok(tree_root(&c.tree, cp.root));
		assert_ok(checkpoint_sign(&cp, key, &row[i].note));
	}
	crypto_key_close(&key);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	for (unsigned i = 0; i < NROWS; i++) {
		bw_buf_free(&row[i].body);
		bw_buf_free(&row[i].note);
	}
	return 0;
}

/* As a page has it: bytes before, then the row in one piece. */
static void
put(struct bw_buf *b, unsigned i, bool body, bool note)
{
	assert_ok(bw_buf_put(b, "\x87\x01\xff\x87", 4));
	assert_ok(bw_buf_put(b, row[i].entry, row[i].entry_len));
	if (body)
		assert_ok(bw_buf_put(b, row[i].body.ptr, row[i].body.len));
	if (note)
		assert_ok(bw_buf_put(b, row[i].note.ptr, row[i].note.len));
}

static void
rows_are_found_once_and_in_order(void **state)
{
	struct bw_buf b = BW_BUF_INIT(65536);
	struct carve c = { NULL, 0, 0 };

	(void)state;
	put(&b, 2, true, true);
	put(&b, 1, false, false);
	put(&b, 0, true, true);
	put(&b, 1, true, true);
	put(&b, 2, false, false);
	put(&b, 3, true, false);
	assert_ok(carve_scan(&c, b.ptr, b.len));
	carve_sort(&c);
	assert_int_equal(c.n, NROWS);
	for (unsigned i = 0; i < NROWS; i++) {
		assert_int_equal(c.at[i].e.seq, i);
		assert_int_equal(c.at[i].body_len, row[i].body.len);
		assert_memory_equal(c.at[i].body, row[i].body.ptr,
		    row[i].body.len);
		assert_int_equal(c.at[i].note_len, i == 3 ? 0 :
		    row[i].note.len);
	}
	carve_free(&c);
	bw_buf_free(&b);
}

/* However the bytes are cut: what is taken is whole. */
static void
what_is_cut_is_not_taken(void **state)
{
	struct bw_buf b = BW_BUF_INIT(65536);

	(void)state;
	put(&b, 1, true, true);
	for (size_t n = 0; n < b.len; n++) {
		struct carve c = { NULL, 0, 0 };
		bool entry = n >= 4 + row[1].entry_len;

		assert_ok(carve_scan(&c, b.ptr, n));
		assert_int_equal(c.n, entry);
		if (entry) {
			assert_int_equal(c.at[0].body != NULL, n >= 4 +
			    row[1].entry_len + row[1].body.len);
			assert_null(c.at[0].note);
		}
		carve_free(&c);
	}
	bw_buf_free(&b);
}

static void
a_body_that_changed_is_none(void **state)
{
	struct bw_buf b = BW_BUF_INIT(65536);
	struct carve c = { NULL, 0, 0 };

	(void)state;
	put(&b, 1, true, true);
	b.ptr[4 + row[1].entry_len + 6] ^= 1;
	assert_ok(carve_scan(&c, b.ptr, b.len));
	assert_int_equal(c.n, 1);
	assert_null(c.at[0].body);
	carve_free(&c);
	bw_buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_found_once_and_in_order),
		cmocka_unit_test(what_is_cut_is_not_taken),
		cmocka_unit_test(a_body_that_changed_is_none),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
