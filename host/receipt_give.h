/* SPDX-License-Identifier: Apache-2.0 */
/*
 * receipt_give.h - the files of a share (receipt_file.h) as an answer, by the
 * button that was pressed: "paper", "receipt" or "proof". The same for who has
 * the share's code (/r/) and who has opened the mailed link (/my/).
 */
#ifndef HOST_RECEIPT_GIVE_H
#define HOST_RECEIPT_GIVE_H

#include "host/receipt_file.h"

/* All that is known of the share with this hash of its code; share_facts_drop in
 * any case. BW_ERR_NOTFOUND; BW_ERR_BUSY: somebody writes. */
BW_MUST_USE bw_err share_facts_get(struct call *c,
    const uint8_t rh[static RECEIPT_RH], struct share_facts *out);
void share_facts_drop(struct share_facts *f);

struct receipt_kind;
/* NULL: no such button. */
const struct receipt_kind *receipt_kind(const char *act);
/* Fill in c->out. BW_ERR_DENIED: one is drawn too often for this share (paper
 * costs time): again in *wait seconds. BW_ERR_NOTFOUND also when the policy of
 * the share is not known. */
BW_MUST_USE bw_err receipt_give(struct call *c, const struct receipt_kind *kind,
    const uint8_t rh[static RECEIPT_RH], unsigned *wait);

#endif
