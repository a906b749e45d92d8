/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_settle.h - what is made of the logs' entries behind ingest, because it
 * would be half of what an upload costs: the index of receipts
 * (store_receipt.h), the counts (store_tally.h) and hashes of 256 entries each,
 * which tiles are made of (tiles.h). log.settled says up to
 * which entry; until then a lead is in no list and no export.
 *
 * The work is done in slices, a transaction each, between which others write.
 * No request that shows something has more of it than SETTLE_FEW entries: what
 * it shows is behind otherwise, and right.
 */
#ifndef HOST_STORE_SETTLE_H
#define HOST_STORE_SETTLE_H

#include "host/store.h"

#define SETTLE_SLICE 8192	/* entries in a transaction */
#define SETTLE_FEW 512
#define SETTLE_LOOK_MS 25	/* that a page waits for others at most */

/* All that the logs hold when it began, however long it takes: for who needs
 * the whole. In the transaction that is open, if one is. BW_ERR_BUSY: others
 * wrote for STORE_WAIT_MS. */
BW_MUST_USE bw_err store_settle_all(struct store *s, int64_t now);
/* The same, but BW_ERR_BUSY when so many milliseconds are over and there is
 * more to do, or others write. */
BW_MUST_USE bw_err store_settle(struct store *s, int64_t now, unsigned ms);
/* All, in one transaction, if it is at most SETTLE_FEW. BW_ERR_BUSY at once when
 * it is more, and when others write for so many milliseconds. */
BW_MUST_USE bw_err store_settle_few(struct store *s, int64_t now,
    unsigned ms);

/* Of store_settle.c, inside its transaction. Entries [from, *to) of a log are
 * counted; *to is less when they are of too many hours for once. */
BW_MUST_USE bw_err db_tally_add(struct store *s, uint64_t device,
    uint64_t from, uint64_t *to);
/* The receipts of the leads with keys [from, to) go into the index; a lead
 * whose receipt another share has is held (ODD_RECEIPT). */
BW_MUST_USE bw_err db_receipts_add(struct store *s, uint64_t from,
    uint64_t to, int64_t now);


#define SUBTREE_ENTRIES 256
/* Hashes of the whole subtrees that end among entries [from, to). */
BW_MUST_USE bw_err db_subtrees_add(struct store *s, uint64_t device,
    uint64_t from, uint64_t to);
/* Those from number `from` on, rising, before `to`, that are made so far. */
typedef bw_err (*store_subtree_cb)(void *arg,
    const uint8_t hash[static CRYPTO_HASH]);
BW_MUST_USE bw_err store_subtree_each(struct store *s, uint64_t device,
    uint64_t from, uint64_t to, store_subtree_cb cb, void *arg);

#endif
