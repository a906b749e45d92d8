/* SPDX-License-Identifier: Apache-2.0 */
/*
 * journal.h - the device's log on stable storage (FORMATS.md, Log).
 *
 * One SQLite file in WAL mode, locked for this process alone, synchronous
 * FULL. Every entry is committed in one transaction together with its body,
 * the chain's state and the signed checkpoint over it, and nothing that was
 * signed leaves this module before that commit: a power cut can lose what was
 * not confirmed, it cannot make a fork.
 *
 * An append that fails leaves the journal broken, for the outcome of a failed
 * commit is not known; every call then gives BW_ERR_IO until journal_mend has
 * closed the file, opened it again and looked.
 */
#ifndef KIOSK_JOURNAL_H
#define KIOSK_JOURNAL_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "kiosk/repeat.h"
#include "record/body.h"
#include "record/checkpoint.h"
#include "record/crypto.h"
#include "record/entry.h"

struct journal;

/* How many entries from the end are checked again when a broken journal was
 * mended. */
#define JOURNAL_CHECKED 64

/* Make the file with the open entry in it. body->kind must be ENTRY_OPEN; its
 * rs is filled in. The file must not exist (BW_ERR_EXISTS). log_key is only
 * lent and must outlive the journal. */
BW_MUST_USE bw_err journal_create(struct journal **out, const char *path,
    const struct crypto_key *log_key, const char *origin,
    const uint8_t host_spki[static CRYPTO_SPKI], struct body *body,
    uint64_t now);

/* Open and check: the signature of the last checkpoint, its root, every entry
 * that is not cosigned with its body, and that the log is this key's.
 * BW_ERR_NOTFOUND when there is no file, BW_ERR_BUSY when another process has
 * it, BW_ERR_FULL, BW_ERR_IO; anything else means that it is damaged, or lacks
 * entries that it had, and must not be continued; then no byte of its files was
 * changed. BW_ERR_KEY: the log of another key. */
BW_MUST_USE bw_err journal_open(struct journal **out, const char *path,
    const struct crypto_key *log_key);
void journal_close(struct journal **j);

/* Facts of the log; they live as long as the journal. */
const char *journal_origin(const struct journal *j);
const uint8_t *journal_host_spki(const struct journal *j);
const struct body_open *journal_opening(const struct journal *j);
uint64_t journal_size(const struct journal *j);
uint64_t journal_last_time(const struct journal *j);
bool journal_is_closed(const struct journal *j);
bool journal_is_broken(const struct journal *j);

/* The policy in force: its serial and hash as last recorded. */
uint64_t journal_serial(const struct journal *j);
const uint8_t *journal_policy_sha256(const struct journal *j);
/* Take a newer serial of the very policy in force, without an entry. */
BW_MUST_USE bw_err journal_set_serial(struct journal *j, uint64_t serial);

/* Append one entry; fills body->rs. *seq is its number. After BW_OK it is on
 * stable storage; a share is undone by the next process nevertheless, until
 * journal_confirm. BW_ERR_DENIED after a close entry, BW_ERR_ARG for a body
 * that cannot be, BW_ERR_BUSY for a share while an undo is owed; any other
 * error leaves the journal broken, unless it is BW_ERR_NOMEM. */
BW_MUST_USE bw_err journal_append(struct journal *j, struct body *body,
    uint64_t now, uint64_t *seq);

/* An answer by which nothing was shared: a body of kind 2 to 4, whose rs is not
 * looked at. It is on stable storage after BW_OK, in one transaction as an entry
 * is, but no entry yet: it is counted, by its quarter hour, and becomes one when
 * that is over. In the log at once, it would have its place between two shares,
 * whose times and numbers a sponsor has, and so tell when and of whom it was.
 * Errors as of journal_append. */
BW_MUST_USE bw_err journal_answer(struct journal *j, const struct body *body,
    uint64_t now);
/* An undo does not wait so. A share is an entry before the screen says that it
 * is one, so that a power cut loses nothing that was confirmed, and its undo
 * stands beside it, so that it leaves with it: held back, it would keep back all
 * that comes later, or the share would be released meanwhile. And a share that
 * were kept out of the log while it may be undone would have no number when its
 * receipt is shown. So a sponsor, whose shares have numbers, sees that two are
 * missing between two of them, and so that somebody shared and undid it between
 * these: not who, nor what, and no more than who stood at the booth saw. */

/* Append those whose quarter hour is over at `now` (UINT64_MAX: all), those of a
 * quarter hour in one transaction, sorted by kind, with a checkpoint behind the
 * last of them only: however many, it takes not much longer than one. Their time
 * is in their quarter hour still: an append of a later one, or of a clock entry
 * with another one, does this first by itself; but nothing comes between a share
 * and its undo, so not while the share may be undone. What a number behind them
 * tells is how many they were in the whole quarter hour, or, where the journal
 * was closed in it, before that. BW_OK when there is nothing to do. */
BW_MUST_USE bw_err journal_answers_end(struct journal *j, uint64_t now);
/* Whether any wait. */
bool journal_answers_wait(const struct journal *j);

/* Of whom a share is, for the device's own memory. */
struct journal_mark {
	uint8_t mark[REPEAT_MARK];
	int64_t day;
};
/* What makes marks this journal's own. */
const uint8_t *journal_salt(const struct journal *j);
/* Append a share as journal_append does, and remember the mark and the day in
 * the same transaction; the transaction of its undo forgets them. */
BW_MUST_USE bw_err journal_append_share(struct journal *j, struct body *body,
    const struct journal_mark *m, uint64_t now, uint64_t *seq);
/* The day on which m->mark was last shared and not undone: m->day.
 * BW_ERR_NOTFOUND when it is not known. */
BW_MUST_USE bw_err journal_shared_before(struct journal *j,
    struct journal_mark *m);
/* Forget all marks. */
BW_MUST_USE bw_err journal_forget_shared(struct journal *j);

/* The last share stands, over a restart too: its attendee is told so now, with
 * a frame that is drawn already. Must come before the next append. BW_OK at
 * once when there is nothing to confirm. On error its undo is owed, and nobody
 * may be told that it is shared. */
BW_MUST_USE bw_err journal_confirm(struct journal *j);

/* Try to get a broken journal going, with a write of nothing new, and store the undo that is owed: of a
 * share whose append failed, of which its attendee was told that it is not
 * shared, if it turns out to be there; and of one whose undo was asked for and
 * failed, unless that is there. BW_OK at once when there is nothing to do. */
BW_MUST_USE bw_err journal_mend(struct journal *j);
/* Such an undo is owed: share *seq and what follows must not leave. It is so
 * over a restart too, unless the disk could not even overwrite a small file. */
bool journal_owes_undo(const struct journal *j, uint64_t *seq);

/* One entry as it stands; its body is empty when it was deleted, and its note
 * when its checkpoint is a later one's. Buffers that
 * are NULL are left out. BW_ERR_NOTFOUND, for one that was cosigned too. */
BW_MUST_USE bw_err journal_get(struct journal *j, uint64_t seq,
    struct bw_buf *entry, struct bw_buf *body, struct bw_buf *note);

/* Build an upload of entries from `from` on, up to but not including `limit`,
 * as many as one upload may hold; *to is where it ends, which is behind an entry
 * with a checkpoint and never between a share and its undo. out is empty.
 * BW_ERR_ARG for an empty range, BW_ERR_NOTFOUND when an entry or a body of it
 * was deleted, or no checkpoint is in it. */
BW_MUST_USE bw_err journal_upload(struct journal *j, uint64_t from,
    uint64_t limit, struct bw_buf *out, uint64_t *to);

/* Up to where the host has cosigned; what is below is deleted. */
uint64_t journal_cosigned(const struct journal *j);
/* The time that stands in the last cosignature which this process took, unix
 * seconds; 0: none. */
uint64_t journal_cosigned_time(const struct journal *j);
/* A note that claims to be the host's for some size: BW_OK when this log's
 * checkpoint of that size and the host's cosignature stand in it; the entries
 * below are deleted then, with their bodies: to go on, the log needs its tree's
 * nodes (the state row), its first entry, which says whose it is, and the note
 * that was cosigned. BW_ERR_SIG or BW_ERR_FORMAT when it is not,
 * BW_ERR_OLD when as much is cosigned already. BW_ERR_FORK when this log's key
 * signed a size or root that this journal does not have: the file is an old
 * copy, and the log must not be continued. */
BW_MUST_USE bw_err journal_cosign(struct journal *j, const char *note,
    size_t len);

/* What the entries below journal_cosigned were, although they are deleted:
 * shares less undos, declines, no answers, since the quarter hour of a time,
 * unix seconds (0: all). Counted in the transaction that deletes them. */
#define JOURNAL_TALLY 3
BW_MUST_USE bw_err journal_tally(struct journal *j, int64_t since,
    int64_t out[static JOURNAL_TALLY]);

/* How long what was deleted may still stand in the files, ms. Each moving of
 * the WAL costs the disk as much as some shares do. */
#define JOURNAL_REST_MS 300000

/* Housekeeping for a quiet moment, at a monotonic time in ms: moves the WAL into
 * the file when it has grown, or some time after entries were deleted, so that
 * no file has these any more. Its errors do no harm and show at the next
 * append. */
void journal_rest(struct journal *j, int64_t now);

#endif
