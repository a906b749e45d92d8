/* SPDX-License-Identifier: Apache-2.0 */
/* store_hold.h - the rows behind hold.h, for hold.c. */
#ifndef HOST_STORE_HOLD_H
#define HOST_STORE_HOLD_H

#include "host/hold.h"

BW_MUST_USE bw_err store_hold_put(struct store *s, const struct hold *in,
    uint64_t *id);
BW_MUST_USE bw_err store_hold_get(struct store *s, uint64_t id,
    struct hold *out);
/* One that stands on the same and was added at the same time. */
BW_MUST_USE bw_err store_hold_like(struct store *s, const struct hold *h,
    uint64_t *id);
/* Whether a registration has shares with this sponsor. */
BW_MUST_USE bw_err store_hold_shared(struct store *s, uint64_t registration,
    const char *sponsor, bool *yes);
BW_MUST_USE bw_err store_hold_end(struct store *s, uint64_t id, int64_t now);

#endif
