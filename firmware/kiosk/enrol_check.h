/* SPDX-License-Identifier: Apache-2.0 */
/*
 * enrol_check.h - is it the host of the enrol address that answered, and does
 * what it says hold together? Nothing of it is trusted before.
 */
#ifndef KIOSK_ENROL_CHECK_H
#define KIOSK_ENROL_CHECK_H

#include "base/buf.h"
#include "base/err.h"
#include "kiosk/journal.h"
#include "kiosk/keys.h"
#include "kiosk/rules.h"
#include "record/enrol.h"

/* The offer's JSON: its policy is signed by the key that the address pins
 * (BW_ERR_SIG else), and event, log and device agree (BW_ERR_DENIED,
 * BW_ERR_FORMAT). Free both with their own functions in any case. */
BW_MUST_USE bw_err enrol_check_offer(const struct enrol_address *a,
    const struct bw_buf *json, struct enrol_offer *offer,
    struct rules **rules);

/* The answer's JSON, {"policy": "<JWS>"}: signed by the pinned key, for the
 * event and sponsor of the open entry, and its field keys open. jws gets the
 * token; *rules, which may hold the offer's, the policy. */
BW_MUST_USE bw_err enrol_check_answer(const struct journal *j,
    const struct keys *k, const struct bw_buf *json, struct bw_buf *jws,
    struct rules **rules);

#endif
