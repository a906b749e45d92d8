/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tree.h - RFC 6962 Merkle tree: compact range, roots and proofs.
 */
#ifndef RECORD_TREE_H
#define RECORD_TREE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "record/crypto.h"

/* The compact range [0, size): one node per set bit of size, from the left. */
struct tree {
	uint64_t size;
	unsigned n;				/* nodes in use */
	uint8_t node[64][CRYPTO_HASH];
};

BW_MUST_USE bw_err tree_leaf_hash(const uint8_t *entry, size_t len,
    uint8_t out[static CRYPTO_HASH]);
/* {0} is the empty tree. */
BW_MUST_USE bw_err tree_append(struct tree *t,
    const uint8_t leaf[static CRYPTO_HASH]);
BW_MUST_USE bw_err tree_root(const struct tree *t,
    uint8_t out[static CRYPTO_HASH]);

/* Proofs over leaves[0..size). A proof has at most TREE_PROOF_MAX hashes. */
#define TREE_PROOF_MAX 64
struct tree_proof {
	size_t n;
	uint8_t hash[TREE_PROOF_MAX][CRYPTO_HASH];
};
BW_MUST_USE bw_err tree_inclusion(const uint8_t (*leaves)[CRYPTO_HASH],
    uint64_t size, uint64_t index, struct tree_proof *out);
BW_MUST_USE bw_err tree_consistency(const uint8_t (*leaves)[CRYPTO_HASH],
    uint64_t old_size, uint64_t size, struct tree_proof *out);
/* BW_ERR_ROOT when the proof does not lead to the root(s). */
BW_MUST_USE bw_err tree_inclusion_verify(const struct tree_proof *p,
    uint64_t index, uint64_t size, const uint8_t leaf[static CRYPTO_HASH],
    const uint8_t root[static CRYPTO_HASH]);
BW_MUST_USE bw_err tree_consistency_verify(const struct tree_proof *p,
    uint64_t old_size, uint64_t size,
    const uint8_t old_root[static CRYPTO_HASH],
    const uint8_t root[static CRYPTO_HASH]);

#endif
