/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lead_answers.h - what may be answered on a lead: the questions of the policy
 * that it was made under, by a program or on its page.
 */
#ifndef HOST_LEAD_ANSWERS_H
#define HOST_LEAD_ANSWERS_H

#include "host/store_leadlist.h"

/* The sponsor's part of the policy that the lead was made under. policy_free it
 * in any case. */
BW_MUST_USE bw_err lead_policy(struct store *s, const char *sponsor,
    const struct leadlist_lead *l, struct policy *out);

/* The first answer of n that is to no question of the policy, or none of its
 * question's choices; NULL: there is none. One that stands in `stood` already
 * is good: a booth may have asked it under another version. */
const struct note_answer *lead_answers_unfit(const struct policy *p,
    const struct note *stood, const struct note *n);
/* The question with this id; NULL: the policy asks no such. */
const struct policy_question *lead_question(const struct policy *p,
    const char *id);

#endif
