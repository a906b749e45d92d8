/* SPDX-License-Identifier: Apache-2.0 */
/*
 * policy.h - the policy of one device, as the host signs it and the kiosk
 * obeys it (FORMATS.md, Policy payload).
 *
 * The payload is canonical JSON (RFC 8785 with ASCII keys and integers only:
 * sorted keys, no spaces, UTF-8). Bytes inside are standard base64.
 */
#ifndef RECORD_POLICY_H
#define RECORD_POLICY_H

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "record/body.h"
#include "record/crypto.h"
#include "record/field.h"
#include "record/pin.h"

#define POLICY_MAX (1024u * 1024)	/* bytes of a JWS */
#define POLICY_LANGS 16
#define POLICY_TEXT_MAX 600		/* bytes of one text */
#define POLICY_URL_MAX 300
#define POLICY_QUESTIONS 8
#define POLICY_CHOICES 8
#define POLICY_LOGO_W 240		/* pixels at most, and at least */
#define POLICY_LOGO_H 80
#define POLICY_LOGO_MIN 8

/* Every sentence that carries meaning on the ask screen, in one language; its
 * canonical JSON is what notice_sha256 covers. Keys are the member names. */
struct policy_notice {
	char lang[BODY_LANG_MAX + 1];
	char title[POLICY_TEXT_MAX + 1];	/* who asks */
	char purpose[POLICY_TEXT_MAX + 1];	/* what for, which country */
	char retention[POLICY_TEXT_MAX + 1];	/* how long it is kept */
	char withdraw[POLICY_TEXT_MAX + 1];	/* how to take it back */
	char silence[POLICY_TEXT_MAX + 1];	/* no answer means no */
	uint8_t sha256[CRYPTO_HASH];		/* filled by policy_decode */
};

struct policy_question {
	char id[TEXT_ID_MAX + 1];
	size_t ntexts, nchoices;
	struct {
		char lang[BODY_LANG_MAX + 1];
		char text[201];
	} text[POLICY_LANGS];
	char choice[POLICY_CHOICES][81];	/* none: free text */
};

struct policy {
	char version[BODY_VERSION_MAX + 1];
	uint64_t serial;
	uint64_t valid_from, valid_until;	/* unix seconds */
	struct {
		char id[TEXT_ID_MAX + 1];
		char uri[POLICY_URL_MAX + 1];
		char name[161];
		char log[121];			/* the log's name */
		char receipts[POLICY_URL_MAX + 1];	/* base URL of /r/ */
	} event;
	struct {
		char id[TEXT_ID_MAX + 1];
		char name[161];
		char country[3];		/* ISO 3166-1 alpha-2 */
		char privacy_url[POLICY_URL_MAX + 1];
		char contact[161];
		size_t npurposes;
		struct {
			char lang[BODY_LANG_MAX + 1];
			char text[POLICY_TEXT_MAX + 1];
		} purpose[POLICY_LANGS];
	} sponsor;
	/* The sponsor's, as pixels: rgba has 4 bytes for each, row by row from
	 * the top, not multiplied by alpha. */
	struct policy_logo {
		uint64_t w, h;			/* 0: none */
		struct bw_buf rgba;
	} logo;
	field_set required, optional;		/* disjoint */
	uint64_t retain_days;
	size_t nlangs;				/* the first is the default */
	char lang[POLICY_LANGS][BODY_LANG_MAX + 1];
	struct policy_notice notice[POLICY_LANGS];	/* same order */
	size_t nquestions;
	struct policy_question question[POLICY_QUESTIONS];
	char staff_pin[PIN_TEXT_MAX + 1];	/* pin.h; empty: none */
	uint8_t registrar_spki[CRYPTO_SPKI];
	uint8_t host_spki[CRYPTO_SPKI];
	uint8_t host_seal_spki[CRYPTO_SPKI];
	struct bw_buf field_keys;	/* sealed; empty: absent (an offer) */
	struct bw_buf blocked;		/* sealed; empty: absent */
	uint8_t sha256[CRYPTO_HASH];	/* filled by policy_decode */
};

/* Canonical JSON of the whole. Texts and bounds are checked as in decoding. */
BW_MUST_USE bw_err policy_encode(const struct policy *p, struct bw_buf *out);
/* Strict: unknown, missing or repeated members, a wrong type, a text over its
 * bound, or JSON that is not canonical are BW_ERR_FORMAT. Fills sha256 and the
 * notices' sha256. Free with policy_free in any case. */
BW_MUST_USE bw_err policy_decode(const char *json, size_t len,
    struct policy *out);
void policy_free(struct policy *p);

/* SHA-256 over the payload without field_keys, blocked, serial and
 * staff_pin. */
BW_MUST_USE bw_err policy_sha256(const struct policy *p,
    uint8_t out[static CRYPTO_HASH]);

/* SHA-256 of a notice's canonical JSON. */
BW_MUST_USE bw_err policy_notice_sha256(const struct policy_notice *n,
    uint8_t out[static CRYPTO_HASH]);

/* The notice of a language, or of the default when there is none. */
const struct policy_notice *policy_notice(const struct policy *p,
    const char *lang);

/* A question's text in a language, or its first when there is none; its id when
 * it has no text. The second is of the question with this id, and the id itself
 * when the policy asks no such. */
const char *policy_question_text(const struct policy_question *q,
    const char *lang);
const char *policy_asks(const struct policy *p, const char *id,
    const char *lang);

#endif
