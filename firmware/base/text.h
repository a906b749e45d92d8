/* SPDX-License-Identifier: Apache-2.0 */
/*
 * text.h - bytes as text: hex, base64, base64url, base32, and UTF-8 checks.
 *
 * Decoders are strict: one spelling only (lower-case hex, canonical padding
 * or none as stated, zero spare bits), so encode(decode(x)) == x.
 */
#ifndef BW_TEXT_H
#define BW_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

/* Sizes of C strings, their zero included, for n bytes. */
#define TEXT_HEX_SIZE(n) ((n) * 2 + 1)
#define TEXT_B64_SIZE(n) (((n) + 2) / 3 * 4 + 1)
#define TEXT_B32_SIZE(n) (((n) * 8 + 4) / 5 + 1)

/* Lower-case hex. out has TEXT_HEX_SIZE(n) bytes. */
void text_hex(const void *ptr, size_t n, char *out);
/* Exactly n bytes from 2n lower-case digits; BW_ERR_FORMAT else. */
BW_MUST_USE bw_err text_unhex(const char *s, void *out, size_t n);

/* Append base64 with padding (RFC 4648, 4), without (5, url), base32 upper
 * case without padding (6). */
BW_MUST_USE bw_err text_b64(struct bw_buf *b, const void *ptr, size_t n);
BW_MUST_USE bw_err text_b64url(struct bw_buf *b, const void *ptr, size_t n);
BW_MUST_USE bw_err text_b32(struct bw_buf *b, const void *ptr, size_t n);

/* Append the decoded bytes of len characters. BW_ERR_FORMAT on any other
 * character, wrong padding or spare bits that are not zero. */
BW_MUST_USE bw_err text_unb64(const char *s, size_t len, struct bw_buf *b);
BW_MUST_USE bw_err text_unb64url(const char *s, size_t len, struct bw_buf *b);
BW_MUST_USE bw_err text_unb32(const char *s, size_t len, struct bw_buf *b);

/* Valid UTF-8 (no surrogates, no overlong forms) without control characters
 * (U+0000-001F, 007F-009F). */
bool text_is_clean(const char *s, size_t len);
/* Clean, and without what is unseen and changes how the text around it looks:
 * marks that set directions, line separators, joiners of words, tags. */
bool text_is_plain(const char *s, size_t len);
/* Valid UTF-8, control characters allowed. */
bool text_is_utf8(const char *s, size_t len);

/* A path as a word of a shell's command line: as it is, or in single quotes where
 * a shell would read it as something else. NULL only if there is no memory; for
 * free(). */
char *text_shell_word(const char *path);

/* An id: 1 to 32 of [a-z0-9.-], beginning with a letter or digit. */
#define TEXT_ID_MAX 32
bool text_is_id(const char *s, size_t len);

/* A decimal number without sign, spaces or leading zeros, at most max. */
BW_MUST_USE bw_err text_number(const char *s, size_t len, uint64_t max,
    uint64_t *out);

#endif
