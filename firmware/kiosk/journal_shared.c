// SPDX-License-Identifier: Apache-2.0
/*
 * Which badges were shared here, by marks (repeat.h) and days.
 *
 * The last ones stand in the state row (marks.h); when that has no room for
 * more they all go to the table, each of whose rows has its place by its mark
 * and so costs a page of its own, sooner or later.
 */
#include <string.h>

#include "kiosk/journal_db.h"

static bw_err
keep(struct journal *j, const struct journal_mark *m)
{
	sqlite3_stmt *s = j->sql[SQL_KEEP];
	int rc = sqlite3_bind_blob(s, 1, m->mark, REPEAT_MARK, SQLITE_STATIC);

	if (rc == SQLITE_OK)
		rc = sqlite3_bind_int64(s, 2, m->day);
	return rc == SQLITE_OK ? journal_db_run(j, SQL_KEEP) :
	    journal_db_err(rc);
}

/* All but the latest so many. */
static bw_err
forget(struct journal *j, int most)
{
	int rc = sqlite3_bind_int(j->sql[SQL_FORGET], 1, most);

	return rc == SQLITE_OK ? journal_db_run(j, SQL_FORGET) :
	    journal_db_err(rc);
}

bw_err
journal_db_join_last(struct journal *j, struct marks *m, uint64_t below)
{
	bw_err r = BW_OK;

	if (m->n == MARKS_MAX) {
		for (size_t i = 0; i < m->n && r == BW_OK; i++)
			r = keep(j, &m->one[i]);
		if (r != BW_OK || (r = forget(j, JOURNAL_MARKS)) != BW_OK)
			return r;
		m->n = 0;
	}
	marks_join(m, below);
	return r;
}

bw_err
journal_shared_before(struct journal *j, struct journal_mark *m)
{
	sqlite3_stmt *s = j->sql[SQL_SHARED];
	int64_t day;
	bw_err r;
	int rc;

	m->day = 0;
	if (j->broken)
		return BW_ERR_IO;
	day = marks_find(&j->marks, m->mark);
	rc = sqlite3_bind_blob(s, 1, m->mark, REPEAT_MARK, SQLITE_STATIC);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(s);
	r = journal_db_err(rc);
	if (rc == SQLITE_ROW && sqlite3_column_int64(s, 0) > day)
		day = sqlite3_column_int64(s, 0);
	sqlite3_reset(s);
	sqlite3_clear_bindings(s);
	if (r != BW_OK || day < 0)
		return r != BW_OK ? r : BW_ERR_NOTFOUND;
	m->day = day;
	return BW_OK;
}

bw_err
journal_forget_shared(struct journal *j)
{
	const struct marks none = { .seq = 0 };
	bw_err r;

	if (j->broken)
		return BW_ERR_IO;
	j->deleted = true;
	if ((r = journal_db_put_state(j, &j->chain, j->serial,
	    j->policy_sha256, &none)) != BW_OK)
		return r;
	j->marks = none;
	return forget(j, 0);
}

const uint8_t *
journal_salt(const struct journal *j)
{
	return j->salt;
}
