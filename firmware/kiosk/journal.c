// SPDX-License-Identifier: Apache-2.0
#include "kiosk/journal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "kiosk/journal_db.h"
#include "record/upload.h"

#define REST_PAGES 200	/* pages in the WAL that are worth moving */

bw_err
journal_db_run(struct journal *j, enum journal_sql which)
{
	int rc = sqlite3_step(j->sql[which]);

	sqlite3_reset(j->sql[which]);
	sqlite3_clear_bindings(j->sql[which]);
	return journal_db_err(rc);
}

bw_err
journal_db_bind_marks(sqlite3_stmt *s, int at, const struct marks *m)
{
	struct bw_buf b = BW_BUF_INIT(MARKS_BYTES);
	bw_err r;

	if ((r = marks_encode(m, &b)) == BW_OK)
		r = journal_db_err(sqlite3_bind_blob(s, at, b.ptr, (int)b.len,
		    SQLITE_TRANSIENT));
	bw_buf_free(&b);
	return r;
}

bw_err
journal_db_put_state(struct journal *j, const struct chain *c,
    uint64_t serial, const uint8_t policy_sha256[static CRYPTO_HASH],
    const struct marks *m)
{
	struct bw_buf b = BW_BUF_INIT(CHAIN_MAX);
	sqlite3_stmt *s = j->sql[SQL_STATE];
	bw_err r;
	int rc;

	if ((r = chain_encode(c, &b)) == BW_OK &&
	    (r = journal_db_bind_marks(s, 4, m)) == BW_OK) {
		rc = sqlite3_bind_blob(s, 1, b.ptr, (int)b.len,
		    SQLITE_STATIC);
		if (rc == SQLITE_OK)
			rc = sqlite3_bind_int64(s, 2, (sqlite3_int64)serial);
		if (rc == SQLITE_OK)
			rc = sqlite3_bind_blob(s, 3, policy_sha256,
			    CRYPTO_HASH, SQLITE_STATIC);
		r = rc == SQLITE_OK ? journal_db_run(j, SQL_STATE) :
		    journal_db_err(rc);
	}
	bw_buf_free(&b);
	return r;
}

/* An entry on its way: built, not yet stored. */
struct draft {
	struct chain chain;		/* with the entry in it */
	uint8_t entry[ENTRY_MAX];
	size_t entry_len;
	struct entry e;
	struct bw_buf body, note;
	uint64_t serial;
	uint8_t policy_sha256[CRYPTO_HASH];
	const struct journal_mark *mark;	/* of a share, or NULL */
	uint64_t undone;	/* by an undo */
	struct marks marks;	/* with it */
};

static void
draft_free(struct draft *d)
{
	bw_buf_free(&d->body);
	bw_buf_free(&d->note);
}

static bw_err
draft_make(const struct journal *j, const struct chain *after,
    struct body *body, uint64_t now, struct draft *d)
{
	bw_err r;

	d->chain = *after;
	d->marks = j->marks;
	d->undone = body->kind == ENTRY_UNDO ? body->u.undo.share_seq : 0;
	d->body = BW_BUF_INIT(BODY_MAX);
	d->note = BW_BUF_INIT(NOTE_MAX);
	d->serial = j->serial;
	memcpy(d->policy_sha256, j->policy_sha256, CRYPTO_HASH);
	if (body->kind == ENTRY_POLICY) {
		d->serial = body->u.policy.serial;
		memcpy(d->policy_sha256, body->u.policy.sha256, CRYPTO_HASH);
	}
	if ((r = bw_random(body->rs, BODY_RS)) == BW_OK &&
	    (r = body_encode(body, &d->body)) == BW_OK)
		r = chain_make(&d->chain, body->kind, d->body.ptr, d->body.len,
		    now, d->entry, &d->entry_len, &d->e);
	return r;
}

bw_err
journal_db_sign(const struct journal *j, const struct chain *chain,
    struct bw_buf *note)
{
	struct checkpoint c = { .size = chain->tree.size };
	bw_err r;

	memcpy(c.origin, j->origin, sizeof(c.origin));
	if ((r = tree_root(&chain->tree, c.root)) == BW_OK)
		r = checkpoint_sign(&c, j->key, note);
	return r;
}

static bw_err
draft_insert(struct journal *j, const struct draft *d)
{
	sqlite3_stmt *s = j->sql[SQL_INSERT];
	int rc;

	rc = sqlite3_bind_int64(s, 1, (sqlite3_int64)d->e.seq);
	if (rc == SQLITE_OK)
		rc = sqlite3_bind_blob(s, 2, d->entry, (int)d->entry_len,
		    SQLITE_STATIC);
	if (rc == SQLITE_OK)
		rc = sqlite3_bind_blob(s, 3, d->body.ptr, (int)d->body.len,
		    SQLITE_STATIC);
	if (rc == SQLITE_OK)
		rc = sqlite3_bind_text(s, 4, (const char *)d->note.ptr,
		    (int)d->note.len, SQLITE_STATIC);
	return rc == SQLITE_OK ? journal_db_run(j, SQL_INSERT) :
	    journal_db_err(rc);
}

bw_err
journal_db_put_entry(struct journal *j, struct body *body, uint64_t now,
    struct chain *c)
{
	struct draft d = { .mark = NULL };
	bw_err r;

	if ((r = draft_make(j, c, body, now, &d)) == BW_OK &&
	    (r = draft_insert(j, &d)) == BW_OK)
		*c = d.chain;
	draft_free(&d);
	return r;
}

void
journal_db_roll_back(struct journal *j)
{
	if (!sqlite3_get_autocommit(j->db)) {
		bw_err r = journal_db_run(j, SQL_ROLLBACK);

		(void)r;	/* closing the file does it else */
	}
}

static struct owed
share_of(const struct draft *d)
{
	struct owed share = { .seq = d->e.seq };

	memcpy(share.leaf, d->chain.last, CRYPTO_HASH);
	return share;
}

static void
taken(struct journal *j, const struct draft *d)
{
	j->chain = d->chain;
	j->marks = d->marks;
	j->serial = d->serial;
	memcpy(j->policy_sha256, d->policy_sha256, CRYPTO_HASH);
	if (d->e.kind == ENTRY_SHARE) {
		j->share = share_of(d);
		j->unconfirmed = true;
	} else
		journal_owed_stored(j);
	if (d->undone != 0)
		j->deleted = true;
}

static void
failed(struct journal *j, const struct draft *d)
{
	struct owed share = share_of(d);

	journal_db_roll_back(j);
	j->broken = true;
	if (d->e.kind == ENTRY_SHARE)
		journal_owe(j, &share);
}

/* The device's own memory goes with the log. */
static bw_err
remember(struct journal *j, struct draft *d)
{
	bw_err r;

	if (d->undone != 0 && d->undone == d->marks.seq)
		d->marks.seq = 0;
	if (d->mark == NULL)
		return BW_OK;
	if ((r = journal_db_join_last(j, &d->marks, d->e.seq)) != BW_OK)
		return r;
	d->marks.seq = d->e.seq;
	d->marks.last = *d->mark;
	return BW_OK;
}

static bw_err
append(struct journal *j, struct body *body, const struct journal_mark *m,
    uint64_t now, uint64_t *seq)
{
	struct draft d = { .mark = m };
	bw_err r;

	if ((r = draft_make(j, &j->chain, body, now, &d)) != BW_OK ||
	    (r = journal_db_sign(j, &d.chain, &d.note)) != BW_OK)
		goto out;
	if ((body->kind == ENTRY_SHARE &&
	    (r = journal_owed_expect(j)) != BW_OK) ||
	    (r = journal_db_run(j, SQL_BEGIN)) != BW_OK ||
	    (r = draft_insert(j, &d)) != BW_OK ||
	    (r = remember(j, &d)) != BW_OK ||
	    (r = journal_db_put_state(j, &d.chain, d.serial,
	    d.policy_sha256, &d.marks)) != BW_OK ||
	    (r = journal_db_run(j, SQL_COMMIT)) != BW_OK) {
		log_error("the journal could not be written: %s",
		    bw_strerror(r));
		failed(j, &d);
		goto out;
	}
	taken(j, &d);
	*seq = d.e.seq;
out:
	draft_free(&d);
	return r;
}

bw_err
journal_append(struct journal *j, struct body *body, uint64_t now,
    uint64_t *seq)
{
	return journal_append_share(j, body, NULL, now, seq);
}

bw_err
journal_append_share(struct journal *j, struct body *body,
    const struct journal_mark *m, uint64_t now, uint64_t *seq)
{
	bw_err r;

	*seq = 0;
	if (j->broken)
		return BW_ERR_IO;
	if (j->chain.closed)
		return BW_ERR_DENIED;
	if (body->kind == ENTRY_SHARE && j->owes_undo)
		return BW_ERR_BUSY;
	if ((r = journal_db_answers_before(j, body->kind, now)) == BW_OK)
		r = append(j, body, m, now, seq);
	if (r != BW_OK && body->kind == ENTRY_UNDO &&
	    body->u.undo.share_seq == j->share.seq)
		journal_owe(j, &j->share);
	return r;
}

/* The state row and the first entry complete the transaction that made the
 * tables. */
static bw_err
create(struct journal *j, struct body *body, uint64_t now)
{
	sqlite3_stmt *s = NULL;
	struct draft d = { .mark = NULL };
	bw_err r;
	int rc;

	if ((r = draft_make(j, &j->chain, body, now, &d)) != BW_OK ||
	    (r = journal_db_sign(j, &d.chain, &d.note)) != BW_OK)
		goto out;
	memcpy(d.policy_sha256, body->u.open.policy_sha256, CRYPTO_HASH);
	if ((r = bw_random(j->salt, REPEAT_SALT)) != BW_OK)
		goto out;
	rc = sqlite3_prepare_v2(j->db, "INSERT INTO state VALUES "
	    "(1, ?, ?, x'', 0, 0, x'', ?, x'', 0, 0, 0, 0)", -1, &s, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_bind_text(s, 1, j->origin, -1, SQLITE_STATIC);
	if (rc == SQLITE_OK)
		rc = sqlite3_bind_blob(s, 2, j->host_spki, CRYPTO_SPKI,
		    SQLITE_STATIC);
	if (rc == SQLITE_OK)
		rc = sqlite3_bind_blob(s, 3, j->salt, REPEAT_SALT,
		    SQLITE_STATIC);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(s);
	sqlite3_finalize(s);
	if ((r = journal_db_err(rc)) == BW_OK &&
	    (r = draft_insert(j, &d)) == BW_OK &&
	    (r = journal_db_put_state(j, &d.chain, 0, d.policy_sha256,
	    &d.marks)) == BW_OK)
		r = journal_db_run(j, SQL_COMMIT);
	if (r == BW_OK) {
		taken(j, &d);
		j->opening = body->u.open;
		r = journal_owed_clear(j);
	}
out:
	draft_free(&d);
	return r;
}

static bw_err
start(struct journal **out, const char *path, const struct crypto_key *key)
{
	struct journal *j;

	*out = NULL;
	if (strlen(path) >= FILE_PATH_MAX)
		return BW_ERR_BOUND;
	if ((j = calloc(1, sizeof(*j))) == NULL)
		return BW_ERR_NOMEM;
	memcpy(j->path, path, strlen(path) + 1);
	j->key = key;
	j->owed_fd = -1;
	j->waiting = JOURNAL_NONE;
	*out = j;
	return BW_OK;
}

bw_err
journal_create(struct journal **out, const char *path,
    const struct crypto_key *log_key, const char *origin,
    const uint8_t host_spki[static CRYPTO_SPKI], struct body *body,
    uint64_t now)
{
	struct journal *j;
	bw_err r;

	if ((r = start(out, path, log_key)) != BW_OK)
		return r;
	j = *out;
	r = BW_ERR_ARG;
	if (body->kind != ENTRY_OPEN || strlen(origin) > ORIGIN_MAX)
		goto out;
	r = BW_ERR_EXISTS;
	if (access(path, F_OK) == 0)
		goto out;
	memcpy(j->origin, origin, strlen(origin) + 1);
	memcpy(j->host_spki, host_spki, CRYPTO_SPKI);
	if ((r = journal_db_open(j, true)) == BW_OK)
		r = create(j, body, now);
out:
	if (r != BW_OK)
		journal_close(out);
	return r;
}

bw_err
journal_open(struct journal **out, const char *path,
    const struct crypto_key *log_key)
{
	bw_err r;

	if ((r = start(out, path, log_key)) != BW_OK)
		return r;
	if (access(path, F_OK) != 0)
		r = BW_ERR_NOTFOUND;
	else if ((r = journal_db_open(*out, false)) == BW_OK &&
	    (r = journal_db_load(*out, UINT64_MAX)) == BW_OK &&
	    (r = journal_owed_load(*out)) == BW_OK)
		r = journal_db_trust(*out);
	/* By a process that was killed, perhaps, and then long ago. */
	(*out)->deleted = true;
	(*out)->rest_at = 1;
	if (r != BW_OK)
		journal_close(out);
	return r;
}

void
journal_close(struct journal **j)
{
	if (*j == NULL)
		return;
	journal_db_close(*j);
	if ((*j)->owed_fd != -1)
		close((*j)->owed_fd);
	free(*j);
	*j = NULL;
}

const char *
journal_origin(const struct journal *j)
{
	return j->origin;
}

const uint8_t *
journal_host_spki(const struct journal *j)
{
	return j->host_spki;
}

const struct body_open *
journal_opening(const struct journal *j)
{
	return &j->opening;
}

uint64_t
journal_size(const struct journal *j)
{
	return j->chain.tree.size;
}

uint64_t
journal_last_time(const struct journal *j)
{
	return j->chain.time;
}

bool
journal_is_closed(const struct journal *j)
{
	return j->chain.closed;
}

bool
journal_is_broken(const struct journal *j)
{
	return j->broken;
}

uint64_t
journal_serial(const struct journal *j)
{
	return j->serial;
}

const uint8_t *
journal_policy_sha256(const struct journal *j)
{
	return j->policy_sha256;
}

uint64_t
journal_cosigned(const struct journal *j)
{
	return j->cosigned;
}

uint64_t
journal_cosigned_time(const struct journal *j)
{
	return j->cosigned_time;
}

bw_err
journal_set_serial(struct journal *j, uint64_t serial)
{
	bw_err r;

	if (j->broken)
		return BW_ERR_IO;
	r = journal_db_put_state(j, &j->chain, serial, j->policy_sha256,
	    &j->marks);
	if (r == BW_OK)
		j->serial = serial;
	return r;
}

void
journal_rest(struct journal *j, int64_t now)
{
	if (j->deleted && j->rest_at == 0)
		j->rest_at = now + JOURNAL_REST_MS;
	if (j->broken || ((!j->deleted || now < j->rest_at) &&
	    j->wal_pages < REST_PAGES))
		return;
	/* Truncated, so that deleted bodies do not lie about in it. */
	if (sqlite3_wal_checkpoint_v2(j->db, NULL, SQLITE_CHECKPOINT_TRUNCATE,
	    NULL, NULL) == SQLITE_OK)
		j->deleted = false;
	j->rest_at = 0;
	j->wal_pages = 0;
}
