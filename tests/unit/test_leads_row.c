// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include "host/leads_row.h"

static const struct {
	const char *in, *csv, *json;
} cases[] = {
	{ "", "", "\"\"" },
	{ "Ada", "Ada", "\"Ada\"" },
	{ "山田 花子", "山田 花子", "\"山田 花子\"" },
	{ "a,b", "\"a,b\"", "\"a,b\"" },
	{ "a;b", "\"a;b\"", "\"a;b\"" },
	{ "say \"hi\"", "\"say \"\"hi\"\"\"", "\"say \\\"hi\\\"\"" },
	{ "a\nb", "\"a\nb\"", "\"a\\u000ab\"" },
	{ "a\rb\tc", "\"a\rb\tc\"", "\"a\\u000db\\u0009c\"" },
	{ "\"\"", "\"\"\"\"\"\"", "\"\\\"\\\"\"" },
	{ "a\\b", "a\\b", "\"a\\\\b\"" },
	/* What a spreadsheet would run. */
	{ "=1+1", "\"'=1+1\"", "\"=1+1\"" },
	{ "=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\"",
	    "\"=cmd|' /C calc'!A0\"" },
	{ "+49 30 2143912", "\"'+49 30 2143912\"", "\"+49 30 2143912\"" },
	{ "-1", "\"'-1\"", "\"-1\"" },
	{ "@SUM(A1)", "\"'@SUM(A1)\"", "\"@SUM(A1)\"" },
	{ "\t=1", "\"'\t=1\"", "\"\\u0009=1\"" },
	{ "\r=1", "\"'\r=1\"", "\"\\u000d=1\"" },
	{ "＝1", "\"'＝1\"", "\"＝1\"" },
	{ "=\"a\",b", "\"'=\"\"a\"\",b\"", "\"=\\\"a\\\",b\"" },
	{ "a=b", "a=b", "\"a=b\"" },
	{ "(415) 555-0100", "(415) 555-0100", "\"(415) 555-0100\"" },
};

static void
test_cells(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct bw_buf csv = BW_BUF_INIT(100);
		struct bw_buf json = BW_BUF_INIT(100);
		const char *s;

		assert_ok(leads_csv_cell(&csv, cases[i].in));
		assert_ok(bw_buf_cstr(&csv, &s));
		assert_string_equal(s, cases[i].csv);
		assert_ok(leads_json_cell(&json, cases[i].in));
		assert_ok(bw_buf_cstr(&json, &s));
		assert_string_equal(s, cases[i].json);
		bw_buf_free(&csv);
		bw_buf_free(&json);
	}
}

static void
test_bound(void **state)
{
	struct bw_buf b = BW_BUF_INIT(4);

	(void)state;
	assert_err(leads_csv_cell(&b, "=aaa"), BW_ERR_BOUND);
	bw_buf_free(&b);
}

static const struct {
	int64_t t;
	const char *text;
} times[] = {
	{ 1780272000, "2026-06-01T00:00:00Z" },
	{ 1780272000 + 86399, "2026-06-01T23:59:59Z" },
	{ 1780272000 + 86399, "2026-06-01T23:59:59Z" },
	{ 1780272000 + 86400, "2026-06-02T00:00:00Z" },
	{ 1780272000 + 12345, "2026-06-01T03:25:45Z" },
	{ 0, "1970-01-01T00:00:00Z" },
	{ INT64_MAX / 2, "-" },
	{ INT64_MAX / 2 + 1, "-" },
	{ -1, "1969-12-31T23:59:59Z" },
	{ 1, "1970-01-01T00:00:01Z" },
};

static void
test_time(void **state)
{
	struct leads_clock c = { .day = -1 };
	char text[LEADS_TIME_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		assert_int_equal(leads_time(&c, times[i].t, text),
		    strlen(times[i].text));
		assert_string_equal(text, times[i].text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cells),
		cmocka_unit_test(test_bound),
		cmocka_unit_test(test_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
