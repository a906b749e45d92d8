// SPDX-License-Identifier: Apache-2.0
/* What is read back from the journal: single entries, uploads, and what the
 * host's cosignature lets go. */
#include <string.h>

#include "kiosk/journal_db.h"
#include "record/upload.h"

static bw_err
column_append(sqlite3_stmt *s, int col, struct bw_buf *b)
{
	const void *p;

	if (b == NULL)
		return BW_OK;
	p = sqlite3_column_blob(s, col);
	if (p == NULL)
		return BW_OK;
	return bw_buf_put(b, p, (size_t)sqlite3_column_bytes(s, col));
}

bw_err
journal_get(struct journal *j, uint64_t seq, struct bw_buf *entry,
    struct bw_buf *body, struct bw_buf *note)
{
	sqlite3_stmt *s = j->sql[SQL_GET];
	bw_err r;
	int rc;

	if (j->broken && j->db == NULL)
		return BW_ERR_IO;
	rc = sqlite3_bind_int64(s, 1, (sqlite3_int64)seq);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(s);
	if (rc == SQLITE_ROW) {
		if ((r = column_append(s, 0, entry)) == BW_OK &&
		    (r = column_append(s, 1, body)) == BW_OK)
			r = column_append(s, 2, note);
	} else
		r = rc == SQLITE_DONE ? BW_ERR_NOTFOUND : journal_db_err(rc);
	sqlite3_reset(s);
	return r;
}

/* Add rows until the upload is full or the range ends, up to the last one with a
 * checkpoint, which goes to note. */
static bw_err
put_rows(sqlite3_stmt *s, struct bw_buf *out, uint64_t *to,
    struct bw_buf *note)
{
	size_t whole = out->len;
	bw_err r = BW_OK;
	int rc = SQLITE_DONE;

	for (unsigned n = 0; r == BW_OK && n < UPLOAD_ENTRIES_MAX &&
	    (rc = sqlite3_step(s)) == SQLITE_ROW; n++) {
		struct upload_item i = {
			.entry = sqlite3_column_blob(s, 0),
			.entry_len = (size_t)sqlite3_column_bytes(s, 0),
			.body = sqlite3_column_blob(s, 1),
			.body_len = (size_t)sqlite3_column_bytes(s, 1),
		};

		if (i.entry == NULL || i.body == NULL)
			return i.entry == NULL ? BW_ERR_FORMAT :
			    BW_ERR_NOTFOUND;
		/* Heads of the three byte strings are at most 9 bytes. */
		if (out->len + i.entry_len + i.body_len + NOTE_MAX + 9 >
		    UPLOAD_MAX) {
			r = n == 0 ? BW_ERR_BOUND : BW_OK;
			break;
		}
		if ((r = upload_put_item(out, &i)) != BW_OK ||
		    sqlite3_column_type(s, 3) == SQLITE_NULL)
			continue;
		*to = (uint64_t)sqlite3_column_int64(s, 2) + 1;
		whole = out->len;
		bw_buf_reset(note);
		r = column_append(s, 3, note);
	}
	out->len = whole;
	if (r == BW_OK && rc != SQLITE_ROW && rc != SQLITE_DONE)
		r = journal_db_err(rc);
	return r;
}

static bw_err
build(struct journal *j, uint64_t from, uint64_t limit, struct bw_buf *out,
    uint64_t *to)
{
	struct bw_buf note = BW_BUF_INIT(NOTE_MAX);
	sqlite3_stmt *s = j->sql[SQL_RANGE];
	bw_err r = BW_ERR_IO;

	*to = from;
	if (sqlite3_bind_int64(s, 1, (sqlite3_int64)from) == SQLITE_OK &&
	    sqlite3_bind_int64(s, 2, (sqlite3_int64)limit) == SQLITE_OK)
		r = put_rows(s, out, to, &note);
	sqlite3_reset(s);
	if (r == BW_OK && (*to == from || note.len == 0))
		r = BW_ERR_NOTFOUND;
	if (r == BW_OK)
		r = upload_put_note(out, (const char *)note.ptr, note.len);
	bw_buf_free(&note);
	return r;
}

/* When the entry at *end takes back a share behind `from`: end before that. */
static bw_err
end_before_undone(struct journal *j, uint64_t from, uint64_t *end)
{
	struct bw_buf entry = BW_BUF_INIT(ENTRY_MAX);
	struct bw_buf bytes = BW_BUF_INIT(BODY_MAX);
	struct entry e;
	struct body b;
	bw_err r;

	if ((r = journal_get(j, *end, &entry, &bytes, NULL)) != BW_OK ||
	    (r = entry_decode(entry.ptr, entry.len, &e)) != BW_OK ||
	    e.kind != ENTRY_UNDO)
		goto out;
	if ((r = body_decode(e.kind, bytes.ptr, bytes.len, &b)) == BW_OK &&
	    b.u.undo.share_seq > from && b.u.undo.share_seq < *end)
		*end = b.u.undo.share_seq;
out:
	bw_buf_free(&entry);
	bw_buf_free(&bytes);
	return r;
}

bw_err
journal_upload(struct journal *j, uint64_t from, uint64_t limit,
    struct bw_buf *out, uint64_t *to)
{
	uint64_t end;
	bw_err r;

	*to = from;
	if (j->broken)
		return BW_ERR_IO;
	if (limit > j->chain.tree.size || from >= limit)
		return BW_ERR_ARG;
	if ((r = build(j, from, limit, out, to)) != BW_OK ||
	    *to == j->chain.tree.size)
		return r;
	end = *to;
	if ((r = end_before_undone(j, from, &end)) != BW_OK || end == *to)
		return r;
	bw_buf_reset(out);
	return build(j, from, end, out, to);
}

/* origin without "/event/device". */
static bw_err
log_name(const char *origin, char out[static ORIGIN_MAX + 1])
{
	char *slash;

	memcpy(out, origin, strlen(origin) + 1);
	for (int i = 0; i < 2; i++) {
		if ((slash = strrchr(out, '/')) == NULL)
			return BW_ERR_FORMAT;
		*slash = '\0';
	}
	return BW_OK;
}

/* The log's own signature over a size and root that the journal has. */
static bw_err
check_own(struct journal *j, const char *note, size_t len, uint64_t *size)
{
	struct bw_buf mine = BW_BUF_INIT(NOTE_MAX);
	struct checkpoint theirs, own;
	bw_err r;

	r = checkpoint_verify(note, len, crypto_key_spki(j->key), j->origin,
	    &theirs);
	if (r != BW_OK)
		return r;
	if (theirs.size <= j->cosigned)
		return BW_ERR_OLD;
	if (theirs.size > j->chain.tree.size)
		return BW_ERR_FORK;
	if ((r = journal_get(j, theirs.size - 1, NULL, NULL, &mine)) == BW_OK)
		r = checkpoint_peek((const char *)mine.ptr, mine.len, &own);
	if (r == BW_OK && (own.size != theirs.size ||
	    memcmp(own.root, theirs.root, CRYPTO_HASH) != 0))
		r = BW_ERR_FORK;
	*size = theirs.size;
	bw_buf_free(&mine);
	return r;
}

static bw_err
run_size(struct journal *j, enum journal_sql which, uint64_t size)
{
	if (sqlite3_bind_int64(j->sql[which], 1, (sqlite3_int64)size) !=
	    SQLITE_OK)
		return BW_ERR_IO;
	return journal_db_run(j, which);
}

/* The state row, with what was counted and what is no more to be undone. */
static bw_err
put_cosigned(struct journal *j, uint64_t size, const struct marks *m,
    const struct journal_run *run)
{
	sqlite3_stmt *s = j->sql[SQL_COSIGNED];
	bw_err r = journal_db_bind_marks(s, 2, m);
	int rc;

	if (r != BW_OK)
		return r;
	rc = sqlite3_bind_int64(s, 3, (sqlite3_int64)run->quarter);
	for (int i = 0; i < JOURNAL_TALLY && rc == SQLITE_OK; i++)
		rc = sqlite3_bind_int64(s, i + 4, run->n[i]);
	return rc == SQLITE_OK ? run_size(j, SQL_COSIGNED, size) :
	    journal_db_err(rc);
}

static bw_err
prune(struct journal *j, uint64_t size)
{
	struct journal_run run = j->run;
	struct marks marks = j->marks;
	bw_err r;

	if ((r = journal_db_run(j, SQL_BEGIN)) == BW_OK &&
	    (r = journal_db_tally(j, size, &run)) == BW_OK &&
	    (r = journal_db_join_last(j, &marks, size)) == BW_OK &&
	    (r = put_cosigned(j, size, &marks, &run)) == BW_OK &&
	    (r = run_size(j, SQL_PRUNE, size)) == BW_OK &&
	    (r = run_size(j, SQL_PRUNE_BODY, size)) == BW_OK)
		r = journal_db_run(j, SQL_COMMIT);
	if (r == BW_OK) {
		j->run = run;
		j->marks = marks;
	}
	if (r != BW_OK && !sqlite3_get_autocommit(j->db)) {
		bw_err again = journal_db_run(j, SQL_ROLLBACK);

		(void)again;
	}
	return r;
}

bw_err
journal_cosign(struct journal *j, const char *note, size_t len)
{
	char name[ORIGIN_MAX + 1];
	uint64_t size, when;
	bw_err r;

	if (j->broken)
		return BW_ERR_IO;
	if ((r = check_own(j, note, len, &size)) != BW_OK ||
	    (r = log_name(j->origin, name)) != BW_OK ||
	    (r = cosign_verify(note, len, name, j->host_spki, &when)) !=
	    BW_OK || (r = prune(j, size)) != BW_OK)
		return r;
	j->cosigned = size;
	j->cosigned_time = when;
	j->deleted = true;
	journal_owed_stored(j);
	return BW_OK;
}
