/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_redo.h - what was done for people's rights, in the store and in the
 * file beside it (redo.h): each commit that takes a share from release, or
 * changes why somebody is withheld, has its lines there first.
 */
#ifndef HOST_STORE_REDO_H
#define HOST_STORE_REDO_H

#include "base/file.h"
#include "host/redo.h"

/* The acts of a transaction, until its commit. */
struct redo_queue {
	char dir[FILE_PATH_MAX];	/* empty: nothing is written */
	struct redo_act *at;
	size_t n, cap;
};

/* Acts of this handle and those that share with it go into the directory's
 * file; it has the key for deleted.h (store_deleted_key). */
BW_MUST_USE bw_err store_redo_to(struct store *s, const char *dir);

/* How store and file stand to each other. BEHIND: acts of the file are not in
 * the store. AHEAD: the file lacks acts that the store has. */
enum redo_stand { REDO_SAME = 0, REDO_BEHIND, REDO_AHEAD };
/* Without the key; BW_ERR_FORMAT and BW_ERR_IO as redo_last. One that writes
 * just now is waited for. */
BW_MUST_USE bw_err store_redo_stand(struct store *s, const char *dir,
    enum redo_stand *out);
/*
 * Do what the store, an older one that was put back, does not have: in one
 * transaction, with a row in the audit, and said in the log. Of a share that
 * is not there yet it waits (store_pending_add), of a registration that is not
 * there for its next import (db_redo_new). BW_ERR_FORMAT: the file is damaged,
 * the log says where; nothing was changed.
 */
BW_MUST_USE bw_err store_redo_run(struct store *s, int64_t now);
/* What nobody needs any more leaves the file: of who was erased, of shares that
 * are gone, of registrations that did not come back in STORE_PENDING_DAYS. */
BW_MUST_USE bw_err store_redo_forget(struct store *s, int64_t now);

/* Inside the transaction that does it. */
BW_MUST_USE bw_err db_redo_share(struct store *s,
    const uint8_t rh[static RECEIPT_RH], int64_t now);
BW_MUST_USE bw_err db_redo_all(struct store *s, uint64_t registration,
    int64_t now);
BW_MUST_USE bw_err db_redo_withheld(struct store *s,
    const struct right_state *st, int64_t now);
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
