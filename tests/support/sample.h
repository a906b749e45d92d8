/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sample.h - things that have no worked example in vectors.json, made from
 * its keys: a policy with all of its parts, an enrolment.
 */
#ifndef TESTS_SAMPLE_H
#define TESTS_SAMPLE_H

#include "record/enrol.h"
#include "record/policy.h"

/* Two languages, two questions, sealed parts; policy_free it. */
void sample_policy(struct policy *p);
/* The example's open entry; enrol_post_free it. */
void sample_enrol_post(struct enrol_post *p);
/* enrol_offer_free it. */
void sample_enrol_offer(struct enrol_offer *o);

#endif
