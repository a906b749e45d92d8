// SPDX-License-Identifier: Apache-2.0
/*
 * Answers by which nothing was shared, until they are entries. The table has
 * how many there were in a quarter hour, not in which order.
 */
#include <string.h>

#include "base/log.h"
#include "kiosk/journal_db.h"

static bw_err
bind(sqlite3_stmt *s, uint64_t quarter, const struct body *b)
{
	bool unread = b->kind == ENTRY_UNREAD;
	const char *sponsor = unread ? b->u.unread.sponsor : b->u.stop.sponsor;
	int rc = sqlite3_bind_int64(s, 1, (sqlite3_int64)quarter);

	if (rc == SQLITE_OK)
		rc = sqlite3_bind_int(s, 2, (int)b->kind);
	if (rc == SQLITE_OK)
		rc = sqlite3_bind_int(s, 3,
		    unread ? (int)b->u.unread.reason : 0);
	if (rc == SQLITE_OK)
		rc = sqlite3_bind_text(s, 4, sponsor, -1, SQLITE_TRANSIENT);
	return journal_db_err(rc);
}

bw_err
journal_answer(struct journal *j, const struct body *body, uint64_t now)
{
	uint64_t quarter = entry_time(body->kind, j->chain.time, now) /
	    ENTRY_COARSE;
	bw_err r;

	if (j->broken)
		return BW_ERR_IO;
	if (j->chain.closed)
		return BW_ERR_DENIED;
	if (!entry_is_coarse(body->kind))
		return BW_ERR_ARG;
	if ((r = bind(j->sql[SQL_ANSWER], quarter, body)) == BW_OK)
		r = journal_db_run(j, SQL_ANSWER);
	if (r == BW_OK && quarter < j->waiting)
		j->waiting = quarter;
	if (r != BW_OK) {
		log_error("the journal could not be written: %s",
		    bw_strerror(r));
		j->broken = true;
	}
	return r;
}

bw_err
journal_db_look_answers(struct journal *j)
{
	sqlite3_stmt *s = j->sql[SQL_EARLIEST];
	int rc = sqlite3_step(s);

	j->waiting = JOURNAL_NONE;
	if (rc == SQLITE_ROW && sqlite3_column_type(s, 0) != SQLITE_NULL)
		j->waiting = (uint64_t)sqlite3_column_int64(s, 0);
	sqlite3_reset(s);
	return journal_db_err(rc);
}

/* One row: so many entries. */
static bw_err
put_row(struct journal *j, sqlite3_stmt *s, uint64_t time, struct chain *c)
{
	struct body b = { .kind = (enum entry_kind)sqlite3_column_int(s, 0) };
	const char *sponsor = (const char *)sqlite3_column_text(s, 2);
	bw_err r = BW_OK;

	if (!entry_is_coarse(b.kind) || sponsor == NULL ||
	    strlen(sponsor) > TEXT_ID_MAX)
		return BW_ERR_FORMAT;
	if (b.kind == ENTRY_UNREAD) {
		memcpy(b.u.unread.sponsor, sponsor, strlen(sponsor) + 1);
		b.u.unread.reason = (enum unread_reason)
		    sqlite3_column_int(s, 1);
	} else
		memcpy(b.u.stop.sponsor, sponsor, strlen(sponsor) + 1);
	for (int n = sqlite3_column_int(s, 3); n > 0 && r == BW_OK; n--)
		r = journal_db_put_entry(j, &b, time, c);
	return r;
}

static bw_err
put_rows(struct journal *j, uint64_t quarter, struct chain *c)
{
	sqlite3_stmt *s = j->sql[SQL_ANSWERS];
	bw_err r = BW_OK;
	int rc = sqlite3_bind_int64(s, 1, (sqlite3_int64)quarter);

	while (r == BW_OK && (rc == SQLITE_OK || rc == SQLITE_ROW) &&
	    (rc = sqlite3_step(s)) == SQLITE_ROW)
		r = put_row(j, s, quarter * ENTRY_COARSE, c);
	sqlite3_reset(s);
	return r == BW_OK ? journal_db_err(rc) : r;
}

static bw_err
put_note(struct journal *j, const struct chain *c)
{
	struct bw_buf note = BW_BUF_INIT(NOTE_MAX);
	sqlite3_stmt *s = j->sql[SQL_NOTE];
	bw_err r;
	int rc;

	if ((r = journal_db_sign(j, c, &note)) == BW_OK) {
		rc = sqlite3_bind_text(s, 1, (const char *)note.ptr,
		    (int)note.len, SQLITE_STATIC);
		if (rc == SQLITE_OK)
			rc = sqlite3_bind_int64(s, 2,
			    (sqlite3_int64)c->tree.size - 1);
		r = rc == SQLITE_OK ? journal_db_run(j, SQL_NOTE) :
		    journal_db_err(rc);
	}
	bw_buf_free(&note);
	return r;
}

static bw_err
forget(struct journal *j, uint64_t quarter)
{
	int rc = sqlite3_bind_int64(j->sql[SQL_ANSWERED], 1,
	    (sqlite3_int64)quarter);

	return rc == SQLITE_OK ? journal_db_run(j, SQL_ANSWERED) :
	    journal_db_err(rc);
}

/* Those of one quarter hour, there or here and never both. */
static bw_err
move(struct journal *j, uint64_t quarter)
{
	struct chain c = j->chain;
	bw_err r;

	if ((r = journal_db_run(j, SQL_BEGIN)) != BW_OK ||
	    (r = put_rows(j, quarter, &c)) != BW_OK ||
	    (r = put_note(j, &c)) != BW_OK ||
	    (r = forget(j, quarter)) != BW_OK ||
	    (r = journal_db_put_state(j, &c, j->serial, j->policy_sha256,
	    &j->marks)) != BW_OK ||
	    (r = journal_db_run(j, SQL_COMMIT)) != BW_OK) {
		log_error("answers could not be put into the log: %s",
		    bw_strerror(r));
		journal_db_roll_back(j);
		j->broken = true;
		return r;
	}
	j->chain = c;
	j->deleted = true;
	journal_owed_stored(j);
	return BW_OK;
}

/* Those of quarter hours before this one. */
static bw_err
settle(struct journal *j, uint64_t before)
{
	bw_err r = BW_OK;

	if (j->broken)
		return BW_ERR_IO;
	if (j->waiting < before && j->chain.closed)
		return BW_ERR_DENIED;
	while (r == BW_OK && j->waiting < before)
		if ((r = move(j, j->waiting)) == BW_OK)
			r = journal_db_look_answers(j);
	return r;
}

bw_err
journal_answers_end(struct journal *j, uint64_t now)
{
	/* What the table can name at most, and no sqlite3_int64 is exceeded. */
	return settle(j, now == UINT64_MAX ? INT64_MAX : now / ENTRY_COARSE);
}

bw_err
journal_db_answers_before(struct journal *j, enum entry_kind kind,
    uint64_t now)
{
	if (kind == ENTRY_UNDO)
		return BW_OK;
	if (kind == ENTRY_CLOSE ||
	    (kind == ENTRY_CLOCK && now / ENTRY_COARSE < j->waiting))
		now = UINT64_MAX;
	else if (now < j->chain.time)
		now = j->chain.time;
	return j->waiting == JOURNAL_NONE ? BW_OK : journal_answers_end(j, now);
}

bool
journal_answers_wait(const struct journal *j)
{
	return j->waiting != JOURNAL_NONE;
}
