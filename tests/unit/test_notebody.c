// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"
#include "tests/support/vectors.h"

#include "record/seal.h"

static void
round_trip(const struct note *n)
{
	struct bw_buf b = BW_BUF_INIT(8192), again = b;
	static struct note back;

	assert_ok(note_encode(n, &b));
	assert_ok(note_decode(b.ptr, b.len, &back));
	assert_ok(note_encode(&back, &again));
	assert_int_equal(b.len, again.len);
	assert_memory_equal(b.ptr, again.ptr, b.len);
	for (size_t i = 0; i < b.len; i++) {
		uint8_t *exact = malloc(i + 1);

		assert_non_null(exact);
		memcpy(exact, b.ptr, i);
		assert_err(note_decode(exact, i, &back), BW_ERR_FORMAT);
		free(exact);
	}
	bw_buf_free(&b);
	bw_buf_free(&again);
}

static void
the_example_goes_there_and_back(void **state)
{
	struct bw_cur in = vec_hex("sealed_note/plain");
	struct bw_buf out = BW_BUF_INIT(300);
	static struct note n;

	(void)state;
	assert_ok(note_decode(in.ptr, in.len, &n));
	assert_int_equal(n.rating, 4);
	assert_int_equal(n.ntags, 2);
	assert_string_equal(n.tag[0], "hot");
	assert_string_equal(n.tag[1], "call back");
	assert_int_equal(n.nanswers, 1);
	assert_string_equal(n.answer[0].question, "q1");
	assert_string_equal(n.answer[0].answer, "Yes");
	assert_string_equal(n.text, "Wants a quote for 200 seats.");
	assert_ok(note_encode(&n, &out));
	assert_int_equal(out.len, in.len);
	assert_memory_equal(out.ptr, in.ptr, in.len);
	round_trip(&n);
	bw_buf_free(&out);
}

static void
the_least_and_the_most(void **state)
{
	static struct note n;

	(void)state;
	memset(&n, 0, sizeof(n));
	n.rating = -1;
	round_trip(&n);
	n.rating = 5;
	n.ntags = n.nanswers = 16;
	for (int i = 0; i < 16; i++) {
		memset(n.tag[i], 't', 40);
		memset(n.answer[i].question, 'a' + i, 32);
		memset(n.answer[i].answer, 'y', 200);
	}
	memset(n.text, 'x', 1000);
	round_trip(&n);
}

static void
bad_notes_are_refused(void **state)
{
	struct bw_buf b = BW_BUF_INIT(300);
	static struct note n;

	(void)state;
	memset(&n, 0, sizeof(n));
	n.rating = 6;
	assert_err(note_encode(&n, &b), BW_ERR_ARG);
	n.rating = 0;
	n.nanswers = 2;
	strcpy(n.answer[0].question, "zz");
	strcpy(n.answer[1].question, "aaa");
	assert_ok(note_encode(&n, &b));		/* shorter comes first */
	strcpy(n.answer[1].question, "aa");
	assert_err(note_encode(&n, &b), BW_ERR_ARG);
	strcpy(n.answer[1].question, "zz");
	assert_err(note_encode(&n, &b), BW_ERR_ARG);
	strcpy(n.answer[1].question, "Q 2");
	assert_err(note_encode(&n, &b), BW_ERR_ARG);
	n.nanswers = 0;
	n.ntags = 17;
	assert_err(note_encode(&n, &b), BW_ERR_ARG);
	n.ntags = 0;
	strcpy(n.text, "\xff");
	assert_err(note_encode(&n, &b), BW_ERR_FORMAT);
	bw_buf_free(&b);
}

#define DECODE(s) note_decode((const uint8_t *)(s), sizeof(s) - 1, &n)

static void
odd_bytes_are_refused(void **state)
{
	static struct note n;

	(void)state;
	assert_ok(DECODE("\x85\x01\xf6\x80\xa0\x60"));
	assert_err(DECODE("\x85\x02\xf6\x80\xa0\x60"), BW_ERR_BOUND);
	assert_err(DECODE("\x85\x00\xf6\x80\xa0\x60"), BW_ERR_FORMAT);
	assert_err(DECODE("\x85\x01\x06\x80\xa0\x60"), BW_ERR_BOUND);
	assert_err(DECODE("\x85\x01\xf6\x80\xa0\x60\x00"), BW_ERR_FORMAT);
	assert_err(DECODE("\x85\x01\xf6\x80\xa0\x61\x00"), BW_ERR_FORMAT);
	assert_err(DECODE("\x85\x01\xf6\x80\xa2\x61q\x60\x61q\x60\x60"),
	    BW_ERR_FORMAT);
	assert_err(DECODE("\x85\x01\xf6\x80\xa2\x61r\x60\x61q\x60\x60"),
	    BW_ERR_FORMAT);
	assert_err(DECODE("\x85\x01\xf6\x80\xa1\x61Q\x60\x60"),
	    BW_ERR_FORMAT);
	assert_err(DECODE("\x85\x01\xf6\x91"), BW_ERR_BOUND);
	assert_int_equal(n.ntags, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_example_goes_there_and_back),
		cmocka_unit_test(the_least_and_the_most),
		cmocka_unit_test(bad_notes_are_refused),
		cmocka_unit_test(odd_bytes_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, vec_teardown);
}
