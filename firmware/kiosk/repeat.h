/* SPDX-License-Identifier: Apache-2.0 */
/*
 * repeat.h - by what the device knows a badge again that was shared here.
 *
 * A mark is made with the device's sealing key: without that key, which never
 * leaves the device and goes with the end of the policy, a mark says of no
 * badge whether it is the one, and two devices have different marks of one.
 * The journal keeps them (journal.h) with the day of the share, no finer.
 */
#ifndef KIOSK_REPEAT_H
#define KIOSK_REPEAT_H

#include "base/err.h"
#include "record/badge.h"
#include "record/crypto.h"

#define REPEAT_SALT 16
#define REPEAT_MARK 16

/* PRK = HKDF-Extract(salt, seal key); key = HKDF-Expand(PRK,
 * "badgeward/1 shared before" || 00, 32); mark = HMAC-SHA-256(key,
 * badge_id)[0:16]. */
BW_MUST_USE bw_err repeat_mark(const struct crypto_key *seal,
    const uint8_t salt[static REPEAT_SALT],
    const uint8_t badge_id[static BADGE_ID],
    uint8_t mark[static REPEAT_MARK]);

/* The day of a time, unix seconds, where the device stands: days since
 * 1 January 1970, which was a Thursday. */
int64_t repeat_day(int64_t wall);

#endif
