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

/* Which fields it can open, and until when: it may have any policy that was in
 * force since it enrolled. BW_ERR_NOTFOUND: none is valid (NOTHING);
 * BW_ERR_KEY: it has no keys, and nothing is to be said. */
BW_MUST_USE bw_err device_stolen_reach(struct store *s,
    const struct store_device *d, int64_t now, field_set *fields,
    int64_t *until);

#define DEVICE_STOLEN_MAX 1024
/* The same as a sentence of the command line's; "" when nothing is to be
 * said. */
BW_MUST_USE bw_err device_stolen(struct store *s,
    const struct store_device *d, int64_t now,
    char out[static DEVICE_STOLEN_MAX]);

#endif
