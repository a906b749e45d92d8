/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_redo.h - what was done for people's rights, and to keep somebody out, in
 * the store and in the file beside it (redo.h): each commit that does such a
 * thing has its lines there first.
 */
#ifndef HOST_STORE_REDO_H
#define HOST_STORE_REDO_H

#include "base/file.h"
#include "host/account.h"
#include "host/hold.h"
#include "host/redo.h"

/* The acts of a transaction, until its commit. */
struct redo_queue {
	char dir[FILE_PATH_MAX];	/* empty: nothing is written */
	struct redo_act *at;
	size_t n, cap;
};

/* Acts of this handle and those that share with it go into the directory's
 * file; those of people need the key for deleted.h (store_deleted_key),
 * BW_ERR_KEY without it. */
BW_MUST_USE bw_err store_redo_to(struct store *s, const char *dir);

/* How store and file stand to each other. BEHIND: acts of the file are not in
 * the store. AHEAD: the file lacks acts that the store has. */
enum redo_stand { REDO_SAME = 0, REDO_BEHIND, REDO_AHEAD };
/* Without the key; BW_ERR_FORMAT and BW_ERR_IO as redo_last. One that writes
 * just now is waited for. */
BW_MUST_USE bw_err store_redo_stand(struct store *s, const char *dir,
    enum redo_stand *out);
/* Nothing is given out or sent by what is not all done yet. *why (static): it is
 * not, and what to do; NULL: it is. Errors as of _stand. */
BW_MUST_USE bw_err store_redo_waits(struct store *s, const char *dir,
    const char **why);
/*
 * Do what the store, an older one that was put back, does not have, with a row
 * in the audit, and said in the log; and end all sessions and the devices' open
 * invitations. In turns: one that is cut off goes on from there, and until the
 * end the store is BEHIND. Of a share that is not there yet it waits
 * (store_receipt.h), of a registration that is not there for its next import
 * (db_redo_new). BW_ERR_FORMAT: the file is damaged, the log says where.
 */
BW_MUST_USE bw_err store_redo_run(struct store *s, int64_t now);
/* A line whose commit was cut off while this store was open, by whichever
 * program, goes: nobody was told that it is done. At once when there is none.
 * BW_ERR_BUSY: the file has more than one commit could have written, so that
 * the store is an older one that was put in place under this program. */
BW_MUST_USE bw_err store_redo_mend(struct store *s);
/* What nobody needs any more leaves the file: of who was erased, of shares that
 * are gone, of registrations that did not come back in STORE_PENDING_DAYS. */
BW_MUST_USE bw_err store_redo_forget(struct store *s, int64_t now);

/* Inside the transaction that does it. */
BW_MUST_USE bw_err db_redo_share(struct store *s, enum redo_kind kind,
    const uint8_t rh[static RECEIPT_RH], int64_t now);
BW_MUST_USE bw_err db_redo_all(struct store *s, uint64_t registration,
    int64_t now);
BW_MUST_USE bw_err db_redo_withheld(struct store *s,
    const struct right_state *st, int64_t now);
BW_MUST_USE bw_err db_redo_daily(struct store *s, uint64_t registration,
    int64_t now);
BW_MUST_USE bw_err db_redo_minor(struct store *s, uint64_t registration,
    bool minor, bool released, int64_t now);
/* It has this value now, and `corrected` what its source said. */
BW_MUST_USE bw_err db_redo_corrected(struct store *s, uint64_t registration,
    enum field f, const char *value, int64_t now);
/* The badges that it had are blocked; and the one that it has is written anew, or
 * over. */
BW_MUST_USE bw_err db_redo_badge(struct store *s, uint64_t registration,
    int64_t now);
BW_MUST_USE bw_err db_redo_written(struct store *s, uint64_t registration,
    int64_t now);
/* One that is placed, or (lifted_at) lifted. */
BW_MUST_USE bw_err db_redo_hold(struct store *s, const struct hold *h);
/* ACCOUNT_INVITED: what it logs in with is good for nothing. */
BW_MUST_USE bw_err db_redo_account(struct store *s, uint64_t id,
    enum account_state state);
BW_MUST_USE bw_err db_redo_role(struct store *s, uint64_t id,
    enum account_role role, const char *sponsor);
/* A recovery code of it was used. */
BW_MUST_USE bw_err db_redo_recovery(struct store *s, uint64_t id,
    const uint8_t hash[static CRYPTO_HASH]);
/* One that is revoked, and all of an account that are not yet. */
BW_MUST_USE bw_err db_redo_token(struct store *s, uint64_t id, int64_t now);
BW_MUST_USE bw_err db_redo_tokens(struct store *s, uint64_t account,
    int64_t now);
/* One that is revoked, and lost or not. */
BW_MUST_USE bw_err db_redo_device(struct store *s, const char *name,
    int64_t now);
/* Days from `from`, before `to` (since 1970), are counted, as the store has it. */
BW_MUST_USE bw_err db_redo_counted(struct store *s, int64_t from, int64_t to,
    int64_t now);
/* A device gets a name. BW_ERR_EXISTS: one had it, which the store may have
 * forgotten over a backup. */
BW_MUST_USE bw_err db_redo_name(struct store *s, const char *name,
    int64_t now);
/* A registration is there anew: what waits for it is done, and nothing of
 * another one that had its ticket and is there. */
BW_MUST_USE bw_err db_redo_new(struct store *s, uint64_t registration,
    int64_t now);

/* Of store_sqlite.c: the queue of who writes; its lines are written before the
 * commit, or forgotten. */
struct redo_queue *db_redo(struct store *s);
BW_MUST_USE bw_err db_redo_flush(struct store *s);
void db_redo_drop(struct redo_queue *q);

#endif
