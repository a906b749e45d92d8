// SPDX-License-Identifier: Apache-2.0
#include "host/store_copy.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "host/store_sqlite.h"
#include "schema_form.h"

/* A statement with one row at most, as a text. */
static bw_err
ask(sqlite3 *db, const char *sql, const char *arg, char *out, size_t size)
{
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(db, sql, -1, &st, NULL);

	out[0] = 0;
	if (rc == SQLITE_OK && arg != NULL)
		rc = sqlite3_bind_text(st, 1, arg, -1, SQLITE_STATIC);
	if (rc == SQLITE_OK && (rc = sqlite3_step(st)) == SQLITE_ROW)
		snprintf(out, size, "%s",
		    (const char *)sqlite3_column_text(st, 0));
	sqlite3_finalize(st);
	return rc == SQLITE_DONE ? BW_OK : sqlite_failed(rc);
}

static bw_err
number(sqlite3 *db, const char *sql, long *out)
{
	char said[16];
	bw_err r = ask(db, sql, NULL, said, sizeof(said));

	*out = strtol(said, NULL, 10);
	return r;
}

static bw_err
check(sqlite3 *db)
{
	char said[16];
	long version, form;
	bw_err r;

	if ((r = number(db, "PRAGMA user_version", &version)) != BW_OK ||
	    (r = number(db, "PRAGMA application_id", &form)) != BW_OK)
		return r;
	if (version != STORE_VERSION || form != SCHEMA_FORM)
		return version == 0 ? BW_ERR_FORMAT : BW_ERR_OLD;
	if ((r = ask(db, "PRAGMA integrity_check(1)", NULL, said,
	    sizeof(said))) != BW_OK)
		return r;
	return strcmp(said, "ok") == 0 ? BW_OK : BW_ERR_FORMAT;
}

/* It is SQLite's no more; mode and disk are ours. */
static bw_err
settle(const char *path)
{
	bw_err r = BW_ERR_IO;
	int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);

	if (fd == -1)
		return r;
	if (fchmod(fd, 0600) == 0 && fsync(fd) == 0)
		r = BW_OK;
	close(fd);
	return r;
}

bw_err
store_copy(const char *from, const char *to)
{
	char none[2];
	sqlite3 *db = NULL;
	bw_err r = BW_ERR_NOTFOUND;

	if (access(from, F_OK) == -1)
		return r;
	if (access(to, F_OK) == 0)
		return BW_ERR_EXISTS;
	if ((r = sqlite_failed(sqlite3_open_v2(from, &db,
	    SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL))) != BW_OK)
		goto out;
	sqlite3_busy_timeout(db, STORE_WAIT_MS);
	if ((r = check(db)) == BW_OK && (r = ask(db, "VACUUM INTO ?1", to,
	    none, sizeof(none))) == BW_OK)
		r = settle(to);
	if (r != BW_OK)
		(void)unlink(to);
out:
	sqlite3_close(db);
	return r;
}

/* What stands beside it goes first: over another file it would be taken for
 * that one's. */
bw_err
store_replace(const char *from, const char *at)
{
	static const char *const beside[] = { "-wal", "-shm", "-journal" };
	char path[FILE_PATH_MAX];
	bw_err r;

	for (size_t i = 0; i < 3; i++) {
		if ((size_t)snprintf(path, sizeof(path), "%s%s", at,
		    beside[i]) >= sizeof(path))
			return BW_ERR_BOUND;
		if ((r = file_remove(path)) != BW_OK)
			return r;
	}
	return rename(from, at) == 0 ? file_sync_dir(at) : BW_ERR_IO;
}

/* Whoever has it open in WAL mode holds a lock on SQLite's shared bytes, which
 * begin at 1 GiB. */
bw_err
store_unused(const char *path)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET,
		.l_start = 0x40000000, .l_len = 512 };
	int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
	bw_err r = BW_ERR_IO;

	if (fd == -1)
		return errno == ENOENT ? BW_OK : r;
	if (fcntl(fd, F_GETLK, &lock) == 0)
		r = lock.l_type == F_UNLCK ? BW_OK : BW_ERR_BUSY;
	close(fd);
	return r;
}
