// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <sys/stat.h>

#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "host/preview.h"
#include "host/preview_run.h"

static char dir[] = "/tmp/test_preview.XXXXXX";
static char program[FILE_PATH_MAX], runs[FILE_PATH_MAX];

/* Enough of a PNG to be told apart: its magic and its last chunk. */
#define MAGIC "\\211PNG\\r\\n\\032\\n"
#define CHUNK "\\0\\0\\0\\003abcdxyzCRC4"
#define END "\\0\\0\\0\\0IENDCRC4"

/* A program that counts its runs and says this (printf(1)). */
static void
program_says(const char *what)
{
	FILE *f = fopen(program, "we");

	assert_non_null(f);
	fprintf(f, "#!/bin/sh\necho \"$*\" >>%s\nprintf '%s'\n", runs, what);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(chmod(program, 0700), 0);
}

static size_t
count_runs(void)
{
	struct bw_buf b = BW_BUF_INIT(65536);
	size_t n = 0;

	if (file_read(runs, &b) == BW_OK)
		for (size_t i = 0; i < b.len; i++)
			n += b.ptr[i] == '\n';
	bw_buf_free(&b);
	return n;
}

static int
set_up(void **state)
{
	(void)state;
	if (mkdtemp(dir) == NULL)
		return -1;
	return file_path(program, dir, "program") == BW_OK &&
	    file_path(runs, dir, "runs") == BW_OK ? 0 : -1;
}

static int
tear_down(void **state)
{
	(void)state;
	unlink(program);
	unlink(runs);
	return rmdir(dir);
}

static void
test_sizes(void **state)
{
	static const char *const wrong[] = { "", "800", "800x", "x480",
		"800x480x", "319x480", "800x4097", "-800x480", "99999x480" };
	struct preview_want w = { 0 };

	(void)state;
	assert_true(preview_size("800x480", &w));
	assert_int_equal(w.w, 800);
	assert_int_equal(w.h, 480);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_false(preview_size(wrong[i], &w));
}

static void
test_pages_are_kept(void **state)
{
	struct preview_want w = { .w = 800, .h = 480, .lang = "de" };
	struct previewer *p;
	struct preview pages;

	(void)state;
	program_says(MAGIC CHUNK END MAGIC END);
	assert_ok(preview_open(&p, program));
	assert_ok(preview_draw(p, "part", 4, &w, &pages));
	assert_int_equal(pages.n, 2);
	assert_int_equal(pages.page[0].len, 8 + 15 + 12);
	assert_int_equal(pages.page[1].len, 8 + 12);
	preview_free(&pages);
	assert_ok(preview_draw(p, "part", 4, &w, &pages));
	assert_int_equal(pages.n, 2);
	preview_free(&pages);
	assert_int_equal(count_runs(), 1);
	/* Whatever is another picture is drawn. */
	w.large = true;
	assert_ok(preview_draw(p, "part", 4, &w, &pages));
	preview_free(&pages);
	assert_ok(preview_draw(p, "parz", 4, &w, &pages));
	preview_free(&pages);
	w.h = 481;
	assert_ok(preview_draw(p, "part", 4, &w, &pages));
	preview_free(&pages);
	assert_int_equal(count_runs(), 4);
	/* So is what lies far back; what was asked for lately is not. */
	for (w.w = 400; w.w < 440; w.w++) {
		assert_ok(preview_draw(p, "part", 4, &w, &pages));
		preview_free(&pages);
	}
	assert_int_equal(count_runs(), 44);
	w.w = 439;
	assert_ok(preview_draw(p, "part", 4, &w, &pages));
	preview_free(&pages);
	assert_int_equal(count_runs(), 44);
	w.w = 400;
	assert_ok(preview_draw(p, "part", 4, &w, &pages));
	preview_free(&pages);
	assert_int_equal(count_runs(), 45);
	preview_close(&p);
}

static void
test_no_pictures(void **state)
{
	static const char *const wrong[] = { "", "no PNG", MAGIC CHUNK,
		MAGIC END "rest", MAGIC "\\377\\377\\377\\377IEND" };
	struct preview_want w = { .w = 800, .h = 480 };
	struct previewer *p;
	struct preview pages;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		program_says(wrong[i]);
		assert_ok(preview_open(&p, program));
		assert_int_equal(preview_draw(p, "part", 4, &w, &pages),
		    BW_ERR_FORMAT);
		preview_free(&pages);
		preview_close(&p);
	}
	assert_ok(preview_open(&p, "/no/such/program"));
	assert_int_equal(preview_draw(p, "part", 4, &w, &pages),
	    BW_ERR_NOTFOUND);
	preview_free(&pages);
	preview_close(&p);
}

static bw_err
run(const char *command, size_t len, int ms, struct bw_buf *out)
{
	char sh[] = "/bin/sh", c[] = "-c", what[64];
	char *argv[] = { sh, c, what, NULL };
	uint8_t *in = calloc(1, len + 1);
	bw_err r;

	assert_non_null(in);
	snprintf(what, sizeof(what), "%s", command);
	r = preview_run(argv, in, len, ms, out);
	free(in);
	return r;
}

static void
test_runs(void **state)
{
	struct bw_buf out = BW_BUF_INIT(1 << 20);

	(void)state;
	/* More than any pipe holds, in and out. */
	assert_ok(run("cat", 1 << 20, 60000, &out));
	assert_int_equal(out.len, 1 << 20);
	bw_buf_reset(&out);
	assert_int_equal(run("yes", 0, 60000, &out), BW_ERR_BOUND);
	bw_buf_reset(&out);
	assert_int_equal(run("exec sleep 600", 0, 50, &out), BW_ERR_TIMEOUT);
	assert_int_equal(run("exit 1", 0, 60000, &out), BW_ERR_FORMAT);
	assert_int_equal(run("kill -9 $$", 0, 60000, &out), BW_ERR_FORMAT);
	bw_buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_pages_are_kept),
		cmocka_unit_test(test_no_pictures),
		cmocka_unit_test(test_runs),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
