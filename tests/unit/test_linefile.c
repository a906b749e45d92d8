// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "host/linefile.h"

static char dir[] = "/tmp/linefile-XXXXXX";
static char path[FILE_PATH_MAX];

static int
set_up(void **state)
{
	(void)state;
	strcpy(dir, "/tmp/linefile-XXXXXX");
	assert_non_null(mkdtemp(dir));
	assert_ok(file_path(path, dir, "lines"));
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	(void)unlink(path);
	return rmdir(dir);
}

static void
holds(const char *text)
{
	struct bw_buf b = BW_BUF_INIT(65536);

	assert_ok(file_read(path, &b));
	assert_int_equal(b.len, strlen(text));
	assert_memory_equal(b.ptr, text, b.len);
	bw_buf_free(&b);
}

static void
put(const char *text)
{
	assert_ok(file_write(path, text, strlen(text), 0600));
}

static void
append(const char *text)
{
	assert_ok(linefile_append(path, text, strlen(text)));
}

static bw_err
join(void *arg, char *text)
{
	strcat(arg, text);
	return BW_OK;
}

static void
test_appends_to_whole_lines(void **state)
{
	char last[LINEFILE_LINE], all[64] = "";
	struct stat st;
	size_t line;

	(void)state;
	assert_err(linefile_last(path, last), BW_ERR_NOTFOUND);
	append("one\ntwo\n");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	put("one\ntwo\nthr");
	assert_ok(linefile_last(path, last));
	assert_string_equal(last, "two");
	assert_ok(linefile_each(path, join, all, &line));
	assert_string_equal(all, "onetwo");
	assert_int_equal(line, 2);
	append("three\n");
	holds("one\ntwo\nthree\n");
	put("thr");
	append("four\n");
	holds("four\n");
}

/* None of ours is so long; nothing is cut off for it. */
static void
test_no_line_of_ours(void **state)
{
	static char text[LINEFILE_LINE + 2];
	char last[LINEFILE_LINE], all[8] = "";
	size_t line;

	(void)state;
	memset(text, 'x', LINEFILE_LINE + 1);
	put(text);
	assert_err(linefile_last(path, last), BW_ERR_FORMAT);
	assert_err(linefile_append(path, "a\n", 2), BW_ERR_FORMAT);
	text[LINEFILE_LINE] = '\n';
	put(text);
	assert_err(linefile_each(path, join, all, &line), BW_ERR_FORMAT);
	assert_int_equal(line, 1);
	holds(text);
	/* The longest that is one. */
	memmove(text, text + 1, LINEFILE_LINE);
	text[LINEFILE_LINE] = 0;
	put(text);
	assert_ok(linefile_last(path, last));
	assert_int_equal(strlen(last), LINEFILE_LINE - 1);
}

static bw_err
without_two(void *arg, char *text, bool *keep)
{
	(void)arg;
	*keep = strcmp(text, "two") != 0;
	return BW_OK;
}

/* What comes between asking and replacing is kept; another file is left. */
static void
test_rest(void **state)
{
	struct linefile_rest rest;

	(void)state;
	put("one\ntwo\nthr");
	assert_ok(linefile_sieve(path, without_two, NULL, &rest));
	assert_int_equal(rest.gone, 1);
	assert_false(rest.kept);
	assert_string_equal(rest.last, "two");
	append("four\n");
	assert_ok(linefile_put_rest(path, &rest));
	linefile_rest_free(&rest);
	holds("one\nfour\n");

	put("one\ntwo\nthree\n");
	assert_ok(linefile_sieve(path, without_two, NULL, &rest));
	put("one\nthree\nfour\nfive\n");
	assert_err(linefile_put_rest(path, &rest), BW_ERR_BUSY);
	linefile_rest_free(&rest);
	holds("one\nthree\nfour\nfive\n");
}

/* A disk that failed leaves zeros: they stand in nobody's way. */
static void
test_zero_in_a_line(void **state)
{
	static const char had[] = "one\0more\ntwo\n";
	struct linefile_rest rest;
	struct bw_buf b = BW_BUF_INIT(65536);

	(void)state;
	assert_ok(file_write(path, had, sizeof(had) - 1, 0600));
	assert_ok(linefile_sieve(path, without_two, NULL, &rest));
	assert_int_equal(rest.gone, 1);
	assert_ok(linefile_put_rest(path, &rest));
	linefile_rest_free(&rest);
	assert_ok(file_read(path, &b));
	assert_int_equal(b.len, 9);
	assert_memory_equal(b.ptr, had, b.len);
	bw_buf_free(&b);
}

/* Another text of the same length, in the same place, is another file. */
static void
test_rest_of_another(void **state)
{
	struct linefile_rest rest;
	FILE *f;

	(void)state;
	put("one\ntwo\nthree\n");
	assert_ok(linefile_sieve(path, without_two, NULL, &rest));
	assert_non_null(f = fopen(path, "r+"));
	assert_true(fputs("two\nsix\nseven\n", f) >= 0);
	assert_int_equal(fclose(f), 0);
	assert_err(linefile_put_rest(path, &rest), BW_ERR_BUSY);
	linefile_rest_free(&rest);
	holds("two\nsix\nseven\n");
}

/* More than anybody would hold in memory. */
#define LARGE ((size_t)72 << 20)
#define WIDTH 64u

static void
put_large(void)
{
	char *all = malloc(LARGE);
	size_t n = LARGE / WIDTH;

	assert_non_null(all);
	memset(all, '.', LARGE);
	for (size_t i = 0; i < n; i++) {
		char *end = all + (i + 1) * WIDTH;

		end[-(int)WIDTH + snprintf(end - WIDTH, WIDTH, "%zu", i)] = '.';
		end[-1] = '\n';
	}
	assert_ok(file_put(path, all, LARGE, 0600));
	free(all);
}

static bw_err
count(void *arg, char *text)
{
	size_t *n = arg;

	assert_int_equal(strtoul(text, NULL, 10), *n);
	++*n;
	return BW_OK;
}

static bw_err
every_third(void *arg, char *text, bool *keep)
{
	(void)arg;
	*keep = strtoul(text, NULL, 10) % 3 == 2;
	return BW_OK;
}

static bw_err
count_thirds(void *arg, char *text)
{
	size_t *n = arg;

	assert_int_equal(strtoul(text, NULL, 10), *n * 3 + 2);
	++*n;
	return BW_OK;
}

static void
test_of_any_size(void **state)
{
	struct linefile_rest rest;
	size_t line, n = 0, lines = LARGE / WIDTH;

	(void)state;
	put_large();
	assert_ok(linefile_each(path, count, &n, &line));
	assert_int_equal(n, lines);
	assert_int_equal(line, lines);
	assert_ok(linefile_sieve(path, every_third, NULL, &rest));
	assert_int_equal(rest.gone, lines - lines / 3);
	assert_ok(linefile_put_rest(path, &rest));
	linefile_rest_free(&rest);
	n = 0;
	assert_ok(linefile_each(path, count_thirds, &n, &line));
	assert_int_equal(n, lines / 3);
}

static bw_err
before_three(void *arg, char *text, bool *keep)
{
	(void)arg;
	*keep = strcmp(text, "three") != 0;
	return BW_OK;
}

/* All behind the first one goes, and what was cut off; the rest as it was. */
static void
test_cut(void **state)
{
	(void)state;
	assert_err(linefile_cut(path, before_three, NULL), BW_ERR_NOTFOUND);
	put("one\ntwo\nthree\nfour\nfi");
	assert_ok(linefile_cut(path, before_three, NULL));
	holds("one\ntwo\n");
	append("three\n");
	holds("one\ntwo\nthree\n");
	put("three\n");
	assert_ok(linefile_cut(path, before_three, NULL));
	holds("");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_appends_to_whole_lines,
		    set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_no_line_of_ours, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_rest, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_zero_in_a_line, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_rest_of_another, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_of_any_size, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_cut, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
