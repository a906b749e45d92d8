/* SPDX-License-Identifier: Apache-2.0 */
/*
 * password.h - argon2id, and which passwords are taken (NIST SP 800-63B): by
 * length and a few obvious ones, no rules of composition. A password is bytes
 * of UTF-8 and is not normalised.
 *
 * Hashing takes PASSWORD_KIB of memory: at most PASSWORD_AT_ONCE are hashed by
 * a process at one time, PASSWORD_WAITING more may wait.
 */
#ifndef HOST_PASSWORD_H
#define HOST_PASSWORD_H

#include <stdbool.h>

#include "base/err.h"

#define PASSWORD_MIN 12			/* characters */
#define PASSWORD_MAX 128
#define PASSWORD_BYTES_MAX (PASSWORD_MAX * 4)
#define PASSWORD_KIB 19456		/* OWASP: m = 19 MiB, t = 2, p = 1 */
#define PASSWORD_PASSES 2
#define PASSWORD_AT_ONCE 2
#define PASSWORD_WAITING 16
#define PASSWORD_ENCODED_MAX 160

/* Why it is refused, as an English sentence (static: pages translate it by
 * its text), NULL: taken. mail and event are what it may not be. */
const char *password_fault(const char *password, const char *mail,
    const char *event);
#define PASSWORD_FAULTS 4
extern const char *const password_faults[PASSWORD_FAULTS];	/* all of them */

/* "$argon2id$v=19$m=…" with a new salt. BW_ERR_BUSY: too many wait. */
BW_MUST_USE bw_err password_hash(const char *password,
    char out[static PASSWORD_ENCODED_MAX + 1]);
/* BW_ERR_DENIED: another password. encoded NULL: nobody's, always denied, with
 * the same work. *again: it was hashed with other parameters than above. */
BW_MUST_USE bw_err password_check(const char *encoded, const char *password,
    bool *again);

#endif
