/* SPDX-License-Identifier: Apache-2.0 */
/* export.h - what the commands that export share: a file and its record, and how
 * far it is. */
#ifndef TOOLS_EXPORT_H
#define TOOLS_EXPORT_H

#include "host/outfile.h"
#include "host/progress.h"
#include "host/store_export.h"
#include "tools/staff.h"

/* A file whose bytes are hashed as they are written. */
BW_MUST_USE bw_err export_begin(struct outfile **out, const char *path,
    bool force);
/* How many rows there are so far, on a terminal, of an export that takes long. */
struct export_meter {
	struct progress progress;	/* for who makes the file */
	const char *rows;		/* "leads" */
	uint64_t most;			/* 0: nobody knows */
	int64_t next_ms;
	bool shown;
};
void export_meter_begin(struct export_meter *m, const char *rows,
    uint64_t most, const char *path);
/* Nothing of it is left on the terminal. */
void export_meter_end(const struct export_meter *m);

/* Record what was exported (export_record.h) as this process's, now. Says what
 * is wrong; CMD_OK or CMD_FAILED. */
int export_recorded(struct staff *st, const struct store_export *e);
/* The file is whole: recorded with its hash, then put into its place. Says
 * what is wrong; CMD_OK or CMD_FAILED. */
int export_finished(struct staff *st, struct store_export *e,
    struct outfile *out, const char *path);

#endif
