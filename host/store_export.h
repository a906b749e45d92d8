/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_export.h - the record of exports: who was given which file, with how
 * much in it, when. The file itself is not kept; its hash tells it again.
 *
 * Leads that a program reads page by page through the API are an export too,
 * of the format STORE_EXPORT_API: one for each token and hour of UTC, which is
 * whole, has no hash, and of which n and at grow with each answer that had
 * leads in it.
 */
#ifndef HOST_STORE_EXPORT_H
#define HOST_STORE_EXPORT_H

#include "host/store.h"

/* Of the way of its file; one on the command line is whole at once. */
enum store_export_state {
	EXPORT_ON_ITS_WAY,
	EXPORT_WHOLE,			/* handed over to its end (sent.h) */
	EXPORT_BROKE_OFF		/* or the host was stopped meanwhile */
};

#define STORE_EXPORT_API "api"

struct store_export {
	uint64_t id;			/* given by the store */
	int64_t at;
	const char *actor;		/* "staff:NAME", "account:7" */
	const char *kind;		/* "leads", "log", "logs", "tiles",
					 * "counts", "audit", "sheet",
					 * "disclosures" */
	const char *subject;		/* sponsor or device; "" for all */
	const char *format;		/* "csv", "xlsx" … */
	uint64_t n;			/* leads, entries … in it */
	uint8_t sha256[CRYPTO_HASH];	/* zeros: of no file */
	enum store_export_state state;
};
/* Inside a transaction that ends before the file is in its place; sets its
 * id. */
BW_MUST_USE bw_err store_export_add(struct store *s, struct store_export *e);
/* That n leads more of a sponsor were read now. Inside a transaction; *first:
 * they are this actor's first of the hour. */
BW_MUST_USE bw_err store_export_read(struct store *s, const char *sponsor,
    const char *actor, uint64_t n, int64_t now, bool *first);
/* One that was on its way has ended so: a transaction. */
BW_MUST_USE bw_err store_export_end(struct store *s, uint64_t id,
    enum store_export_state state);
/* As the host starts: all that were on their way broke off. A transaction. */
BW_MUST_USE bw_err store_exports_stopped(struct store *s);
typedef bw_err (*store_export_cb)(void *arg, const struct store_export *e);
/* Newest first, at most `limit` below id `before` (0: from the newest). With a
 * sponsor (NULL: all) the exports of its leads alone. */
BW_MUST_USE bw_err store_export_each(struct store *s, const char *sponsor,
    uint64_t before, unsigned limit, store_export_cb cb, void *arg);
/* When this one made the last file of the sponsor's leads that is whole; 0:
 * never. Of one that broke off nobody knows how much has come. */
BW_MUST_USE bw_err store_export_last(struct store *s, const char *sponsor,
    const char *actor, int64_t *at);

#endif
