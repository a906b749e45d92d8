// SPDX-License-Identifier: Apache-2.0
/* With the real kakasi. */
#include "tests/support/unit.h"

#include <unistd.h>

#include "speech/kana.h"

static void
check(const char *lang, const char *ssml, const char *want)
{
	struct bw_buf b = BW_BUF_INIT(4096);
	const char *got;

	assert_ok(kana(lang, ssml, &b));
	assert_ok(bw_buf_cstr(&b, &got));
	assert_string_equal(got, want);
	bw_buf_free(&b);
}

static void
japanese_is_read(void **state)
{
	(void)state;
	check("ja", "<speak><s>連絡先を共有しますか？</s></speak>",
	    "<speak><s>れんらくさきをきょうゆうしますか？</s></speak>");
	check("ja", "<s>会社名、任意</s><s>カナ, 180</s>",
	    "<s>かいしゃめい、にんい</s><s>カナ, 180</s>");
	check("ja", "", "");
}

/* Names in other letters come out as they went in, and so do other languages
 * but for a Japanese name in them. */
static void
the_rest_is_left_alone(void **state)
{
	(void)state;
	check("ja", "<voice xml:lang=\"fr\">Société &amp; Cie</voice>会社",
	    "<voice xml:lang=\"fr\">Société &amp; Cie</voice>かいしゃ");
	check("zh", "<s>要与公司分享</s>", "<s>要与公司分享</s>");
	check("de", "<s>An <voice xml:lang=\"ja\">株式会社</voice> für 会社</s>",
	    "<s>An <voice xml:lang=\"ja\">かぶしきがいしゃ</voice> für 会社</s>");
}

/* Kana are five times as long as this: that is found out, and not waited for. */
static void
too_much_to_read(void **state)
{
	enum { ONE = 3, MANY = 20000 };
	struct bw_buf in = BW_BUF_INIT(ONE * MANY + 1);
	struct bw_buf out = BW_BUF_INIT(ONE * MANY);
	const char *text;

	(void)state;
	for (int i = 0; i < MANY - 1; i++)
		assert_ok(bw_buf_put_str(&in, "志"));
	assert_ok(bw_buf_cstr(&in, &text));
	alarm(60);
	assert_err(kana("ja", text, &out), BW_ERR_BOUND);
	alarm(0);
	bw_buf_free(&in);
	bw_buf_free(&out);
}

static void
without_kakasi(void **state)
{
	struct bw_buf b = BW_BUF_INIT(4096);

	(void)state;
	setenv("PATH", "/nonexistent", 1);
	assert_err(kana("ja", "会社", &b), BW_ERR_NOTFOUND);
	assert_ok(kana("en", "Company", &b));
	bw_buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(japanese_is_read),
		cmocka_unit_test(the_rest_is_left_alone),
		cmocka_unit_test(too_much_to_read),
		cmocka_unit_test(without_kakasi),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
