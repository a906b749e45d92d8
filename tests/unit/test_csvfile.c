// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <stdio.h>

#include "host/import/csvfile.h"
#include "tests/support/import_text.h"

/* Rows as "line:cell|cell;" one after another. */
struct seen {
	char text[4096];
	size_t rows;
};

static void
see(struct seen *s, const struct import_row *row)
{
	size_t at = strlen(s->text);

	at += (size_t)snprintf(s->text + at, sizeof(s->text) - at, "%zu:",
	    row->line);
	for (size_t i = 0; i < row->n; i++)
		at += (size_t)snprintf(s->text + at, sizeof(s->text) - at,
		    "%s%s", i != 0 ? "|" : "", row->cell[i]);
	snprintf(s->text + at, sizeof(s->text) - at, ";");
	s->rows++;
}

/* All rows, twice over when the file is good: it can be begun again. */
static bw_err
each(const void *text, size_t len, struct seen *s, struct fault *f)
{
	struct csvfile *c;
	struct import_row row;
	struct seen first;
	int fd = fd_of(text, len);
	bw_err r = csvfile_open(&c, fd, f);

	for (int round = 0; round < 2 && r == BW_OK; round++) {
		first = *s;
		memset(s, 0, sizeof(*s));
		while ((r = csvfile_next(c, &row, f)) == BW_OK)
			see(s, &row);
		if (r != BW_ERR_NOTFOUND)
			break;
		r = csvfile_rewind(c, f);
	}
	if (r == BW_OK)
		assert_string_equal(first.text, s->text);
	csvfile_close(&c);
	close(fd);
	return r;
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
	{ "a;b\n\"x,;\";2\n", "1:a|b;2:x,;|2;" },
	{ "a\tb c\n1\t2 , 3\n", "1:a|b c;2:1|2 , 3;" },
	{ "a\tb\n\t\n", "1:a|b;2:|;" },
	{ "\"a,b,c\";b\n1;2\n", "1:a,b,c|b;2:1|2;" },
	{ "a,b;\n1,2\n", "1:a|b;;2:1|2;" },
	{ "\n\na;b\n1;2\n", "3:a|b;4:1|2;" },
	{ "sep=;\r\na,b;c\r\n1;2\r\n", "2:a,b|c;3:1|2;" },
	{ "\xef\xbb\xbf" "SEP=\t\na\tb\n", "2:a|b;" },
	{ "a,b\n\r1,2\r\n\n3,4\r5,6", "1:a|b;3:1|2;5:3|4;6:5|6;" },
	/* Windows-1252, of which nothing in the file tells. */
	{ "a,b\nM\xfcller,\x80 5 \x96 6\n", "1:a|b;2:Müller|€ 5 – 6;" },
};

/* UTF-16 in both orders, with and without a mark; beyond the first plane. */
static const struct {
	const char *text;
	size_t len;
} wide[] = {
	{ "\xff\xfe" "a\0,\0" "b\0\n\0" "\xfc\0,\0" "\x3d\xd8\x00\xde"
	    "\n\0", 20 },
	{ "\xfe\xff" "\0a\0,\0" "b\0\n\0\xfc\0,\xd8\x3d\xde\x00\0\n", 20 },
	{ "a\0,\0" "b\0\n\0" "\xfc\0,\0" "\x3d\xd8\x00\xde" "\n\0", 18 },
	{ "\0a\0,\0" "b\0\n\0\xfc\0,\xd8\x3d\xde\x00\0\n", 18 },
};

static void
test_good(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct seen s = { 0 };
		struct fault f = { 0 };

		assert_ok(each(good[i].text, strlen(good[i].text), &s, &f));
		assert_string_equal(s.text, good[i].rows);
		assert_string_equal(f.text, "");
	}
}

static void
test_wide(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++) {
		struct seen s = { 0 };
		struct fault f = { 0 };

		assert_ok(each(wide[i].text, wide[i].len, &s, &f));
		assert_string_equal(s.text, "1:a|b;2:ü|😀;");
	}
}

static const struct {
	const char *text;
	size_t len, line, rows;
	const char *says;
} bad[] = {
	{ "a,b\n1,2\n3\n", 0, 3, 2, "1 columns where the first row has 2" },
	{ "a,b\n1,2,3\n", 0, 2, 1, "3 columns" },
	/* All that can be mended in the same way, in one go. */
	{ "a,b\n1,2\n3\n4,5\n6,\"x\ny\",7\n8,9\n10\n", 0, 3, 2,
	    "it has 1 columns where the first row has 2; these lines differ "
	    "from it too: 5, 8" },
	{ "a,b\n1\n2,\"3\n", 0, 2, 1, "it has 1 columns where the first row "
	    "has 2" },
	{ "a,b\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n"
	    "17\n18\n19\n20\n21\n", 0, 2, 1, ", 19, 20, 21, ..." },
	{ "a,b\n\"1\n\n,2\n3,4\n", 0, 2, 1, "never closed" },
	{ "a,b\n1,2\n1\"x\",2\n", 0, 3, 2, "a quote stands inside" },
	{ "a,b\n\"1\"x,2\n", 0, 2, 1, "a quote stands inside" },
	{ "a,b\n\"1\n2\"x,2\n", 0, 3, 1, "the row that begins on line 2" },
	/* UTF-8 that broke on its way, not another encoding. */
	{ "ä,b\n1,\xff\n", 0, 2, 1, "not UTF-8" },
	{ "a,b\n\"ä\n\xe4\",2\n", 0, 3, 1, "not UTF-8" },
	{ "a,b\n1,\0\n", 8, 2, 1, "zero byte" },
	{ "a,b\n\x81,2\n", 0, 2, 1, "not Windows-1252" },
	{ "a,b\n\xff,\0\n", 8, 2, 1, "zero byte" },
	/* Half a pair, its halves the wrong way round, half a unit. */
	{ "\xff\xfe" "a\0\n\0" "\x3d\xd8" "b\0\n\0", 12, 2, 1,
	    "not UTF-16" },
	{ "\xff\xfe" "a\0\n\0" "\x00\xde" "\x3d\xd8\n\0", 12, 2, 1,
	    "not UTF-16" },
	{ "\xff\xfe" "a\0\n\0" "\x00\xde\n\0", 10, 2, 1, "not UTF-16" },
	{ "\xff\xfe" "a\0\n\0" "b\0\n", 9, 2, 1, "not UTF-16" },
	{ "\xff\xfe" "a\0\n\0" "\x3d\xd8", 8, 2, 1, "not UTF-16" },
	{ "\xff\xfe" "a\0\n\0\0\0\n\0", 10, 2, 1, "zero byte" },
	/* What is no CSV file at all, and what to do. */
	{ "PK\3\4sheet", 9, 0, 0, "spreadsheet" },
	{ "PK\3\4zip", 7, 0, 0, "unpack it" },
	{ "\xd0\xcf\x11\xe0\xa1", 5, 0, 0, "save it as \"CSV UTF-8\"" },
	{ "\x1f\x8b\x08\0", 4, 0, 0, "gzip; unpack it" },
	{ "7z\xbc\xaf\x27\x1c\0", 7, 0, 0, "7z archive; unpack" },
	{ "%PDF-1.7\n", 0, 0, 0, "a PDF document; export" },
	{ "{\\rtf1\n", 0, 0, 0, "a text document; export" },
	{ "\x89PNG\r\n\x1a\n\0", 9, 0, 0, "a picture; export" },
	{ "\xff\xd8\xff\xe0\0", 5, 0, 0, "a picture; export" },
	{ "GIF89a\0", 7, 0, 0, "a picture; export" },
	{ "<!DOCTYPE html>\n", 0, 0, 0, "download it again" },
	{ "<html>\n", 0, 0, 0, "download it again" },
};

static void
test_bad(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct seen s = { 0 };
		struct fault f = { 0 };
		size_t len = bad[i].len != 0 ? bad[i].len :
		    strlen(bad[i].text);

		assert_err(each(bad[i].text, len, &s, &f), BW_ERR_FORMAT);
		if (strstr(f.text, bad[i].says) == NULL)
			print_error("%zu: %s\n", i, f.text);
		assert_non_null(strstr(f.text, bad[i].says));
		assert_int_equal(f.line, bad[i].line);
		assert_int_equal(s.rows, bad[i].rows);
	}
}

/* One field, one line, one row that have no end. */
static void
too_long(const char *begin, char fill, size_t n, size_t line,
    const char *says)
{
	size_t at = strlen(begin);
	char *text = malloc(at + n);
	struct seen s = { 0 };
	struct fault f = { 0 };

	assert_non_null(text);
	memcpy(text, begin, at);
	memset(text + at, fill, n);
	assert_err(each(text, at + n, &s, &f), BW_ERR_BOUND);
	if (strstr(f.text, says) == NULL)
		print_error("%s\n", f.text);
	assert_non_null(strstr(f.text, says));
	assert_int_equal(f.line, line);
	free(text);
}

static void
test_bounds(void **state)
{
	(void)state;
	too_long("a\n", 'x', CSVFILE_ROW_MAX + 10, 2, "longer than");
	too_long("a\n", 'x', 10u << 20, 2, "longer than");
	too_long("a\n\"x", '\n', CSVFILE_ROW_MAX + 10, 2, "closing quote");
	too_long("a\n\"x", 'y', 10u << 20, 2, "longer than");
	too_long("", ',', CSVFILE_COLUMNS, 1, "columns");
	too_long("", ',', 1000000, 1, "longer than");
	too_long("a\n", '"', 10u << 20, 2, "longer than");
	too_long("a\n\"x", '\n', 10u << 20, 2, "closing quote");
	too_long("a;b\n", ';', 5000, 2, "columns");
	too_long("a,b\n1,2\n", 'x', DECODE_FILE_MAX, 0, "over 64 MiB");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_wide),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
