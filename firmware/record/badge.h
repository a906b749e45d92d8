/* SPDX-License-Identifier: Apache-2.0 */
/*
 * badge.h - the signed and sealed badge on a tag (FORMATS.md, Badge).
 */
#ifndef RECORD_BADGE_H
#define RECORD_BADGE_H

#include "base/buf.h"
#include "base/err.h"
#include "record/body.h"
#include "record/crypto.h"
#include "record/field.h"

#define BADGE_UID 7
#define BADGE_EVENT_ID 16
#define BADGE_EID 4
#define BADGE_TAG 8		/* default CCM tag length; 16 is allowed */

/* SHA-256(event URI)[0:16]; its first 4 bytes are eid4. */
BW_MUST_USE bw_err badge_event_id(const char *event_uri,
    uint8_t out[static BADGE_EVENT_ID]);

/* K_f of one field from the event master key. */
BW_MUST_USE bw_err badge_field_key(
    const uint8_t event_id[static BADGE_EVENT_ID],
    const uint8_t master[static CRYPTO_KEY], enum field f,
    uint8_t out[static CRYPTO_KEY]);

struct badge_issue {
	const struct crypto_key *registrar;
	const uint8_t *event_id;	/* BADGE_EVENT_ID bytes */
	const uint8_t *master;		/* CRYPTO_KEY bytes */
	uint8_t uid[BADGE_UID];
	uint8_t badge_id[BADGE_ID];
	uint8_t edition;		/* 1..255 */
	uint8_t tag_len;		/* 8 or 16 */
	const struct field_values *values;	/* empty: not on the badge */
};
/* The COSE_Sign1 bytes. */
BW_MUST_USE bw_err badge_encode(const struct badge_issue *in,
    struct bw_buf *out);

/* A badge read and verified; sealed fields point into the source. */
struct badge {
	uint8_t eid[BADGE_EID];
	uint8_t badge_id[BADGE_ID];
	uint8_t edition;
	field_set present;
	struct {
		const uint8_t *ptr;	/* ct || tag */
		size_t len;
	} sealed[FIELD_COUNT + 1];
};
/* BW_ERR_FORMAT: not our badge; BW_ERR_KEY: another registrar's kid;
 * BW_ERR_SIG: bad signature (a copy on another tag is that). */
BW_MUST_USE bw_err badge_verify(const uint8_t *ptr, size_t len,
    const uint8_t uid[static BADGE_UID],
    const uint8_t registrar_spki[static CRYPTO_SPKI], struct badge *out);
/* Decode without verifying: for fuzzing and to learn the event of a foreign
 * badge. Never show or store what it gives. */
BW_MUST_USE bw_err badge_decode(const uint8_t *ptr, size_t len,
    struct badge *out);

/* Open one field with its K_f; tag length 8 or 16 is tried as badge fields
 * carry it: tag_len must be given (policy-wide 8). out is a C string;
 * BW_ERR_NOTFOUND when absent, BW_ERR_KEY when the tag does not match,
 * BW_ERR_FORMAT when the value breaks the rules of fields. */
BW_MUST_USE bw_err badge_open_field(const struct badge *b, enum field f,
    const uint8_t key[static CRYPTO_KEY], size_t tag_len,
    char out[static FIELD_VALUE_MAX + 1]);

#endif
