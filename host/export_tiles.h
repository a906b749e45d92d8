/* SPDX-License-Identifier: Apache-2.0 */
/*
 * export_tiles.h - a device's log as a directory of C2SP tlog-tiles: its
 * checkpoint, tile/…, tile/entries/…
 */
#ifndef HOST_EXPORT_TILES_H
#define HOST_EXPORT_TILES_H

#include "host/store.h"

/* *n is the number of entries, sha256 of the checkpoint, which vouches for all
 * the rest. dir is made when it is not there; what is in it is replaced on
 * demand alone (BW_ERR_EXISTS). BW_ERR_GONE: the device has sent nothing. */
BW_MUST_USE bw_err export_tiles(struct store *s, const char *device,
    const char *dir, bool replace, uint64_t *n,
    uint8_t sha256[static CRYPTO_HASH]);

#endif
