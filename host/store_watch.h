/* SPDX-License-Identifier: Apache-2.0 */
/* store_watch.h - whether somebody has written to the store, or could. */
#ifndef HOST_STORE_WATCH_H
#define HOST_STORE_WATCH_H

#include "host/store.h"

/* A number that is another one once anybody else than this handle has written,
 * in this process or another. It costs no more than a look. */
BW_MUST_USE bw_err store_version(struct store *s, int64_t *out);

/* A number that is another one once a sponsor's own part has changed: what its
 * devices are and have sent, what it must acknowledge. Not by what is noted of its
 * leads, by files given out, nor by anything of another sponsor's. */
BW_MUST_USE bw_err store_sponsor_version(struct store *s, const char *sponsor,
    uint64_t *out);

/* Write what is there already, and keep it: whether the store takes writes
 * again, after which store_ping says so. */
BW_MUST_USE bw_err store_try(struct store *s);

#endif
