/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_copy.h - the store's file as a whole, for a backup and back.
 */
#ifndef HOST_STORE_COPY_H
#define HOST_STORE_COPY_H

#include "base/err.h"

/* Check the store in the file `from`, which may be in use, and write what it
 * holds now to the file `to`, 0600, synced; its directory is not. BW_ERR_EXISTS:
 * `to` is there. BW_ERR_FORMAT: `from` is damaged or no store, BW_ERR_OLD: of
 * another form. When it fails there is no `to`. */
BW_MUST_USE bw_err store_copy(const char *from, const char *to);

/* Put the file `from`, on the same disk, into the place of the store `at`, and
 * take away what SQLite kept beside that one. Nobody may use it. */
BW_MUST_USE bw_err store_replace(const char *from, const char *at);

/* BW_ERR_BUSY: a program has the store in this file open, also one that only
 * reads. It needs not be a sound one, nor be there. */
BW_MUST_USE bw_err store_unused(const char *path);

#endif
