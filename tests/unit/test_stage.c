// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <sys/stat.h>

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "host/import/stage.h"

static char dir[] = "/tmp/badgeward-stage-XXXXXX";

static int
set_up(void **state)
{
	(void)state;
	strcpy(dir + sizeof(dir) - 7, "XXXXXX");
	assert_non_null(mkdtemp(dir));
	return 0;
}

static int
tear_down(void **state)
{
	char command[80];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", dir);
	return system(command) == 0 ? 0 : -1;
}

static void
stage(char name[static STAGE_NAME_SIZE])
{
	int fd;

	assert_ok(import_stage(dir, clock_wall(), name, &fd));
	assert_int_equal(write(fd, "a,b\n", 4), 4);
	close(fd);
}

static bool
there(const char *name, int64_t now)
{
	int fd;
	bw_err r = import_stage_open(dir, name, now, &fd);

	if (r != BW_OK) {
		assert_err(r, BW_ERR_NOTFOUND);
		assert_int_equal(fd, -1);
		return false;
	}
	close(fd);
	return true;
}

static size_t
files(void)
{
	struct file_list list;
	char path[FILE_PATH_MAX];
	size_t n;

	assert_ok(file_path(path, dir, "import"));
	assert_ok(file_list(path, &list));
	n = list.n;
	file_list_free(&list);
	return n;
}

static void
test_keeps(void **state)
{
	char name[STAGE_NAME_SIZE], other[STAGE_NAME_SIZE], path[256];
	struct stat st;
	char text[8];
	int fd;

	(void)state;
	umask(0);
	stage(name);
	stage(other);
	assert_string_not_equal(name, other);
	snprintf(path, sizeof(path), "%s/import", dir);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	snprintf(path, sizeof(path), "%s/import/%s", dir, name);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_ok(import_stage_open(dir, name, clock_wall(), &fd));
	assert_int_equal(read(fd, text, sizeof(text)), 4);
	close(fd);
	assert_ok(import_stage_drop(dir, name));
	assert_ok(import_stage_drop(dir, name));
	assert_false(there(name, clock_wall()));
	assert_true(there(other, clock_wall()));
}

static void
test_ends(void **state)
{
	char name[STAGE_NAME_SIZE];
	int64_t now = clock_wall();
	int fd;

	(void)state;
	import_stage_sweep(dir, now);
	stage(name);
	/* Its hour is over although nobody has swept. */
	assert_false(there(name, now + STAGE_SECONDS + 60));
	assert_false(there(name, now - STAGE_SECONDS - 60));
	import_stage_sweep(dir, now + STAGE_SECONDS - 60);
	assert_true(there(name, now));
	import_stage_sweep(dir, now + STAGE_SECONDS + 60);
	assert_int_equal(files(), 0);
	/* The next upload sweeps too; and there are never many. */
	for (int i = 0; i < STAGE_FILES_MAX; i++)
		stage(name);
	assert_err(import_stage(dir, now, name, &fd), BW_ERR_FULL);
	assert_int_equal(fd, -1);
	assert_ok(import_stage(dir, now + STAGE_SECONDS + 60, name, &fd));
	close(fd);
	assert_int_equal(files(), 1);
	import_stage_sweep(dir, STAGE_ALL);
	assert_int_equal(files(), 0);
}

static void
test_no_paths(void **state)
{
	static const char *const names[] = { "", ".", "..", "../host.db",
		"/etc/passwd", "0123456789abcdef0123456789abcde",
		"0123456789abcdef0123456789abcdef0",
		"0123456789ABCDEF0123456789ABCDEF",
		"../keys/host.key/0123456789abcde",
		"0123456789abcdef0123456789abcd/." };
	char name[STAGE_NAME_SIZE], path[256], victim[256];

	(void)state;
	stage(name);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		assert_false(there(names[i], clock_wall()));
		assert_ok(import_stage_drop(dir, names[i]));
	}
	/* A link is no file of ours, and a sweep leaves what it points to. */
	snprintf(victim, sizeof(victim), "%s/victim", dir);
	assert_ok(file_write(victim, "x", 1, 0600));
	snprintf(path, sizeof(path), "%s/import/%032d", dir, 7);
	assert_int_equal(symlink(victim, path), 0);
	snprintf(path, sizeof(path), "%032d", 7);
	assert_false(there(path, clock_wall()));
	import_stage_sweep(dir, STAGE_ALL);
	assert_int_equal(access(victim, F_OK), 0);
	assert_int_equal(files(), 0);
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_keeps), TEST(test_ends), TEST(test_no_paths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
