/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tiles.h - a device's log as C2SP tlog-tiles: pieces that never change, made
 * from the entries held. They hold no body, so nothing of a person, and erasure
 * does not touch them.
 */
#ifndef HOST_TILES_H
#define HOST_TILES_H

#include "base/buf.h"
#include "base/err.h"
#include "host/store.h"

#define TILE_WIDTH 256
#define TILE_LEVEL_MAX 3		/* a log has at most 2^32 entries */
#define TILE_BYTES_MAX (TILE_WIDTH * (ENTRY_MAX + 2))
#define TILE_PATH_MAX 48

struct tile {
	bool entries;			/* a bundle of entries; level is 0 */
	unsigned level;
	uint64_t index;
	unsigned width;			/* 1 to TILE_WIDTH */
};

/* "tile/0/x001/x234/067", "tile/1/000.p/17", "tile/entries/000", and back:
 * BW_ERR_FORMAT for any other spelling. */
void tile_path(const struct tile *t, char out[static TILE_PATH_MAX]);
BW_MUST_USE bw_err tile_parse(const char *path, struct tile *out);

/* Append its bytes, at most TILE_BYTES_MAX: hashes of 32 bytes, or entries
 * with their lengths as big-endian uint16. BW_ERR_NOTFOUND when the log is too
 * short for it. A partial tile is there for ever, also when it became full.
 * Hashes of level 1 are made from 256 entries each, of level 2 from 65,536; those
 * of 256 are kept behind ingest (store_settle.h). */
BW_MUST_USE bw_err tile_read(struct store *s, uint64_t device,
    const struct tile *t, struct bw_buf *out);

/* Every tile and bundle of a log of this size, partial ones last. */
typedef bw_err (*tile_cb)(void *arg, const struct tile *t);
BW_MUST_USE bw_err tile_each(uint64_t size, tile_cb cb, void *arg);

#endif
