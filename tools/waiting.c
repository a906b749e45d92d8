// SPDX-License-Identifier: Apache-2.0
#include "tools/waiting.h"

#include <sqlite3.h>
#include <string.h>

#include "record/entry.h"

#define WAL_MAGIC 0x377f0682u	/* and one more: sums of big-endian words */
#define WAL_HEAD 32
#define FRAME_HEAD 24
#define PAGE_MAX 65536u
#define FILE_MODES 18		/* in the first page: two bytes, 2 is WAL */

static uint32_t
be32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	    (uint32_t)p[2] << 8 | p[3];
}

static uint32_t
le32(const uint8_t *p)
{
	return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 |
	    (uint32_t)p[1] << 8 | p[0];
}

/* SQLite's sum, in pairs of words, on from sum. */
static void
add_up(bool big, const uint8_t *p, size_t len, uint32_t sum[static 2])
{
	for (const uint8_t *end = p + len; p < end; p += 8) {
		sum[0] += (big ? be32(p) : le32(p)) + sum[1];
		sum[1] += (big ? be32(p + 4) : le32(p + 4)) + sum[0];
	}
}

static bool
is_sum(const uint8_t *p, const uint32_t sum[static 2])
{
	return be32(p) == sum[0] && be32(p + 4) == sum[1];
}

/* Whoever put the files there may have put a view in the table's place. */
static bw_err
distrust(sqlite3 *db)
{
	if (sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL) ==
	    SQLITE_OK && sqlite3_db_config(db,
	    SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL) == SQLITE_OK &&
	    sqlite3_exec(db, "PRAGMA cell_size_check=ON", NULL, NULL, NULL) ==
	    SQLITE_OK)
		return BW_OK;
	return BW_ERR_FORMAT;
}

/* Page `n`, counted from 1, as the WAL has it. */
static bw_err
put_page(struct bw_buf *image, uint32_t n, const uint8_t *page, size_t size)
{
	static const uint8_t none[512];
	bw_err r = BW_OK;

	while (r == BW_OK && image->len < n * size)
		r = bw_buf_put(image, none, sizeof(none));
	if (r == BW_OK)
		memcpy(image->ptr + (n - 1) * size, page, size);
	return r;
}

/* The end of the last frame that ends a transaction, of those that are whole;
 * 0: none. */
static size_t
committed(const struct bw_buf *wal, bool big, size_t size)
{
	const uint8_t *w = wal->ptr;
	uint32_t sum[2] = { 0, 0 };
	size_t end = 0;

	add_up(big, w, FRAME_HEAD, sum);
	if (!is_sum(w + FRAME_HEAD, sum))
		return 0;
	for (size_t at = WAL_HEAD; wal->len - at >= FRAME_HEAD + size;
	    at += FRAME_HEAD + size) {
		if (memcmp(w + at + 8, w + 16, 8) != 0)
			break;
		add_up(big, w + at, 8, sum);
		add_up(big, w + at + FRAME_HEAD, size, sum);
		if (!is_sum(w + at + 16, sum))
			break;
		if (be32(w + at + 4) != 0)
			end = at + FRAME_HEAD + size;
	}
	return end;
}

static bw_err
join(struct bw_buf *image, const struct bw_buf *wal)
{
	const uint8_t *w = wal->ptr;
	size_t size, end;
	bw_err r = BW_OK;

	if (wal->len < WAL_HEAD || (be32(w) & ~1u) != WAL_MAGIC)
		return BW_OK;
	size = be32(w + 8);
	if (size < 512 || size > PAGE_MAX || (size & (size - 1)) != 0)
		return BW_OK;
	end = committed(wal, (be32(w) & 1u) != 0, size);
	for (size_t at = WAL_HEAD; at < end && r == BW_OK;
	    at += FRAME_HEAD + size)
		r = be32(w + at) == 0 ? BW_ERR_FORMAT : put_page(image,
		    be32(w + at), w + at + FRAME_HEAD, size);
	return r;
}

static bw_err
count(sqlite3 *db, struct waiting *out)
{
	sqlite3_stmt *s = NULL;
	int rc = sqlite3_prepare_v2(db,
	    "SELECT kind, sum(n) FROM answer GROUP BY kind", -1, &s, NULL);

	while (rc == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW) {
		uint64_t n = (uint64_t)sqlite3_column_int64(s, 1);
		int kind = sqlite3_column_int(s, 0);

		if (kind == ENTRY_DECLINE)
			out->declined = n;
		else if (kind == ENTRY_NO_ANSWER)
			out->unanswered = n;
		else if (kind == ENTRY_UNREAD)
			out->unread = n;
	}
	/* A step that failed says so once more. */
	rc = rc == SQLITE_OK ? sqlite3_finalize(s) : rc;
	return rc == SQLITE_OK ? BW_OK : BW_ERR_FORMAT;
}

bw_err
waiting_read(const struct bw_buf *db, const struct bw_buf *wal,
    struct waiting *out)
{
	struct bw_buf image = BW_BUF_INIT(db->len + wal->len + PAGE_MAX);
	sqlite3 *mem = NULL;
	bw_err r;

	memset(out, 0, sizeof(*out));
	if ((r = bw_buf_put(&image, db->ptr, db->len)) != BW_OK ||
	    (r = join(&image, wal)) != BW_OK)
		goto out;
	r = BW_ERR_FORMAT;	/* SQLite's own want of memory, too */
	if (image.len <= FILE_MODES + 1)
		goto out;
	memset(image.ptr + FILE_MODES, 1, 2);
	if (sqlite3_open(":memory:", &mem) == SQLITE_OK &&
	    distrust(mem) == BW_OK && sqlite3_deserialize(mem, "main", image.ptr,
	    (sqlite3_int64)image.len, (sqlite3_int64)image.len,
	    SQLITE_DESERIALIZE_READONLY) == SQLITE_OK)
		r = count(mem, out);
out:
	sqlite3_close(mem);
	bw_buf_free(&image);
	return r;
}
