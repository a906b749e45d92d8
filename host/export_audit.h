/* SPDX-License-Identifier: Apache-2.0 */
/*
 * export_audit.h - the audit as a file (AUDIT.md): rows, then a checkpoint over
 * them that the host's key signs.
 */
#ifndef HOST_EXPORT_AUDIT_H
#define HOST_EXPORT_AUDIT_H

#include "host/hostdir.h"
#include "host/outfile.h"
#include "host/progress.h"
#include "host/store.h"

/* "<log name>/<event>/host/audit". */
BW_MUST_USE bw_err audit_origin(const struct hostdir *h,
    char out[static ORIGIN_MAX + 1]);
/* *n rows, head is the last one's hash. BW_ERR_CHAIN: the store's own rows do
 * not hang together, *n is then the first wrong one. progress is told of each
 * row; or NULL. */
BW_MUST_USE bw_err export_audit(struct store *s, const struct hostdir *h,
    struct outfile *out, struct progress *progress, uint64_t *n,
    uint8_t head[static CRYPTO_HASH]);

/* The same without a file: whether the rows hang together. */
BW_MUST_USE bw_err audit_check(struct store *s, uint64_t *n,
    uint8_t head[static CRYPTO_HASH]);

#endif
