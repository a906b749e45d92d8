/* SPDX-License-Identifier: Apache-2.0 */
/* well.h - whether the host can do its work: read its store, and keep more. */
#ifndef HOST_WELL_H
#define HOST_WELL_H

#include "host/host.h"

#define WELL_ROOM (1u << 20)	/* bytes that must be left on the disk */

/* BW_ERR_FORMAT: the store was found damaged since the host began. BW_ERR_FULL:
 * the last write found no room, or less than WELL_ROOM is left. BW_ERR_DENIED:
 * what is done for people's rights could not be written down: such a file is
 * another user's. BW_ERR_IO and others: the store does not answer. It costs a
 * few reads. */
BW_MUST_USE bw_err well_look(const struct host *h, struct store *s);
/* A sentence part for staff (static). */
const char *well_sentence(bw_err r);

#endif
