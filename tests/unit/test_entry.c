// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"
#include "tests/support/vectors.h"

#include "record/entry.h"

static void
examples_go_there_and_back(void **state)
{
	(void)state;
	for (size_t i = 0; i < vec_count("log/entries"); i++) {
		struct bw_cur in = vec_hex("log/entries/%zu", i);
		uint8_t out[ENTRY_MAX];
		struct entry e;
		size_t len;

		assert_ok(entry_decode(in.ptr, in.len, &e));
		assert_int_equal(e.kind, vec_int("log/kinds/%zu", i));
		assert_int_equal(e.seq, i);
		assert_int_equal(e.time, vec_int("log/times/%zu", i));
		assert_memory_equal(e.commit,
		    vec_hex("log/commits/%zu", i).ptr, CRYPTO_HASH);
		assert_int_equal(e.pol, 0);
		assert_ok(entry_encode(&e, out, &len));
		assert_int_equal(len, in.len);
		assert_memory_equal(out, in.ptr, len);
	}
}

static void
every_truncation_is_refused(void **state)
{
	struct bw_cur in = vec_hex("log/entries/1");
	struct entry e;

	(void)state;
	for (size_t n = 0; n < in.len; n++) {
		uint8_t *exact = malloc(n + 1);

		assert_non_null(exact);
		memcpy(exact, in.ptr, n);
		assert_err(entry_decode(exact, n, &e), BW_ERR_FORMAT);
		free(exact);
	}
}

static void
refusals(void **state)
{
	static const char *const names[] = {
		"non-minimal integer", "indefinite array", "trailing byte"
	};
	size_t seen = 0;
	struct entry e;

	(void)state;
	for (size_t i = 0; i < vec_count("refuse"); i++)
		for (size_t j = 0; j < 3; j++)
			if (strcmp(vec_str("refuse/%zu/name", i),
			    names[j]) == 0) {
				struct bw_cur c =
				    vec_hex("refuse/%zu/entry", i);

				assert_err(entry_decode(c.ptr, c.len, &e),
				    BW_ERR_FORMAT);
				seen++;
			}
	assert_int_equal(seen, 3);
}

static void
the_longest_entry_fits(void **state)
{
	struct entry e = { .kind = ENTRY_CLOSE, .seq = ENTRY_NUMBER_MAX,
		.time = ENTRY_NUMBER_MAX, .pol = ENTRY_NUMBER_MAX }, back;
	uint8_t out[ENTRY_MAX];
	size_t len;

	(void)state;
	assert_ok(entry_encode(&e, out, &len));
	assert_int_equal(len, ENTRY_MAX);
	assert_ok(entry_decode(out, len, &back));
	assert_memory_equal(&e, &back, sizeof(e));
	e.seq++;
	assert_err(entry_encode(&e, out, &len), BW_ERR_ARG);
	e.seq--;
	e.kind = (enum entry_kind)10;
	assert_err(entry_encode(&e, out, &len), BW_ERR_ARG);
	out[2] = 10;
	assert_err(entry_decode(out, ENTRY_MAX, &back), BW_ERR_BOUND);
}

static void
times_are_rounded_where_no_person_is(void **state)
{
	(void)state;
	assert_int_equal(entry_time(ENTRY_SHARE, 100, 1234), 1234);
	assert_int_equal(entry_time(ENTRY_SHARE, 2000, 1234), 2000);
	assert_int_equal(entry_time(ENTRY_DECLINE, 100, 1234), 900);
	assert_int_equal(entry_time(ENTRY_NO_ANSWER, 901, 1799), 901);
	assert_int_equal(entry_time(ENTRY_UNREAD, 0, 1800), 1800);
	assert_int_equal(entry_time(ENTRY_POLICY, 100, 1234), 900);
	assert_int_equal(entry_time(ENTRY_POLICY, 901, 1234), 901);
	assert_int_equal(entry_time(ENTRY_CLOCK, 2000, 1234), 1234);
	assert_string_equal(entry_kind_name(ENTRY_NO_ANSWER), "no answer");
	assert_string_equal(entry_kind_name((enum entry_kind)10), "unknown");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(examples_go_there_and_back),
		cmocka_unit_test(every_truncation_is_refused),
		cmocka_unit_test(refusals),
		cmocka_unit_test(the_longest_entry_fits),
		cmocka_unit_test(times_are_rounded_where_no_person_is),
	};

	return cmocka_run_group_tests(tests, NULL, vec_teardown);
}
