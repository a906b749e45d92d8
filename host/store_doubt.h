/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_doubt.h - shares that are held because somebody said of one beside them
 * "that was not me", until staff have looked.
 */
#ifndef HOST_STORE_DOUBT_H
#define HOST_STORE_DOUBT_H

#include "host/store.h"

#define DOUBT_SECONDS 900	/* quarter hours, from the hour on */

/* Hold the live shares of a device from the quarter hour of this one, which is
 * not looked at itself (ODD_NOT_ME). *n: how many are held only now. In the
 * caller's transaction; BW_ERR_NOTFOUND: there is no such share. */
BW_MUST_USE bw_err doubt_beside(struct store *s, uint64_t device, uint64_t seq,
    int64_t now, uint64_t *n);
/* Staff have looked: a share that is held for this alone is live again. In the
 * caller's transaction; BW_ERR_NOTFOUND: it is not. */
BW_MUST_USE bw_err doubt_release(struct store *s, uint64_t device,
    uint64_t seq);

#endif
