// SPDX-License-Identifier: Apache-2.0
#include "kiosk/journal_db.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

#define WAL_PAGES_MAX 4000

#define SCHEMA								\
	"CREATE TABLE entry (seq INTEGER PRIMARY KEY, "			\
	"entry BLOB NOT NULL, body BLOB, note TEXT) STRICT;"		\
	"CREATE TABLE state (one INTEGER PRIMARY KEY CHECK (one = 1), "	\
	"origin TEXT NOT NULL, host_spki BLOB NOT NULL, "		\
	"chain BLOB NOT NULL, cosigned INTEGER NOT NULL, "		\
	"serial INTEGER NOT NULL, policy BLOB NOT NULL, "		\
	"salt BLOB NOT NULL, marks BLOB NOT NULL, "			\
	"quarter INTEGER NOT NULL, share INTEGER NOT NULL, "		\
	"decline INTEGER NOT NULL, no_answer INTEGER NOT NULL) STRICT;"	\
	"CREATE TABLE tally (quarter INTEGER PRIMARY KEY, "		\
	"share INTEGER NOT NULL, decline INTEGER NOT NULL, "		\
	"no_answer INTEGER NOT NULL) STRICT;"				\
	"CREATE TABLE shared (mark BLOB PRIMARY KEY, "			\
	"day INTEGER NOT NULL) STRICT, WITHOUT ROWID;"			\
	"CREATE TABLE answer (quarter INTEGER, kind INTEGER, "		\
	"reason INTEGER, sponsor TEXT, n INTEGER NOT NULL, "		\
	"PRIMARY KEY (quarter, kind, reason, sponsor)) "		\
	"STRICT, WITHOUT ROWID;"					\
	"PRAGMA application_id=1113012302; PRAGMA user_version=1;"

/* A page is written whole for each entry, twice: it is small, and yet has room
 * for nearly every row in one piece. Deleted bodies are overwritten in the
 * file. */
#define PRAGMAS								\
	"PRAGMA page_size=2048;"					\
	"PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL;"	\
	"PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"		\
	"PRAGMA trusted_schema=OFF;"					\
	"PRAGMA cell_size_check=ON; PRAGMA cache_size=-512;"		\
	"PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0;"

static const char *const texts[JOURNAL_SQL] = {
	[SQL_BEGIN] = "BEGIN IMMEDIATE",
	[SQL_COMMIT] = "COMMIT",
	[SQL_ROLLBACK] = "ROLLBACK",
	[SQL_INSERT] = "INSERT INTO entry (seq, entry, body, note) "
	    "VALUES (?, ?, ?, ?)",
	[SQL_STATE] = "UPDATE state SET chain = ?, serial = ?, policy = ?, "
	    "marks = ?",
	[SQL_GET] = "SELECT entry, body, note FROM entry WHERE seq = ?",
	[SQL_RANGE] = "SELECT entry, body, seq, note FROM entry "
	    "WHERE seq >= ? AND seq < ? ORDER BY seq",
	[SQL_COSIGNED] = "UPDATE state SET cosigned = ?, marks = ?, "
	    "quarter = ?, share = ?, decline = ?, no_answer = ?",
	/* The open entry stays, and the one whose note was cosigned. */
	[SQL_PRUNE] = "DELETE FROM entry WHERE seq > 0 AND seq < ? - 1",
	/* The third byte of an entry is its kind: 1 to 6 may be personal. */
	[SQL_PRUNE_BODY] = "UPDATE entry SET body = NULL WHERE seq = ? - 1 "
	    "AND substr(entry, 3, 1) BETWEEN x'01' AND x'06'",
	[SQL_TALLY] = "INSERT INTO tally VALUES (?, ?, ?, ?) "
	    "ON CONFLICT (quarter) DO UPDATE SET "
	    "share = share + excluded.share, "
	    "decline = decline + excluded.decline, "
	    "no_answer = no_answer + excluded.no_answer",
	[SQL_TALLIED] = "SELECT coalesce(sum(share), 0), "
	    "coalesce(sum(decline), 0), coalesce(sum(no_answer), 0) "
	    "FROM tally WHERE quarter >= ?",
	[SQL_SHARED] = "SELECT day FROM shared WHERE mark = ?",
	[SQL_KEEP] = "INSERT OR REPLACE INTO shared VALUES (?, ?)",
	/* All but so many; a negative limit were none. */
	[SQL_FORGET] = "DELETE FROM shared WHERE mark IN (SELECT mark "
	    "FROM shared ORDER BY day LIMIT max(0, "
	    "(SELECT count(*) FROM shared) - ?))",
	[SQL_ANSWER] = "INSERT INTO answer VALUES (?, ?, ?, ?, 1) "
	    "ON CONFLICT DO UPDATE SET n = n + 1",
	[SQL_ANSWERS] = "SELECT kind, reason, sponsor, n FROM answer "
	    "WHERE quarter = ? ORDER BY kind, reason, sponsor",
	[SQL_ANSWERED] = "DELETE FROM answer WHERE quarter = ?",
	[SQL_NOTE] = "UPDATE entry SET note = ? WHERE seq = ?",
	[SQL_EARLIEST] = "SELECT min(quarter) FROM answer",
};

bw_err
journal_db_err(int rc)
{
	switch (rc & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE:
		return BW_OK;
	case SQLITE_FULL:
		return BW_ERR_FULL;
	case SQLITE_NOMEM:
		return BW_ERR_NOMEM;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return BW_ERR_BUSY;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_SCHEMA:
	case SQLITE_CONSTRAINT:
	case SQLITE_ERROR:	/* no such table */
		return BW_ERR_FORMAT;
	default:
		return BW_ERR_IO;
	}
}

/* Moving the WAL's pages into the file waits for a quiet moment (journal_rest)
 * unless none comes for very long. */
static int
count_wal(void *ctx, sqlite3 *db, const char *name, int pages)
{
	struct journal *j = ctx;

	j->wal_pages = pages;
	if (pages >= WAL_PAGES_MAX)
		sqlite3_wal_checkpoint_v2(db, name, SQLITE_CHECKPOINT_PASSIVE,
		    NULL, NULL);
	return SQLITE_OK;
}

static bw_err
is_wal(struct journal *j)
{
	sqlite3_stmt *s = NULL;
	bw_err r = BW_ERR_IO;
	int rc = sqlite3_prepare_v2(j->db, "PRAGMA journal_mode", -1, &s,
	    NULL);

	if (rc == SQLITE_OK && (rc = sqlite3_step(s)) == SQLITE_ROW) {
		const char *mode = (const char *)sqlite3_column_text(s, 0);

		if (mode != NULL && strcmp(mode, "wal") == 0)
			r = BW_OK;
	} else
		r = journal_db_err(rc);
	sqlite3_finalize(s);
	return r;
}

static int
prepare_all(struct journal *j)
{
	int rc = SQLITE_OK;

	for (int i = 0; i < JOURNAL_SQL && rc == SQLITE_OK; i++)
		rc = sqlite3_prepare_v3(j->db, texts[i], -1,
		    SQLITE_PREPARE_PERSISTENT, &j->sql[i], NULL);
	return rc;
}

/* That the file says it is one of SQLite's in WAL mode: SQLite makes any other
 * one so, and an empty one new. */
static bw_err
check_header(const char *path)
{
	static const char magic[16] = "SQLite format 3";
	uint8_t head[20];
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

	if (fd == -1)
		return errno == ELOOP ? BW_ERR_FORMAT : BW_ERR_IO;
	n = pread(fd, head, sizeof(head), 0);
	close(fd);
	if (n == -1)
		return BW_ERR_IO;
	return n == sizeof(head) && memcmp(head, magic, sizeof(magic)) == 0 &&
	    head[18] == 2 && head[19] == 2 ? BW_OK : BW_ERR_FORMAT;
}

bw_err
journal_db_trust(struct journal *j)
{
	return journal_db_err(sqlite3_db_config(j->db,
	    SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL));
}

bw_err
journal_db_open(struct journal *j, bool make)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
	    SQLITE_OPEN_NOFOLLOW | (make ? SQLITE_OPEN_CREATE : 0);
	bw_err r = BW_OK;
	int rc;

	if (!make && (r = check_header(j->path)) != BW_OK)
		return r;
	rc = sqlite3_open_v2(j->path, &j->db, flags, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_db_config(j->db,
		    SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, make ? 0 : 1, NULL);
	if (rc == SQLITE_OK) {
		sqlite3_extended_result_codes(j->db, 1);
		rc = sqlite3_exec(j->db, PRAGMAS, NULL, NULL, NULL);
	}
	if (rc == SQLITE_OK)
		r = is_wal(j);
	if (rc == SQLITE_OK && r == BW_OK && make)
		rc = sqlite3_exec(j->db, "BEGIN IMMEDIATE;" SCHEMA, NULL, NULL,
		    NULL);
	if (rc == SQLITE_OK && r == BW_OK) {
		rc = prepare_all(j);
		/* This takes the place of SQLite's own automatic moving. */
		sqlite3_wal_hook(j->db, count_wal, j);
	}
	if (r == BW_OK)
		r = journal_db_err(rc);
	if (r != BW_OK)
		journal_db_close(j);
	return r;
}

void
journal_db_close(struct journal *j)
{
	for (int i = 0; i < JOURNAL_SQL; i++) {
		sqlite3_finalize(j->sql[i]);
		j->sql[i] = NULL;
	}
	sqlite3_close(j->db);
	j->db = NULL;
}

/* A blob of exactly n bytes. */
static bw_err
column_fixed(sqlite3_stmt *s, int col, void *out, size_t n)
{
	const void *p = sqlite3_column_blob(s, col);

	if (p == NULL || sqlite3_column_bytes(s, col) != (int)n)
		return BW_ERR_FORMAT;
	memcpy(out, p, n);
	return BW_OK;
}

static bw_err
take_state(struct journal *j, sqlite3_stmt *s)
{
	const char *origin = (const char *)sqlite3_column_text(s, 0);
	const uint8_t *chain = sqlite3_column_blob(s, 2);
	int len = sqlite3_column_bytes(s, 2);
	const uint8_t *marks = sqlite3_column_blob(s, 9);
	bw_err r;

	if (origin == NULL || strlen(origin) > ORIGIN_MAX || chain == NULL ||
	    marks == NULL)
		return BW_ERR_FORMAT;
	memcpy(j->origin, origin, strlen(origin) + 1);
	j->cosigned = (uint64_t)sqlite3_column_int64(s, 3);
	j->serial = (uint64_t)sqlite3_column_int64(s, 4);
	j->run.quarter = (uint64_t)sqlite3_column_int64(s, 10);
	for (int i = 0; i < JOURNAL_TALLY; i++)
		j->run.n[i] = sqlite3_column_int64(s, 11 + i);
	if ((r = column_fixed(s, 1, j->host_spki, CRYPTO_SPKI)) != BW_OK ||
	    (r = column_fixed(s, 5, j->policy_sha256, CRYPTO_HASH)) != BW_OK ||
	    (r = column_fixed(s, 8, j->salt, REPEAT_SALT)) != BW_OK ||
	    (r = marks_decode(marks, (size_t)sqlite3_column_bytes(s, 9),
	    &j->marks)) != BW_OK)
		return r;
	return chain_decode(chain, (size_t)len, &j->chain);
}

static bw_err
load_state(struct journal *j)
{
	sqlite3_stmt *s = NULL;
	bw_err r;
	int rc;

	rc = sqlite3_prepare_v2(j->db, "SELECT origin, host_spki, chain, "
	    "cosigned, serial, policy, "
	    "(SELECT max(seq) FROM entry), (SELECT min(seq) FROM entry), "
	    "salt, marks, quarter, share, decline, no_answer FROM state",
	    -1, &s, NULL);
	if (rc == SQLITE_OK && (rc = sqlite3_step(s)) == SQLITE_ROW)
		r = take_state(j, s);
	else
		r = rc == SQLITE_DONE ? BW_ERR_FORMAT : journal_db_err(rc);
	if (r == BW_OK && (j->chain.tree.size == 0 ||
	    j->cosigned > j->chain.tree.size ||
	    sqlite3_column_int64(s, 6) !=
	    (sqlite3_int64)j->chain.tree.size - 1 ||
	    sqlite3_column_int64(s, 7) != 0))
		r = BW_ERR_CHAIN;
	sqlite3_finalize(s);
	return r;
}

/* The checkpoint of the whole, as it was signed. */
static bw_err
check_note(struct journal *j)
{
	struct bw_buf note = BW_BUF_INIT(NOTE_MAX);
	uint8_t root[CRYPTO_HASH];
	struct checkpoint c;
	bw_err r;

	if ((r = journal_get(j, j->chain.tree.size - 1, NULL, NULL, &note)) ==
	    BW_OK)
		r = checkpoint_verify((const char *)note.ptr, note.len,
		    crypto_key_spki(j->key), j->origin, &c);
	if (r == BW_OK && (r = tree_root(&j->chain.tree, root)) == BW_OK &&
	    (c.size != j->chain.tree.size ||
	    memcmp(c.root, root, CRYPTO_HASH) != 0))
		r = BW_ERR_ROOT;
	bw_buf_free(&note);
	return r;
}

/* One entry, whose leaf hash is expected; that of the one before goes into
 * expect. The body must be there unless it may have been deleted. */
static bw_err
check_entry(struct journal *j, uint64_t seq, uint8_t expect[CRYPTO_HASH])
{
	struct bw_buf entry = BW_BUF_INIT(ENTRY_MAX);
	struct bw_buf body = BW_BUF_INIT(BODY_MAX);
	uint8_t hash[CRYPTO_HASH];
	struct entry e;
	bw_err r;

	if ((r = journal_get(j, seq, &entry, &body, NULL)) != BW_OK ||
	    (r = tree_leaf_hash(entry.ptr, entry.len, hash)) != BW_OK ||
	    (r = entry_decode(entry.ptr, entry.len, &e)) != BW_OK)
		goto out;
	r = BW_ERR_CHAIN;
	if (memcmp(hash, expect, CRYPTO_HASH) != 0 || e.seq != seq)
		goto out;
	memcpy(expect, e.prev, CRYPTO_HASH);
	r = body.len != 0 || seq < j->cosigned ? BW_OK : BW_ERR_COMMIT;
	if (r == BW_OK && body.len != 0 &&
	    (r = body_commit(body.ptr, body.len, hash)) == BW_OK &&
	    memcmp(hash, e.commit, CRYPTO_HASH) != 0)
		r = BW_ERR_COMMIT;
out:
	bw_buf_free(&entry);
	bw_buf_free(&body);
	return r;
}

static bw_err
check_opening(struct journal *j)
{
	struct bw_buf bytes = BW_BUF_INIT(BODY_MAX);
	struct body b;
	bw_err r;

	if ((r = journal_get(j, 0, NULL, &bytes, NULL)) == BW_OK)
		r = body_decode(ENTRY_OPEN, bytes.ptr, bytes.len, &b);
	if (r == BW_OK && memcmp(b.u.open.log_spki, crypto_key_spki(j->key),
	    CRYPTO_SPKI) != 0)
		r = BW_ERR_KEY;
	if (r == BW_OK)
		j->opening = b.u.open;
	bw_buf_free(&bytes);
	return r;
}

/* Nothing reads the counts but the staff's screens, and hardly anything the
 * marks; where they cannot be read the file has lost something, and nobody
 * knows what else. */
static bw_err
check_table(struct journal *j, const char *check)
{
	sqlite3_stmt *s = NULL;
	bw_err r = BW_ERR_FORMAT;
	const char *says;
	int rc = sqlite3_prepare_v2(j->db, check, -1, &s, NULL);

	if (rc == SQLITE_OK && (rc = sqlite3_step(s)) == SQLITE_ROW) {
		says = (const char *)sqlite3_column_text(s, 0);
		if (says != NULL && strcmp(says, "ok") == 0)
			r = BW_OK;
	} else
		r = rc == SQLITE_DONE ? BW_ERR_FORMAT : journal_db_err(rc);
	sqlite3_finalize(s);
	return r;
}

/* The entries from the last one back to the one whose note was cosigned; at
 * most so many. */
static bw_err
check_entries(struct journal *j, uint64_t most)
{
	uint64_t seq = j->chain.tree.size;
	uint64_t end = j->cosigned != 0 ? j->cosigned - 1 : 0;
	uint8_t expect[CRYPTO_HASH];
	bw_err r = BW_OK;

	memcpy(expect, j->chain.last, CRYPTO_HASH);
	while (r == BW_OK && seq > end && most-- > 0)
		r = check_entry(j, --seq, expect);
	return r;
}

bw_err
journal_db_load(struct journal *j, uint64_t most)
{
	bw_err r;

	if ((r = load_state(j)) == BW_OK && (r = check_opening(j)) == BW_OK &&
	    (r = check_note(j)) == BW_OK &&
	    (r = check_table(j, "PRAGMA quick_check(tally)")) == BW_OK &&
	    (r = check_table(j, "PRAGMA quick_check(shared)")) == BW_OK &&
	    (r = check_table(j, "PRAGMA quick_check(answer)")) == BW_OK &&
	    (r = journal_db_look_answers(j)) == BW_OK)
		r = check_entries(j, most);
	/* Nothing of it may be missing. */
	return r == BW_ERR_NOTFOUND ? BW_ERR_CHAIN : r;
}

/* A row that comes and goes dirties its page, so that it is written; one that
 * stays as it is would not be. */
static bw_err
try_write(struct journal *j)
{
	return journal_db_err(sqlite3_exec(j->db, "BEGIN IMMEDIATE; "
	    "INSERT INTO tally VALUES (-1, 0, 0, 0); "
	    "DELETE FROM tally WHERE quarter = -1; COMMIT", NULL, NULL, NULL));
}

/* After a failed commit the file may hold the entry or not. Closing throws
 * away what SQLite does not count as committed; opening again shows it. That
 * only reads, as a full disk allows. */
static bw_err
reopen(struct journal *j)
{
	bw_err r;

	journal_db_close(j);
	if ((r = journal_db_open(j, false)) != BW_OK)
		return r;
	if ((r = journal_db_load(j, JOURNAL_CHECKED)) != BW_OK ||
	    (r = journal_db_trust(j)) != BW_OK || (r = try_write(j)) != BW_OK)
		journal_db_close(j);
	return r;
}

bw_err
journal_mend(struct journal *j)
{
	bw_err r;

	if (j->broken) {
		if ((r = reopen(j)) != BW_OK)
			return r;
		j->broken = false;
		log_info("the journal can be written again");
	}
	return journal_owed_pay(j);
}
