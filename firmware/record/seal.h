/* SPDX-License-Identifier: Apache-2.0 */
/*
 * seal.h - the sealed box of FORMATS.md, and what travels in one: a note, the
 * field keys, the blocked list.
 */
#ifndef RECORD_SEAL_H
#define RECORD_SEAL_H

#include "base/buf.h"
#include "base/err.h"
#include "record/body.h"
#include "record/crypto.h"
#include "record/field.h"

#define SEAL_OVERHEAD (CRYPTO_PUB + 16)
#define SEAL_NOTE "badgeward/1 note"
#define SEAL_FIELD_KEYS "badgeward/1 field keys"
#define SEAL_BLOCKED "badgeward/1 blocked"

/* Seal to a recipient. eph NULL makes a fresh ephemeral key; tests pass one. */
BW_MUST_USE bw_err seal_box(const uint8_t recipient_spki[static CRYPTO_SPKI],
    const char *label, const struct crypto_key *eph, const uint8_t *plain,
    size_t len, struct bw_buf *out);
/* BW_ERR_KEY when it was not sealed to this key under this label. */
BW_MUST_USE bw_err seal_open(const struct crypto_key *key, const char *label,
    const uint8_t *box, size_t len, struct bw_buf *plain);

/* {f: K_f} for the fields in `have`. Wipe after use. */
struct field_keys {
	field_set have;
	uint8_t key[FIELD_COUNT + 1][CRYPTO_KEY];
};
BW_MUST_USE bw_err field_keys_encode(const struct field_keys *k,
    struct bw_buf *out);
BW_MUST_USE bw_err field_keys_decode(const uint8_t *ptr, size_t len,
    struct field_keys *out);

/* The blocked list: salted 8-byte hashes, sorted, at most BLOCKED_MAX. */
#define BLOCKED_MAX 20000
#define BLOCKED_SALT 16
struct blocked {
	uint8_t salt[BLOCKED_SALT];
	size_t n;
	uint8_t (*hash)[8];	/* owned; blocked_free */
};
/* ids: n badge ids in any order. */
BW_MUST_USE bw_err blocked_encode(const uint8_t salt[static BLOCKED_SALT],
    const uint8_t (*ids)[BADGE_ID], size_t n, struct bw_buf *out);
BW_MUST_USE bw_err blocked_decode(const uint8_t *ptr, size_t len,
    struct blocked *out);
bool blocked_has(const struct blocked *b, const uint8_t id[static BADGE_ID]);
void blocked_free(struct blocked *b);

/* A note's plaintext [1, rating 0..5 or null, [tags], {question: answer},
 * text]; at most 16 tags of 40 bytes, 16 answers (ids of 32, text of 200) and
 * 1,000 bytes of text. */
struct note_answer {
	char question[TEXT_ID_MAX + 1];
	char answer[201];
};
struct note {
	int rating;			/* -1: null */
	size_t ntags, nanswers;
	char tag[16][41];
	struct note_answer answer[16];	/* sorted as CBOR sorts the keys */
	char text[1001];
};
BW_MUST_USE bw_err note_encode(const struct note *n, struct bw_buf *out);
BW_MUST_USE bw_err note_decode(const uint8_t *ptr, size_t len,
    struct note *out);

#endif
