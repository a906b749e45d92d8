// SPDX-License-Identifier: Apache-2.0
/* How many entries of which kind the host's cosignature let go, by quarter
 * hour: no finer than the log itself says it of those who shared nothing. */
#include <string.h>

#include "kiosk/journal_db.h"
#include "kiosk/tally.h"

_Static_assert(JOURNAL_TALLY == TALLY_KINDS, "the columns of the table");

static bw_err
store(struct journal *j, struct journal_run *run)
{
	sqlite3_stmt *s = j->sql[SQL_TALLY];
	int rc;

	if (run->n[0] == 0 && run->n[1] == 0 && run->n[2] == 0)
		return BW_OK;
	rc = sqlite3_bind_int64(s, 1, (sqlite3_int64)run->quarter);
	for (int i = 0; i < TALLY_KINDS && rc == SQLITE_OK; i++)
		rc = sqlite3_bind_int64(s, i + 2, run->n[i]);
	memset(run->n, 0, sizeof(run->n));
	return rc == SQLITE_OK ? journal_db_run(j, SQL_TALLY) :
	    journal_db_err(rc);
}

static bw_err
take(struct journal *j, struct journal_run *run, const void *entry, int len)
{
	enum tally_of what;
	struct entry e;
	bw_err r;
	int by;

	if (entry == NULL)
		return BW_ERR_FORMAT;
	if ((r = entry_decode(entry, (size_t)len, &e)) != BW_OK ||
	    (by = tally_by(e.kind, &what)) == 0)
		return r;
	if (e.time / ENTRY_COARSE != run->quarter) {
		r = store(j, run);
		run->quarter = e.time / ENTRY_COARSE;
	}
	run->n[what] += by;
	return r;
}

bw_err
journal_db_tally(struct journal *j, uint64_t size, struct journal_run *run)
{
	sqlite3_stmt *s = j->sql[SQL_RANGE];
	bw_err r = BW_OK;
	int rc;

	rc = sqlite3_bind_int64(s, 1, (sqlite3_int64)j->cosigned);
	if (rc == SQLITE_OK)
		rc = sqlite3_bind_int64(s, 2, (sqlite3_int64)size);
	while (r == BW_OK && (rc == SQLITE_OK || rc == SQLITE_ROW) &&
	    (rc = sqlite3_step(s)) == SQLITE_ROW)
		r = take(j, run, sqlite3_column_blob(s, 0),
		    sqlite3_column_bytes(s, 0));
	sqlite3_reset(s);
	return r == BW_OK ? journal_db_err(rc) : r;
}

bw_err
journal_tally(struct journal *j, int64_t since,
    int64_t out[static JOURNAL_TALLY])
{
	sqlite3_stmt *s = j->sql[SQL_TALLIED];
	bool is_in = since / ENTRY_COARSE <= (int64_t)j->run.quarter;
	int rc;

	memset(out, 0, JOURNAL_TALLY * sizeof(*out));
	if (j->broken)
		return BW_ERR_IO;
	rc = sqlite3_bind_int64(s, 1, since / ENTRY_COARSE);
	if (rc == SQLITE_OK && (rc = sqlite3_step(s)) == SQLITE_ROW)
		for (int i = 0; i < JOURNAL_TALLY; i++)
			out[i] = sqlite3_column_int64(s, i) +
			    (is_in ? j->run.n[i] : 0);
	sqlite3_reset(s);
	return journal_db_err(rc);
}
