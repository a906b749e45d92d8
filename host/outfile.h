/* SPDX-License-Identifier: Apache-2.0 */
/*
 * outfile.h - a file that is there whole or not at all, written as a stream.
 *
 * It is written beside its place under a temporary name that begins with ".",
 * synced and renamed; mode 0600, because exports hold personal data. A file that
 * is there already, and not empty, is replaced only on demand: it may be all
 * that is left of another event. The path "-" is standard output; a device or a
 * pipe is written as it stands.
 */
#ifndef HOST_OUTFILE_H
#define HOST_OUTFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "record/crypto.h"

#define OUTFILE_ROOM 65536

struct outfile;

/* BW_ERR_EXISTS for what is there and may not be replaced, BW_ERR_IO (errno says
 * why) or BW_ERR_BOUND for a path that is too long. */
BW_MUST_USE bw_err outfile_open(struct outfile **out, const char *path,
    bool replace);
/* One that has no name and never gets one, beside what is in dir. */
BW_MUST_USE bw_err outfile_temp(struct outfile **out, const char *dir);
/* Its descriptor, to be read from its beginning and closed by the caller, and
 * how long it is; after that only outfile_close. Of outfile_temp's alone. */
BW_MUST_USE bw_err outfile_take(struct outfile *o, int *fd, uint64_t *len);
/* BW_ERR_IO, BW_ERR_FULL, perhaps of what was put before; after that only
 * outfile_close. */
BW_MUST_USE bw_err outfile_put(struct outfile *o, const void *ptr, size_t len);
/* Room for n bytes, at most OUTFILE_ROOM, to be filled in; outfile_filled says
 * how many were, before anything else is done with the file. */
BW_MUST_USE bw_err outfile_room(struct outfile *o, size_t n, uint8_t **room);
void outfile_filled(struct outfile *o, size_t n);
/* Before anything is put: hash it all; and the SHA-256 of all of it, after which
 * nothing more is put. */
BW_MUST_USE bw_err outfile_hash(struct outfile *o);
BW_MUST_USE bw_err outfile_sha256(struct outfile *o,
    uint8_t out[static CRYPTO_HASH]);
/* Put it in its place; after BW_OK it is there and durable. BW_ERR_EXISTS when
 * another one has come there meanwhile. */
BW_MUST_USE bw_err outfile_commit(struct outfile *o);
/* Remove what was not committed, wipe, free. Accepts NULL, nulls. */
void outfile_close(struct outfile **o);

#endif
