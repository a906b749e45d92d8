// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"
#include "tests/support/vectors.h"

#include "record/body.h"

/* Encode, decode, encode: equal; then every truncation and a trailing byte. */
static void
round_trip(const struct body *b)
{
	struct bw_buf once = BW_BUF_INIT(BODY_MAX), again = once;
	struct body back;

	assert_ok(body_encode(b, &once));
	assert_ok(body_decode(b->kind, once.ptr, once.len, &back));
	assert_ok(body_encode(&back, &again));
	assert_int_equal(once.len, again.len);
	assert_memory_equal(once.ptr, again.ptr, once.len);
	for (size_t n = 0; n < once.len; n++) {
		uint8_t *exact = malloc(n + 1);

		assert_non_null(exact);
		memcpy(exact, once.ptr, n);
		assert_err(body_decode(b->kind, exact, n, &back),
		    BW_ERR_FORMAT);
		free(exact);
	}
	once.max++;
	assert_ok(bw_buf_put_u8(&once, 0));
	assert_err(body_decode(b->kind, once.ptr, once.len, &back),
	    BW_ERR_FORMAT);
	bw_buf_free(&once);
	bw_buf_free(&again);
}

static void
examples_go_there_and_back(void **state)
{
	(void)state;
	for (size_t i = 0; i < vec_count("log/bodies"); i++) {
		struct bw_cur in = vec_hex("log/bodies/%zu", i);
		enum entry_kind kind =
		    (enum entry_kind)vec_int("log/kinds/%zu", i);
		struct bw_buf out = BW_BUF_INIT(BODY_MAX);
		uint8_t commit[CRYPTO_HASH];
		struct body b;

		assert_ok(body_decode(kind, in.ptr, in.len, &b));
		assert_ok(body_encode(&b, &out));
		assert_int_equal(out.len, in.len);
		assert_memory_equal(out.ptr, in.ptr, in.len);
		assert_ok(body_commit(in.ptr, in.len, commit));
		assert_memory_equal(commit,
		    vec_hex("log/commits/%zu", i).ptr, CRYPTO_HASH);
		round_trip(&b);
		bw_buf_free(&out);
	}
}

static void
examples_say_what_they_say(void **state)
{
	struct bw_cur in = vec_hex("log/bodies/1");
	struct body b;

	(void)state;
	assert_ok(body_decode(ENTRY_SHARE, in.ptr, in.len, &b));
	assert_memory_equal(b.u.share.badge_id,
	    vec_hex("badge/badge_id").ptr, BADGE_ID);
	assert_int_equal(b.u.share.edition, 1);
	assert_string_equal(b.u.share.sponsor, "example-corp");
	assert_int_equal(b.u.share.granted, FIELD_BIT(1) | FIELD_BIT(2) |
	    FIELD_BIT(3));
	assert_string_equal(b.u.share.language, "en");
	assert_false(b.u.share.by_keys);
	assert_int_equal(b.u.share.answer_ms, 0x1450);
	assert_memory_equal(b.u.share.rh, vec_hex("receipt/rh").ptr,
	    RECEIPT_RH);
	in = vec_hex("log/bodies/0");
	assert_ok(body_decode(ENTRY_OPEN, in.ptr, in.len, &b));
	assert_string_equal(b.u.open.event, "ev26");
	assert_string_equal(b.u.open.device, "k07");
	assert_memory_equal(b.u.open.log_spki, vec_spki("device_log"),
	    CRYPTO_SPKI);
	/* The body of another kind is none of this kind. */
	assert_err(body_decode(ENTRY_SHARE, in.ptr, in.len, &b),
	    BW_ERR_FORMAT);
}

static void
kinds_without_an_example(void **state)
{
	struct body b = { .kind = ENTRY_POLICY };

	(void)state;
	strcpy(b.u.policy.version, "2026-05-01.1");
	b.u.policy.serial = 12;
	round_trip(&b);
	b = (struct body){ .kind = ENTRY_CLOCK };
	b.u.clock.old_time = 1;
	b.u.clock.new_time = 1778572800;
	strcpy(b.u.clock.source, "ntp");
	round_trip(&b);
	b = (struct body){ .kind = ENTRY_CLOSE };
	strcpy(b.u.close.reason, "event over");
	round_trip(&b);
	b = (struct body){ .kind = ENTRY_NO_ANSWER };
	strcpy(b.u.stop.sponsor, "acme");
	round_trip(&b);
	b = (struct body){ .kind = ENTRY_SHARE };
	strcpy(b.u.share.sponsor, "acme");
	strcpy(b.u.share.language, "zh-Hant");
	b.u.share.edition = 255;
	b.u.share.granted = FIELD_ALL;
	b.u.share.by_keys = true;
	round_trip(&b);
}

static void
bad_values_are_not_encoded(void **state)
{
	struct bw_buf out = BW_BUF_INIT(BODY_MAX);
	struct body good = { .kind = ENTRY_SHARE }, b;

	(void)state;
	strcpy(good.u.share.sponsor, "acme");
	strcpy(good.u.share.language, "en");
	good.u.share.edition = 1;
	assert_ok(body_encode(&good, &out));
	b = good;
	b.u.share.edition = 0;
	assert_err(body_encode(&b, &out), BW_ERR_ARG);
	b = good;
	b.u.share.granted = 1;
	assert_err(body_encode(&b, &out), BW_ERR_ARG);
	b = good;
	b.u.share.sponsor[0] = 'A';
	assert_err(body_encode(&b, &out), BW_ERR_ARG);
	b = good;
	memset(b.u.share.language, 'a', sizeof(b.u.share.language));
	assert_err(body_encode(&b, &out), BW_ERR_ARG);
	b = good;
	b.u.share.answer_ms = ENTRY_NUMBER_MAX + 1;
	assert_err(body_encode(&b, &out), BW_ERR_ARG);
	b = (struct body){ .kind = ENTRY_UNREAD };
	strcpy(b.u.unread.sponsor, "acme");
	assert_err(body_encode(&b, &out), BW_ERR_ARG);
	b = (struct body){ .kind = ENTRY_NOTE };
	b.u.note.sealed_len = BODY_NOTE_MAX + 1;
	assert_err(body_encode(&b, &out), BW_ERR_BOUND);
	b = (struct body){ .kind = (enum entry_kind)10 };
	assert_err(body_encode(&b, &out), BW_ERR_ARG);
	bw_buf_free(&out);
}

/* Change one byte of the share example and see it refused. */
static void
bad_values_are_not_decoded(void **state)
{
	struct bw_cur in = vec_hex("log/bodies/1");
	const uint8_t *fields = memmem(in.ptr, in.len, "\x83\x01\x02\x03", 4);
	const struct {
		size_t at;
		uint8_t value;
	} bad[] = {
		{ 1, 2 },				/* version */
		{ 28, 0 },				/* edition */
		{ 30, 'E' },				/* sponsor */
		{ (size_t)(fields - in.ptr) + 1, 2 },	/* [2,2,3] */
		{ (size_t)(fields - in.ptr) + 3, 7 },	/* field 7 */
		{ (size_t)(fields - in.ptr) + 5, '-' },	/* language */
	};
	uint8_t copy[BODY_MAX];
	struct body b;

	(void)state;
	assert_non_null(fields);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		memcpy(copy, in.ptr, in.len);
		assert_int_not_equal(copy[bad[i].at], bad[i].value);
		copy[bad[i].at] = bad[i].value;
		assert_int_not_equal(body_decode(ENTRY_SHARE, copy, in.len,
		    &b), BW_OK);
	}
}

static void
languages(void **state)
{
	(void)state;
	assert_true(body_lang_ok("en", 2));
	assert_true(body_lang_ok("zh-Hant-TW", 10));
	assert_false(body_lang_ok("", 0));
	assert_false(body_lang_ok("-en", 3));
	assert_false(body_lang_ok("e n", 3));
	assert_false(body_lang_ok("abcdefghijklmnopq", 17));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(examples_go_there_and_back),
		cmocka_unit_test(examples_say_what_they_say),
		cmocka_unit_test(kinds_without_an_example),
		cmocka_unit_test(bad_values_are_not_encoded),
		cmocka_unit_test(bad_values_are_not_decoded),
		cmocka_unit_test(languages),
	};

	return cmocka_run_group_tests(tests, NULL, vec_teardown);
}
