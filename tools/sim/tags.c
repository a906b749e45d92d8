// SPDX-License-Identifier: Apache-2.0
#include "tools/sim/tags.h"

#include <stdlib.h>
#include <string.h>

struct tag *
tags_find(const struct tags *all, const char *name)
{
	for (size_t i = 0; i < all->n; i++)
		if (strcmp(all->tag[i]->name, name) == 0)
			return all->tag[i];
	return NULL;
}

bw_err
tags_add(struct tags *all, const struct tag_kind *kind, const char *name,
    const uint8_t *uid)
{
	struct tag *t;

	if (all->n == TAGS_MAX)
		return BW_ERR_FULL;
	for (size_t i = 0; i < all->n; i++) {
		t = all->tag[i];
		if (strcmp(t->name, name) == 0 ||
		    (t->kind->uid_len == kind->uid_len &&
		    memcmp(t->uid, uid, kind->uid_len) == 0))
			return BW_ERR_EXISTS;
	}
	if ((t = malloc(sizeof(*t))) == NULL)
		return BW_ERR_NOMEM;
	tag_init(t, kind, name, uid);
	all->tag[all->n++] = t;
	return BW_OK;
}

void
tags_delete(struct tags *all, struct tag *t)
{
	for (size_t i = 0; i < all->n; i++) {
		if (all->tag[i] != t)
			continue;
		free(t);
		all->tag[i] = all->tag[--all->n];
		return;
	}
}

void
tags_free(struct tags *all)
{
	while (all->n > 0)
		free(all->tag[--all->n]);
}

void
tags_power(struct tags *all, bool on)
{
	for (size_t i = 0; i < all->n; i++)
		tag_power(all->tag[i], on);
}
