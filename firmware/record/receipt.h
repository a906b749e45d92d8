/* SPDX-License-Identifier: Apache-2.0 */
/*
 * receipt.h - the attendee's receipt code and the long promise (FORMATS.md,
 * Receipt).
 */
#ifndef RECORD_RECEIPT_H
#define RECORD_RECEIPT_H

#include "base/buf.h"
#include "base/err.h"
#include "record/body.h"
#include "record/checkpoint.h"
#include "record/crypto.h"

#define RECEIPT_CODE 26		/* base32 characters of rc */

/* rh = SHA-256("badgeward/1 receipt" || 00 || rc)[0:16]. */
BW_MUST_USE bw_err receipt_hash(const uint8_t rc[static RECEIPT_RC],
    uint8_t rh[static RECEIPT_RH]);
/* "<base>/r/#<base32 rc>"; base e.g. "https://host.summit.example". */
BW_MUST_USE bw_err receipt_url(const char *base,
    const uint8_t rc[static RECEIPT_RC], struct bw_buf *out);

/* "badgeward/1 promise" LF origin LF index LF base64(leaf hash) LF. */
BW_MUST_USE bw_err promise_text(const char *origin, uint64_t index,
    const uint8_t leaf[static CRYPTO_HASH], struct bw_buf *out);
struct promise {
	uint8_t kid[CRYPTO_KID];
	uint64_t index;
	uint8_t leaf[CRYPTO_HASH];
	uint8_t sig[CRYPTO_SIG];
	uint8_t rc[RECEIPT_RC];
};
BW_MUST_USE bw_err promise_make(const char *origin, uint64_t index,
    const uint8_t leaf[static CRYPTO_HASH],
    const uint8_t rc[static RECEIPT_RC], const struct crypto_key *log_key,
    struct promise *out);
BW_MUST_USE bw_err promise_encode(const struct promise *p, struct bw_buf *b);
BW_MUST_USE bw_err promise_decode(const uint8_t *ptr, size_t len,
    struct promise *out);
/* BW_ERR_SIG unless the log key signed it for this origin. Says nothing of rc,
 * which the signature leaves out: compare its hash with the share's rh. */
BW_MUST_USE bw_err promise_verify(const struct promise *p, const char *origin,
    const uint8_t spki[static CRYPTO_SPKI]);
/* The code of a URL or of pasted text: what follows "#", blanks and hyphens
 * dropped, lower case taken as upper; 26 characters give rc alone, longer a
 * promise. The promise buffer stays empty for the short form. */
BW_MUST_USE bw_err receipt_parse(const char *text, size_t len,
    uint8_t rc[static RECEIPT_RC], struct bw_buf *promise);

/* A C2SP tlog-proof: extra line, index, inclusion proof, checkpoint. */
struct tree_proof;
BW_MUST_USE bw_err tlog_proof_encode(const uint8_t *extra, size_t extra_len,
    uint64_t index, const struct tree_proof *proof, const char *note,
    size_t note_len, struct bw_buf *out);

#endif
