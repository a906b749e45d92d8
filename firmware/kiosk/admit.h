/* SPDX-License-Identifier: Apache-2.0 */
/*
 * admit.h - is this badge one that may be shared, and what does it hold?
 *
 * What the reader brought is hostile until its signature was verified, and no
 * field is opened before that. Pure.
 */
#ifndef KIOSK_ADMIT_H
#define KIOSK_ADMIT_H

#include "base/err.h"
#include "kiosk/rules.h"
#include "record/badge.h"

struct admitted {
	uint8_t badge_id[BADGE_ID];
	uint8_t edition;
	/* Of the fields that are granted and on the badge; wipe after use. */
	struct field_values values;
};

/* 0 and the values of the granted fields, or why the badge is not taken: 2 not
 * our badge (clear text too), 3 bad signature or seal, 4 another event's, 5
 * blocked. *out is all zero then. A granted field that is not on the badge has
 * no value; a pointer badge has none at all. */
BW_MUST_USE enum unread_reason admit_badge(const struct rules *rules,
    const struct field_keys *keys, field_set granted,
    const uint8_t uid[static BADGE_UID], const uint8_t *ndef, size_t len,
    struct admitted *out);

#endif
