// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <stdio.h>

#include "host/csvfile.h"

/* Rows as "line:cell|cell;" one after another. */
struct seen {
	char text[4096];
	size_t rows;
	size_t stop_at;
};

static bw_err
on_row(void *arg, const struct csv_row *row)
{
	struct seen *s = arg;
	size_t at = strlen(s->text);

	at += (size_t)snprintf(s->text + at, sizeof(s->text) - at, "%zu:",
	    row->line);
	for (size_t i = 0; i < row->n; i++)
		at += (size_t)snprintf(s->text + at, sizeof(s->text) - at,
		    "%s%s", i != 0 ? "|" : "", row->cell[i]);
	snprintf(s->text + at, sizeof(s->text) - at, ";");
	return ++s->rows == s->stop_at ? BW_ERR_DENIED : BW_OK;
}

static const struct {
	const char *text, *rows;
} good[] = {
	{ "", "" },
	{ "\xef\xbb\xbf", "" },
	{ "a,b\n1,2\n", "1:a|b;2:1|2;" },
	{ "\xef\xbb\xbf" "a,b\r\n1,2", "1:a|b;2:1|2;" },
	{ "a,b\r1,2\r", "1:a|b;2:1|2;" },
	{ "\n\na,b\n\n\n1,2\n\n", "3:a|b;6:1|2;" },
	{ "a,b\n\"x\ny\",2\n3,4\n", "1:a|b;2:x\ny|2;4:3|4;" },
	{ "a,b\n\"x\r\n\r\ny\",2\r\n3,4\n", "1:a|b;2:x\r\n\r\ny|2;5:3|4;" },
	{ "a,b\n\"say \"\"hi\"\"\",\n", "1:a|b;2:say \"hi\"|;" },
	{ "a, b \n , \"  c \" \n", "1:a|b;2:|  c ;" },
	{ "a,b\n,\n", "1:a|b;2:|;" },
	{ "a\n\"\"\n", "1:a;2:;" },
	{ "ä,ß\n例,え\n", "1:ä|ß;2:例|え;" },
};

static void
test_good(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct seen s = { .stop_at = 99 };
		struct fault f = { 0 };

		assert_ok(csvfile_each(good[i].text, strlen(good[i].text),
		    on_row, &s, &f));
		assert_string_equal(s.text, good[i].rows);
		assert_string_equal(f.text, "");
	}
}

static const struct {
	const char *text;
	size_t len, line, rows;
	const char *says;
} bad[] = {
	{ "a,b\n1,2\n3\n", 0, 3, 2, "1 columns where the first row has 2" },
	{ "a,b\n1,2,3\n", 0, 2, 1, "3 columns" },
	{ "a,b\n\"1\n\n,2\n3,4\n", 0, 2, 1, "never closed" },
	{ "a,b\n1,2\n1\"x\",2\n", 0, 3, 2, "a quote stands inside" },
	{ "a,b\n\"1\"x,2\n", 0, 2, 1, "a quote stands inside" },
	{ "a,b\n\"1\n2\"x,2\n", 0, 3, 1, "the row that begins on line 2" },
	{ "a,b\n1,\xff\n", 0, 2, 1, "not UTF-8" },
	{ "a,b\n\"1\n\xe4\",2\n", 0, 3, 1, "not UTF-8" },
	{ "a,b\n1,\0\n", 8, 2, 1, "zero byte" },
	{ "\xff\xfe" "a\0,\0b\0\n\0", 10, 1, 0, "zero byte" },
};

static void
test_bad(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct seen s = { .stop_at = 99 };
		struct fault f = { 0 };
		size_t len = bad[i].len != 0 ? bad[i].len :
		    strlen(bad[i].text);

		assert_err(csvfile_each(bad[i].text, len, on_row, &s, &f),
		    BW_ERR_FORMAT);
		if (strstr(f.text, bad[i].says) == NULL)
			print_error("%zu: %s\n", i, f.text);
		assert_non_null(strstr(f.text, bad[i].says));
		assert_int_equal(f.line, bad[i].line);
		assert_int_equal(s.rows, bad[i].rows);
	}
}

static void
test_bounds(void **state)
{
	size_t n = CSVFILE_ROW_MAX + 10;
	char *text = malloc(n + 1);
	struct seen s = { .stop_at = 99 };
	struct fault f = { 0 }, g = { 0 };

	(void)state;
	assert_non_null(text);
	memset(text, 'x', n);
	assert_err(csvfile_each(text, n, on_row, &s, &f), BW_ERR_BOUND);
	assert_int_equal(f.line, 1);
	for (size_t i = 0; i < CSVFILE_COLUMNS; i++)
		text[i] = ',';
	assert_err(csvfile_each(text, CSVFILE_COLUMNS, on_row, &s, &g),
	    BW_ERR_BOUND);
	assert_non_null(strstr(g.text, "columns"));
	free(text);
}

static void
test_callback_ends(void **state)
{
	struct seen s = { .stop_at = 2 };
	struct fault f = { 0 };

	(void)state;
	assert_err(csvfile_each("a\nb\nc\n", 6, on_row, &s, &f),
	    BW_ERR_DENIED);
	assert_string_equal(s.text, "1:a;2:b;");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_callback_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
