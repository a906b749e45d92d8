// SPDX-License-Identifier: Apache-2.0
/* Pieces and rooms of every size come out in their order, whole, and hashed. */
#include "tests/support/unit.h"

#include <aio.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "host/outblock.h"
#include "host/outfile.h"
#include "host/outsync.h"

static char dir[] = "/tmp/outfile-XXXXXX";

static int
set_up(void **state)
{
	(void)state;
	return mkdtemp(dir) != NULL ? 0 : -1;
}

static int
tear_down(void **state)
{
	(void)state;
	return rmdir(dir);
}

static void
fill(uint8_t *p, size_t n, size_t at)
{
	for (size_t i = 0; i < n; i++)
		p[i] = (uint8_t)((at + i) * 131 >> 3);
}

static void
test_rooms(void **state)
{
	static uint8_t piece[3 * OUTFILE_ROOM];
	struct bw_buf got = BW_BUF_INIT(32u << 20);
	char path[FILE_PATH_MAX];
	struct outfile *o;
	uint8_t *room, said[CRYPTO_HASH], is[CRYPTO_HASH];
	size_t at = 0;

	(void)state;
	assert_ok(file_path(path, dir, "out"));
	assert_ok(outfile_open(&o, path, false));
	assert_ok(outfile_hash(o));
	for (size_t i = 0; i < 400; i++) {
		size_t n = i % 7 == 0 ? OUTFILE_ROOM : i * 37 % 5000;

		assert_ok(outfile_room(o, n, &room));
		fill(room, n / 2, at);
		outfile_filled(o, n / 2);	/* less than was asked for */
		at += n / 2;
		n = i % 40 == 0 ? sizeof(piece) : i * 53 % 900;
		fill(piece, n, at);
		assert_ok(outfile_put(o, piece, n));
		at += n;
	}
	assert_ok(outfile_sha256(o, said));
	assert_ok(outfile_commit(o));
	outfile_close(&o);
	assert_ok(file_read(path, &got));
	assert_int_equal(got.len, at);
	assert_ok(crypto_sha256(&(struct bw_part){ got.ptr, got.len }, 1, is));
	assert_memory_equal(said, is, CRYPTO_HASH);
	for (size_t i = 0; i < at; i++)
		assert_int_equal(got.ptr[i], (uint8_t)(i * 131 >> 3));
	bw_buf_free(&got);
	assert_int_equal(unlink(path), 0);
}

/* Write what is there when nobody looks. */
static void
put_text(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

/* Into a file that was empty, or not there, somebody writes meanwhile. */
static void
test_what_came_meanwhile_stays(void **state)
{
	struct bw_buf got = BW_BUF_INIT(100);
	char path[FILE_PATH_MAX];
	struct outfile *o;

	(void)state;
	assert_ok(file_path(path, dir, "out"));
	for (int was_there = 0; was_there <= 1; was_there++) {
		if (was_there != 0)
			put_text(path, "");
		assert_ok(outfile_open(&o, path, false));
		assert_ok(outfile_put(o, "mine", 4));
		put_text(path, "another's");
		assert_err(outfile_commit(o), BW_ERR_EXISTS);
		outfile_close(&o);
		bw_buf_reset(&got);
		assert_ok(file_read(path, &got));
		assert_int_equal(got.len, 9);
		assert_int_equal(unlink(path), 0);
	}
	bw_buf_free(&got);
}

static void
test_room_is_bounded(void **state)
{
	struct outfile *o;
	uint8_t *room;

	(void)state;
	assert_ok(outfile_open(&o, "/dev/null", true));
	assert_err(outfile_room(o, OUTFILE_ROOM + 1, &room), BW_ERR_BOUND);
	assert_null(room);
	outfile_close(&o);
}

/* What has no name can be read from its beginning by whoever takes it, and is
 * nowhere in the folder. */
static void
test_spool(void **state)
{
	static uint8_t piece[5 * OUTFILE_ROOM], got[sizeof(piece)];
	struct outfile *o;
	uint64_t len;
	int fd;

	(void)state;
	fill(piece, sizeof(piece), 0);
	assert_ok(outfile_temp(&o, dir));
	assert_ok(outfile_put(o, piece, sizeof(piece)));
	assert_int_not_equal(rmdir(dir), -1);
	assert_int_equal(mkdir(dir, 0700), 0);
	assert_ok(outfile_take(o, &fd, &len));
	outfile_close(&o);
	assert_int_equal(len, sizeof(piece));
	assert_int_equal(pread(fd, got, sizeof(got), 0), sizeof(got));
	assert_memory_equal(got, piece, sizeof(got));
	close(fd);
	assert_err(outfile_temp(&o, "/nonexistent"), BW_ERR_IO);
	outfile_close(&o);
}

static uint8_t zeros[2 * OUTBLOCK_SIZE];

/* A write fails beside whoever puts, after his last call perhaps: the hash and
 * the end tell him at the latest. */
static void
test_a_full_disk_is_told_at_the_end(void **state)
{
	uint8_t hash[CRYPTO_HASH];
	struct outfile *o;
	bw_err r;

	(void)state;
	for (size_t i = 0; i < 8; i++) {
		assert_ok(outfile_open(&o, "/dev/full", true));
		assert_ok(outfile_hash(o));
		errno = 0;
		r = outfile_put(o, zeros, (1 + i / 2) * (OUTBLOCK_SIZE / 2));
		if (r == BW_OK)
			r = (i & 1) != 0 ? outfile_sha256(o, hash) :
			    outfile_commit(o);
		assert_int_equal(r, BW_ERR_FULL);
		assert_int_equal(errno, ENOSPC);
		outfile_close(&o);
	}
}

static int syncs, sync_instead = -1;	/* a descriptor that cannot be synced */

int __real_aio_fsync(int op, struct aiocb *cb);
int __wrap_aio_fsync(int op, struct aiocb *cb);

int
__wrap_aio_fsync(int op, struct aiocb *cb)
{
	syncs++;
	if (sync_instead != -1)
		cb->aio_fildes = sync_instead;
	return __real_aio_fsync(op, cb);
}

static bw_err
put_many(struct outfile *o, size_t n)
{
	bw_err r = BW_OK;

	for (size_t i = 0; i < n && r == BW_OK; i += sizeof(zeros))
		r = outfile_put(o, zeros, sizeof(zeros));
	return r == BW_OK ? outfile_commit(o) : r;
}

/* The disk takes a long file before its end; what it could not take is told
 * then at the latest, and there is no file. */
static void
test_the_disk_begins_before_the_end(void **state)
{
	char path[FILE_PATH_MAX];
	struct outfile *o;
	int fd[2];

	(void)state;
	assert_ok(file_path(path, dir, "out"));
	assert_ok(outfile_open(&o, path, false));
	assert_ok(put_many(o, OUTSYNC_EVERY));
	assert_int_equal(syncs, 1);
	outfile_close(&o);
	assert_int_equal(unlink(path), 0);

	assert_int_equal(pipe(fd), 0);
	sync_instead = fd[1];
	for (size_t n = 1; n <= 4; n += 3) {
		assert_ok(outfile_open(&o, path, false));
		assert_err(put_many(o, n * OUTSYNC_EVERY), BW_ERR_IO);
		assert_int_equal(errno, EINVAL);
		outfile_close(&o);
		assert_int_equal(access(path, F_OK), -1);
	}
	sync_instead = -1;
	close(fd[0]);
	close(fd[1]);
}

/* What is read again, and what no disk has, waits for none. */
static void
test_no_other_file_is_synced(void **state)
{
	struct outfile *o;

	(void)state;
	syncs = 0;
	assert_ok(outfile_temp(&o, dir));
	assert_ok(put_many(o, 2 * OUTSYNC_EVERY));
	outfile_close(&o);
	assert_ok(outfile_open(&o, "/dev/null", true));
	assert_ok(put_many(o, 2 * OUTSYNC_EVERY));
	outfile_close(&o);
	assert_int_equal(syncs, 0);
}

static unsigned
threads(void)
{
	DIR *d = opendir("/proc/self/task");
	unsigned n = 0;

	assert_non_null(d);
	for (const struct dirent *e; (e = readdir(d)) != NULL;)
		n += e->d_name[0] != '.';
	closedir(d);
	return n;
}

/* A short file has no thread; a long one's ends with it, also in its middle. */
static void
test_threads(void **state)
{
	char path[FILE_PATH_MAX];
	struct outfile *o;

	(void)state;
	assert_ok(file_path(path, dir, "out"));
	assert_ok(outfile_open(&o, path, true));
	assert_ok(outfile_put(o, zeros, OUTBLOCK_SIZE - 1));
	assert_int_equal(threads(), 1);
	assert_ok(outfile_put(o, zeros, OUTBLOCK_SIZE));
	assert_int_equal(threads(), 2);
	outfile_close(&o);
	assert_int_equal(threads(), 1);
	assert_int_equal(access(path, F_OK), -1);
}

static const char *
slurp(const char *name)
{
	static char text[64];
	struct bw_buf buf = BW_BUF_INIT(sizeof(text) - 1);
	char path[FILE_PATH_MAX];

	assert_ok(file_path(path, dir, name));
	assert_ok(file_read(path, &buf));
	memcpy(text, buf.ptr, buf.len);
	text[buf.len] = 0;
	bw_buf_free(&buf);
	return text;
}

static size_t
files_in(const char *where)
{
	char command[200];
	unsigned n = 0;
	FILE *p;

	snprintf(command, sizeof(command), "ls -A %s | wc -l", where);
	p = popen(command, "r");
	assert_non_null(p);
	assert_int_equal(fscanf(p, "%u", &n), 1);
	pclose(p);
	return n;
}

/* Whole or not at all, and for its owner alone. */
static void
test_whole_or_not_at_all(void **state)
{
	char path[FILE_PATH_MAX];
	struct outfile *out;
	struct stat st;
	size_t before;

	(void)state;
	assert_ok(file_path(path, dir, "out"));
	assert_ok(file_write(path, "old", 3, 0644));
	before = files_in(dir);
	assert_ok(outfile_open(&out, path, true));
	for (int i = 0; i < 10000; i++)
		assert_ok(outfile_put(out, "0123456789", 10));
	assert_string_equal(slurp("out"), "old");
	outfile_close(&out);
	assert_null(out);
	assert_string_equal(slurp("out"), "old");
	assert_int_equal(files_in(dir), before);
	assert_ok(outfile_open(&out, path, true));
	for (int i = 0; i < 10000; i++)
		assert_ok(outfile_put(out, "0123456789", 10));
	assert_ok(outfile_commit(out));
	outfile_close(&out);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_size, 100000);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(files_in(dir), before);
	assert_int_equal(unlink(path), 0);
	assert_err(outfile_open(&out, "/nonexistent/dir/x", true), BW_ERR_IO);
	assert_null(out);
}

/* What is there stays, also when it came while the file was written. */
static void
test_what_is_there_stays(void **state)
{
	char path[FILE_PATH_MAX];
	struct outfile *out;
	size_t before;

	(void)state;
	assert_ok(file_path(path, dir, "out"));
	assert_ok(file_write(path, "", 0, 0600));
	before = files_in(dir);
	assert_ok(outfile_open(&out, path, false));
	assert_ok(outfile_put(out, "mine", 4));
	assert_ok(outfile_commit(out));
	outfile_close(&out);
	assert_string_equal(slurp("out"), "mine");
	assert_err(outfile_open(&out, path, false), BW_ERR_EXISTS);
	assert_null(out);
	assert_int_equal(unlink(path), 0);
	assert_ok(outfile_open(&out, path, false));
	assert_ok(outfile_put(out, "mine", 4));
	assert_ok(file_write(path, "other", 5, 0600));
	assert_err(outfile_commit(out), BW_ERR_EXISTS);
	outfile_close(&out);
	assert_string_equal(slurp("out"), "other");
	assert_int_equal(files_in(dir), before);
	assert_int_equal(unlink(path), 0);
}

/* A full disk: said, and nothing is left. */
static void
test_disk_full(void **state)
{
	struct outfile *out;
	bw_err r = BW_OK;

	(void)state;
	assert_ok(outfile_open(&out, "/dev/full", true));
	for (int i = 0; i < 100000 && r == BW_OK; i++)
		r = outfile_put(out, "0123456789", 10);
	assert_int_equal(r, BW_ERR_FULL);
	outfile_close(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rooms),
		cmocka_unit_test(test_spool),
		cmocka_unit_test(test_what_came_meanwhile_stays),
		cmocka_unit_test(test_room_is_bounded),
		cmocka_unit_test(test_a_full_disk_is_told_at_the_end),
		cmocka_unit_test(test_threads),
		cmocka_unit_test(test_the_disk_begins_before_the_end),
		cmocka_unit_test(test_no_other_file_is_synced),
		cmocka_unit_test(test_whole_or_not_at_all),
		cmocka_unit_test(test_what_is_there_stays),
		cmocka_unit_test(test_disk_full),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
