/* SPDX-License-Identifier: Apache-2.0 */
/*
 * receipt_file.h - what an attendee can keep of a share: the consent receipt
 * as JSON-LD and the proof that the share stands in the log.
 */
#ifndef HOST_RECEIPT_FILE_H
#define HOST_RECEIPT_FILE_H

#include "base/buf.h"
#include "host/host.h"
#include "host/store_receipt.h"

/* A consent receipt in the shape of ISO/IEC TS 27560 with DPV terms. It names
 * fields and no values. p is the policy of the share. */
BW_MUST_USE bw_err receipt_jsonld(const struct hostdir *h,
    const struct store_receipt *r, const struct policy *p,
    int64_t now, struct bw_buf *out);

/* C2SP tlog-proof of the share's entry under the newest note. */
BW_MUST_USE bw_err receipt_proof(struct store *s,
    const struct store_receipt *r, struct bw_buf *out);

#endif
