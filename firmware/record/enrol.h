/* SPDX-License-Identifier: Apache-2.0 */
/*
 * enrol.h - the enrol address and its proof (FORMATS.md, Device and host).
 */
#ifndef RECORD_ENROL_H
#define RECORD_ENROL_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "record/crypto.h"

#define ENROL_CODE 16
#define ENROL_PIN 16
#define ENROL_ID_HEX 17		/* 8 bytes in hex and a zero */
#define ENROL_BASE_MAX 200
#define ENROL_ADDRESS_MAX (ENROL_BASE_MAX + 7 + 26 + 1 + 26)

struct enrol_address {
	char base[ENROL_BASE_MAX + 1];	/* "https://host", no path, no slash */
	uint8_t code[ENROL_CODE];	/* secret: wipe */
	uint8_t pin[ENROL_PIN];		/* SHA-256(host SPKI)[0:16] */
};

/* "<base>/enrol#<base32 code>.<base32 pin>" */
BW_MUST_USE bw_err enrol_address_format(const struct enrol_address *a,
    struct bw_buf *out);
/* Strict; http only for 127.0.0.0/8, [::1] and localhost (BW_ERR_DENIED). */
BW_MUST_USE bw_err enrol_address_parse(const char *s, size_t len,
    struct enrol_address *out);
/* A base URL is "https://host[:port]", or http on loopback. */
BW_MUST_USE bw_err enrol_base_check(const char *base, size_t len);

BW_MUST_USE bw_err enrol_id(const uint8_t code[static ENROL_CODE],
    char out[static ENROL_ID_HEX]);
BW_MUST_USE bw_err enrol_proof(const uint8_t code[static ENROL_CODE],
    const char *device, const uint8_t log_spki[static CRYPTO_SPKI],
    const uint8_t seal_spki[static CRYPTO_SPKI],
    const uint8_t identity_spki[static CRYPTO_SPKI],
    uint8_t out[static CRYPTO_HASH]);
/* BW_ERR_SIG unless SHA-256(spki)[0:16] is the pin. */
BW_MUST_USE bw_err enrol_pin_check(const uint8_t pin[static ENROL_PIN],
    const uint8_t host_spki[static CRYPTO_SPKI]);

/* The POST's JSON: {id, log_spki, seal_spki, identity_spki, entry, body, note,
 * proof}; bytes are standard base64, entry and body the encoded open entry. */
struct enrol_post {
	char id[ENROL_ID_HEX];
	uint8_t log_spki[CRYPTO_SPKI];
	uint8_t seal_spki[CRYPTO_SPKI];
	uint8_t identity_spki[CRYPTO_SPKI];
	uint8_t proof[CRYPTO_HASH];
	struct bw_buf entry, body, note;	/* owned: enrol_post_free */
};
BW_MUST_USE bw_err enrol_post_encode(const struct enrol_post *p,
    struct bw_buf *json);
BW_MUST_USE bw_err enrol_post_decode(const char *json, size_t len,
    struct enrol_post *out);
void enrol_post_free(struct enrol_post *p);

/* The offer, answer of GET enrol: {event, device, origin, policy}, the policy
 * a signed JWS without field keys. The answer of POST is {policy}. */
struct enrol_offer {
	char event[33], device[33];
	char origin[201];
	struct bw_buf policy;			/* owned: the JWS text */
};
BW_MUST_USE bw_err enrol_offer_encode(const struct enrol_offer *o,
    struct bw_buf *json);
BW_MUST_USE bw_err enrol_offer_decode(const char *json, size_t len,
    struct enrol_offer *out);
void enrol_offer_free(struct enrol_offer *o);

#endif
