// SPDX-License-Identifier: Apache-2.0
#include "tools/branch.h"

#include <stdlib.h>
#include <string.h>

#include "record/checkpoint.h"

#define TRIES 64		/* checkpoints of one seq that are tried */
#define WALKS 16		/* entries walked, in times of all */

/* In place of the entry before: */
#define NOWHERE SIZE_MAX	/* none, or it leads nowhere */
#define HELD (SIZE_MAX - 1)	/* it is the last that the host has */

struct search {
	const struct carve *c;
	const struct branch_in *in;
	size_t *before;		/* by place in c */
	size_t left;		/* entries that may be walked still */
};

static size_t
before(const struct search *s, const struct carved *e)
{
	const struct branch_in *in = s->in;
	uint64_t size = in->from->tree.size;
	size_t at;

	if (e->e.seq < size || e->body == NULL || (in->owed &&
	    e->e.seq == in->owed_seq && memcmp(e->leaf, in->owed_leaf,
	    CRYPTO_HASH) == 0))
		return NOWHERE;
	if (e->e.seq == size)
		return memcmp(e->e.prev, in->from->last, CRYPTO_HASH) == 0 ?
		    HELD : NOWHERE;
	if (!carve_find(s->c, e->e.seq - 1, e->e.prev, &at))
		return NOWHERE;
	return s->before[at] == NOWHERE ? NOWHERE : at;
}

static bool
is_signed(const struct search *s, const struct carved *e)
{
	struct checkpoint cp;

	return checkpoint_verify(e->note, e->note_len, s->in->spki,
	    s->in->origin, &cp) == BW_OK && cp.size == e->e.seq + 1;
}

/* The way to an entry, and whether its checkpoint's root is over all of it. */
static bool
walk(struct search *s, size_t end, size_t *path, size_t *n)
{
	const struct carved *e = &s->c->at[end];
	struct chain chain = *s->in->from;
	uint8_t root[CRYPTO_HASH];
	struct checkpoint cp;

	*n = (size_t)(e->e.seq - chain.tree.size) + 1;
	if (*n > s->left)
		return false;
	s->left -= *n;
	for (size_t i = *n, at = end; i-- > 0; at = s->before[at])
		path[i] = at;
	for (size_t i = 0; i < *n; i++) {
		const struct carved *x = &s->c->at[path[i]];

		if (chain_add(&chain, x->entry, x->entry_len, x->body,
		    x->body_len, NULL, NULL, NULL) != BW_OK)
			return false;
	}
	return checkpoint_peek(e->note, e->note_len, &cp) == BW_OK &&
	    tree_root(&chain.tree, root) == BW_OK &&
	    memcmp(root, cp.root, CRYPTO_HASH) == 0;
}

/* May this be the end? Tells the cheap things first. */
static bool
is_candidate(const struct search *s, size_t i)
{
	const struct carved *e = &s->c->at[i];
	struct checkpoint cp;

	return s->before[i] != NOWHERE && e->note != NULL &&
	    checkpoint_peek(e->note, e->note_len, &cp) == BW_OK &&
	    cp.size == e->e.seq + 1 && strcmp(cp.origin, s->in->origin) == 0;
}

bw_err
branch_find(const struct carve *c, const struct branch_in *in, size_t *path,
    size_t *n)
{
	struct search s = { c, in, calloc(c->n + 1, sizeof(*s.before)),
		WALKS * (c->n + 1) };
	unsigned tries = 0;
	bool found = false;

	*n = 0;
	if (s.before == NULL)
		return BW_ERR_NOMEM;
	for (size_t i = 0; i < c->n; i++)
		s.before[i] = before(&s, &c->at[i]);
	for (size_t i = c->n; i-- > 0 && !found;) {
		if (i + 1 < c->n && c->at[i].e.seq != c->at[i + 1].e.seq)
			tries = 0;
		if (is_candidate(&s, i) && tries++ < TRIES &&
		    is_signed(&s, &c->at[i]))
			found = walk(&s, i, path, n);
	}
	if (!found)
		*n = 0;
	free(s.before);
	return BW_OK;
}
