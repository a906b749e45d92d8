// SPDX-License-Identifier: Apache-2.0
/*
 * Which badges were shared here, by marks (repeat.h) and days.
 *
 * The last one stands apart, in the row `latest`, with the number of its
 * share, for that one may be undone; it joins the others with the next share,
 * or when the host has it. In the table they lie in the order of their marks,
 * which tells nothing about when.
 */
#include <string.h>

#include "kiosk/journal_db.h"

static bw_err
run_range(struct journal *j, enum journal_sql which, uint64_t from,
    uint64_t to)
{
	sqlite3_stmt *s = j->sql[which];
	int rc = sqlite3_bind_int64(s, 1, (sqlite3_int64)from);

	if (rc == SQLITE_OK)
		rc = sqlite3_bind_int64(s, 2, (sqlite3_int64)to);
	return rc == SQLITE_OK ? journal_db_run(j, which) :
	    journal_db_err(rc);
}

bw_err
journal_db_make_salt(struct journal *j)
{
	sqlite3_stmt *s = NULL;
	bw_err r;
	int rc;

	if ((r = bw_random(j->salt, REPEAT_SALT)) != BW_OK)
		return r;
	rc = sqlite3_prepare_v2(j->db, "INSERT INTO latest (one, salt) "
	    "VALUES (1, ?)", -1, &s, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_bind_blob(s, 1, j->salt, REPEAT_SALT,
		    SQLITE_STATIC);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(s);
	sqlite3_finalize(s);
	return journal_db_err(rc);
}

bw_err
journal_db_unshare(struct journal *j, uint64_t seq)
{
	return run_range(j, SQL_NO_LATEST, seq, seq);
}

bw_err
journal_db_join_latest(struct journal *j, uint64_t below)
{
	bw_err r;

	if (below == 0)
		return BW_OK;
	if ((r = run_range(j, SQL_JOIN, 0, below - 1)) == BW_OK &&
	    (r = run_range(j, SQL_NO_LATEST, 0, below - 1)) == BW_OK)
		r = run_range(j, SQL_FORGET, JOURNAL_MARKS, 0);
	return r;
}

bw_err
journal_db_shared(struct journal *j, uint64_t seq,
    const struct journal_mark *m)
{
	sqlite3_stmt *s = j->sql[SQL_LATEST];
	bw_err r;
	int rc;

	if ((r = journal_db_join_latest(j, seq)) != BW_OK)
		return r;
	rc = sqlite3_bind_int64(s, 1, (sqlite3_int64)seq);
	if (rc == SQLITE_OK)
		rc = sqlite3_bind_blob(s, 2, m->mark, REPEAT_MARK,
		    SQLITE_STATIC);
	if (rc == SQLITE_OK)
		rc = sqlite3_bind_int64(s, 3, m->day);
	return rc == SQLITE_OK ? journal_db_run(j, SQL_LATEST) :
	    journal_db_err(rc);
}

bw_err
journal_shared_before(struct journal *j, struct journal_mark *m)
{
	sqlite3_stmt *s = j->sql[SQL_SHARED];
	bw_err r;
	int rc;

	m->day = 0;
	if (j->broken)
		return BW_ERR_IO;
	rc = sqlite3_bind_blob(s, 1, m->mark, REPEAT_MARK, SQLITE_STATIC);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(s);
	r = rc == SQLITE_DONE ? BW_ERR_NOTFOUND : journal_db_err(rc);
	if (rc == SQLITE_ROW)
		m->day = sqlite3_column_int64(s, 0);
	sqlite3_reset(s);
	sqlite3_clear_bindings(s);
	return r;
}

bw_err
journal_forget_shared(struct journal *j)
{
	bw_err r;

	if (j->broken)
		return BW_ERR_IO;
	if ((r = run_range(j, SQL_NO_LATEST, 0, INT64_MAX)) == BW_OK)
		r = run_range(j, SQL_FORGET, 0, 0);
	j->deleted = true;
	return r;
}

const uint8_t *
journal_salt(const struct journal *j)
{
	return j->salt;
}
