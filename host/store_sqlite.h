/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_sqlite.h - a handle on the SQLite store, between store_sqlite.c,
 * store_conn.c and store_query.c only.
 */
#ifndef HOST_STORE_SQLITE_H
#define HOST_STORE_SQLITE_H

#include <sqlite3.h>
#include <stdatomic.h>

#include "host/store_db.h"

/* PRAGMA user_version; application_id is SCHEMA_FORM, of schema.sql. */
#define STORE_VERSION 1
#define QUERIES_MAX 512		/* different statements in store_*.c */

struct db_query {
	const char *sql;	/* told apart by its address */
	sqlite3_stmt *st;
	struct trouble *trouble;
	bool busy;
	sqlite3_value **row;	/* of db_walk; NULL: the statement's */
};

/* What was met on the way, by any handle of this process. */
struct trouble {
	atomic_bool damaged;	/* until the process ends */
	atomic_bool full;	/* until a transaction is kept */
};

/* A connection and the statements prepared on it. */
struct conn {
	sqlite3 *db;		/* NULL: not open yet */
	struct trouble *trouble;
	struct db_query query[QUERIES_MAX];
	struct db_walk *walk;	/* the innermost one under way */
};

struct turn;			/* whose turn to write it is, and how */

struct store {
	struct conn own;	/* reads */
	struct conn *conn;	/* own; while writing the turn's */
	struct turn *turn;
	bool writing, reading;
};

/* Open and set up, with the schema made unless it is there. Any conn that is all
 * zero or that this failed for may be closed, which leaves it all zero. */
BW_MUST_USE bw_err conn_open(struct conn *c, const char *path,
    struct trouble *trouble);
void conn_close(struct conn *c);
/* Statements without a row; one whose first row is a number. */
BW_MUST_USE bw_err conn_run(struct conn *c, const char *sql);
BW_MUST_USE bw_err conn_number(struct conn *c, const char *sql, int64_t *out);

/* The function that db_walk's statements call. */
BW_MUST_USE bw_err sqlite_walks(struct conn *c);

/* What a result code of SQLite is; what is a failure is logged, by its name
 * alone: a message could hold a value. */
BW_MUST_USE bw_err sqlite_failed(int rc);
/* The same, and trouble is noted. */
BW_MUST_USE bw_err sqlite_noted(struct trouble *t, int rc);

#endif
