/* SPDX-License-Identifier: Apache-2.0 */
/*
 * owed.h - the one undo that is owed, kept where a full disk takes it too: a
 * small file that was made beforehand, overwritten in place and synced.
 *
 *     "bw owed1" || u64 BE seq || leaf hash || SHA-256 of these[0:16]
 *
 * or 64 zero bytes when nothing is owed.
 */
#ifndef KIOSK_OWED_H
#define KIOSK_OWED_H

#include <stdint.h>

#include "base/err.h"
#include "record/crypto.h"

/* The share that must not leave without its undo. The leaf hash says that it
 * is this very share, if there is an entry seq at all. */
struct owed {
	uint64_t seq;
	uint8_t leaf[CRYPTO_HASH];
};

/* Open the file, made when missing; *fd is -1 on error. */
BW_MUST_USE bw_err owed_open(const char *path, int *fd);
/* BW_ERR_NOTFOUND when nothing is owed, BW_ERR_FORMAT when it is damaged. */
BW_MUST_USE bw_err owed_read(int fd, struct owed *out);
/* NULL: nothing is owed any more. After BW_OK it is on stable storage; a write
 * that fails leaves the one or the other, or what owed_read calls damaged. */
BW_MUST_USE bw_err owed_write(int fd, const struct owed *o);

#endif
