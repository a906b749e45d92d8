/* SPDX-License-Identifier: Apache-2.0 */
/*
 * file.h - whole files: bounded reads, durable atomic writes, locks.
 */
#ifndef BW_FILE_H
#define BW_FILE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"

/* Longest path that Badgeward builds, its zero included. */
#define FILE_PATH_MAX 512

/* out = dir "/" name. BW_ERR_BOUND when it does not fit. */
BW_MUST_USE bw_err file_path(char out[static FILE_PATH_MAX], const char *dir,
    const char *name);

/* Append the whole of a regular file to b. BW_ERR_NOTFOUND, BW_ERR_BOUND when
 * it is over b's bound, BW_ERR_FORMAT when it is no regular file, BW_ERR_IO. */
BW_MUST_USE bw_err file_read(const char *path, struct bw_buf *b);

/* Append all that comes from a descriptor, to its end. BW_ERR_BOUND when it is
 * over b's bound, BW_ERR_IO; what came before stays in b. */
BW_MUST_USE bw_err file_drain(int fd, struct bw_buf *b);
/* Write all of these bytes to a descriptor. BW_ERR_FULL on ENOSPC or EDQUOT,
 * BW_ERR_IO. */
BW_MUST_USE bw_err file_pour(int fd, const void *ptr, size_t len);

/* Replace path by these bytes: written beside it, synced, renamed, and the
 * directory synced; after BW_OK a power cut keeps them, before it the old file
 * stays. Mode e.g. 0600. BW_ERR_FULL on ENOSPC or EDQUOT, BW_ERR_IO. */
BW_MUST_USE bw_err file_write(const char *path, const void *ptr, size_t len,
    mode_t mode);

/* The same for what is written piece by piece, by `pour`: what it returns that is
 * no BW_OK leaves the old file. */
typedef bw_err (*file_pour_cb)(void *arg, int fd);
BW_MUST_USE bw_err file_write_by(const char *path, file_pour_cb pour,
    void *arg, mode_t mode);

/* As file_write for what is made again by itself: others see the old file or
 * the new one, but nothing is synced. A power cut may leave the old one, none,
 * an empty one or a part of it. */
BW_MUST_USE bw_err file_put(const char *path, const void *ptr, size_t len,
    mode_t mode);
/* Remove such a file; after a power cut it may be there again. */
BW_MUST_USE bw_err file_drop(const char *path);

/* Sync the directory that path is in: what was made or renamed there is there
 * after a power cut. */
BW_MUST_USE bw_err file_sync_dir(const char *path);

/* Remove, and sync the directory. A file that is not there is BW_OK. */
BW_MUST_USE bw_err file_remove(const char *path);

/* Give a file another path on the same file system, and sync both directories.
 * BW_ERR_NOTFOUND, BW_ERR_EXISTS: nothing is ever replaced. */
BW_MUST_USE bw_err file_move(const char *from, const char *to);

/* Make a directory (parents not) unless it is there. */
BW_MUST_USE bw_err file_mkdir(const char *path, mode_t mode);

/* The plain names in a directory, sorted by bytes; names that begin with "."
 * (temporary ones do) are left out. Free with file_list_free. BW_ERR_BOUND
 * over 100,000 names. */
struct file_list {
	char **name;
	size_t n;
};
BW_MUST_USE bw_err file_list(const char *dir, struct file_list *out);
void file_list_free(struct file_list *l);

/* Take an exclusive lock for the life of the descriptor; the file is made when
 * missing. BW_ERR_BUSY when another process holds it. */
BW_MUST_USE bw_err file_lock(const char *path, int *fd);

/* len bytes from the kernel's generator. */
BW_MUST_USE bw_err bw_random(void *ptr, size_t len);

#endif
