// SPDX-License-Identifier: Apache-2.0
#include "record/tree.h"

#include <string.h>

#include "record/tree_node.h"

bw_err
tree_leaf_hash(const uint8_t *entry, size_t len,
    uint8_t out[static CRYPTO_HASH])
{
	const struct bw_part parts[] = { PART("\0", 1), PART(entry, len) };

	return crypto_sha256(parts, 2, out);
}

bw_err
tree_node_hash(const uint8_t *left, const uint8_t *right,
    uint8_t out[static CRYPTO_HASH])
{
	uint8_t both[1 + 2 * CRYPTO_HASH];

	both[0] = 1;
	memcpy(both + 1, left, CRYPTO_HASH);
	memcpy(both + 1 + CRYPTO_HASH, right, CRYPTO_HASH);
	return crypto_sha256(&PART(both, sizeof(both)), 1, out);
}

bw_err
tree_append(struct tree *t, const uint8_t leaf[static CRYPTO_HASH])
{
	uint8_t hash[CRYPTO_HASH];
	unsigned n = t->n;
	bw_err r;

	if (t->size == UINT64_MAX)
		return BW_ERR_BOUND;
	memcpy(hash, leaf, CRYPTO_HASH);
	/* Every one at the low end of size is a full subtree to join with. */
	for (uint64_t s = t->size; (s & 1) != 0; s >>= 1)
		if ((r = tree_node_hash(t->node[--n], hash, hash)) != BW_OK)
			return r;
	memcpy(t->node[n], hash, CRYPTO_HASH);
	t->n = n + 1;
	t->size++;
	return BW_OK;
}

bw_err
tree_root(const struct tree *t, uint8_t out[static CRYPTO_HASH])
{
	bw_err r = BW_OK;

	if (t->n == 0)
		return crypto_sha256(NULL, 0, out);
	memcpy(out, t->node[t->n - 1], CRYPTO_HASH);
	for (unsigned i = t->n - 1; i > 0 && r == BW_OK; i--)
		r = tree_node_hash(t->node[i - 1], out, out);
	return r;
}
