/* SPDX-License-Identifier: Apache-2.0 */
/* store_seen.h - the health that a device told of itself last. */
#ifndef HOST_STORE_SEEN_H
#define HOST_STORE_SEEN_H

#include "host/store.h"

/* One JSON object, as the device wrote it: a device's words, not ours.
 * BW_ERR_NOTFOUND before the first. */
BW_MUST_USE bw_err store_seen_health(struct store *s, uint64_t device,
    struct bw_buf *out);

#endif
