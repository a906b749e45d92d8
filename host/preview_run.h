/* SPDX-License-Identifier: Apache-2.0 */
/*
 * preview_run.h - a program with bytes on its standard input and its standard
 * output taken, for a time. For preview.c alone.
 */
#ifndef HOST_PREVIEW_RUN_H
#define HOST_PREVIEW_RUN_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

/* argv ends with NULL, argv[0] is the program's path. Its output is appended
 * to out. BW_ERR_NOTFOUND, BW_ERR_FORMAT when it did not end with 0,
 * BW_ERR_TIMEOUT, BW_ERR_BOUND, BW_ERR_IO; it has ended in any case. */
BW_MUST_USE bw_err preview_run(char *const *argv, const void *in, size_t len,
    int ms, struct bw_buf *out);

#endif
