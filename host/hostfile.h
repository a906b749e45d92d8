/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hostfile.h - whom the files of a host's directory belong to.
 *
 * The host runs as its own user, to whom its directory belongs, and root may run
 * staff's commands over it. What root makes there is given to the owner of the
 * directory that it is in, as SQLite does with what stands beside a store: else
 * the host could neither read nor write it. Who is not root gives nothing.
 */
#ifndef HOST_HOSTFILE_H
#define HOST_HOSTFILE_H

#include <stdbool.h>

#include "base/file.h"

/* Give what was opened at this path, if it is root's, to the directory's owner
 * and group. A file that has another name as well is left alone: it may be
 * anybody's. BW_ERR_IO. */
BW_MUST_USE bw_err hostfile_give(int fd, const char *path);

/* As those of file.h, and given. A directory that is there is left alone. */
BW_MUST_USE bw_err hostfile_write(const char *path, const void *ptr,
    size_t len, mode_t mode);
BW_MUST_USE bw_err hostfile_mkdir(const char *path, mode_t mode);
BW_MUST_USE bw_err hostfile_lock(const char *path, int *fd);

/* Whether this process may write a file of the directory, or make it where
 * there is none; may read it, where it is there. Changes nothing. */
bool hostfile_writable(const char *dir, const char *name);
bool hostfile_readable(const char *dir, const char *name);

#endif
