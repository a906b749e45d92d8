// SPDX-License-Identifier: Apache-2.0
/* Statements on the SQLite store: prepared once, bound, walked over. */
#include "host/store_sqlite.h"

#include <stdarg.h>
#include <string.h>

#include "base/log.h"

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
				return sqlite_noted(s->conn->trouble, rc);
			q->sql = sql;
			q->trouble = s->conn->trouble;
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
			return sqlite_failed(rc);
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
	return q != NULL ? sqlite_noted(q->trouble, sqlite3_step(q->st)) :
	    BW_ERR_ARG;
}

bw_err
db_each(struct store *s, db_row_cb take, void *arg, const char *sql,
    const char *types, ...)
{
	struct db_query *q;
	va_list ap;
	bw_err r;

	va_start(ap, types);
	r = open_args(s, &q, sql, types, &ap);
	va_end(ap);
	if (r != BW_OK)
		return r;
	while ((r = db_row(q)) == BW_OK)
		if ((r = take(arg, q)) != BW_OK)
			goto out;
	if (r == BW_ERR_NOTFOUND)
		r = BW_OK;
out:
	db_done(&q);
	return r;
}

bw_err
db_first(struct store *s, db_row_cb take, void *arg, const char *sql,
    const char *types, ...)
{
	struct db_query *q;
	va_list ap;
	bw_err r;

	va_start(ap, types);
	r = open_args(s, &q, sql, types, &ap);
	va_end(ap);
	if (r != BW_OK)
		return r;
	if ((r = db_row(q)) == BW_OK)
		r = take(arg, q);
	db_done(&q);
	return r;
}

static bw_err
damaged(struct trouble *t, const char *what)
{
	log_error("the store is damaged: %s; restore a backup", what);
	atomic_store(&t->damaged, true);
	return BW_ERR_FORMAT;
}

bw_err
db_damaged(const struct db_query *q, const char *what)
{
	return damaged(q->trouble, what);
}

bw_err
db_damaged_in(struct store *s, const char *what)
{
	return damaged(s->conn->trouble, what);
}

struct db_walk {
	struct db_query *q;
	db_row_cb take;
	void *arg;
	bw_err r;
};

/* Statements that `take` runs come and go within. */
static void
on_row(sqlite3_context *c, int n, sqlite3_value **row)
{
	const struct conn *conn = sqlite3_user_data(c);
	struct db_walk *w = conn->walk;

	(void)n;
	if (w == NULL || w->r != BW_OK)
		return;
	w->q->row = row;
	if ((w->r = w->take(w->arg, w->q)) != BW_OK)
		sqlite3_result_error_code(c, SQLITE_ABORT);
}

static void
on_end(sqlite3_context *c)
{
	sqlite3_result_null(c);
}

bw_err
sqlite_walks(struct conn *c)
{
	return sqlite_failed(sqlite3_create_function_v2(c->db, "each", -1,
	    SQLITE_UTF8 | SQLITE_DIRECTONLY, c, NULL, on_row, on_end, NULL));
}

bw_err
db_walk(struct store *s, db_row_cb take, void *arg, const char *sql,
    const char *types, ...)
{
	struct db_walk w = { .take = take, .arg = arg }, *outer;
	va_list ap;
	int rc;
	bw_err r;

	va_start(ap, types);
	r = open_args(s, &w.q, sql, types, &ap);
	va_end(ap);
	if (r != BW_OK)
		return r;
	outer = s->conn->walk;
	s->conn->walk = &w;
	rc = sqlite3_step(w.q->st);
	r = w.r != BW_OK ? w.r : sqlite_noted(s->conn->trouble, rc);
	s->conn->walk = outer;
	db_done(&w.q);
	return r;
}

void
db_done(struct db_query **q)
{
	if (*q == NULL)
		return;
	sqlite3_reset((*q)->st);
	sqlite3_clear_bindings((*q)->st);
	(*q)->busy = false;
	(*q)->row = NULL;
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
	return q->row != NULL ? sqlite3_value_int64(q->row[col]) :
	    sqlite3_column_int64(q->st, col);
}

uint64_t
db_uint(struct db_query *q, int col)
{
	return (uint64_t)db_int(q, col);
}

const char *
db_text(struct db_query *q, int col)
{
	const unsigned char *p = q->row != NULL ?
	    sqlite3_value_text(q->row[col]) : sqlite3_column_text(q->st, col);

	return p != NULL ? (const char *)p : "";
}

const void *
db_blob(struct db_query *q, int col, size_t *len)
{
	const void *p;
	int n;

	if (q->row != NULL) {
		p = sqlite3_value_blob(q->row[col]);
		n = sqlite3_value_bytes(q->row[col]);
	} else {
		p = sqlite3_column_blob(q->st, col);
		n = sqlite3_column_bytes(q->st, col);
	}
	*len = p != NULL ? (size_t)n : 0;
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
