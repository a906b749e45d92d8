/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_health.h - how devices are, the last changes of how they were, and what
 * staff say of them.
 */
#ifndef HOST_STORE_HEALTH_H
#define HOST_STORE_HEALTH_H

#include "host/health.h"
#include "host/store_device.h"

#define STORE_HEALTH_KEPT 50	/* changes of one device */

/* A device was heard of and said this: its health now, and one more of its
 * changes if a word is another one than before (health_same). BW_ERR_FORMAT: no
 * JSON object. */
BW_MUST_USE bw_err store_health_put(struct store *s, uint64_t device,
    int64_t now, const void *json, size_t len);
/* All zero when it has said nothing yet. */
BW_MUST_USE bw_err store_health_get(struct store *s, uint64_t device,
    struct health *out);

typedef bw_err (*store_health_cb)(void *arg, const struct store_device *d,
    const struct health *h);
/* Devices by name; sponsor NULL: all. */
BW_MUST_USE bw_err store_health_each(struct store *s, const char *sponsor,
    store_health_cb cb, void *arg);

typedef bw_err (*store_health_was_cb)(void *arg, int64_t at,
    const struct health *h);
/* The changes of a device, the newest first. */
BW_MUST_USE bw_err store_health_changes(struct store *s, uint64_t device,
    store_health_was_cb cb, void *arg);

/* Where it stands: any clean text, "" for nowhere. BW_ERR_NOTFOUND. */
BW_MUST_USE bw_err store_device_booth(struct store *s, const char *name,
    const char *booth);
/* A revoked device was lost at that time, or (0) is not any more.
 * BW_ERR_NOTFOUND: there is none, or it is not revoked. */
BW_MUST_USE bw_err store_device_lost(struct store *s, const char *name,
    int64_t at);

#endif
