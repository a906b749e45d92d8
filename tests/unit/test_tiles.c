// SPDX-License-Identifier: Apache-2.0
/* A log as C2SP tlog-tiles; support/tiles_check.py rebuilds the root. */
#include "tests/support/summit.h"

#include <stdio.h>

#include "base/file.h"
#include "host/export_tiles.h"
#include "host/store_settle.h"
#include "host/store_sqlite.h"
#include "host/tiles.h"

static struct summit s;
static struct booth b;

static int
set_up(void **state)
{
	(void)state;
	summit_open(&s, getenv("STORE"));
	booth_open(&b, &s, "k07", "example-corp");
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	booth_close(&b);
	summit_close(&s);
	return 0;
}

/* Declines, so that the log has this many entries. */
static void
grow(uint64_t size)
{
	struct body no = { .kind = ENTRY_DECLINE };
	struct ingest_out out;

	strcpy(no.u.stop.sponsor, "example-corp");
	while (b.chain.tree.size < size)
		booth_add(&b, &no);
	if (b.chain.tree.size != b.from) {
		assert_ok(booth_send(&b, &out));
		bw_buf_free(&out.note);
	}
}

static void
check(uint64_t size)
{
	char dir[FILE_PATH_MAX], name[32], command[400];
	uint8_t hash[CRYPTO_HASH];
	uint64_t n;

	grow(size);
	snprintf(name, sizeof(name), "tiles-%u", (unsigned)size);
	assert_ok(file_path(dir, s.dir, name));
	assert_ok(export_tiles(s.store, "k07", dir, false, &n, hash));
	assert_int_equal(n, size);
	snprintf(command, sizeof(command),
	    "/usr/bin/python3 %s/support/tiles_check.py %.200s", TEST_DIR, dir);
	assert_int_equal(system(command), 0);
	assert_err(export_tiles(s.store, "k07", dir, false, &n, hash),
	    BW_ERR_EXISTS);
}

static void
root_is_the_checkpoints(void **state)
{
	static const uint64_t sizes[] = { 1, 2, 255, 256, 257, 600, 1030 };

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		check(sizes[i]);
}

static void
only_what_the_log_has(void **state)
{
	struct tile t = { .width = 3 };
	struct bw_buf out = BW_BUF_INIT(TILE_BYTES_MAX);

	(void)state;
	grow(300);
	assert_ok(tile_read(s.store, b.device.num, &t, &out));
	assert_int_equal(out.len, 3 * CRYPTO_HASH);
	t = (struct tile){ .index = 1, .width = 45 };
	assert_err(tile_read(s.store, b.device.num, &t, &out),
	    BW_ERR_NOTFOUND);
	t = (struct tile){ .level = 1, .width = 2 };
	assert_err(tile_read(s.store, b.device.num, &t, &out),
	    BW_ERR_NOTFOUND);
	bw_buf_free(&out);
}

/* Steps of SQLite's machine since the last call. */
static int
steps(void)
{
	int n = 0;

	for (size_t i = 0; i < QUERIES_MAX; i++)
		if (s.store->own.query[i].st != NULL)
			n += sqlite3_stmt_status(s.store->own.query[i].st,
			    SQLITE_STMTSTATUS_VM_STEP, 1);
	return n;
}

static struct bw_buf
level_1(unsigned width)
{
	struct tile t = { .level = 1, .width = width };
	struct bw_buf out = BW_BUF_INIT(TILE_BYTES_MAX);

	steps();
	assert_ok(tile_read(s.store, b.device.num, &t, &out));
	assert_int_equal(out.len, width * CRYPTO_HASH);
	return out;
}

/* Of entries alone, of kept hashes and entries, of kept hashes: the same; and
 * of the last the entries are not read. */
static void
kept_hashes_are_the_entries(void **state)
{
	struct bw_buf by[3];

	(void)state;
	grow(1100);
	by[0] = level_1(4);
	assert_in_range(steps(), 1024, 100000);
	assert_ok(store_begin(s.store));
	assert_ok(db_subtrees_add(s.store, b.device.num, 0, 600));
	assert_ok(store_commit(s.store));
	by[1] = level_1(4);
	assert_in_range(steps(), 512, 1024 * 5);
	assert_ok(store_settle_all(s.store, SUMMIT_NOW));
	by[2] = level_1(4);
	assert_in_range(steps(), 1, 200);
	for (int i = 1; i < 3; i++)
		assert_memory_equal(by[i].ptr, by[0].ptr, by[0].len);
	for (int i = 0; i < 3; i++)
		bw_buf_free(&by[i]);
}

static void
one_spelling(void **state)
{
	static const char *const good[] = { "tile/0/000", "tile/0/x001/x234/067",
		"tile/1/000.p/17", "tile/entries/000.p/255",
		"tile/entries/x001/000", "tile/3/000.p/1" };
	static const char *const bad[] = { "", "tile/", "tile/0", "tile/00/000",
		"tile/0/0", "tile/0/0000", "tile/0/001/000", "tile/0/x001",
		"tile/0/x000/001", "tile/0/000.p/0", "tile/0/000.p/256",
		"tile/0/000.p/01", "tile/0/000/", "tile/-1/000", "tile/4/000",
		"tile/0/../000", "tile/entries/", "tile/0/+01", "tile/0/ 01",
		"tile/0/x999/x999/x999/999", "tile/0/000.p/5x" };
	char path[TILE_PATH_MAX];
	struct tile t;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_ok(tile_parse(good[i], &t));
		tile_path(&t, path);
		assert_string_equal(path, good[i]);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_err(tile_parse(bad[i], &t), BW_ERR_FORMAT);
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(root_is_the_checkpoints), TEST(only_what_the_log_has),
		TEST(kept_hashes_are_the_entries), TEST(one_spelling),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
