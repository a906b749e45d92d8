/* SPDX-License-Identifier: Apache-2.0 */
/*
 * guard_calls.h - which system calls a role has, by name. A name that this
 * machine or this libseccomp does not know is passed over. A role cannot make
 * that call then, for all of its calls are listed; who has no role could, so
 * guard.c knows the number of what is refused and is as new as that.
 */
#ifndef GUARD_GUARD_CALLS_H
#define GUARD_GUARD_CALLS_H

#include <stdbool.h>

#include "guard/guard.h"

#define GUARD_LISTS 3

struct guard_calls {
	const char *const *list[GUARD_LISTS];	/* each ends with NULL */
	int netlink;		/* the one protocol of AF_NETLINK */
	bool internet;
};

/* What a role may call. */
const struct guard_calls *guard_calls(enum guard_role role);
/* What ends any of them, and what is refused without a word; end with NULL. */
const char *const *guard_calls_deadly(void);
const char *const *guard_calls_quiet(void);
/* What changes a file by its name, but for making, moving and removing it. */
const char *const *guard_calls_unopened(void);

#endif
