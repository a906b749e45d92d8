/* SPDX-License-Identifier: Apache-2.0 */
/*
 * redo.h - the file of what was done for people's rights: it stands beside the
 * store, so that a backup of the store that is put back takes nothing of it
 * back.
 *
 *	DIR/rights-done		0600: a line per act, appended and synced
 *
 * A line is one of these, with times in unix seconds:
 *
 *	1 NUM share AT RH
 *	1 NUM all AT REGISTRATION KEYMAC
 *	1 NUM withheld AT REGISTRATION KEYMAC RESTRICTED OBJECTED STAFF \
 *	    PLANNED DUE
 *	1 NUM none AT
 *
 * a share is withdrawn, by its receipt's hash in hex; all of a registration
 * are; why it is withheld from then on (right_state; all 0: for nothing any
 * more), and of an erasure that is planned when it was and is due; or nothing,
 * for the number's sake. KEYMAC is deleted_mac_key of the registration's key
 * in hex: a number alone is given again over a backup.
 *
 * NUM rises with each of the store's commits, which all of its lines share. The
 * lines are durable before the commit is, and the store keeps the number: one
 * that is behind the file gets the acts since (store_redo.h). A line whose
 * commit was cut off is done too: it was asked for. No line has a value, a
 * name or an address; those of who was erased go.
 */
#ifndef HOST_REDO_H
#define HOST_REDO_H

#include "host/deleted.h"
#include "host/right.h"
#include "record/receipt.h"

enum redo_kind { REDO_NONE = 0, REDO_SHARE, REDO_ALL, REDO_WITHHELD };

struct redo_act {
	uint64_t num;
	enum redo_kind kind;
	int64_t at;
	uint8_t rh[RECEIPT_RH];		/* of a share */
	uint8_t key_mac[DELETED_MAC];	/* of a registration, */
	struct right_state st;		/* with its number; why it is withheld,
					 * without erase_case, held_at */
};

/* The number of the last line, 0: there is none. BW_ERR_FORMAT: it is none of
 * ours; BW_ERR_IO. A last one without an end is passed over. */
BW_MUST_USE bw_err redo_last(const char *dir, uint64_t *num);
/* Append these under one number, which is above the last one's and above
 * `least`: *num. Durable at BW_OK. The caller has the store's transaction.
 * BW_ERR_FULL, BW_ERR_IO, BW_ERR_FORMAT as above. */
BW_MUST_USE bw_err redo_append(const char *dir, const struct redo_act *act,
    size_t n, uint64_t least, uint64_t *num);

typedef bw_err (*redo_cb)(void *arg, const struct redo_act *act);
/* All, as they came. BW_ERR_FORMAT: *line (from 1) is none of ours. No file is
 * none. */
BW_MUST_USE bw_err redo_each(const char *dir, redo_cb cb, void *arg,
    size_t *line);
typedef bw_err (*redo_keep_cb)(void *arg, const struct redo_act *act,
    bool *keep);
/* Forget the lines that are not kept, *n of them, in a new file; the last
 * number stays. The caller has the store's transaction. */
BW_MUST_USE bw_err redo_forget(const char *dir, redo_keep_cb keep, void *arg,
    uint64_t *n);

#endif
