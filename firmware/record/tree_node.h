/* SPDX-License-Identifier: Apache-2.0 */
/* tree_node.h - the inner node's hash, for tree.c and proof.c alone. */
#ifndef RECORD_TREE_NODE_H
#define RECORD_TREE_NODE_H

#include "record/crypto.h"

/* SHA-256(01 || left || right); out may be left or right. */
BW_MUST_USE bw_err tree_node_hash(const uint8_t *left, const uint8_t *right,
    uint8_t out[static CRYPTO_HASH]);

#endif
