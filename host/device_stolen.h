/* SPDX-License-Identifier: Apache-2.0 */
/*
 * device_stolen.h - what a device in a stranger's hands can still do, as staff
 * must hear it: in the one wording that command line and pages have.
 */
#ifndef HOST_DEVICE_STOLEN_H
#define HOST_DEVICE_STOLEN_H

#include "host/store_device.h"

#define DEVICE_STOLEN_OPENS "If it was stolen: until %s it can still open %s " \
	"of any badge that is held to its reader, but no other field. What it " \
	"has recorded and not sent is lost to us."
#define DEVICE_STOLEN_NOTHING "If it was stolen: no policy that it can have " \
	"is valid any more. What it has recorded and not sent is lost to us."

#define DEVICE_STOLEN_MAX 1024
/* It may have any policy that was in force since it enrolled. `opens` and
 * `nothing` are the two sentences above or their translations. out is "" for a
 * device that has no keys. */
BW_MUST_USE bw_err device_stolen(struct store *s,
    const struct store_device *d, int64_t now, const char *opens,
    const char *nothing, char out[static DEVICE_STOLEN_MAX]);

#endif
