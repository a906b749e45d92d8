/* SPDX-License-Identifier: Apache-2.0 */
/*
 * guard_files.h - which files a process may open from here on: those below
 * some places, by the kernel's Landlock, and no others.
 */
#ifndef GUARD_GUARD_FILES_H
#define GUARD_GUARD_FILES_H

#include <linux/landlock.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define GUARD_READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define GUARD_RUN (GUARD_READ | LANDLOCK_ACCESS_FS_EXECUTE)
#define GUARD_DEVICE (LANDLOCK_ACCESS_FS_READ_FILE |			\
	LANDLOCK_ACCESS_FS_WRITE_FILE)

struct guard_place {
	const char *path;
	uint64_t allowed;	/* below it, or to the file itself */
};

/* For good, and for all that it starts. A place that is not there is passed
 * over. Before guard_enter, whose lists have none of these calls; no new
 * privileges are to be had from here on. BW_ERR_NOTFOUND when the kernel has no
 * Landlock, and nothing is given up; BW_ERR_IO. */
BW_MUST_USE bw_err guard_files(const struct guard_place *places, size_t n);

#endif
