/* SPDX-License-Identifier: Apache-2.0 */
/* cmd_device.h - how an address is given out; for cmd_device*.c alone. */
#ifndef TOOLS_CMD_DEVICE_H
#define TOOLS_CMD_DEVICE_H

#include "host/device_invite.h"
#include "host/outfile.h"
#include "tools/staff.h"

/* How an invitation is to be given. */
struct invitation {
	const char *sponsor;	/* of a new device */
	const char *booth;	/* likewise, or NULL */
	const char *tag;	/* a file to write, or NULL */
	bool force;		/* though it is there already */
	struct outfile *out;	/* the caller closes it */
};

#define OPT_BOOTH(i)							\
	{ "booth", "TEXT", "where it stands, e.g. \"Hall 2, B14\"", false,	\
	    &(i).booth, NULL }
#define OPT_TAG(i)							\
	{ "tag", "FILE", "likewise: what a tag is to hold from page 4 on",	\
	false, &(i).tag, NULL },					\
	{ "force", NULL, "replace FILE, if it is there already", false, NULL, \
	&(i).force }

/* All give an exit code and say what is wrong. */

/* What a new device is to be. */
int device_check_new(struct staff *st, const char *name,
    const struct invitation *i);
int device_add_failed(struct staff *st, const char *name, bw_err r);
/* Nobody is invited whose tag could not be written. */
int device_open_tag(struct invitation *i);
/* Commit, and only then say the address of an invitation. */
int device_give(struct staff *st, enum audit_act act, const char *name,
    const struct invitation *i, struct bw_buf *address);

#endif
