/* SPDX-License-Identifier: Apache-2.0 */
/*
 * owed.h - the one undo that is owed, kept where a full disk takes it too: a
 * small file that was made beforehand, overwritten in place and synced.
 *
 *     "bw owed1" || u64 BE seq || leaf hash || SHA-256 of these[0:16]
 *
 * With "bw last1" in front nothing is owed but for shares behind this entry,
 * which the journal had on stable storage: a journal without it is an old copy,
 * or has lost its WAL. 64 zero bytes say neither.
 */
#ifndef KIOSK_OWED_H
#define KIOSK_OWED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "record/crypto.h"

/* The share that must not leave without its undo, or an entry that was stored.
 * The leaf hash says that it is this very one, if there is an entry seq. */
struct owed {
	uint64_t seq;
	uint8_t leaf[CRYPTO_HASH];
	bool stored;			/* nothing is owed */
};

/* Open the file, made when missing; *fd is -1 on error. */
BW_MUST_USE bw_err owed_open(const char *path, int *fd);
/* BW_ERR_NOTFOUND when it says nothing, BW_ERR_FORMAT when it is damaged. */
BW_MUST_USE bw_err owed_read(int fd, struct owed *out);
/* After BW_OK it is on stable storage; a write that fails leaves what was there
 * or this, or what owed_read calls damaged. */
BW_MUST_USE bw_err owed_write(int fd, const struct owed *o);

#endif
