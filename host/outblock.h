/* SPDX-License-Identifier: Apache-2.0 */
/*
 * outblock.h - a stream of bytes into a descriptor, in blocks: while one is
 * filled, a thread writes and hashes the one before (relay.h).
 *
 * A write or a sync that failed is told by a later call, the last of which is
 * outblock_flush; then errno is as that left it, and nothing but
 * outblock_close may follow.
 */
#ifndef HOST_OUTBLOCK_H
#define HOST_OUTBLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "record/crypto.h"

#define OUTBLOCK_SIZE (256 * 1024)

struct outblock;

/* The descriptor stays the caller's. durable: it is synced at the end, so the
 * disk begins meanwhile (outsync.h). */
BW_MUST_USE bw_err outblock_open(struct outblock **out, int fd, bool durable);
/* Before anything is put: hash it all. outblock_sha256 is at the end of it, and
 * BW_ERR_ARG when it was not asked for. */
BW_MUST_USE bw_err outblock_hash(struct outblock *b);
BW_MUST_USE bw_err outblock_sha256(struct outblock *b,
    uint8_t out[static CRYPTO_HASH]);
BW_MUST_USE bw_err outblock_put(struct outblock *b, const void *ptr,
    size_t len);
/* Room for n bytes, at most OUTBLOCK_SIZE, to be filled in; outblock_filled says
 * how many were, before any other call. */
BW_MUST_USE bw_err outblock_room(struct outblock *b, size_t n, uint8_t **room);
void outblock_filled(struct outblock *b, size_t n);
/* After BW_OK all that was put is written. */
BW_MUST_USE bw_err outblock_flush(struct outblock *b);
/* Ends the thread, after the block that it is at; what it has not been given is
 * not written. Wipes. Accepts NULL, nulls. */
void outblock_close(struct outblock **b);

#endif
