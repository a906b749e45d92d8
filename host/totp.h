/* SPDX-License-Identifier: Apache-2.0 */
/*
 * totp.h - one-time codes by time (RFC 6238): SHA-1, 6 digits, 30 seconds, and
 * their secret sealed under a key of the host's directory.
 */
#ifndef HOST_TOTP_H
#define HOST_TOTP_H

#include "base/buf.h"
#include "host/account.h"
#include "host/hostdir.h"

#define TOTP_SECRET 20
#define TOTP_DIGITS 6
#define TOTP_STEP 30
#define TOTP_SKEW 1	/* steps that a clock may be off */
#define TOTP_SEALED (13 + TOTP_SECRET + 16)	/* nonce, secret, tag */

/* The step that a time is in. */
static inline int64_t
totp_step(int64_t now)
{
	return now / TOTP_STEP;
}
/* The code of a step, its digits and a zero. */
BW_MUST_USE bw_err totp_code(const uint8_t secret[static TOTP_SECRET],
    int64_t step, char out[static TOTP_DIGITS + 1]);
/* Whether this is the code of now's step, the one before or after, later than
 * `used`; *step is which. In the same time for all. BW_ERR_DENIED. */
BW_MUST_USE bw_err totp_check(const uint8_t secret[static TOTP_SECRET],
    const char *code, int64_t now, int64_t used, int64_t *step);
/* otpauth://totp/… for a QR; event is who issues, mail whose it is. */
BW_MUST_USE bw_err totp_uri(const uint8_t secret[static TOTP_SECRET],
    const char *event, const char *mail, char out[static ACCOUNT_URI_MAX]);
/* Base32, as people type it. */
BW_MUST_USE bw_err totp_text(const uint8_t secret[static TOTP_SECRET],
    char out[static ACCOUNT_SECRET_SIZE]);

/* Bound to the account: BW_ERR_KEY when it was another's, or made with
 * another directory's key. */
BW_MUST_USE bw_err totp_seal(const struct hostdir *h, uint64_t account,
    const uint8_t secret[static TOTP_SECRET],
    uint8_t out[static TOTP_SEALED]);
BW_MUST_USE bw_err totp_open(const struct hostdir *h, uint64_t account,
    const void *sealed, size_t len, uint8_t secret[static TOTP_SECRET]);

#endif
