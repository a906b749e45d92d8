/* SPDX-License-Identifier: Apache-2.0 */
/* export.h - what the commands that export share: a file and its record. */
#ifndef TOOLS_EXPORT_H
#define TOOLS_EXPORT_H

#include "host/outfile.h"
#include "host/store_export.h"
#include "tools/staff.h"

/* A file whose bytes are hashed as they are written. */
BW_MUST_USE bw_err export_begin(struct outfile **out, const char *path,
    bool force);
/* Record what was exported (export_record.h) as this process's, now. Says what
 * is wrong; CMD_OK or CMD_FAILED. */
int export_recorded(struct staff *st, const struct store_export *e);
/* The file is whole: recorded with its hash, then put into its place. Says
 * what is wrong; CMD_OK or CMD_FAILED. */
int export_finished(struct staff *st, struct store_export *e,
    struct outfile *out, const char *path);

#endif
