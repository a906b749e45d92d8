/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tags.h - all tags that exist, on the antenna or beside it.
 */
#ifndef SIM_TAGS_H
#define SIM_TAGS_H

#include "tools/sim/tag.h"

#define TAGS_MAX 16

struct tags {
	size_t n;
	struct tag *tag[TAGS_MAX];	/* owned */
};

/* Make a tag that is not present. BW_ERR_EXISTS when the name or the UID is
 * taken, BW_ERR_FULL, BW_ERR_NOMEM. */
BW_MUST_USE bw_err tags_add(struct tags *all, const struct tag_kind *kind,
    const char *name, const uint8_t *uid);
/* NULL when there is none of this name. */
struct tag *tags_find(const struct tags *all, const char *name);
/* Forget one (not present any more), or all. */
void tags_delete(struct tags *all, struct tag *t);
void tags_free(struct tags *all);
/* The field was switched: power or unpower all. */
void tags_power(struct tags *all, bool on);

#endif
