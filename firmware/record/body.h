/* SPDX-License-Identifier: Apache-2.0 */
/*
 * body.h - the deletable body beside an entry (FORMATS.md, Log).
 *
 * Plain data; texts are C strings in fixed arrays. A decoded body owns
 * nothing but for `note.sealed`, which points into the source.
 */
#ifndef RECORD_BODY_H
#define RECORD_BODY_H

#include "base/buf.h"
#include "base/text.h"
#include "record/crypto.h"
#include "record/entry.h"
#include "record/field.h"

#define BODY_RS 16
#define BODY_MAX 4096		/* bytes of the longest body */
#define BODY_NOTE_MAX 3072	/* bytes of a sealed note */
#define BADGE_ID 8
#define RECEIPT_RC 16
#define RECEIPT_RH 16
#define BODY_VERSION_MAX 32	/* bytes of a policy version */
#define BODY_LANG_MAX 16
#define BODY_TEXT_MAX 160	/* close reason, clock source */

enum unread_reason {
	UNREAD_NO_BADGE = 1,
	UNREAD_NOT_OURS,
	UNREAD_BAD_SIGNATURE,
	UNREAD_OTHER_EVENT,
	UNREAD_BLOCKED,
	UNREAD_READ_ERROR,
	UNREAD_REMOVED,
	UNREAD_MORE_THAN_ONE
};

struct body_open {
	char event[TEXT_ID_MAX + 1];
	char device[TEXT_ID_MAX + 1];
	char sponsor[TEXT_ID_MAX + 1];
	uint8_t log_spki[CRYPTO_SPKI];
	uint8_t policy_sha256[CRYPTO_HASH];
};

struct body_share {
	uint8_t badge_id[BADGE_ID];
	uint8_t edition;		/* 1..255 */
	char sponsor[TEXT_ID_MAX + 1];
	field_set granted;		/* encoded as a rising array of ids */
	char language[BODY_LANG_MAX + 1];
	uint8_t notice_sha256[CRYPTO_HASH];
	bool by_keys;			/* method "keys", else "touch" */
	uint64_t answer_ms;
	uint8_t rh[RECEIPT_RH];
};

struct body {
	enum entry_kind kind;
	uint8_t rs[BODY_RS];
	union {
		struct body_open open;
		struct body_share share;
		struct { char sponsor[TEXT_ID_MAX + 1]; } stop;	/* 2, 3 */
		struct {
			char sponsor[TEXT_ID_MAX + 1];
			enum unread_reason reason;
		} unread;
		struct { uint64_t share_seq; } undo;
		struct {
			uint64_t share_seq;
			const uint8_t *sealed;
			size_t sealed_len;
		} note;
		struct {
			char version[BODY_VERSION_MAX + 1];
			uint64_t serial;
			uint8_t sha256[CRYPTO_HASH];
		} policy;
		struct {
			uint64_t old_time, new_time;
			char source[BODY_TEXT_MAX + 1];
		} clock;
		struct { char reason[BODY_TEXT_MAX + 1]; } close;
	} u;
};

/* A language tag: letters, digits and hyphens, beginning with a letter, at
 * most BODY_LANG_MAX bytes ("en", "de", "zh-Hant"). */
bool body_lang_ok(const char *s, size_t len);

/* Texts and numbers are checked as in decoding: ids by text_is_id, numbers at
 * most ENTRY_NUMBER_MAX, version, source and reason clean and not empty. */
BW_MUST_USE bw_err body_encode(const struct body *in, struct bw_buf *out);
/* The whole of the bytes is one body of this kind. */
BW_MUST_USE bw_err body_decode(enum entry_kind kind, const uint8_t *ptr,
    size_t len, struct body *out);
/* SHA-256("badgeward/1 body" || 00 || body). */
BW_MUST_USE bw_err body_commit(const uint8_t *ptr, size_t len,
    uint8_t out[static CRYPTO_HASH]);

#endif
