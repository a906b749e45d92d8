/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pin.h - the PIN of a sponsor's staff, as the policy holds it: salted, and
 * slow to try (FORMATS.md, Policy payload).
 *
 *     pbkdf2-sha256:<iterations>:<base64 of salt16>:<base64 of hash32>
 *
 * It keeps attendees out of the staff's screens. Who has the policy itself
 * can try all PINs in time.
 */
#ifndef RECORD_PIN_H
#define RECORD_PIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define PIN_DIGITS_MIN 6
#define PIN_DIGITS_MAX 12
#define PIN_ITERATIONS 200000u	/* of a new one */
#define PIN_ITERATIONS_MIN 100000u
#define PIN_ITERATIONS_MAX 1000000u
#define PIN_SALT 16
#define PIN_TEXT_MAX 100	/* bytes of the text, without its zero */

/* PIN_DIGITS_MIN to PIN_DIGITS_MAX digits, 0 to 9. */
bool pin_ok(const char *pin, size_t len);

/* The text of a PIN under this salt. BW_ERR_ARG when pin_ok says no. */
BW_MUST_USE bw_err pin_make(const char *pin, size_t len,
    const uint8_t salt[static PIN_SALT], char out[static PIN_TEXT_MAX + 1]);
/* BW_ERR_FORMAT when it is not such a text, in the one spelling. */
BW_MUST_USE bw_err pin_check(const char *text, size_t len);
/* *same says whether this is the PIN; the comparison takes the same time
 * either way. BW_ERR_FORMAT as in pin_check; a PIN that pin_ok refuses is not
 * the one. Takes a good part of a second. */
BW_MUST_USE bw_err pin_matches(const char *text, const char *pin, size_t len,
    bool *same);

#endif
