/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_db.h - the door between store_*.c, which hold the SQL, and a database.
 *
 * The SQL keeps to what SQLite and PostgreSQL both understand; parameters are
 * ?1, ?2 … store_sqlite.c and store_query.c implement this. Only store_*.c
 * include it.
 */
#ifndef HOST_STORE_DB_H
#define HOST_STORE_DB_H

#include "host/store.h"

struct db_query;	/* a prepared statement, kept by its database */

/*
 * Take the prepared statement of a text (prepared once per handle; the text is
 * a static array, told apart by its address) and bind its parameters in order:
 *	i int64_t	u uint64_t (below 2^63)	b const void *, size_t (a blob)
 *	t const char * (text)		n (NULL, no argument)
 * A blob or text is not copied: it must live until db_done. A NULL pointer
 * binds NULL.
 */
BW_MUST_USE bw_err db_open(struct store *s, struct db_query **q,
    const char *sql, const char *types, ...);
/* BW_OK: a row is there; BW_ERR_NOTFOUND: no more. BW_ERR_EXISTS when a row
 * to be written breaks a unique index. */
BW_MUST_USE bw_err db_row(struct db_query *q);
/* Give the statement back; accepts NULL, nulls. */
void db_done(struct db_query **q);

/* What is done with a row; anything but BW_OK ends the walk. */
typedef bw_err (*db_row_cb)(void *arg, struct db_query *q);
/* Open, give each row to `take`, done: BW_OK after the last one. */
BW_MUST_USE bw_err db_each(struct store *s, db_row_cb take, void *arg,
    const char *sql, const char *types, ...);
/* The same with the first row alone; BW_ERR_NOTFOUND when there is none. */
BW_MUST_USE bw_err db_first(struct store *s, db_row_cb take, void *arg,
    const char *sql, const char *types, ...);

/* db_each for very many rows: the statement is SELECT each(columns) FROM …, and
 * each row's columns come from within the database's own loop, without the way
 * out of it and back in, which costs as much as the loop. each is SQLite's
 * aggregate here; elsewhere it would be left out. ORDER BY says nothing to it:
 * rows come as the table's key has them. */
BW_MUST_USE bw_err db_walk(struct store *s, db_row_cb take, void *arg,
    const char *sql, const char *types, ...);

/* What no store can hold that was written by us: logged, with what to do, noted
 * for store_ping, and BW_ERR_FORMAT. In a row, and elsewhere. */
BW_MUST_USE bw_err db_damaged(const struct db_query *q, const char *what);
BW_MUST_USE bw_err db_damaged_in(struct store *s, const char *what);

/* Columns of the row, from 0. NULL gives 0, "" and an empty blob. */
int64_t db_int(struct db_query *q, int col);
uint64_t db_uint(struct db_query *q, int col);
const char *db_text(struct db_query *q, int col);
/* A text comes as well, without the end that db_text may have to copy it for. */
const void *db_blob(struct db_query *q, int col, size_t *len);
/* A blob of exactly n bytes, or all zero for NULL; BW_ERR_FORMAT else. */
BW_MUST_USE bw_err db_fixed(struct db_query *q, int col, void *out, size_t n);
/* Text into a fixed array; BW_ERR_FORMAT when it does not fit. */
BW_MUST_USE bw_err db_copy(struct db_query *q, int col, char *out,
    size_t size);

/* Six columns of values from col on; and a value for binding. */
BW_MUST_USE bw_err db_values(struct db_query *q, int col,
    struct field_values *out);
const char *db_value(const struct field_values *v, int f);

/* Run a statement that writes; it demands a transaction (BW_ERR_ARG else).
 * *changed, if not NULL, is the number of rows. */
BW_MUST_USE bw_err db_write(struct store *s, int64_t *changed,
    const char *sql, const char *types, ...);
/* A lead has ended, or a registration is erased: its notes go, and the bodies
 * of the entries that they came in. */
BW_MUST_USE bw_err db_notes_end(struct store *s, uint64_t lead);
BW_MUST_USE bw_err db_notes_erase(struct store *s, uint64_t registration);
/* The key of the row inserted last. */
int64_t db_last_id(struct store *s);
/* BW_ERR_ARG unless a write transaction is open. */
BW_MUST_USE bw_err db_writing(struct store *s);
/* The key of an entry or lead. */
static inline uint64_t
db_key(uint64_t device, uint64_t seq)
{
	return device << 32 | seq;
}
/* The key of a receipt: the first 63 bits of its hash. */
static inline int64_t
db_receipt(const uint8_t rh[static RECEIPT_RH])
{
	uint64_t v = 0;

	for (size_t i = 0; i < 8; i++)
		v = v << 8 | rh[i];
	return (int64_t)(v >> 1);
}

#endif
