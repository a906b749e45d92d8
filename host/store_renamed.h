/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_renamed.h - beside store.h: what a sponsor's id was called before.
 *
 * Shares, accounts and tokens belong to the id. Whoever gets it gets them, so
 * that an id which went to another company would give that company what people
 * shared with the first.
 */
#ifndef HOST_STORE_RENAMED_H
#define HOST_STORE_RENAMED_H

#include "host/store.h"

#define RENAMED_NAME_SIZE sizeof(((struct policy *)0)->sponsor.name)

/* The name in the last version that had the id, when it is another one than
 * `name` and somebody shared with the id; "" else. */
BW_MUST_USE bw_err store_renamed(struct store *s, const char *id,
    const char *name, char was[static RENAMED_NAME_SIZE]);

#endif
