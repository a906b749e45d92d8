/* SPDX-License-Identifier: Apache-2.0 */
/*
 * booth.h - what a host would give a device, made here from test keys (those
 * of vectors.json): policies, badges, cosigned notes, an enrolled state
 * directory. For tests that have no host.
 */
#ifndef TESTS_BOOTH_H
#define TESTS_BOOTH_H

#include "kiosk/journal.h"
#include "kiosk/keys.h"
#include "record/badge.h"
#include "record/policy.h"

#define BOOTH_ORIGIN "log.summit.example/ev26/k07"
#define BOOTH_LOG "log.summit.example"
#define BOOTH_BASE "http://127.0.0.1:8080"

struct booth {
	struct crypto_key *host, *host_seal, *registrar, *foreign;
	uint8_t event_id[BADGE_EVENT_ID];
	uint8_t master[CRYPTO_KEY];
};

BW_MUST_USE bw_err booth_open(struct booth *s);
void booth_close(struct booth *s);

/* A policy for example-corp at ev26, valid from an hour before now for 30
 * days: required name and email, optional company; en and de. */
void booth_policy(const struct booth *s, int64_t now, struct policy *p);

/* Sign it. With seal_spki the field keys of the policy's fields and the n
 * blocked badge ids are sealed to it; without it is an offer. */
BW_MUST_USE bw_err booth_sign(const struct booth *s, struct policy *p,
    const uint8_t *seal_spki, const uint8_t (*blocked)[BADGE_ID], size_t n,
    struct bw_buf *jws);

/* Ada's badge as the bytes of a tag (TLV) or as the NDEF message. */
struct booth_badge {
	uint8_t uid[BADGE_UID];
	uint8_t badge_id[BADGE_ID];
	uint8_t tag_len;	/* 8 or 16 */
	field_set fields;	/* which values it carries */
	bool foreign;		/* another registrar's, another event's */
	bool false_signature;	/* our kid and event, another key's signature */
};
extern const struct booth_badge booth_ada;
extern const struct field_values booth_values;	/* Ada's */
BW_MUST_USE bw_err booth_ndef(const struct booth *s,
    const struct booth_badge *b, struct bw_buf *ndef);

/* The note with the host's cosignature under it. */
BW_MUST_USE bw_err booth_cosign(const struct booth *s, const char *note,
    size_t len, uint64_t time, struct bw_buf *out);

/* A body for journal_create: the open entry of BOOTH_ORIGIN. */
void booth_opening(const struct policy *p, const struct crypto_key *log_key,
    struct body *out);

/* Make a state directory that is enrolled with this policy: keys, journal,
 * policy.jws. */
BW_MUST_USE bw_err booth_enrol(const struct booth *s, const char *state,
    struct policy *p, const uint8_t (*blocked)[BADGE_ID], size_t n,
    int64_t now);

#endif
