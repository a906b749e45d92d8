/* SPDX-License-Identifier: Apache-2.0 */
/*
 * receipt_notice.h - the words that an attendee had before their eyes when they
 * shared.
 */
#ifndef HOST_RECEIPT_NOTICE_H
#define HOST_RECEIPT_NOTICE_H

#include "host/store_receipt.h"
#include "record/policy.h"

/* The notice of pol whose hash the share's body holds, whatever its language
 * is said to be. *out is pol's; NULL when the body was deleted, or names a
 * notice that this policy has not: then nobody can say what was shown. */
BW_MUST_USE bw_err receipt_notice(struct store *s,
    const struct store_receipt *r, const struct policy *pol,
    const struct policy_notice **out);

#endif
