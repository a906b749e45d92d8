/* SPDX-License-Identifier: Apache-2.0 */
/*
 * branch.h - which of the entries that were carved go on from a chain.
 *
 * Among any bytes there may be several entries of one seq: rows that were never
 * committed, or that somebody put there. Each names the one before it, so what
 * lies behind an entry is one way only. The way that is taken is the longest
 * whose end has a checkpoint that the device signed over all of it.
 */
#ifndef TOOLS_BRANCH_H
#define TOOLS_BRANCH_H

#include <stdbool.h>

#include "record/chain.h"
#include "tools/carve.h"

struct branch_in {
	const struct chain *from;	/* what the host has */
	const uint8_t *spki;		/* CRYPTO_SPKI: the log's key */
	const char *origin;		/* its name */
	bool owed;			/* this entry is not to be taken */
	uint64_t owed_seq;
	uint8_t owed_leaf[CRYPTO_HASH];
};

/* Places in c, which is sorted: `path` has room for c->n, *n get filled; none
 * when nothing is proven. The work is bounded by c->n: of each seq a number of
 * checkpoints are tried, and so many ways in all are walked. */
BW_MUST_USE bw_err branch_find(const struct carve *c,
    const struct branch_in *in, size_t *path, size_t *n);

#endif
