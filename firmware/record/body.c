// SPDX-License-Identifier: Apache-2.0
#include "record/body.h"

#include <string.h>

#include "record/cbor.h"

#define BODY_VERSION 1

bool
body_lang_ok(const char *s, size_t len)
{
	if (len == 0 || len > BODY_LANG_MAX)
		return false;
	for (size_t i = 0; i < len; i++) {
		bool letter = (s[i] >= 'a' && s[i] <= 'z') ||
		    (s[i] >= 'A' && s[i] <= 'Z');

		if (!letter && (i == 0 || !((s[i] >= '0' && s[i] <= '9') ||
		    s[i] == '-')))
			return false;
	}
	return true;
}

static bool
is_label(const char *s, size_t len)
{
	return len != 0 && text_is_clean(s, len);
}

/* A text that passes `ok`, at most max bytes: from the array at s, and back. */
static bw_err
put_checked(struct bw_buf *b, const char *s, size_t max,
    bool (*ok)(const char *, size_t))
{
	size_t len = strnlen(s, max + 1);

	if (len > max || !ok(s, len))
		return BW_ERR_ARG;
	return cbor_put_text(b, s, len);
}

static bw_err
get_checked(struct bw_cur *c, char *out, size_t max,
    bool (*ok)(const char *, size_t))
{
	const char *s;
	size_t len;
	bw_err r;

	if ((r = cbor_get_text(c, max, &s, &len)) != BW_OK)
		return r;
	if (!ok(s, len))
		return BW_ERR_FORMAT;
	memcpy(out, s, len);
	out[len] = 0;
	return BW_OK;
}

static bw_err
put_id(struct bw_buf *b, const char *s)
{
	return put_checked(b, s, TEXT_ID_MAX, text_is_id);
}

static bw_err
get_id(struct bw_cur *c, char out[static TEXT_ID_MAX + 1])
{
	return get_checked(c, out, TEXT_ID_MAX, text_is_id);
}

static bw_err
put_number(struct bw_buf *b, uint64_t v)
{
	return v > ENTRY_NUMBER_MAX ? BW_ERR_ARG : cbor_put_uint(b, v);
}

static bw_err
get_number(struct bw_cur *c, uint64_t *v)
{
	return cbor_get_uint(c, ENTRY_NUMBER_MAX, v);
}

static bw_err
put_key(struct bw_buf *b, uint64_t key)
{
	return cbor_put_uint(b, key);
}

static bw_err
get_key(struct bw_cur *c, uint64_t want)
{
	uint64_t key;
	bw_err r = cbor_get_uint(c, want, &key);

	return r == BW_OK && key != want ? BW_ERR_FORMAT : r;
}

static bw_err
put_open(struct bw_buf *b, const struct body_open *o)
{
	bw_err r;

	if ((r = cbor_put_map(b, 5)) != BW_OK ||
	    (r = put_key(b, 1)) != BW_OK ||
	    (r = put_id(b, o->event)) != BW_OK ||
	    (r = put_key(b, 2)) != BW_OK ||
	    (r = put_id(b, o->device)) != BW_OK ||
	    (r = put_key(b, 3)) != BW_OK ||
	    (r = put_id(b, o->sponsor)) != BW_OK ||
	    (r = put_key(b, 4)) != BW_OK ||
	    (r = crypto_spki_check(o->log_spki, CRYPTO_SPKI)) != BW_OK ||
	    (r = cbor_put_bytes(b, o->log_spki, CRYPTO_SPKI)) != BW_OK ||
	    (r = put_key(b, 5)) != BW_OK)
		return r;
	return cbor_put_bytes(b, o->policy_sha256, CRYPTO_HASH);
}

static bw_err
get_open(struct bw_cur *c, struct body_open *o)
{
	uint64_t n;
	bw_err r;

	if ((r = cbor_get_map(c, 5, &n)) != BW_OK)
		return r;
	if (n != 5)
		return BW_ERR_FORMAT;
	if ((r = get_key(c, 1)) != BW_OK ||
	    (r = get_id(c, o->event)) != BW_OK ||
	    (r = get_key(c, 2)) != BW_OK ||
	    (r = get_id(c, o->device)) != BW_OK ||
	    (r = get_key(c, 3)) != BW_OK ||
	    (r = get_id(c, o->sponsor)) != BW_OK ||
	    (r = get_key(c, 4)) != BW_OK ||
	    (r = cbor_get_fixed(c, o->log_spki, CRYPTO_SPKI)) != BW_OK ||
	    (r = crypto_spki_check(o->log_spki, CRYPTO_SPKI)) != BW_OK ||
	    (r = get_key(c, 5)) != BW_OK)
		return r;
	return cbor_get_fixed(c, o->policy_sha256, CRYPTO_HASH);
}

static bw_err
put_fields(struct bw_buf *b, field_set set)
{
	uint64_t n = 0;
	bw_err r;

	if ((set & ~FIELD_ALL) != 0)
		return BW_ERR_ARG;
	for (unsigned f = 1; f <= FIELD_COUNT; f++)
		n += (set & FIELD_BIT(f)) != 0;
	r = cbor_put_array(b, n);
	for (unsigned f = 1; f <= FIELD_COUNT && r == BW_OK; f++)
		if ((set & FIELD_BIT(f)) != 0)
			r = cbor_put_uint(b, f);
	return r;
}

static bw_err
get_fields(struct bw_cur *c, field_set *set)
{
	uint64_t n, f, last = 0;
	bw_err r;

	if ((r = cbor_get_array_max(c, FIELD_COUNT, &n)) != BW_OK)
		return r;
	for (; n > 0; n--, last = f) {
		if ((r = cbor_get_uint(c, FIELD_COUNT, &f)) != BW_OK)
			return r;
		if (f <= last)
			return BW_ERR_FORMAT;
		*set |= FIELD_BIT(f);
	}
	return BW_OK;
}

static bw_err
put_share(struct bw_buf *b, const struct body_share *s)
{
	const char *method = s->by_keys ? "keys" : "touch";
	bw_err r;

	if (s->edition == 0)
		return BW_ERR_ARG;
	if ((r = cbor_put_bytes(b, s->badge_id, BADGE_ID)) != BW_OK ||
	    (r = cbor_put_uint(b, s->edition)) != BW_OK ||
	    (r = put_id(b, s->sponsor)) != BW_OK ||
	    (r = put_fields(b, s->granted)) != BW_OK ||
	    (r = put_checked(b, s->language, BODY_LANG_MAX,
	    body_lang_ok)) != BW_OK ||
	    (r = cbor_put_bytes(b, s->notice_sha256, CRYPTO_HASH)) != BW_OK ||
	    (r = cbor_put_text(b, method, strlen(method))) != BW_OK ||
	    (r = put_number(b, s->answer_ms)) != BW_OK)
		return r;
	return cbor_put_bytes(b, s->rh, RECEIPT_RH);
}

static bw_err
get_method(struct bw_cur *c, bool *by_keys)
{
	const char *s;
	size_t len;
	bw_err r;

	if ((r = cbor_get_text(c, 5, &s, &len)) != BW_OK)
		return r;
	*by_keys = len == 4 && memcmp(s, "keys", 4) == 0;
	if (!*by_keys && (len != 5 || memcmp(s, "touch", 5) != 0))
		return BW_ERR_FORMAT;
	return BW_OK;
}

static bw_err
get_share(struct bw_cur *c, struct body_share *s)
{
	uint64_t edition = 0;
	bw_err r;

	if ((r = cbor_get_fixed(c, s->badge_id, BADGE_ID)) != BW_OK ||
	    (r = cbor_get_uint(c, UINT8_MAX, &edition)) != BW_OK ||
	    (r = get_id(c, s->sponsor)) != BW_OK ||
	    (r = get_fields(c, &s->granted)) != BW_OK ||
	    (r = get_checked(c, s->language, BODY_LANG_MAX,
	    body_lang_ok)) != BW_OK ||
	    (r = cbor_get_fixed(c, s->notice_sha256, CRYPTO_HASH)) != BW_OK ||
	    (r = get_method(c, &s->by_keys)) != BW_OK ||
	    (r = get_number(c, &s->answer_ms)) != BW_OK ||
	    (r = cbor_get_fixed(c, s->rh, RECEIPT_RH)) != BW_OK)
		return r;
	s->edition = (uint8_t)edition;
	return edition == 0 ? BW_ERR_FORMAT : BW_OK;
}

static bw_err
put_unread(struct bw_buf *b, const char *sponsor, enum unread_reason reason)
{
	bw_err r;

	if (reason < UNREAD_NO_BADGE || reason > UNREAD_MORE_THAN_ONE)
		return BW_ERR_ARG;
	if ((r = put_id(b, sponsor)) != BW_OK)
		return r;
	return cbor_put_uint(b, (uint64_t)reason);
}

static bw_err
get_unread(struct bw_cur *c, char *sponsor, enum unread_reason *reason)
{
	uint64_t v;
	bw_err r;

	if ((r = get_id(c, sponsor)) != BW_OK ||
	    (r = cbor_get_uint(c, UNREAD_MORE_THAN_ONE, &v)) != BW_OK)
		return r;
	*reason = (enum unread_reason)v;
	return v < UNREAD_NO_BADGE ? BW_ERR_FORMAT : BW_OK;
}

static bw_err
put_note(struct bw_buf *b, uint64_t seq, const uint8_t *sealed, size_t len)
{
	bw_err r;

	if (len > BODY_NOTE_MAX)
		return BW_ERR_BOUND;
	if ((r = put_number(b, seq)) != BW_OK)
		return r;
	return cbor_put_bytes(b, sealed, len);
}

static bw_err
put_policy(struct bw_buf *b, const struct body *in)
{
	bw_err r;

	if ((r = put_checked(b, in->u.policy.version, BODY_VERSION_MAX,
	    is_label)) != BW_OK ||
	    (r = put_number(b, in->u.policy.serial)) != BW_OK)
		return r;
	return cbor_put_bytes(b, in->u.policy.sha256, CRYPTO_HASH);
}

static bw_err
get_policy(struct bw_cur *c, struct body *out)
{
	bw_err r;

	if ((r = get_checked(c, out->u.policy.version, BODY_VERSION_MAX,
	    is_label)) != BW_OK ||
	    (r = get_number(c, &out->u.policy.serial)) != BW_OK)
		return r;
	return cbor_get_fixed(c, out->u.policy.sha256, CRYPTO_HASH);
}

static bw_err
put_clock(struct bw_buf *b, const struct body *in)
{
	bw_err r;

	if ((r = put_number(b, in->u.clock.old_time)) != BW_OK ||
	    (r = put_number(b, in->u.clock.new_time)) != BW_OK)
		return r;
	return put_checked(b, in->u.clock.source, BODY_TEXT_MAX, is_label);
}

static bw_err
get_clock(struct bw_cur *c, struct body *out)
{
	bw_err r;

	if ((r = get_number(c, &out->u.clock.old_time)) != BW_OK ||
	    (r = get_number(c, &out->u.clock.new_time)) != BW_OK)
		return r;
	return get_checked(c, out->u.clock.source, BODY_TEXT_MAX, is_label);
}

static bw_err
put_rest(struct bw_buf *b, const struct body *in)
{
	switch (in->kind) {
	case ENTRY_OPEN:
		return put_open(b, &in->u.open);
	case ENTRY_SHARE:
		return put_share(b, &in->u.share);
	case ENTRY_DECLINE:
	case ENTRY_NO_ANSWER:
		return put_id(b, in->u.stop.sponsor);
	case ENTRY_UNREAD:
		return put_unread(b, in->u.unread.sponsor,
		    in->u.unread.reason);
	case ENTRY_UNDO:
		return put_number(b, in->u.undo.share_seq);
	case ENTRY_NOTE:
		return put_note(b, in->u.note.share_seq, in->u.note.sealed,
		    in->u.note.sealed_len);
	case ENTRY_POLICY:
		return put_policy(b, in);
	case ENTRY_CLOCK:
		return put_clock(b, in);
	case ENTRY_CLOSE:
		return put_checked(b, in->u.close.reason, BODY_TEXT_MAX,
		    is_label);
	}
	return BW_ERR_ARG;
}

static bw_err
get_rest(struct bw_cur *c, struct body *out)
{
	bw_err r;

	switch (out->kind) {
	case ENTRY_OPEN:
		return get_open(c, &out->u.open);
	case ENTRY_SHARE:
		return get_share(c, &out->u.share);
	case ENTRY_DECLINE:
	case ENTRY_NO_ANSWER:
		return get_id(c, out->u.stop.sponsor);
	case ENTRY_UNREAD:
		return get_unread(c, out->u.unread.sponsor,
		    &out->u.unread.reason);
	case ENTRY_UNDO:
		return get_number(c, &out->u.undo.share_seq);
	case ENTRY_NOTE:
		if ((r = get_number(c, &out->u.note.share_seq)) != BW_OK)
			return r;
		return cbor_get_bytes(c, BODY_NOTE_MAX, &out->u.note.sealed,
		    &out->u.note.sealed_len);
	case ENTRY_POLICY:
		return get_policy(c, out);
	case ENTRY_CLOCK:
		return get_clock(c, out);
	case ENTRY_CLOSE:
		return get_checked(c, out->u.close.reason, BODY_TEXT_MAX,
		    is_label);
	}
	return BW_ERR_ARG;
}

/* Members of each kind's array, the version and rs among them. */
static const uint8_t members[ENTRY_KINDS] = {
	3, 11, 3, 3, 4, 3, 4, 5, 5, 3
};

bw_err
body_encode(const struct body *in, struct bw_buf *out)
{
	bw_err r;

	if ((unsigned)in->kind >= ENTRY_KINDS)
		return BW_ERR_ARG;
	if ((r = cbor_put_array(out, members[in->kind])) != BW_OK ||
	    (r = cbor_put_uint(out, BODY_VERSION)) != BW_OK ||
	    (r = cbor_put_bytes(out, in->rs, BODY_RS)) != BW_OK)
		return r;
	return put_rest(out, in);
}

bw_err
body_decode(enum entry_kind kind, const uint8_t *ptr, size_t len,
    struct body *out)
{
	struct bw_cur c = { ptr, len };
	uint64_t version;
	bw_err r;

	memset(out, 0, sizeof(*out));
	if ((unsigned)kind >= ENTRY_KINDS)
		return BW_ERR_ARG;
	if (len > BODY_MAX)
		return BW_ERR_BOUND;
	out->kind = kind;
	if ((r = cbor_get_array(&c, members[kind])) != BW_OK ||
	    (r = cbor_get_uint(&c, BODY_VERSION, &version)) != BW_OK ||
	    (r = cbor_get_fixed(&c, out->rs, BODY_RS)) != BW_OK ||
	    (r = get_rest(&c, out)) != BW_OK ||
	    (r = cbor_end(&c)) != BW_OK)
		goto out;
	r = version == BODY_VERSION ? BW_OK : BW_ERR_FORMAT;
out:
	if (r != BW_OK)
		memset(out, 0, sizeof(*out));
	return r;
}

bw_err
body_commit(const uint8_t *ptr, size_t len, uint8_t out[static CRYPTO_HASH])
{
	const struct bw_part parts[] = {
		PART_STR0("badgeward/1 body"), PART(ptr, len)
	};

	return crypto_sha256(parts, 2, out);
}
