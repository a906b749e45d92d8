// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <stdlib.h>

#include "base/text.h"

typedef bw_err encoder(struct bw_buf *, const void *, size_t);
typedef bw_err decoder(const char *, size_t, struct bw_buf *);

static void
round_trip(encoder *enc, decoder *dec, const char *plain, const char *text)
{
	struct bw_buf a = BW_BUF_INIT(64), b = BW_BUF_INIT(64);

	assert_ok(enc(&a, plain, strlen(plain)));
	assert_int_equal(a.len, strlen(text));
	if (a.len != 0)
		assert_memory_equal(a.ptr, text, a.len);
	assert_ok(dec(text, strlen(text), &b));
	assert_int_equal(b.len, strlen(plain));
	if (b.len != 0)
		assert_memory_equal(b.ptr, plain, b.len);
	bw_buf_free(&a);
	bw_buf_free(&b);
}

static void
refused(decoder *dec, const char *text)
{
	struct bw_buf b = BW_BUF_INIT(64);

	assert_err(dec(text, strlen(text), &b), BW_ERR_FORMAT);
	bw_buf_free(&b);
}

/* RFC 4648, 10: test vectors. */
static void
rfc_4648(void **state)
{
	(void)state;
	round_trip(text_b64, text_unb64, "", "");
	round_trip(text_b64, text_unb64, "f", "Zg==");
	round_trip(text_b64, text_unb64, "fo", "Zm8=");
	round_trip(text_b64, text_unb64, "foobar", "Zm9vYmFy");
	round_trip(text_b64url, text_unb64url, "\xff\xfe", "__4");
	round_trip(text_b32, text_unb32, "f", "MY");
	round_trip(text_b32, text_unb32, "fooba", "MZXW6YTB");
	round_trip(text_b32, text_unb32, "foobar", "MZXW6YTBOI");
}

static void
one_spelling_only(void **state)
{
	(void)state;
	refused(text_unb64, "Zg=");
	refused(text_unb64, "Zg");
	refused(text_unb64, "Zh==");	/* spare bits */
	refused(text_unb64, "Z===");
	refused(text_unb64, "Zm9v\n");
	refused(text_unb64url, "__5");
	refused(text_unb64url, "_");
	refused(text_unb64url, "__4=");
	refused(text_unb32, "MZ");
	refused(text_unb32, "my");
	refused(text_unb32, "MYA");
}

static void
hex(void **state)
{
	char s[TEXT_HEX_SIZE(3)];
	uint8_t p[3];

	(void)state;
	text_hex("\x01\xab\xff", 3, s);
	assert_string_equal(s, "01abff");
	assert_ok(text_unhex("01abff", p, 3));
	assert_memory_equal(p, "\x01\xab\xff", 3);
	assert_err(text_unhex("01ABff", p, 3), BW_ERR_FORMAT);
	assert_err(text_unhex("01abf", p, 3), BW_ERR_FORMAT);
}

static void
utf8(void **state)
{
	static const char *const good[] = { "", "Zoë", "山田 花子", "😀" };
	static const char *const bad[] = { "\xc0\xaf", "\xed\xa0\x80",
	    "\xf4\x90\x80\x80", "\xe5\xb1", "\x80", "\xff" };

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		assert_true(text_is_clean(good[i], strlen(good[i])));
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(text_is_utf8(bad[i], strlen(bad[i])));
	assert_false(text_is_clean("a\nb", 3));
	assert_true(text_is_utf8("a\nb", 3));
	assert_false(text_is_clean("\xc2\x85", 2));
}

/* What is unseen and turns, joins or ends the text around it. */
static void
plain(void **state)
{
	static const char *const good[] = { "Zoë", "नमस्\u200dते", "👩\u200d🔬",
		"شرکت\u200cها", "何も\u200bしない" };
	static const char *const sly[] = { "\u061c", "\u200e", "\u200f",
		"\u2028", "\u2029", "\u202a", "\u202e", "\u2060", "\u2066",
		"\u2069", "\u206f", "\ufeff", "\U000e0041" };

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		assert_true(text_is_plain(good[i], strlen(good[i])));
	for (size_t i = 0; i < sizeof(sly) / sizeof(*sly); i++) {
		assert_false(text_is_plain(sly[i], strlen(sly[i])));
		assert_true(text_is_clean(sly[i], strlen(sly[i])));
	}
	assert_false(text_is_plain("a\nb", 3));
	assert_false(text_is_plain("\xff", 1));
}

static void
shell_words(void **state)
{
	static const char *const table[][2] = {
		{ "/srv/summit", "/srv/summit" },
		{ "my summit", "'my summit'" },
		{ "it's", "'it'\\''s'" },
		{ "a$b", "'a$b'" },
		{ "", "''" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		char *word = text_shell_word(table[i][0]);

		assert_non_null(word);
		assert_string_equal(word, table[i][1]);
		free(word);
	}
}

static void
ids_and_numbers(void **state)
{
	uint64_t v;

	(void)state;
	assert_true(text_is_id("example-corp", 12));
	assert_false(text_is_id("Example", 7));
	assert_false(text_is_id("", 0));
	assert_false(text_is_id("-a", 2));
	assert_false(text_is_id("../etc", 6));
	assert_ok(text_number("42", 2, 100, &v));
	assert_true(v == 42);
	assert_ok(text_number("18446744073709551615", 20, UINT64_MAX, &v));
	assert_true(v == UINT64_MAX);
	assert_err(text_number("18446744073709551616", 20, UINT64_MAX, &v),
	    BW_ERR_BOUND);
	assert_err(text_number("042", 3, 100, &v), BW_ERR_FORMAT);
	assert_err(text_number("-1", 2, 100, &v), BW_ERR_FORMAT);
	assert_err(text_number("5", 1, 3, &v), BW_ERR_BOUND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rfc_4648),
		cmocka_unit_test(one_spelling_only),
		cmocka_unit_test(hex),
		cmocka_unit_test(utf8),
		cmocka_unit_test(plain),
		cmocka_unit_test(shell_words),
		cmocka_unit_test(ids_and_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
