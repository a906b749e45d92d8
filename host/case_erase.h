/* SPDX-License-Identifier: Apache-2.0 */
/*
 * case_erase.h - an erasure that a case asks for: what right.h does of it, the
 * step of the case, and the letter that tells the person. The same from a page
 * and from the command line.
 *
 * In the caller's transaction, with the errors of right.h.
 */
#ifndef HOST_CASE_ERASE_H
#define HOST_CASE_ERASE_H

#include "host/case.h"
#include "host/right.h"

/* right_erase_plan for this case, and case_erase_tell. BW_ERR_GONE also
 * when the case is closed. */
BW_MUST_USE bw_err case_erase(struct store *s, uint64_t registration,
    uint64_t num, unsigned undo_hours, const char *actor, int64_t now,
    int64_t *due);
/* right_erase_undo, by this case; 0: by the one that it was planned for, which
 * may be closed meanwhile. *told is false when there is none: then nobody was
 * told of the plan either, and no letter goes. */
BW_MUST_USE bw_err case_erase_undo(struct store *s, uint64_t registration,
    uint64_t num, const char *actor, int64_t now, bool *told);
/* Whether it asks for an erasure that is planned and has not taken effect: it is
 * not done yet. When it is, the host closes the case that it was planned for,
 * and the letter of the plan has said so. */
BW_MUST_USE bw_err case_erase_waits(struct store *s,
    const struct case_file *c, bool *waits);

/* Whoever asked for an erasure that is planned hears how it stands: for when it
 * is, or that a hold stops it and that one may complain of that (12.4). By the
 * case that it was planned for, or the newest that asks for one and is open; no
 * letter where there is none. The case stays open, and its time runs. */
BW_MUST_USE bw_err case_erase_tell(struct store *s, uint64_t registration,
    int64_t now);
/* That case; *num is 0 when there is none. */
BW_MUST_USE bw_err case_erase_asked(struct store *s,
    const struct right_state *st, uint64_t *num);

#endif
