/* SPDX-License-Identifier: Apache-2.0 */
/*
 * account_code.h - random words that people are given once, of which the store
 * keeps a hash: invitations, recovery codes, cookies, tokens. They have at least
 * 80 random bits, so that a plain hash is enough.
 */
#ifndef HOST_ACCOUNT_CODE_H
#define HOST_ACCOUNT_CODE_H

#include <stddef.h>

#include "record/crypto.h"

/* What a word is for: no word of one kind is good as another. */
#define CODE_INVITE "badgeward/1 invite"
#define CODE_RECOVERY "badgeward/1 recovery"
#define CODE_LOGIN "badgeward/1 login"
#define CODE_TOKEN "badgeward/1 token"

/* The hash of a word. */
BW_MUST_USE bw_err code_hash(const char *kind, const char *word,
    uint8_t out[static CRYPTO_HASH]);
/* n random bytes as a word: base32 in lower case, or base64url. out has size
 * bytes, just enough for the word and its zero. */
BW_MUST_USE bw_err code_make32(size_t n, char *out, size_t size);
BW_MUST_USE bw_err code_make64(size_t n, char *out, size_t size);

#endif
