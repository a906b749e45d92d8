/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_share.h - what an attendee sees of one share: its state, which fields
 * went to whom, what for and for how long, and what can be done about it.
 */
#ifndef HOST_PAGE_SHARE_H
#define HOST_PAGE_SHARE_H

#include "host/host.h"
#include "host/store_receipt.h"
#include "record/policy.h"

/* code: as the next form repeats it. pol: the policy that the share was made
 * under, NULL when the host does not know it. just_now: it was withdrawn by
 * this very request. */
void page_share(struct call *c, const char *code,
    const struct store_receipt *r, const struct policy *pol, bool just_now);

#endif
