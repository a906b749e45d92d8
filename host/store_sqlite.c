// SPDX-License-Identifier: Apache-2.0
/*
 * The store in one SQLite file: WAL, synchronous=FULL, secure_delete. Here are
 * handles and transactions; connections are in store_conn.c, statements in
 * store_query.c, the SQL in the other store_*.c.
 */
#include "host/store_sqlite.h"

#include <sys/stat.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "host/store_deleted.h"
#include "host/store_redo.h"
#include "host/store_watch.h"

#define WALK_CACHE "-256"	/* KiB of pages */
#define USUAL_CACHE "-2000"
#define TRIES_BOTH 1000		/* each takes some microseconds */
#define WRITER_CACHE "-16384"	/* KiB of pages */

/* What the handles of one process on one file share: whose turn to write it
 * is (SQLite alone would have them sleep and try again), and the connection
 * that writes. It is one for all because a connection's pages in memory are
 * good only until another one has written. */
struct turn {
	pthread_mutex_t lock;	/* held by the writer; guards conn */
	struct conn conn;
	pthread_mutex_t count;	/* guards handles */
	unsigned handles;
	struct trouble trouble;
	char path[FILE_PATH_MAX];
	bool can_compare;	/* with the erased: store_deleted.h */
	uint8_t deleted[CRYPTO_KEY];
	struct redo_queue redo;	/* of the writer: store_redo.h */
};

/* Nobody asks SQLite how much memory it uses, which costs a lock that all
 * threads share with each piece of it. */
static void
configure(void)
{
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static bw_err
turn_make(struct turn **out, const char *path)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct turn *t;

	pthread_once(&once, configure);
	if ((t = calloc(1, sizeof(*t))) == NULL)
		return BW_ERR_NOMEM;
	pthread_mutex_init(&t->lock, NULL);
	pthread_mutex_init(&t->count, NULL);
	snprintf(t->path, sizeof(t->path), "%s", path);
	*out = t;
	return BW_OK;
}

static void
turn_take(struct turn *t)
{
	pthread_mutex_lock(&t->count);
	t->handles++;
	pthread_mutex_unlock(&t->count);
}

static void
turn_drop(struct turn *t)
{
	unsigned left;

	pthread_mutex_lock(&t->count);
	left = --t->handles;
	pthread_mutex_unlock(&t->count);
	if (left != 0)
		return;
	conn_close(&t->conn);
	db_redo_drop(&t->redo);
	pthread_mutex_destroy(&t->lock);
	pthread_mutex_destroy(&t->count);
	explicit_bzero(t->deleted, sizeof(t->deleted));
	free(t);
}

static bw_err
handle_make(struct store **out, struct turn *t)
{
	struct store *s;
	bw_err r = BW_ERR_NOMEM;

	turn_take(t);
	if ((s = calloc(1, sizeof(*s))) == NULL) {
		turn_drop(t);
		return r;
	}
	s->turn = t;
	s->conn = &s->own;
	if ((r = conn_open(&s->own, t->path, &t->trouble)) != BW_OK)
		store_close(&s);
	*out = s;
	return r;
}

/* SQLite opens what is beside a store without a look, and one end of a pipe waits
 * for the other for ever. */
static bw_err
files_beside(const char *where)
{
	static const char *const end[] = { "", "-journal", "-wal", "-shm" };
	char path[FILE_PATH_MAX + 8];
	struct stat st;

	for (size_t i = 0; i < sizeof(end) / sizeof(end[0]); i++) {
		snprintf(path, sizeof(path), "%s%s", where, end[i]);
		if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
			return BW_ERR_IO;
	}
	return BW_OK;
}

bw_err
store_open(struct store **out, const char *where)
{
	struct turn *t = NULL;
	bw_err r;

	*out = NULL;
	if (strlen(where) >= FILE_PATH_MAX)
		return BW_ERR_BOUND;
	if ((r = files_beside(where)) != BW_OK)
		return r;
	if ((r = turn_make(&t, where)) != BW_OK)
		return r;
	return handle_make(out, t);
}

const char *
store_open_why(bw_err r)
{
	switch ((int)r) {
	case BW_ERR_BUSY:
		return "host.db is locked by another program: end that";
	case BW_ERR_FORMAT:
		return "host.db is damaged: put a backup back with `badgeward "
		    "restore`";
	case BW_ERR_OLD:
		return "host.db was made by another version of Badgeward, with "
		    "another form of store: install that";
	case BW_ERR_FULL:
		return "no room left on the disk of host.db";
	case BW_ERR_NOTFOUND:
		return "there is no host.db";
	default:
		return "host.db cannot be read or written: is it this user's?";
	}
}

bw_err
store_share(struct store *s, struct store **out)
{
	*out = NULL;
	return handle_make(out, s->turn);
}

bw_err
store_share_walk(struct store *s, struct store **out)
{
	bw_err r = store_share(s, out);

	if (r == BW_OK)
		store_walks(*out, true);
	return r;
}

void
store_walks(struct store *s, bool yes)
{
	(void)sqlite3_exec(s->own.db, yes ? "PRAGMA cache_size = " WALK_CACHE :
	    "PRAGMA cache_size = " USUAL_CACHE, NULL, NULL, NULL);
}

void
store_close(struct store **s)
{
	if (*s == NULL)
		return;
	store_rollback(*s);
	conn_close(&(*s)->own);
	turn_drop((*s)->turn);
	free(*s);
	*s = NULL;
}

/* The turn is ours: its connection, made when it is first wanted. */
static bw_err
writer(struct turn *t)
{
	bw_err r;

	if (t->conn.db != NULL)
		return BW_OK;
	if ((r = conn_open(&t->conn, t->path, &t->trouble)) == BW_OK)
		r = conn_run(&t->conn, "PRAGMA cache_size = " WRITER_CACHE);
	if (r != BW_OK)
		conn_close(&t->conn);
	return r;
}

static void
turn_over(struct store *s)
{
	db_redo_drop(&s->turn->redo);
	s->writing = false;
	s->conn = &s->own;
	pthread_mutex_unlock(&s->turn->lock);
}

/* Against other processes; one that does not wait its whole time out is no
 * failure to be logged. */
static bw_err
begin(struct conn *c, unsigned ms)
{
	int rc;

	sqlite3_busy_timeout(c->db, (int)ms);
	rc = sqlite3_exec(c->db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
	sqlite3_busy_timeout(c->db, STORE_WAIT_MS);
	if ((rc & 0xff) == SQLITE_BUSY && ms < STORE_WAIT_MS)
		return BW_ERR_BUSY;
	return sqlite_noted(c->trouble, rc);
}

bw_err
store_begin_within(struct store *s, unsigned ms)
{
	struct timespec until;
	bw_err r;

	if (s->writing || s->reading)
		return BW_ERR_ARG;
	/* A clock that is set meanwhile makes no one wait longer, nor shorter. */
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += ms / 1000;
	until.tv_nsec += ms % 1000 * 1000000L;
	if (until.tv_nsec >= 1000000000L) {
		until.tv_nsec -= 1000000000L;
		until.tv_sec++;
	}
	if (pthread_mutex_clocklock(&s->turn->lock, CLOCK_MONOTONIC, &until) !=
	    0)
		return BW_ERR_BUSY;
	s->writing = true;
	s->conn = &s->turn->conn;
	if ((r = writer(s->turn)) != BW_OK ||
	    (r = begin(s->conn, ms)) != BW_OK)
		turn_over(s);
	return r;
}

bw_err
store_begin(struct store *s)
{
	return store_begin_within(s, STORE_WAIT_MS);
}

/* Lines that stand in rights-done already are not to be done over a backup.
 * Should this fail, the next who writes takes them away. */
static bw_err
commit_failed(struct store *s, bw_err r)
{
	bool noted = s->turn->redo.n != 0;

	store_rollback(s);
	if (noted)
		(void)!store_redo_mend(s);
	return r;
}

bw_err
store_commit(struct store *s)
{
	bw_err r;

	if (!s->writing)
		return BW_ERR_ARG;
	if ((r = db_redo_flush(s)) != BW_OK ||
	    (r = conn_run(s->conn, "COMMIT")) != BW_OK)
		return commit_failed(s, r);
	atomic_store(&s->turn->trouble.full, false);
	turn_over(s);
	return BW_OK;
}

void
store_rollback(struct store *s)
{
	if (!s->writing)
		return;
	/* Fails only when SQLite has rolled back by itself. */
	sqlite3_exec(s->conn->db, "ROLLBACK", NULL, NULL, NULL);
	turn_over(s);
}

void
store_give_turn(int64_t began)
{
	int64_t ms = clock_mono_ms() - began + 1;

	if (ms > STORE_TURN_MS)
		ms = STORE_TURN_MS;
	nanosleep(&(struct timespec){ .tv_nsec = ms * 1000000 }, NULL);
}

void
store_deleted_key(struct store *s, const uint8_t secret[static CRYPTO_KEY])
{
	memcpy(s->turn->deleted, secret, CRYPTO_KEY);
	s->turn->can_compare = true;
}

const uint8_t *
db_deleted_key(const struct store *s)
{
	return s->turn->can_compare ? s->turn->deleted : NULL;
}

struct redo_queue *
db_redo(struct store *s)
{
	return &s->turn->redo;
}

void
store_tidy(struct store *s)
{
	(void)store_tidy_within(s, STORE_WAIT_MS);
}

bool
store_tidy_within(struct store *s, unsigned ms)
{
	int rc;

	if (s->writing || s->reading)
		return false;
	sqlite3_busy_timeout(s->own.db, (int)ms);
	rc = sqlite3_wal_checkpoint_v2(s->own.db, NULL,
	    SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	rc &= 0xff;
	sqlite3_busy_timeout(s->own.db, STORE_WAIT_MS);
	if (rc != SQLITE_OK && rc != SQLITE_BUSY && rc != SQLITE_LOCKED)
		log_warn("store: what was replaced is still in its files: %s",
		    sqlite3_errstr(rc));
	return rc == SQLITE_OK;
}

/* One row of each table that everything hangs on. */
bw_err
store_ping(struct store *s)
{
#define HAS(table) "EXISTS (SELECT * FROM " table " NOT INDEXED)"
	static const char sql[] = "SELECT (SELECT count(*) FROM meta) + "
	    HAS("registration") " + " HAS("edition") " + " HAS("device") " + "
	    HAS("entry") " + " HAS("lead");
#undef HAS
	const struct trouble *t = &s->turn->trouble;
	int64_t n;

	if (atomic_load(&t->damaged))
		return BW_ERR_FORMAT;
	if (atomic_load(&t->full))
		return BW_ERR_FULL;
	return conn_number(s->conn, sql, &n);
}

bw_err
store_try(struct store *s)
{
	bw_err r;

	if ((r = store_begin(s)) != BW_OK)
		return r;
	if ((r = conn_run(s->conn, "UPDATE meta SET value = value "
	    "WHERE key = 'serial'")) == BW_OK)
		return store_commit(s);
	store_rollback(s);
	return r;
}

bw_err
store_version(struct store *s, int64_t *out)
{
	return conn_number(&s->own, "PRAGMA data_version", out);
}

bw_err
db_writing(struct store *s)
{
	return s->writing ? BW_OK : BW_ERR_ARG;
}

bw_err
store_snapshot(struct store *s)
{
	bw_err r = BW_OK;

	if (s->reading)
		return BW_ERR_ARG;
	if (!s->writing && (r = conn_run(s->conn, "BEGIN")) == BW_OK)
		s->reading = true;
	return r;
}

/* Whether a commit of others came between two looks through one connection. In
 * a transaction it is a read, with which the state that is seen begins. */
static bw_err
look(struct store *s, int64_t *version)
{
	return conn_number(s->conn, "PRAGMA data_version", version);
}

/* What b saw before a began is what it sees in its own: so a sees that, too. */
static bw_err
snapshot_both(struct store *a, struct store *b, bool *same)
{
	int64_t before, with, after;
	bw_err r;

	if ((r = look(b, &before)) != BW_OK ||
	    (r = store_snapshot(a)) != BW_OK || (r = look(a, &with)) != BW_OK ||
	    (r = store_snapshot(b)) != BW_OK || (r = look(b, &after)) != BW_OK)
		return r;
	*same = before == after;
	return BW_OK;
}

bw_err
store_snapshot_both(struct store *a, struct store *b)
{
	bool same = false;
	bw_err r = BW_OK;

	if (a->reading || a->writing || b->reading || b->writing)
		return BW_ERR_ARG;
	for (int i = 0; i < TRIES_BOTH; i++) {
		if ((r = snapshot_both(a, b, &same)) == BW_OK && same)
			return BW_OK;
		store_snapshot_end(a);
		store_snapshot_end(b);
		if (r != BW_OK)
			return r;
	}
	return BW_ERR_BUSY;
}

void
store_snapshot_end(struct store *s)
{
	if (!s->reading)
		return;
	sqlite3_exec(s->conn->db, "ROLLBACK", NULL, NULL, NULL);
	s->reading = false;
}
