// SPDX-License-Identifier: Apache-2.0
/*
 * The undo of a share that the journal could not take, kept for later, and of
 * one that its attendee was not told of yet.
 *
 * The file names the last entry that stands. A share behind that one was stored
 * and not confirmed: a crash between its commit and the frame that says "You
 * shared" shares nothing. It is named, and that synced, when the frame is drawn
 * and not yet shown: named later, a power cut could undo what the attendee saw
 * confirmed. So the decision falls with that one write, and nothing that may
 * crash or take long lies between it and the frame.
 *
 * The two files do not go astray together so easily: a journal that lacks what
 * the other file names has lost its WAL or is an old copy, and going on with it
 * would fork the log.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "kiosk/journal_db.h"

/* The file is made before it is needed, while there is room. */
static bw_err
prepare(struct journal *j)
{
	char path[FILE_PATH_MAX];
	bw_err r = BW_ERR_BOUND;

	if (j->owed_fd != -1)
		return BW_OK;
	if (snprintf(path, sizeof(path), "%s-undo", j->path) < FILE_PATH_MAX)
		r = owed_open(path, &j->owed_fd);
	if (r != BW_OK)
		log_error("%s-undo cannot be made: %s", j->path,
		    bw_strerror(r));
	return r;
}

static bool
is_noted(const struct journal *j, const struct owed *o)
{
	return j->is_noted && j->noted.stored == o->stored &&
	    j->noted.seq == o->seq &&
	    memcmp(j->noted.leaf, o->leaf, CRYPTO_HASH) == 0;
}

/* The file says so; it is not written again for that. */
static bw_err
note(struct journal *j, const struct owed *o)
{
	bw_err r;

	if (is_noted(j, o))
		return BW_OK;
	j->is_noted = false;
	if ((r = prepare(j)) != BW_OK ||
	    (r = owed_write(j->owed_fd, o)) != BW_OK)
		return r;
	j->noted = *o;
	j->is_noted = true;
	return BW_OK;
}

bw_err
journal_owed_clear(struct journal *j)
{
	struct owed last = { .seq = j->chain.tree.size - 1, .stored = true };

	memcpy(last.leaf, j->chain.last, CRYPTO_HASH);
	return note(j, &last);
}

/* It names an entry before the share, whichever. */
bw_err
journal_owed_expect(struct journal *j)
{
	return j->is_noted && j->noted.stored ? BW_OK : journal_owed_clear(j);
}

void
journal_owed_stored(struct journal *j)
{
	bw_err r;

	if (j->unconfirmed || j->owes_undo)
		return;
	if ((r = journal_owed_clear(j)) != BW_OK)
		log_warn("%s-undo cannot be written: %s", j->path,
		    bw_strerror(r));
}

bw_err
journal_confirm(struct journal *j)
{
	bw_err r;

	if (!j->unconfirmed)
		return BW_OK;
	j->unconfirmed = false;
	if ((r = journal_owed_clear(j)) != BW_OK) {
		log_error("a share cannot be confirmed: %s", bw_strerror(r));
		journal_owe(j, &j->share);
	}
	return r;
}

void
journal_owe(struct journal *j, const struct owed *o)
{
	bw_err r;

	j->owes_undo = true;
	j->owed = *o;
	if ((r = note(j, o)) != BW_OK)
		log_error("an undo could be stored nowhere: the share is kept "
		    "back only while this process runs");
}

/* It is owed until the file takes that it is not: no share could be stored. */
static bw_err
settled(struct journal *j)
{
	bw_err r = journal_owed_clear(j);

	j->owes_undo = r != BW_OK;
	return r;
}

/* Entry seq is read; *is_undo of the share owed, when its body is there. */
static bw_err
look_at(struct journal *j, uint64_t seq, uint8_t leaf[static CRYPTO_HASH],
    bool *is_undo)
{
	struct bw_buf entry = BW_BUF_INIT(ENTRY_MAX);
	struct bw_buf bytes = BW_BUF_INIT(BODY_MAX);
	struct body b;
	struct entry e;
	bw_err r;

	*is_undo = false;
	if ((r = journal_get(j, seq, &entry, &bytes, NULL)) == BW_OK &&
	    (r = tree_leaf_hash(entry.ptr, entry.len, leaf)) == BW_OK &&
	    (r = entry_decode(entry.ptr, entry.len, &e)) == BW_OK &&
	    e.kind == ENTRY_UNDO && bytes.len != 0 &&
	    (r = body_decode(e.kind, bytes.ptr, bytes.len, &b)) == BW_OK)
		*is_undo = b.u.undo.share_seq == j->owed.seq;
	bw_buf_free(&entry);
	bw_buf_free(&bytes);
	return r;
}

/* The share is there and its undo is not. One that is cosigned has left, and
 * none leaves while its undo is owed. */
static bw_err
still_owed(struct journal *j, bool *owed)
{
	uint8_t leaf[CRYPTO_HASH];
	bool is_undo;
	bw_err r;

	*owed = false;
	if (j->owed.seq < j->cosigned || j->owed.seq >= j->chain.tree.size)
		return BW_OK;
	if ((r = look_at(j, j->owed.seq, leaf, &is_undo)) != BW_OK ||
	    memcmp(leaf, j->owed.leaf, CRYPTO_HASH) != 0)
		return r;
	for (uint64_t seq = j->owed.seq + 1; seq < j->chain.tree.size; seq++) {
		if ((r = look_at(j, seq, leaf, &is_undo)) != BW_OK)
			return r;
		if (is_undo)
			return BW_OK;
	}
	*owed = true;
	return BW_OK;
}

bw_err
journal_owed_pay(struct journal *j)
{
	struct body undo = { .kind = ENTRY_UNDO,
		.u.undo.share_seq = j->owed.seq };
	uint64_t seq;
	bool owed;
	bw_err r;

	if (!j->owes_undo)
		return BW_OK;
	if ((r = still_owed(j, &owed)) != BW_OK)
		return r;
	if (owed && (r = journal_append(j, &undo, j->chain.time, &seq)) !=
	    BW_OK)
		return r;
	return settled(j);
}

/* Whether the journal lacks an entry that o says it had: the one before a
 * share that was about to be stored, or o itself. */
static bw_err
check_kept(struct journal *j, const struct owed *o)
{
	uint64_t size = j->chain.tree.size;
	uint8_t leaf[CRYPTO_HASH];
	bool is_undo;
	bw_err r;

	if (o->seq > size || (o->stored && o->seq == size))
		return BW_ERR_CHAIN;
	if (!o->stored || o->seq + 1 < j->cosigned)
		return BW_OK;
	if ((r = look_at(j, o->seq, leaf, &is_undo)) != BW_OK)
		return r;
	return memcmp(leaf, o->leaf, CRYPTO_HASH) == 0 ? BW_OK : BW_ERR_CHAIN;
}

/* The last share behind the entry that is named, if there is one: it was not
 * confirmed. */
static bw_err
find_unconfirmed(struct journal *j, struct owed *share, bool *found)
{
	uint64_t end = j->noted.seq + 1;
	bw_err r = BW_OK;

	*found = false;
	if (end < j->cosigned)
		end = j->cosigned;
	for (uint64_t seq = j->chain.tree.size; r == BW_OK && !*found &&
	    seq-- > end;) {
		struct bw_buf b = BW_BUF_INIT(ENTRY_MAX);
		struct entry e;

		if ((r = journal_get(j, seq, &b, NULL, NULL)) == BW_OK &&
		    (r = tree_leaf_hash(b.ptr, b.len, share->leaf)) == BW_OK &&
		    (r = entry_decode(b.ptr, b.len, &e)) == BW_OK)
			*found = e.kind == ENTRY_SHARE;
		share->seq = seq;
		bw_buf_free(&b);
	}
	return r;
}

bw_err
journal_owed_load(struct journal *j)
{
	struct owed held, share = { .seq = 0 };
	bool found = true;
	bw_err r;

	if (prepare(j) != BW_OK ||
	    (r = owed_read(j->owed_fd, &held)) == BW_ERR_NOTFOUND)
		return BW_OK;
	if (r != BW_OK) {
		log_error("%s-undo cannot be read (%s): an undo that it held "
		    "is lost", j->path, bw_strerror(r));
		return BW_OK;
	}
	j->noted = held;
	j->is_noted = true;
	if ((r = check_kept(j, &held)) != BW_OK || (held.stored &&
	    (r = find_unconfirmed(j, &share, &found)) != BW_OK) || !found)
		return r;
	j->owes_undo = true;
	j->owed = held.stored ? share : held;
	if ((r = journal_owed_pay(j)) != BW_OK)
		log_error("an undo is owed and cannot be stored yet: %s",
		    bw_strerror(r));
	return BW_OK;
}

bool
journal_owes_undo(const struct journal *j, uint64_t *seq)
{
	*seq = j->owes_undo ? j->owed.seq : 0;
	return j->owes_undo;
}
