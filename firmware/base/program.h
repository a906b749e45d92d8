/* SPDX-License-Identifier: Apache-2.0 */
/*
 * program.h - where another program of Badgeward is.
 */
#ifndef BW_PROGRAM_H
#define BW_PROGRAM_H

#include <limits.h>

#include "base/err.h"

/* The path of the program with this name: what the environment's variable env
 * says, else in the folder of this program. BW_ERR_BOUND when it does not fit,
 * BW_ERR_IO without /proc. Whether there is such a file nobody looks. */
BW_MUST_USE bw_err program_path(const char *name, const char *env,
    char out[static PATH_MAX]);

#endif
