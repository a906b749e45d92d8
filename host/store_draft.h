/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_draft.h - the policy that staff are working on: one at a time, as the
 * text of its file, right or not. Nothing of it counts before it is installed.
 */
#ifndef HOST_STORE_DRAFT_H
#define HOST_STORE_DRAFT_H

#include "host/store.h"

struct store_draft {
	uint64_t rev;			/* another one after each change */
	char base[BODY_VERSION_MAX + 1];	/* begun from; "": nothing */
	uint64_t account;		/* who changed it last */
	int64_t at;
	struct bw_buf source;		/* the caller frees it */
};
/* BW_ERR_NOTFOUND: there is none. Free source in any case. */
BW_MUST_USE bw_err store_draft_get(struct store *s, struct store_draft *out);
/* Begin one. BW_ERR_EXISTS: there is one. */
BW_MUST_USE bw_err store_draft_begin(struct store *s, const char *base,
    const void *text, size_t len, uint64_t account, int64_t now);
/* Change the one that has this rev. BW_ERR_EXISTS: it has another by now, or
 * there is none. */
BW_MUST_USE bw_err store_draft_put(struct store *s, uint64_t rev,
    const void *text, size_t len, uint64_t account, int64_t now);
/* It and its logos go; errors the same. */
BW_MUST_USE bw_err store_draft_drop(struct store *s, uint64_t rev);

/* A logo under the name that the text has for it, in place of one before. */
BW_MUST_USE bw_err store_draft_logo_put(struct store *s, const char *name,
    const struct policy_logo *logo);
/* BW_ERR_NOTFOUND. What *out had is freed. */
BW_MUST_USE bw_err store_draft_logo_get(struct store *s, const char *name,
    struct policy_logo *out);

#endif
