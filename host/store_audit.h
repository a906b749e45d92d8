/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_audit.h - the rows of the audit: what audit.h needs besides store.h,
 * and the bytes that a row's hash is over (AUDIT.md).
 */
#ifndef HOST_STORE_AUDIT_H
#define HOST_STORE_AUDIT_H

#include "host/audit.h"

/* The row's hash, from its id, time and texts, and the hash before it (zero
 * before the first). row->hash is not looked at. */
BW_MUST_USE bw_err audit_row_hash(const struct audit_row *row,
    const uint8_t before[static CRYPTO_HASH],
    uint8_t out[static CRYPTO_HASH]);
/* Whether the texts are what audit_add takes. */
bool audit_row_ok(const struct audit_row *row);

/* All rows by id, rising. */
BW_MUST_USE bw_err store_audit_all(struct store *s, audit_cb cb, void *arg);

#endif
