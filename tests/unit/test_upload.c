// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"
#include "tests/support/vectors.h"

#include "record/body.h"
#include "record/entry.h"
#include "record/upload.h"

static void
the_example_goes_there_and_back(void **state)
{
	struct bw_cur in = vec_hex("log/upload_0_to_6"), c = in;
	const char *want = vec_str("log/checkpoints/6/note"), *note;
	struct bw_buf out = BW_BUF_INIT(UPLOAD_MAX);
	struct upload_item item;
	size_t len;

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		struct bw_cur e = vec_hex("log/entries/%zu", i);
		struct bw_cur b = vec_hex("log/bodies/%zu", i);

		assert_ok(upload_next(&c, &item, &note, &len));
		assert_null(note);
		assert_int_equal(item.entry_len, e.len);
		assert_memory_equal(item.entry, e.ptr, e.len);
		assert_int_equal(item.body_len, b.len);
		assert_memory_equal(item.body, b.ptr, b.len);
		assert_ok(upload_put_item(&out, &item));
	}
	assert_ok(upload_next(&c, &item, &note, &len));
	assert_null(item.entry);
	assert_int_equal(len, strlen(want));
	assert_memory_equal(note, want, len);
	assert_ok(upload_put_note(&out, note, len));
	assert_int_equal(out.len, in.len);
	assert_memory_equal(out.ptr, in.ptr, in.len);
	assert_err(upload_next(&c, &item, &note, &len), BW_ERR_FORMAT);
	bw_buf_free(&out);
}

/* BW_OK only for a whole upload. */
static bw_err
read_all(const uint8_t *ptr, size_t len)
{
	struct bw_cur c = { ptr, len };
	struct upload_item item;
	const char *note = NULL;
	size_t note_len;
	bw_err r = BW_OK;

	while (r == BW_OK && note == NULL)
		r = upload_next(&c, &item, &note, &note_len);
	return r;
}

static void
every_truncation_is_refused(void **state)
{
	struct bw_cur in = vec_hex("log/upload_0_to_6");
	uint8_t *more = malloc(in.len + 1);

	(void)state;
	assert_non_null(more);
	for (size_t n = 0; n < in.len; n++)
		assert_err(read_all(in.ptr, n), BW_ERR_FORMAT);
	assert_ok(read_all(in.ptr, in.len));
	memcpy(more, in.ptr, in.len);
	more[in.len] = 0x60;
	assert_err(read_all(more, in.len + 1), BW_ERR_FORMAT);
	free(more);
}

static void
a_deleted_body_is_null(void **state)
{
	struct upload_item in = { (const uint8_t *)"\x00", 1, NULL, 0 }, item;
	struct bw_buf b = BW_BUF_INIT(100);
	struct bw_cur c;
	const char *note;
	size_t len;

	(void)state;
	assert_ok(upload_put_item(&b, &in));
	assert_memory_equal(b.ptr, "\x82\x41\x00\xf6", 4);
	c = (struct bw_cur){ b.ptr, b.len };
	assert_ok(upload_next(&c, &item, &note, &len));
	assert_int_equal(item.entry_len, 1);
	assert_null(item.body);
	bw_buf_free(&b);
}

static void
bounds_hold(void **state)
{
	static const uint8_t zero[BODY_MAX + 1];
	struct bw_buf b = BW_BUF_INIT(UPLOAD_MAX);
	struct upload_item item = { zero, ENTRY_MAX + 1, NULL, 0 };

	(void)state;
	assert_err(upload_put_item(&b, &item), BW_ERR_BOUND);
	item = (struct upload_item){ zero, 1, zero, BODY_MAX + 1 };
	assert_err(upload_put_item(&b, &item), BW_ERR_BOUND);
	item.body_len--;
	assert_ok(upload_put_item(&b, &item));
	bw_buf_free(&b);
	assert_err(read_all((const uint8_t *)"\x82\x58\x63", 3),
	    BW_ERR_FORMAT);
	assert_err(read_all((const uint8_t *)"\x83\x40\x40\x40", 4),
	    BW_ERR_FORMAT);
	assert_err(read_all((const uint8_t *)"\x82\x40\x60", 3),
	    BW_ERR_FORMAT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_example_goes_there_and_back),
		cmocka_unit_test(every_truncation_is_refused),
		cmocka_unit_test(a_deleted_body_is_null),
		cmocka_unit_test(bounds_hold),
	};

	return cmocka_run_group_tests(tests, NULL, vec_teardown);
}
