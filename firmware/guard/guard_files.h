/* SPDX-License-Identifier: Apache-2.0 */
/*
 * guard_files.h - which files a process keeps, by the kernel's Landlock.
 */
#ifndef GUARD_GUARD_FILES_H
#define GUARD_GUARD_FILES_H

#include <stddef.h>

#include "base/err.h"

struct guard_place {
	const char *path;
	enum { GUARD_READ, GUARD_DEVICE, GUARD_READ_DEVICE } may;
};

/* For this process and all that it starts: below these places reading and
 * running, or reading and writing as devices are, or both; elsewhere no file is
 * opened, and nowhere is one made, moved or removed. A place that is not there
 * needs no rule. No new privileges. BW_ERR_NOTFOUND when the kernel has no
 * Landlock, and nothing was given up; BW_ERR_IO when it has and this failed:
 * then do not go on. */
BW_MUST_USE bw_err guard_files(const struct guard_place *places, size_t n);

#endif
