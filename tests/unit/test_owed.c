// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "kiosk/owed.h"

static char dir[64], path[128];
static int fd;

static int
set_up(void **state)
{
	(void)state;
	snprintf(dir, sizeof(dir), "/tmp/badgeward-owed-XXXXXX");
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/journal.db-undo", dir);
	assert_ok(owed_open(path, &fd));
	return 0;
}

static int
tear_down(void **state)
{
	char cmd[128];

	(void)state;
	close(fd);
	snprintf(cmd, sizeof(cmd), "rm -r '%s'", dir);
	return system(cmd);
}

static void
is_kept_until_it_is_settled(void **state)
{
	struct owed o = { .seq = UINT64_C(0x1122334455667788) }, got;

	(void)state;
	memset(o.leaf, 7, sizeof(o.leaf));
	assert_err(owed_read(fd, &got), BW_ERR_NOTFOUND);
	assert_ok(owed_write(fd, &o));
	close(fd);
	assert_ok(owed_open(path, &fd));
	assert_ok(owed_read(fd, &got));
	assert_int_equal(got.seq, o.seq);
	assert_memory_equal(got.leaf, o.leaf, sizeof(o.leaf));
	assert_false(got.stored);
	o.stored = true;
	assert_ok(owed_write(fd, &o));
	assert_ok(owed_read(fd, &got));
	assert_int_equal(got.seq, o.seq);
	assert_true(got.stored);
}

/* A write that was torn: half of it is old. */
static void
half_of_it_is_not_taken(void **state)
{
	struct owed o = { .seq = 5 }, got;
	uint8_t zeros[64] = { 0 };

	(void)state;
	memset(o.leaf, 7, sizeof(o.leaf));
	for (size_t n = 1; n < sizeof(zeros); n++) {
		assert_ok(owed_write(fd, &o));
		assert_int_equal(pwrite(fd, zeros, n, 0), (ssize_t)n);
		assert_err(owed_read(fd, &got), BW_ERR_FORMAT);
	}
	assert_ok(owed_write(fd, &o));
	assert_ok(owed_read(fd, &got));
}

static int had = -1;
static FILE *log_file;

/* What goes to standard error from here on. */
static void
begin_listening(void)
{
	log_file = tmpfile();
	assert_non_null(log_file);
	had = dup(STDERR_FILENO);
	assert_true(dup2(fileno(log_file), STDERR_FILENO) != -1);
}

static bool
was_said(const char *words)
{
	char text[1000] = "";

	dup2(had, STDERR_FILENO);
	close(had);
	rewind(log_file);
	(void)!fread(text, 1, sizeof(text) - 1, log_file);
	fclose(log_file);
	return strstr(text, words) != NULL;
}

static void
a_file_of_another_size_is_made_anew(void **state)
{
	struct owed got = { .seq = 0 };

	(void)state;
	close(fd);
	assert_ok(file_write(path, "short", 5, 0600));
	begin_listening();
	assert_ok(owed_open(path, &fd));
	assert_true(was_said("is damaged"));
	assert_err(owed_read(fd, &got), BW_ERR_NOTFOUND);
	close(fd);
	assert_ok(file_remove(path));
	begin_listening();
	assert_ok(owed_open(path, &fd));
	assert_false(was_said("is damaged"));
	close(fd);
	assert_ok(file_remove(path));
	assert_int_equal(symlink("/tmp/elsewhere", path), 0);
	assert_err(owed_open(path, &fd), BW_ERR_IO);
	assert_int_equal(fd, -1);
	assert_err(owed_read(fd, &got), BW_ERR_IO);
	assert_err(owed_write(fd, &got), BW_ERR_IO);
}

#define EACH(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(is_kept_until_it_is_settled),
		EACH(half_of_it_is_not_taken),
		EACH(a_file_of_another_size_is_made_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
