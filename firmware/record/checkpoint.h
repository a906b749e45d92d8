/* SPDX-License-Identifier: Apache-2.0 */
/*
 * checkpoint.h - C2SP tlog-checkpoint and signed-note (FORMATS.md, Log):
 * the text, its signature line, the verifier key, the host's cosignature.
 */
#ifndef RECORD_CHECKPOINT_H
#define RECORD_CHECKPOINT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "record/crypto.h"

#define ORIGIN_MAX 200		/* bytes; characters [a-z0-9./-] */
#define NOTE_MAX 2048		/* bytes of a signed note, all lines */
#define VKEY_MAX 400		/* bytes of a verifier key, its zero included */

struct checkpoint {
	char origin[ORIGIN_MAX + 1];
	uint64_t size;
	uint8_t root[CRYPTO_HASH];
};

/* 1 to ORIGIN_MAX characters of [a-z0-9./-]. */
bool origin_ok(const char *s, size_t len);
/* out = log "/" event "/" device; the parts checked. */
BW_MUST_USE bw_err origin_format(char out[static ORIGIN_MAX + 1],
    const char *log, const char *event, const char *device);

/* The text: origin LF size LF base64(root) LF. */
BW_MUST_USE bw_err checkpoint_text(const struct checkpoint *c,
    struct bw_buf *out);
/* The signed note: text LF, then the log's signature line. */
BW_MUST_USE bw_err checkpoint_sign(const struct checkpoint *c,
    const struct crypto_key *log_key, struct bw_buf *out);
/* Read a note: its text strictly; signature lines follow, other names' lines
 * are passed over. The log's own line must be there exactly once and verify
 * under spki: BW_ERR_SIG else. Its origin is compared when origin != NULL. */
BW_MUST_USE bw_err checkpoint_verify(const char *note, size_t len,
    const uint8_t spki[static CRYPTO_SPKI], const char *origin,
    struct checkpoint *out);
/* Read the text of a note without trusting it (to find what it is about). */
BW_MUST_USE bw_err checkpoint_peek(const char *note, size_t len,
    struct checkpoint *out);

/* "<origin>+<kid hex>+<base64(02 || SPKI)>" and back. */
BW_MUST_USE bw_err vkey_format(const char *origin,
    const uint8_t spki[static CRYPTO_SPKI], char out[static VKEY_MAX]);
BW_MUST_USE bw_err vkey_parse(const char *vkey, char origin[static
    ORIGIN_MAX + 1], uint8_t spki[static CRYPTO_SPKI]);

/* The host's cosignature line over a note's text; log is the log's name,
 * the signer's name is "<log>/host". time is unix seconds. Appends the line. */
BW_MUST_USE bw_err cosign_line(const char *note, size_t len, const char *log,
    const struct crypto_key *host_key, uint64_t time, struct bw_buf *out);
/* Find and verify that line in a note; *time gets its time. */
BW_MUST_USE bw_err cosign_verify(const char *note, size_t len,
    const char *log, const uint8_t host_spki[static CRYPTO_SPKI],
    uint64_t *time);

#endif
