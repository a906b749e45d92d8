/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_export.h - the record of exports: who was given which file, with how
 * much in it, when. The file itself is not kept; its hash tells it again.
 */
#ifndef HOST_STORE_EXPORT_H
#define HOST_STORE_EXPORT_H

#include "host/store.h"

struct store_export {
	uint64_t id;			/* given by the store */
	int64_t at;
	const char *actor;		/* "staff:NAME", "account:7" */
	const char *kind;		/* "leads", "log", "logs", "tiles",
					 * "counts", "audit" */
	const char *subject;		/* sponsor or device; "" for all */
	const char *format;		/* "csv", "xlsx" … */
	uint64_t n;			/* leads, entries … in it */
	uint8_t sha256[CRYPTO_HASH];
};
/* Inside a transaction that ends before the file is in its place. */
BW_MUST_USE bw_err store_export_add(struct store *s,
    const struct store_export *in);
typedef bw_err (*store_export_cb)(void *arg, const struct store_export *e);
/* Newest first, at most `limit` below id `before` (0: from the newest). With a
 * sponsor (NULL: all) the exports of its leads alone. */
BW_MUST_USE bw_err store_export_each(struct store *s, const char *sponsor,
    uint64_t before, unsigned limit, store_export_cb cb, void *arg);
/* When this one made the last file of the sponsor's leads; 0: never. */
BW_MUST_USE bw_err store_export_last(struct store *s, const char *sponsor,
    const char *actor, int64_t *at);

#endif
