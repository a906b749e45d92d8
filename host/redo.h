/* SPDX-License-Identifier: Apache-2.0 */
/*
 * redo.h - the file of what was done for people's rights, and to keep somebody
 * out: it stands beside the store, so that a backup of the store that is put
 * back takes nothing of it back.
 *
 *	DIR/rights-done		0600: a line per act, appended and synced
 *
 * A line is one of these, with times in unix seconds:
 *
 *	1 NUM none AT
 *	1 NUM share AT RH
 *	1 NUM held AT RH
 *	1 NUM freed AT RH
 *	1 NUM all AT REGISTRATION KEYMAC
 *	1 NUM withheld AT REGISTRATION KEYMAC RESTRICTED OBJECTED STAFF \
 *	    PLANNED DUE
 *	1 NUM daily AT REGISTRATION KEYMAC
 *	1 NUM minor AT REGISTRATION KEYMAC MINOR RELEASED
 *	1 NUM corrected AT REGISTRATION KEYMAC FIELD BOX
 *	1 NUM badge AT REGISTRATION KEYMAC
 *	1 NUM written AT REGISTRATION KEYMAC
 *	1 NUM hold AT REGISTRATION KEYMAC
 *	1 NUM lift AT REGISTRATION KEYMAC MADE
 *	1 NUM hold-of AT SPONSOR
 *	1 NUM lift-of AT SPONSOR MADE
 *	1 NUM account AT ID MADE STATE
 *	1 NUM role AT ID MADE ROLE SPONSOR
 *	1 NUM token AT ID MADE
 *	1 NUM device AT NAME MADE LOST
 *	1 NUM recovery AT ID MADE HASH
 *	1 NUM name AT NAME
 *	1 NUM counted AT DAY
 *	1 NUM count AT SPONSOR DAY WHAT N
 *
 * nothing, for the number's sake; a share is withdrawn, by its receipt's hash
 * in hex, or held because somebody says that it is not his, or no longer. All
 * of a registration are withdrawn; why it is withheld from then on
 * (right_state; all 0: for nothing any more), and of an erasure that is planned
 * when it was and is due; it wants no daily mail; it is a minor's, and whether
 * staff said that it is none; a field has another value, in a box
 * (store_redo_box.c); its badge is blocked, for it was lost. It gets another edition,
 * or another's badge over it, so that the one before must not be taken for it;
 * of a commit that was cut off it got nothing. A hold (hold.h, without its reason) is placed on it, or on
 * a sponsor ("-": the event), or that of MADE is lifted. KEYMAC is
 * deleted_mac_key of the registration's key in hex: a number alone is given
 * again over a backup, which is why accounts, tokens and devices have when they
 * were made beside it. An account has a state
 * (account.h; invited: its password and second factor are good for nothing), or
 * a role of a sponsor ("-": none); a token is revoked; a device is, and since
 * when it is lost, 0: it is not. A recovery code of an account was used, which
 * the store knows by this hash. A name was given to a device, and is
 * to none again (redo_has_name). Days before DAY were counted, and a cell
 * (store_aggregate.h) has this count from then on.
 *
 * NUM rises with each of the store's commits, which all of its lines share. The
 * lines are durable before the commit is, and the store keeps the number: one
 * that is behind the file gets the acts since (store_redo.h). No line has a name
 * or an address, nor a value that can be read; those of who was erased go.
 *
 * A line whose commit failed is taken away at once. One whose commit was cut off
 * (its program was killed, or the power failed) is what whoever opens the store
 * next does: it was asked for. When others had it open it is nobody's, for they
 * went on without it: whoever writes next takes it away, or the host within
 * seconds.
 */
#ifndef HOST_REDO_H
#define HOST_REDO_H

#include "base/text.h"
#include "host/deleted.h"
#include "host/linefile.h"
#include "host/right.h"
#include "record/receipt.h"

enum redo_kind {
	REDO_NONE = 0,
	REDO_SHARE,
	REDO_HELD,
	REDO_FREED,
	REDO_ALL,
	REDO_WITHHELD,
	REDO_DAILY,
	REDO_MINOR,
	REDO_CORRECTED,
	REDO_BADGE,
	REDO_WRITTEN,
	REDO_HOLD,
	REDO_LIFT,
	REDO_HOLD_OF,
	REDO_LIFT_OF,
	REDO_ACCOUNT,
	REDO_ROLE,
	REDO_TOKEN,
	REDO_DEVICE,
	REDO_RECOVERY,
	REDO_NAME,
	REDO_COUNTED,
	REDO_COUNT
};
/* Whether an act is a registration's: it has number and KEYMAC. */
static inline bool
redo_of_person(enum redo_kind k)
{
	return k >= REDO_ALL && k <= REDO_LIFT;
}

#define REDO_BOX_MAX (64 + FIELD_VALUE_MAX + 16)
struct redo_box {
	size_t len;
	uint8_t ptr[REDO_BOX_MAX];
};
struct redo_act {
	uint64_t num;
	enum redo_kind kind;
	int64_t at;
	uint8_t rh[RECEIPT_RH];		/* of a share */
	uint8_t key_mac[DELETED_MAC];	/* of a registration, */
	struct right_state st;		/* with its number; why it is withheld,
					 * without erase_case, held_at */
	uint64_t minor, released;	/* 0 or 1 */
	uint64_t field;
	struct redo_box box;
	uint64_t id;			/* of an account or a token */
	int64_t made;			/* when it, a device or a hold was */
	uint64_t state, role;		/* of an account, */
	uint8_t code[CRYPTO_HASH];	/* and of what it used up */
	int64_t lost;			/* of a device */
	int64_t day;			/* since 1970, of counts; */
	uint64_t what, n;		/* and of one */
	char name[TEXT_ID_MAX + 1];	/* of a device, or the sponsor of a
					 * role, a hold or a count */
};

/* A line, with its end; and its act, of a text without, which is cut up:
 * BW_ERR_FORMAT when it is none of ours. */
#define REDO_LINE_MAX 512
BW_MUST_USE bw_err redo_line_put(struct bw_buf *b, uint64_t num,
    const struct redo_act *act);
BW_MUST_USE bw_err redo_line_take(char *line, struct redo_act *act);

/* The number of the last line, 0: there is none. BW_ERR_FORMAT: it is none of
 * ours; BW_ERR_IO. A last one without an end is passed over. */
BW_MUST_USE bw_err redo_last(const char *dir, uint64_t *num);
/* Append these under one number, which is above the last one's and above
 * `least`: *num. Durable at BW_OK. The caller has the store's transaction.
 * BW_ERR_FULL, BW_ERR_IO, BW_ERR_FORMAT as above. */
BW_MUST_USE bw_err redo_append(const char *dir, const struct redo_act *act,
    size_t n, uint64_t least, uint64_t *num);
/* Lines above a number go, also on a full disk. The caller has the store's
 * transaction. */
BW_MUST_USE bw_err redo_cut(const char *dir, uint64_t last);

typedef bw_err (*redo_cb)(void *arg, const struct redo_act *act);
/* All, as they came. BW_ERR_FORMAT: *line (from 1) is none of ours. No file is
 * none. */
BW_MUST_USE bw_err redo_each(const char *dir, redo_cb cb, void *arg,
    size_t *line);
/* Whether a device had this name, whatever the store knows of it. Errors as of
 * redo_each. */
BW_MUST_USE bw_err redo_has_name(const char *dir, const char *name,
    bool *has);
typedef bw_err (*redo_keep_cb)(void *arg, const struct redo_act *act,
    bool *keep);
/* Ask about each which lines are kept: free `out` in any case. Nobody has to
 * wait meanwhile. */
BW_MUST_USE bw_err redo_sieve(const char *dir, redo_keep_cb keep, void *arg,
    struct linefile_rest *out);
/* The rest alone, if something is not kept, with what was appended meanwhile;
 * the last number stays. The caller has the store's transaction. BW_ERR_BUSY:
 * somebody else has done it meanwhile. */
BW_MUST_USE bw_err redo_put_rest(const char *dir,
    struct linefile_rest *rest);

#endif
