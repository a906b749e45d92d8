// SPDX-License-Identifier: Apache-2.0
/*
 * The store in one SQLite file: WAL, synchronous=FULL, secure_delete. What
 * this file has is connections, transactions and statements; the SQL stands
 * in the other store_*.c.
 */
#include "host/store_db.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/log.h"
#include "schema.h"

#define SCHEMA_VERSION 1
#define WAIT_SECONDS 10
#define WRITER_CACHE "-16384"	/* KiB of pages */
#define QUERIES_MAX 128		/* different statements in store_*.c */

struct db_query {
	const char *sql;	/* told apart by its address */
	sqlite3_stmt *st;
	bool busy;
};

struct conn {
	sqlite3 *db;		/* NULL: not open yet */
	struct db_query query[QUERIES_MAX];
};

/* What the handles of one process on one file share: whose turn to write it
 * is (SQLite alone would have them sleep and try again), and the connection
 * that writes. It is one for all because a connection's pages in memory are
 * good only until another one has written. */
struct turn {
	pthread_mutex_t lock;	/* held by the writer; guards conn */
	struct conn conn;
	pthread_mutex_t count;	/* guards handles */
	unsigned handles;
	char path[FILE_PATH_MAX];
};

struct store {
	struct conn own;	/* reads */
	struct conn *conn;	/* own; while writing the turn's */
	struct turn *turn;
	bool writing, reading;
};

static bw_err
from_sqlite(int rc)
{
	switch (rc & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW:
		return BW_OK;
	case SQLITE_DONE:
		return BW_ERR_NOTFOUND;
	case SQLITE_CONSTRAINT:
		return BW_ERR_EXISTS;
	case SQLITE_NOMEM:
		return BW_ERR_NOMEM;
	case SQLITE_FULL:
		return BW_ERR_FULL;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return BW_ERR_BUSY;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_ERROR:
		return BW_ERR_FORMAT;
	default:
		return BW_ERR_IO;
	}
}

/* errstr, not errmsg: it cannot hold a value. */
static bw_err
failed(int rc)
{
	bw_err r = from_sqlite(rc);

	if (r != BW_OK && r != BW_ERR_NOTFOUND && r != BW_ERR_EXISTS)
		log_error("store: %s", sqlite3_errstr(rc));
	return r;
}

static bw_err
run(struct conn *c, const char *sql)
{
	return failed(sqlite3_exec(c->db, sql, NULL, NULL, NULL));
}

static bw_err
pragma_int(struct conn *c, const char *sql, int64_t *out)
{
	sqlite3_stmt *st = NULL;
	int rc;

	*out = 0;
	rc = sqlite3_prepare_v2(c->db, sql, -1, &st, NULL);
	if (rc == SQLITE_OK && (rc = sqlite3_step(st)) == SQLITE_ROW)
		*out = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return failed(rc);
}

/* Make the schema unless it is there; another process may be doing so. */
static bw_err
schema_make(struct conn *c)
{
	int64_t version;
	bw_err r;

	if ((r = pragma_int(c, "PRAGMA user_version", &version)) != BW_OK)
		return r;
	if (version == SCHEMA_VERSION)
		return BW_OK;
	if ((r = run(c, "BEGIN IMMEDIATE")) != BW_OK)
		return r;
	if ((r = pragma_int(c, "PRAGMA user_version", &version)) != BW_OK)
		goto out;
	if (version == 0 &&
	    ((r = run(c, (const char *)schema_sql)) != BW_OK ||
	    (r = run(c, "PRAGMA user_version = 1")) != BW_OK))
		goto out;
	r = BW_ERR_FORMAT;
	if (version != 0 && version != SCHEMA_VERSION) {
		log_error("store: made by a later version of Badgeward");
		goto out;
	}
	r = run(c, "COMMIT");
out:
	if (r != BW_OK)
		sqlite3_exec(c->db, "ROLLBACK", NULL, NULL, NULL);
	return r;
}

static bw_err
connect(struct conn *c, const char *path)
{
	int rc;
	bw_err r;

	rc = sqlite3_open_v2(path, &c->db, SQLITE_OPEN_READWRITE |
	    SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
	if (rc != SQLITE_OK)
		return failed(rc);
	sqlite3_extended_result_codes(c->db, 1);
	sqlite3_busy_timeout(c->db, WAIT_SECONDS * 1000);
	if ((r = run(c, "PRAGMA trusted_schema = OFF")) != BW_OK ||
	    (r = run(c, "PRAGMA journal_mode = WAL")) != BW_OK ||
	    (r = run(c, "PRAGMA synchronous = FULL")) != BW_OK ||
	    (r = run(c, "PRAGMA secure_delete = ON")) != BW_OK ||
	    (r = run(c, "PRAGMA foreign_keys = ON")) != BW_OK ||
	    (r = run(c, "PRAGMA temp_store = MEMORY")) != BW_OK)
		return r;
	return schema_make(c);
}

static void
disconnect(struct conn *c)
{
	for (size_t i = 0; i < QUERIES_MAX; i++)
		sqlite3_finalize(c->query[i].st);
	sqlite3_close(c->db);
	memset(c, 0, sizeof(*c));
}

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
	disconnect(&t->conn);
	pthread_mutex_destroy(&t->lock);
	pthread_mutex_destroy(&t->count);
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
	if ((r = connect(&s->own, t->path)) != BW_OK)
		store_close(&s);
	*out = s;
	return r;
}

bw_err
store_open(struct store **out, const char *where)
{
	struct turn *t = NULL;
	bw_err r;

	*out = NULL;
	if (strlen(where) >= FILE_PATH_MAX)
		return BW_ERR_BOUND;
	if ((r = turn_make(&t, where)) != BW_OK)
		return r;
	return handle_make(out, t);
}

bw_err
store_share(struct store *s, struct store **out)
{
	*out = NULL;
	return handle_make(out, s->turn);
}

void
store_close(struct store **s)
{
	if (*s == NULL)
		return;
	store_rollback(*s);
	disconnect(&(*s)->own);
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
	if ((r = connect(&t->conn, t->path)) == BW_OK)
		r = run(&t->conn, "PRAGMA cache_size = " WRITER_CACHE);
	if (r != BW_OK)
		disconnect(&t->conn);
	return r;
}

static void
turn_over(struct store *s)
{
	s->writing = false;
	s->conn = &s->own;
	pthread_mutex_unlock(&s->turn->lock);
}

bw_err
store_begin(struct store *s)
{
	struct timespec until;
	bw_err r;

	if (s->writing || s->reading)
		return BW_ERR_ARG;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += WAIT_SECONDS;
	if (pthread_mutex_timedlock(&s->turn->lock, &until) != 0)
		return BW_ERR_BUSY;
	s->writing = true;
	s->conn = &s->turn->conn;
	if ((r = writer(s->turn)) != BW_OK ||
	    (r = run(s->conn, "BEGIN IMMEDIATE")) != BW_OK)
		turn_over(s);
	return r;
}

bw_err
store_commit(struct store *s)
{
	bw_err r;

	if (!s->writing)
		return BW_ERR_ARG;
	if ((r = run(s->conn, "COMMIT")) != BW_OK) {
		store_rollback(s);
		return r;
	}
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

bw_err
store_ping(struct store *s)
{
	int64_t n;

	return pragma_int(s->conn, "SELECT count(*) FROM meta", &n);
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
	if (!s->writing && (r = run(s->conn, "BEGIN")) == BW_OK)
		s->reading = true;
	return r;
}

void
store_snapshot_end(struct store *s)
{
	if (!s->reading)
		return;
	sqlite3_exec(s->conn->db, "ROLLBACK", NULL, NULL, NULL);
	s->reading = false;
}

/* The slot of a statement: by its text's address, prepared when first used. */
static bw_err
find(struct store *s, const char *sql, struct db_query **out)
{
	size_t at = (size_t)((uintptr_t)sql >> 3) % QUERIES_MAX;

	for (size_t i = 0; i < QUERIES_MAX; i++) {
		struct db_query *q = &s->conn->query[(at + i) % QUERIES_MAX];

		if (q->sql == NULL) {
			int rc = sqlite3_prepare_v3(s->conn->db, sql, -1,
			    SQLITE_PREPARE_PERSISTENT, &q->st, NULL);

			if (rc != SQLITE_OK)
				return failed(rc);
			q->sql = sql;
		}
		if (q->sql == sql) {
			*out = q;
			return q->busy ? BW_ERR_ARG : BW_OK;
		}
	}
	return BW_ERR_BOUND;
}

static int
bind_one(sqlite3_stmt *st, int i, char type, va_list *ap)
{
	const void *p;

	switch (type) {
	case 'i':
		return sqlite3_bind_int64(st, i, va_arg(*ap, int64_t));
	case 'u':
		return sqlite3_bind_int64(st, i,
		    (int64_t)va_arg(*ap, uint64_t));
	case 't':
		return sqlite3_bind_text(st, i, va_arg(*ap, const char *), -1,
		    SQLITE_STATIC);
	case 'b':
		p = va_arg(*ap, const void *);
		return sqlite3_bind_blob64(st, i, p, va_arg(*ap, size_t),
		    SQLITE_STATIC);
	case 'n':
		return sqlite3_bind_null(st, i);
	default:
		return SQLITE_MISUSE;
	}
}

static bw_err
open_args(struct store *s, struct db_query **out, const char *sql,
    const char *types, va_list *ap)
{
	struct db_query *q = NULL;
	int rc;
	bw_err r;

	*out = NULL;
	if ((r = find(s, sql, &q)) != BW_OK)
		return r;
	if (q == NULL)
		return BW_ERR_IO;
	for (int i = 0; types[i] != 0; i++)
		if ((rc = bind_one(q->st, i + 1, types[i], ap)) != SQLITE_OK)
			return failed(rc);
	q->busy = true;
	*out = q;
	return BW_OK;
}

bw_err
db_open(struct store *s, struct db_query **q, const char *sql,
    const char *types, ...)
{
	va_list ap;
	bw_err r;

	va_start(ap, types);
	r = open_args(s, q, sql, types, &ap);
	va_end(ap);
	return r;
}

bw_err
db_row(struct db_query *q)
{
	return q != NULL ? failed(sqlite3_step(q->st)) : BW_ERR_ARG;
}

void
db_done(struct db_query **q)
{
	if (*q == NULL)
		return;
	sqlite3_reset((*q)->st);
	sqlite3_clear_bindings((*q)->st);
	(*q)->busy = false;
	*q = NULL;
}

bw_err
db_write(struct store *s, int64_t *changed, const char *sql,
    const char *types, ...)
{
	struct db_query *q = NULL;
	va_list ap;
	bw_err r;

	if (changed != NULL)
		*changed = 0;
	if (!s->writing)
		return BW_ERR_ARG;
	va_start(ap, types);
	r = open_args(s, &q, sql, types, &ap);
	va_end(ap);
	if (r != BW_OK)
		return r;
	r = db_row(q);
	if (r == BW_ERR_NOTFOUND) {
		r = BW_OK;
		if (changed != NULL)
			*changed = sqlite3_changes64(s->conn->db);
	}
	db_done(&q);
	return r;
}

int64_t
db_last_id(struct store *s)
{
	return sqlite3_last_insert_rowid(s->conn->db);
}

int64_t
db_int(struct db_query *q, int col)
{
	return sqlite3_column_int64(q->st, col);
}

uint64_t
db_uint(struct db_query *q, int col)
{
	return (uint64_t)sqlite3_column_int64(q->st, col);
}

const char *
db_text(struct db_query *q, int col)
{
	const unsigned char *p = sqlite3_column_text(q->st, col);

	return p != NULL ? (const char *)p : "";
}

const void *
db_blob(struct db_query *q, int col, size_t *len)
{
	const void *p = sqlite3_column_blob(q->st, col);

	*len = p != NULL ? (size_t)sqlite3_column_bytes(q->st, col) : 0;
	return p;
}

bw_err
db_fixed(struct db_query *q, int col, void *out, size_t n)
{
	size_t len;
	const void *p = db_blob(q, col, &len);

	memset(out, 0, n);
	if (p == NULL)
		return BW_OK;
	if (len != n)
		return BW_ERR_FORMAT;
	memcpy(out, p, n);
	return BW_OK;
}

bw_err
db_copy(struct db_query *q, int col, char *out, size_t size)
{
	const char *p = db_text(q, col);
	size_t len = strlen(p);

	out[0] = 0;
	if (len >= size)
		return BW_ERR_FORMAT;
	memcpy(out, p, len + 1);
	return BW_OK;
}
