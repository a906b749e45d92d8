/* SPDX-License-Identifier: Apache-2.0 */
/*
 * export_log.h - a device's log in the form of an upload (FORMATS.md, Device
 * and host): every entry, its body or null, then the signed checkpoint.
 */
#ifndef HOST_EXPORT_LOG_H
#define HOST_EXPORT_LOG_H

#include <stdint.h>

#include "base/err.h"
#include "host/outfile.h"
#include "host/progress.h"
#include "host/store.h"

/* *n is the number of entries. BW_ERR_NOTFOUND: no such device; BW_ERR_GONE:
 * it has sent nothing yet. progress is told of each entry; or NULL. */
BW_MUST_USE bw_err export_log(struct store *s, const char *device,
    struct outfile *out, struct progress *progress, uint64_t *n);

#endif
