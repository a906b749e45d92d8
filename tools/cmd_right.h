/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_right.h - what the commands `badgeward right …` that change something
 * share.
 */
#ifndef TOOLS_CMD_RIGHT_H
#define TOOLS_CMD_RIGHT_H

#include "host/deleted.h"
#include "tools/staff.h"

/* What an act is done with. */
struct right_act {
	uint64_t id;			/* of the registration */
	char who[STAFF_ACTOR_SIZE];
	const char *share, *case_num, *why;
	bool objection, leads, force, empty;
	uint64_t n;			/* what was withdrawn */
	int64_t due;
	field_set stale;
};

/* Begin, with the registration's number and who does it. The exit code; what is
 * wrong was said. */
int right_begin(struct staff *st, const char *id, struct right_act *a);
/* The end of each, whose act ended with r and has written its row into the
 * audit. BW_ERR_EXISTS is said with `already`: what the registration is or has.
 * The exit code. */
int right_end(struct staff *st, const struct right_act *a, bw_err r,
    const char *already);

#endif
