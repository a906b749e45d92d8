/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_renamed.h - beside store.h: what a sponsor's id was called before.
 *
 * Devices, accounts, tokens and shares belong to the id. Whoever gets it gets
 * them: the company that an id went to would get what people shared with the
 * first, what lies in its booths still included, and the first one's people what
 * is shared with that company. So no id that has any of them goes to another.
 */
#ifndef HOST_STORE_RENAMED_H
#define HOST_STORE_RENAMED_H

#include "host/store.h"

#define RENAMED_NAME_SIZE sizeof(((struct policy *)0)->sponsor.name)

/* The name in the last version that had the id, when it is another one than
 * `name` and the id has a device that is or can be enrolled or once was, an
 * account (one that is disabled can be enabled) or a token in force; "" else. */
BW_MUST_USE bw_err store_renamed(struct store *s, const char *id,
    const char *name, char was[static RENAMED_NAME_SIZE]);

#endif
