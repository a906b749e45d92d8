/* SPDX-License-Identifier: Apache-2.0 */
/*
 * case_stop.h - an objection or a restriction that a case asks for begins, and
 * ends: what right.h does of it, and the letter that tells the person. The same
 * from /my/, from a case, from a registration's page and from the command line.
 *
 * num is the case in which that is done; 0: the newest that asks for it and is
 * open, as it ends the newest that asked for it. Where there is none no letter
 * goes, nor then of the end.
 *
 * In the caller's transaction, with the errors of right.h.
 */
#ifndef HOST_CASE_STOP_H
#define HOST_CASE_STOP_H

#include "host/case.h"
#include "host/right.h"

/* right_withhold. *told is false when no letter goes, as of what staff withhold
 * for a reason of their own. With num 0 it is a step of the case. */
BW_MUST_USE bw_err case_withhold(struct store *s, uint64_t registration,
    uint64_t num, enum right_why why, const char *detail, const char *actor,
    int64_t now, bool *told);
/* right_lift. */
BW_MUST_USE bw_err case_lift(struct store *s, uint64_t registration,
    uint64_t num, const char *actor, int64_t now);
/* right_agree. */
BW_MUST_USE bw_err case_agree(struct store *s, uint64_t registration,
    uint64_t num, bool leads, const char *actor, int64_t now);

/* When what this case asked for came into force, and ended; 0: it has not. Both
 * are 0 for a case of another kind. */
struct case_force {
	int64_t from, until;
};
BW_MUST_USE bw_err case_force(struct store *s, const struct case_file *c,
    struct case_force *out);

#endif
