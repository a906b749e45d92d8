// SPDX-License-Identifier: Apache-2.0
/* One connection to the SQLite file, and what its result codes are. */
#include "host/store_sqlite.h"

#include <string.h>

#include "base/log.h"
#include "schema.h"
#include "schema_form.h"

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

bw_err
sqlite_failed(int rc)
{
	bw_err r = from_sqlite(rc);

	if (r != BW_OK && r != BW_ERR_NOTFOUND && r != BW_ERR_EXISTS)
		log_error("store: %s", sqlite3_errstr(rc));
	return r;
}

bw_err
sqlite_noted(struct trouble *t, int rc)
{
	bw_err r = sqlite_failed(rc);

	if ((rc & 0xff) == SQLITE_CORRUPT || (rc & 0xff) == SQLITE_NOTADB)
		atomic_store(&t->damaged, true);
	if (r == BW_ERR_FULL)
		atomic_store(&t->full, true);
	return r;
}

bw_err
conn_run(struct conn *c, const char *sql)
{
	return sqlite_noted(c->trouble, sqlite3_exec(c->db, sql, NULL, NULL,
	    NULL));
}

bw_err
conn_number(struct conn *c, const char *sql, int64_t *out)
{
	sqlite3_stmt *st = NULL;
	int rc;

	*out = 0;
	rc = sqlite3_prepare_v2(c->db, sql, -1, &st, NULL);
	if (rc == SQLITE_OK && (rc = sqlite3_step(st)) == SQLITE_ROW)
		*out = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return sqlite_noted(c->trouble, rc);
}

#define TEXT(n) TEXT_(n)
#define TEXT_(n) #n

/* Of this program's, or another's. */
static bw_err
form_check(struct conn *c, int64_t version)
{
	int64_t form;
	bw_err r = conn_number(c, "PRAGMA application_id", &form);

	if (r != BW_OK)
		return r;
	return version == STORE_VERSION && form == SCHEMA_FORM ? BW_OK :
	    BW_ERR_OLD;
}

/* Make the schema unless it is there; another process may be doing so. */
static bw_err
schema_make(struct conn *c)
{
	int64_t version;
	bw_err r;

	if ((r = conn_number(c, "PRAGMA user_version", &version)) != BW_OK)
		return r;
	if (version != 0)
		return form_check(c, version);
	if ((r = conn_run(c, "BEGIN IMMEDIATE")) != BW_OK)
		return r;
	if ((r = conn_number(c, "PRAGMA user_version", &version)) != BW_OK)
		goto out;
	if (version == 0 &&
	    ((r = conn_run(c, (const char *)schema_sql)) != BW_OK ||
	    (r = conn_run(c, "PRAGMA application_id = " TEXT(SCHEMA_FORM))) !=
	    BW_OK ||
	    (r = conn_run(c, "PRAGMA user_version = "
	    TEXT(STORE_VERSION))) != BW_OK))
		goto out;
	if (version == 0 || (r = form_check(c, version)) == BW_OK)
		r = conn_run(c, "COMMIT");
out:
	if (r != BW_OK)
		sqlite3_exec(c->db, "ROLLBACK", NULL, NULL, NULL);
	return r;
}

bw_err
conn_open(struct conn *c, const char *path, struct trouble *trouble)
{
	int rc;
	bw_err r;

	c->trouble = trouble;
	rc = sqlite3_open_v2(path, &c->db, SQLITE_OPEN_READWRITE |
	    SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
	if (rc != SQLITE_OK)
		return sqlite_noted(c->trouble, rc);
	sqlite3_extended_result_codes(c->db, 1);
	sqlite3_busy_timeout(c->db, STORE_WAIT_MS);
	if ((r = conn_run(c, "PRAGMA trusted_schema = OFF")) != BW_OK ||
	    /* Of a new file: a walk over a large event makes half the reads. */
	    (r = conn_run(c, "PRAGMA page_size = 8192")) != BW_OK ||
	    (r = conn_run(c, "PRAGMA journal_mode = WAL")) != BW_OK ||
	    (r = conn_run(c, "PRAGMA synchronous = FULL")) != BW_OK ||
	    (r = conn_run(c, "PRAGMA secure_delete = ON")) != BW_OK ||
	    (r = conn_run(c, "PRAGMA foreign_keys = ON")) != BW_OK ||
	    (r = conn_run(c, "PRAGMA temp_store = MEMORY")) != BW_OK ||
	    (r = sqlite_walks(c)) != BW_OK)
		return r;
	return schema_make(c);
}

void
conn_close(struct conn *c)
{
	for (size_t i = 0; i < QUERIES_MAX; i++)
		sqlite3_finalize(c->query[i].st);
	sqlite3_close(c->db);
	memset(c, 0, sizeof(*c));
}
