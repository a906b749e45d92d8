/* SPDX-License-Identifier: Apache-2.0 */
/*
 * export_archive.h - all logs in one tar: of each device NAME/log.cbor, as
 * "export log" writes it, NAME/tile/… and NAME/checkpoint, as "export logs"
 * does.
 */
#ifndef HOST_EXPORT_ARCHIVE_H
#define HOST_EXPORT_ARCHIVE_H

#include "host/outfile.h"
#include "host/progress.h"
#include "host/store.h"

/* *n is the number of entries; dir is where a file without a name may stand
 * meanwhile. A log is as its checkpoint says, however it grows meanwhile.
 * progress is told of each entry; or NULL. */
BW_MUST_USE bw_err export_archive(struct store *s, const char *dir,
    struct outfile *out, struct progress *progress, uint64_t *n);

#endif
