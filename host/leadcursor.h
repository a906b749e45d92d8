/* SPDX-License-Identifier: Apache-2.0 */
/*
 * leadcursor.h - how a cursor of a list of leads (store_leadlist.h) is written:
 * a device's number and the seq that its next lead is below, one device behind
 * the other, in some four characters each.
 */
#ifndef HOST_LEADCURSOR_H
#define HOST_LEADCURSOR_H

#include "host/store_leadlist.h"

/* All zero at the cursor's beginning. */
struct leadcursor {
	uint64_t num;			/* of the last device */
	size_t n;			/* characters that were written */
};

/* BW_ERR_BOUND: there is no more room. */
BW_MUST_USE bw_err leadcursor_put(struct leadcursor *c,
    char out[static LEADLIST_CURSOR_MAX], uint64_t num, uint64_t below);
/* The next device into c->num; *s goes on behind it, until it is at the NUL.
 * BW_ERR_ARG: this is no cursor. */
BW_MUST_USE bw_err leadcursor_take(struct leadcursor *c, const char **s,
    uint64_t *below);

#endif
