/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stage.h - a file that staff have uploaded, kept between the request that
 * shows what it would do and the one that does it.
 *
 *	DIR/import/<32 hex digits>	0600, in a directory of mode 0700
 *
 * The name is random and known to whoever uploaded it; it is no path. A file is
 * gone an hour after its upload, when it was applied, and when the host starts:
 * it holds everything that the shop knows of its customers.
 */
#ifndef HOST_IMPORT_STAGE_H
#define HOST_IMPORT_STAGE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define STAGE_NAME_SIZE 33	/* a C string */
#define STAGE_SECONDS 3600
#define STAGE_FILES_MAX 16	/* at once */

/* Begin a file under the host's directory: write the upload to *fd, which is
 * the caller's to close. BW_ERR_FULL: too many wait already. */
BW_MUST_USE bw_err import_stage(const char *dir, int64_t now,
    char name[static STAGE_NAME_SIZE], int *fd);

/* Open it again for reading. BW_ERR_NOTFOUND: there is none of this name, it is
 * no name, or its hour is over. */
BW_MUST_USE bw_err import_stage_open(const char *dir, const char *name,
    int64_t now, int *fd);

/* Remove it; one that is not there is BW_OK. */
BW_MUST_USE bw_err import_stage_drop(const char *dir, const char *name);

/* Remove those whose hour is over, or with STAGE_ALL every one; what cannot be
 * removed is logged. Nothing there is fine. */
#define STAGE_ALL INT64_MAX
void import_stage_sweep(const char *dir, int64_t now);

#endif
