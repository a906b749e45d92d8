/* SPDX-License-Identifier: Apache-2.0 */
/*
 * not_me.h - somebody says that a share is not his: what the same device
 * recorded in that quarter hour is held until it was looked at (ODD_NOT_ME).
 * That is what is there already, and what the device brings later, while a case
 * that says it is open. The sponsor is told of those that it could have had
 * before (store_ack.h): not to use them until they are back.
 *
 * In the caller's transaction, which roll back unless it is BW_OK; each lead
 * leaves its row in the audit. BW_ERR_NOTFOUND: there is no such lead.
 */
#ifndef HOST_NOT_ME_H
#define HOST_NOT_ME_H

#include "host/case.h"

/* case_open, for whoever takes a request in: one that says it of a share holds
 * the live leads of the quarter hour, the share among them, unless a case has
 * said it before: what staff have released since stays so. *beside: how many
 * others than the share it holds. */
BW_MUST_USE bw_err not_me_case(struct store *s, const struct case_new *in,
    const char *actor, int64_t now, uint64_t *num, uint64_t *beside);
/* The same, for who may not know whose the share is: it says nothing of that. When
 * it is not of in->registration the case is opened and tells so to whoever may
 * see it (case_new's said), and nothing is held before it is matched. *beside: how
 * many others of the quarter hour are live or held for this, whosever the share is
 * and whatever was said before; what was released stays so though it is counted. */
BW_MUST_USE bw_err not_me_take(struct store *s, const struct case_new *in,
    const char *actor, int64_t now, uint64_t *num, uint64_t *beside);
/* case_match, with its errors: what that was said of somebody else holds when it is
 * this person's share is held from now on. */
BW_MUST_USE bw_err not_me_match(struct store *s, uint64_t num,
    uint64_t registration, enum case_proof proof, const char *actor,
    int64_t now);
/* How many others than its share it holds when it is matched, or would, were it
 * taken in now: 0 when a case has said it of this share. */
BW_MUST_USE bw_err not_me_beside(struct store *s, enum case_type type,
    uint64_t device, uint64_t seq, uint64_t *n);
/* What the share's own person does: it is withdrawn, and unless a case of this
 * person that is open says so already, not_me_case; *num is its number, else 0.
 * The errors of case_open: nobody's share any more is BW_ERR_DENIED. */
BW_MUST_USE bw_err not_me_disown(struct store *s, const struct case_new *in,
    const char *actor, int64_t now, uint64_t *num);
/* Hold the live leads of the quarter hour; *n is how many. */
BW_MUST_USE bw_err not_me_hold(struct store *s, uint64_t device, uint64_t seq,
    const char *actor, int64_t now, uint64_t *n);
/* Whether a case, open or closed, says it of this share for its own person. */
BW_MUST_USE bw_err not_me_said(struct store *s, uint64_t device, uint64_t seq,
    bool *said);
/* How many of a sponsor's leads are held for it now and would come back without
 * it: not those whose holder has them withheld besides. NULL: of all sponsors, and
 * all of them. */
BW_MUST_USE bw_err not_me_held(struct store *s, const char *sponsor,
    uint64_t *n);
/* How many are held of the quarter hour of a case. */
BW_MUST_USE bw_err not_me_holds(struct store *s, const struct case_file *f,
    uint64_t *n);
/* For ingest: whether a case that is open says it of a share of this device in
 * the quarter hour of `time`. */
BW_MUST_USE bw_err not_me_waits(struct store *s, uint64_t device,
    int64_t time, bool *waits);
/* One that is held for this reason, in this case (0: in none): it is its
 * sponsor's again, and a mail tells its badge's holder (store_daily.h).
 * BW_ERR_DENIED: another case that is open holds it too
 * (not_me_other); it can be released when that has ended, in this one. */
BW_MUST_USE bw_err not_me_release(struct store *s, uint64_t device,
    uint64_t seq, uint64_t case_num, const char *actor, int64_t now);
/* The number of a case that is open, but this one, which says it of a share of
 * the device in this quarter hour (case.h); 0: there is none. */
BW_MUST_USE bw_err not_me_other(struct store *s, uint64_t device,
    int64_t quarter, uint64_t case_num, uint64_t *other);
/* How many are held for this case and no other that is open: they are to be
 * released or withdrawn before it is closed. */
BW_MUST_USE bw_err not_me_left(struct store *s, uint64_t case_num,
    uint64_t *n);
/* Or it is withdrawn, and its sponsor is told, if it could have had it before.
 * Of this and not_me_release BW_ERR_EXISTS: it is not held for this. */
BW_MUST_USE bw_err not_me_withdraw(struct store *s, uint64_t device,
    uint64_t seq, const char *actor, int64_t now);
/* One lead is held for this again, as it was before an older store was put back
 * (store_redo.h), or no longer; *moved is false when it is so, or has ended. */
BW_MUST_USE bw_err not_me_hold_again(struct store *s,
    const struct store_lead *lead, int64_t now, bool *moved);
BW_MUST_USE bw_err not_me_free_again(struct store *s,
    const struct store_lead *lead, int64_t now, bool *moved);

#endif
