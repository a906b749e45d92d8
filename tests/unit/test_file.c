// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

static char dir[FILE_PATH_MAX];

static int
make_dir(void **state)
{
	(void)state;
	snprintf(dir, sizeof(dir), "/tmp/badgeward-file-XXXXXX");
	return mkdtemp(dir) == NULL;
}

static int
remove_dir(void **state)
{
	char cmd[FILE_PATH_MAX + 16];

	(void)state;
	snprintf(cmd, sizeof(cmd), "rm -r '%s'", dir);
	return system(cmd);
}

static void
writes_reads_lists_removes(void **state)
{
	char path[FILE_PATH_MAX];
	struct bw_buf b = BW_BUF_INIT(5);
	struct file_list l;
	struct stat st;

	(void)state;
	assert_ok(file_path(path, dir, "one"));
	assert_ok(file_write(path, "hello", 5, 0600));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_ok(file_read(path, &b));
	assert_memory_equal(b.ptr, "hello", 5);
	bw_buf_free(&b);
	assert_ok(file_write(path, "longer", 6, 0600));
	assert_err(file_read(path, &b), BW_ERR_BOUND);
	bw_buf_free(&b);
	assert_ok(file_list(dir, &l));
	assert_int_equal(l.n, 1);
	assert_string_equal(l.name[0], "one");
	file_list_free(&l);
	assert_ok(file_remove(path));
	assert_ok(file_remove(path));
	assert_err(file_read(path, &b), BW_ERR_NOTFOUND);
}

static void
puts_and_drops(void **state)
{
	char path[FILE_PATH_MAX];
	struct bw_buf b = BW_BUF_INIT(5);
	struct file_list l;

	(void)state;
	assert_ok(file_path(path, dir, "put"));
	assert_ok(file_put(path, "hello", 5, 0640));
	assert_ok(file_put(path, "hallo", 5, 0640));
	assert_ok(file_read(path, &b));
	assert_memory_equal(b.ptr, "hallo", 5);
	bw_buf_free(&b);
	assert_ok(file_list(dir, &l));
	assert_int_equal(l.n, 1);
	file_list_free(&l);
	assert_ok(file_drop(path));
	assert_ok(file_drop(path));
	assert_err(file_read(path, &b), BW_ERR_NOTFOUND);
	assert_ok(file_path(path, dir, "none/put"));
	assert_err(file_put(path, "hello", 5, 0640), BW_ERR_NOTFOUND);
}

/* Through a pipe, in more than one piece; up to the bound, and on a full disk. */
static void
drains_and_pours(void **state)
{
	static char text[20000];
	struct bw_buf all = BW_BUF_INIT(sizeof(text));
	struct bw_buf less = BW_BUF_INIT(sizeof(text) - 1);
	int end[2], full = open("/dev/full", O_WRONLY | O_CLOEXEC);

	(void)state;
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '.';
	for (int bounded = 0; bounded < 2; bounded++) {
		assert_int_equal(pipe(end), 0);
		assert_ok(file_pour(end[1], text, sizeof(text)));
		close(end[1]);
		if (bounded)
			assert_err(file_drain(end[0], &less), BW_ERR_BOUND);
		else
			assert_ok(file_drain(end[0], &all));
		close(end[0]);
	}
	assert_int_equal(all.len, sizeof(text));
	assert_memory_equal(all.ptr, text, sizeof(text));
	assert_int_not_equal(full, -1);
	assert_err(file_pour(full, text, sizeof(text)), BW_ERR_FULL);
	close(full);
	assert_err(file_drain(-1, &all), BW_ERR_IO);
	bw_buf_free(&all);
	bw_buf_free(&less);
}

static void
reads_only_regular_files(void **state)
{
	struct bw_buf b = BW_BUF_INIT(5);

	(void)state;
	assert_err(file_read("/dev/zero", &b), BW_ERR_FORMAT);
	assert_err(file_read(dir, &b), BW_ERR_FORMAT);
	bw_buf_free(&b);
}

/* Nobody reads this pipe: opening it for writing would block for ever. */
static void
a_planted_pipe_holds_nothing_up(void **state)
{
	char path[FILE_PATH_MAX], tmp[FILE_PATH_MAX];

	(void)state;
	assert_ok(file_path(path, dir, "two"));
	assert_ok(file_path(tmp, dir, ".two.tmp"));
	assert_int_equal(mkfifo(tmp, 0600), 0);
	assert_ok(file_write(path, "x", 1, 0600));
	assert_ok(file_remove(path));
}

static void
a_lock_is_held_once(void **state)
{
	char path[FILE_PATH_MAX];
	int a, b;

	(void)state;
	assert_ok(file_path(path, dir, "lock"));
	assert_ok(file_lock(path, &a));
	assert_err(file_lock(path, &b), BW_ERR_BUSY);
	close(a);
	assert_ok(file_lock(path, &b));
	close(b);
	assert_ok(file_remove(path));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_reads_lists_removes),
		cmocka_unit_test(puts_and_drops),
		cmocka_unit_test(drains_and_pours),
		cmocka_unit_test(reads_only_regular_files),
		cmocka_unit_test(a_planted_pipe_holds_nothing_up),
		cmocka_unit_test(a_lock_is_held_once),
	};

	return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
