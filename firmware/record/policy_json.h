/* SPDX-License-Identifier: Apache-2.0 */
/*
 * policy_json.h - a policy as a JSON value: shared by encoding, decoding and
 * hashing, and by nobody else.
 */
#ifndef RECORD_POLICY_JSON_H
#define RECORD_POLICY_JSON_H

#include <jansson.h>

#include "record/policy.h"

/* A new reference, NULL when there is no memory. */
json_t *policy_to_json(const struct policy *p);
json_t *policy_notice_json(const struct policy_notice *n);

/* Bounds and rules that hold for every policy, made here or received. */
BW_MUST_USE bw_err policy_check(const struct policy *p);

#endif
