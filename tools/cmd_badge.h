/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_badge.h - what badge encode and badge write share.
 */
#ifndef TOOLS_CMD_BADGE_H
#define TOOLS_CMD_BADGE_H

#include "host/badge_issue.h"
#include "tools/opts.h"
#include "tools/staff.h"

/* The options that say what is put on a badge. */
struct badge_options {
	const char *registration, *type, *fields;
	bool pointer, reissue;
};
#define BADGE_OPT_REGISTRATION(b) \
	{ "registration", "ID", "whose badge", true, &(b).registration, NULL }
#define BADGE_OPT_FIELDS(b) \
	{ "fields", "LIST", "only these, e.g. name,email (else all that are " \
	    "known)", false, &(b).fields, NULL }
#define BADGE_OPT_POINTER(b) \
	{ "pointer", NULL, "no values: devices record a share and show none", \
	    false, NULL, &(b).pointer }
#define BADGE_OPT_REISSUE(b) \
	{ "reissue", NULL, "make a new badge and block the earlier one, which " \
	    "was lost", false, NULL, &(b).reissue }

/* Registration, type, fields from the options; false: CMD_USAGE, and what is
 * wrong was said. */
bool badge_order_take(const struct badge_options *b, struct badge_order *out);
/* Whether it could be issued for the largest tag; nothing is kept. */
int badge_order_check(struct staff *st, const struct badge_order *order);
/* Issue and commit; what that will block is said first. CMD_OK or CMD_FAILED with its sentence. */
int badge_order_issue(struct staff *st, const struct badge_order *order,
    struct bw_buf *tlv, struct badge_made *made);
/* Say on standard error what was made. */
void badge_made_print(const struct badge_order *order,
    const struct badge_made *made);

#endif
