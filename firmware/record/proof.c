// SPDX-License-Identifier: Apache-2.0
#include "record/tree.h"

#include <string.h>

#include "record/tree_node.h"

/* The root over leaves[from, to). */
static bw_err
range_root(const uint8_t (*leaves)[CRYPTO_HASH], uint64_t from, uint64_t to,
    uint8_t out[static CRYPTO_HASH])
{
	struct tree t = { .size = 0 };
	bw_err r = BW_OK;

	for (uint64_t i = from; i < to && r == BW_OK; i++)
		r = tree_append(&t, leaves[i]);
	return r == BW_OK ? tree_root(&t, out) : r;
}

static bw_err
add_range(const uint8_t (*leaves)[CRYPTO_HASH], uint64_t from, uint64_t to,
    struct tree_proof *out)
{
	if (out->n == TREE_PROOF_MAX)
		return BW_ERR_BOUND;
	return range_root(leaves, from, to, out->hash[out->n++]);
}

/* Proofs are collected from the top and read from the bottom. */
static void
turn(struct tree_proof *p)
{
	uint8_t swap[CRYPTO_HASH];

	for (size_t i = 0; i < p->n / 2; i++) {
		uint8_t *a = p->hash[i], *b = p->hash[p->n - 1 - i];

		memcpy(swap, a, CRYPTO_HASH);
		memcpy(a, b, CRYPTO_HASH);
		memcpy(b, swap, CRYPTO_HASH);
	}
}

/* The largest power of two below n, for n > 1. */
static uint64_t
split(uint64_t n)
{
	return UINT64_C(1) << (63 - __builtin_clzll(n - 1));
}

bw_err
tree_inclusion(const uint8_t (*leaves)[CRYPTO_HASH], uint64_t size,
    uint64_t index, struct tree_proof *out)
{
	uint64_t from = 0, to = size, mid;
	bw_err r;

	memset(out, 0, sizeof(*out));
	if (index >= size)
		return BW_ERR_ARG;
	while (to - from > 1) {
		mid = from + split(to - from);
		if (index < mid) {
			r = add_range(leaves, mid, to, out);
			to = mid;
		} else {
			r = add_range(leaves, from, mid, out);
			from = mid;
		}
		if (r != BW_OK)
			return r;
	}
	turn(out);
	return BW_OK;
}

/* RFC 6962, 2.1.2: SUBPROOF, from the top down. */
bw_err
tree_consistency(const uint8_t (*leaves)[CRYPTO_HASH], uint64_t old_size,
    uint64_t size, struct tree_proof *out)
{
	uint64_t from = 0, to = size, mid;
	bw_err r = BW_OK;

	memset(out, 0, sizeof(*out));
	if (old_size == 0 || old_size > size)
		return BW_ERR_ARG;
	while (to != old_size && r == BW_OK) {
		mid = from + split(to - from);
		if (old_size <= mid) {
			r = add_range(leaves, mid, to, out);
			to = mid;
		} else {
			r = add_range(leaves, from, mid, out);
			from = mid;
		}
	}
	if (r == BW_OK && from != 0)
		r = add_range(leaves, from, to, out);
	if (r == BW_OK)
		turn(out);
	return r;
}

static bw_err
is_root(const uint8_t *have, const uint8_t *want)
{
	return crypto_equal(have, want, CRYPTO_HASH) ? BW_OK : BW_ERR_ROOT;
}

/* RFC 9162, 2.1.3.2. */
bw_err
tree_inclusion_verify(const struct tree_proof *p, uint64_t index,
    uint64_t size, const uint8_t leaf[static CRYPTO_HASH],
    const uint8_t root[static CRYPTO_HASH])
{
	uint64_t fn = index, sn = size - 1;
	uint8_t hash[CRYPTO_HASH];
	bw_err r;

	if (index >= size || p->n > TREE_PROOF_MAX)
		return BW_ERR_ROOT;
	memcpy(hash, leaf, CRYPTO_HASH);
	for (size_t i = 0; i < p->n; i++) {
		if (sn == 0)
			return BW_ERR_ROOT;
		if ((fn & 1) != 0 || fn == sn) {
			r = tree_node_hash(p->hash[i], hash, hash);
			while ((fn & 1) == 0 && fn != 0) {
				fn >>= 1;
				sn >>= 1;
			}
		} else {
			r = tree_node_hash(hash, p->hash[i], hash);
		}
		if (r != BW_OK)
			return r;
		fn >>= 1;
		sn >>= 1;
	}
	return sn == 0 ? is_root(hash, root) : BW_ERR_ROOT;
}

/* The two roots that a consistency proof leads to; sn is 0 at its end. */
struct walk {
	uint64_t fn, sn;
	uint8_t old[CRYPTO_HASH], now[CRYPTO_HASH];
};

static bw_err
walk_step(struct walk *w, const uint8_t *hash)
{
	bw_err r;

	if (w->sn == 0)
		return BW_ERR_ROOT;
	if ((w->fn & 1) != 0 || w->fn == w->sn) {
		if ((r = tree_node_hash(hash, w->old, w->old)) != BW_OK ||
		    (r = tree_node_hash(hash, w->now, w->now)) != BW_OK)
			return r;
		while ((w->fn & 1) == 0 && w->fn != 0) {
			w->fn >>= 1;
			w->sn >>= 1;
		}
	} else {
		if ((r = tree_node_hash(w->now, hash, w->now)) != BW_OK)
			return r;
	}
	w->fn >>= 1;
	w->sn >>= 1;
	return BW_OK;
}

/* RFC 9162, 2.1.4.2. */
bw_err
tree_consistency_verify(const struct tree_proof *p, uint64_t old_size,
    uint64_t size, const uint8_t old_root[static CRYPTO_HASH],
    const uint8_t root[static CRYPTO_HASH])
{
	struct walk w = { .fn = old_size - 1, .sn = size - 1 };
	const uint8_t *first;
	size_t next = 0;
	bw_err r;

	if (old_size == 0 || old_size > size || p->n > TREE_PROOF_MAX)
		return BW_ERR_ROOT;
	if (old_size == size)
		return p->n == 0 ? is_root(old_root, root) : BW_ERR_ROOT;
	/* A full old tree is a node of the new one: its root leads the way. */
	if ((old_size & (old_size - 1)) == 0)
		first = old_root;
	else if (p->n > 0)
		first = p->hash[next++];
	else
		return BW_ERR_ROOT;
	memcpy(w.old, first, CRYPTO_HASH);
	memcpy(w.now, first, CRYPTO_HASH);
	for (; (w.fn & 1) != 0; w.fn >>= 1)
		w.sn >>= 1;
	for (; next < p->n; next++)
		if ((r = walk_step(&w, p->hash[next])) != BW_OK)
			return r;
	if (w.sn != 0)
		return BW_ERR_ROOT;
	r = is_root(w.old, old_root);
	return r == BW_OK ? is_root(w.now, root) : r;
}
