// SPDX-License-Identifier: Apache-2.0
#include "record/badge.h"

#include <string.h>

#include "record/cbor.h"

#define PAYLOAD_MAX 1152	/* all fields at their longest are 1,099 */
#define LABEL_KEY "badgeward/1 field key"
#define LABEL_FIELD "badgeward/1 badge field"
#define LABEL_AAD "badgeward/1 aad"
#define LABEL_BADGE "badgeward/1 badge"
#define AAD_MAX 64

/* D2 84 43 A10126 A1 04 44: tag, array, protected header, kid follows. */
static const uint8_t cose_head[] = { 0xd2, 0x84, 0x43, 0xa1, 0x01, 0x26,
    0xa1, 0x04, 0x44 };
static const uint8_t protected_header[] = { 0xa1, 0x01, 0x26 };

bw_err
badge_event_id(const char *event_uri, uint8_t out[static BADGE_EVENT_ID])
{
	uint8_t hash[CRYPTO_HASH];
	bw_err r;

	r = crypto_sha256(&PART(event_uri, strlen(event_uri)), 1, hash);
	memcpy(out, hash, BADGE_EVENT_ID);
	return r;
}

bw_err
badge_field_key(const uint8_t event_id[static BADGE_EVENT_ID],
    const uint8_t master[static CRYPTO_KEY], enum field f,
    uint8_t out[static CRYPTO_KEY])
{
	uint8_t prk[CRYPTO_HASH], id = (uint8_t)f;
	const struct bw_part info[] = { PART_STR0(LABEL_KEY), PART(&id, 1) };
	bw_err r;

	memset(out, 0, CRYPTO_KEY);
	r = crypto_hkdf_extract(event_id, BADGE_EVENT_ID, master, CRYPTO_KEY,
	    prk);
	if (r == BW_OK)
		r = crypto_hkdf_expand(prk, info, 2, out, CRYPTO_KEY);
	explicit_bzero(prk, sizeof(prk));
	return r;
}

/* What one field of one badge is sealed with. */
struct field_seal {
	uint8_t okm[CRYPTO_KEY + CRYPTO_CCM_NONCE];	/* key, nonce */
	uint8_t aad[AAD_MAX];
	struct crypto_ccm ccm;
};

static void
field_aad(struct field_seal *s, const uint8_t *eid, const uint8_t *badge_id,
    uint8_t edition, uint8_t f)
{
	uint8_t *p = s->aad;

	memcpy(p, LABEL_AAD, sizeof(LABEL_AAD));
	p += sizeof(LABEL_AAD);
	memcpy(p, eid, BADGE_EID);
	p += BADGE_EID;
	memcpy(p, badge_id, BADGE_ID);
	p += BADGE_ID;
	*p++ = edition;
	*p++ = f;
	s->ccm.aad = s->aad;
	s->ccm.aadlen = (size_t)(p - s->aad);
}

static bw_err
field_seal(struct field_seal *s, const uint8_t *key, const uint8_t *eid,
    const uint8_t *badge_id, uint8_t edition, enum field f, size_t tag_len)
{
	const struct bw_part info[] = { PART_STR0(LABEL_FIELD),
	    PART(badge_id, BADGE_ID), PART(&edition, 1) };

	field_aad(s, eid, badge_id, edition, (uint8_t)f);
	s->ccm.key = s->okm;
	s->ccm.nonce = s->okm + CRYPTO_KEY;
	s->ccm.taglen = tag_len;
	return crypto_hkdf_expand(key, info, 3, s->okm, sizeof(s->okm));
}

static bw_err
put_field(const struct badge_issue *in, enum field f, struct bw_buf *out)
{
	const char *value = in->values->v[f];
	size_t len = strlen(value);
	uint8_t key[CRYPTO_KEY], sealed[FIELD_VALUE_MAX + 16];
	struct field_seal s;
	bw_err r = BW_ERR_FORMAT;

	if (!field_value_ok(value, len))
		goto out;
	if ((r = badge_field_key(in->event_id, in->master, f, key)) != BW_OK ||
	    (r = field_seal(&s, key, in->event_id, in->badge_id, in->edition,
	    f, in->tag_len)) != BW_OK ||
	    (r = crypto_ccm_seal(&s.ccm, (const uint8_t *)value, len,
	    sealed)) != BW_OK ||
	    (r = cbor_put_uint(out, (uint64_t)f)) != BW_OK)
		goto out;
	r = cbor_put_bytes(out, sealed, len + in->tag_len);
out:
	explicit_bzero(key, sizeof(key));
	explicit_bzero(&s, sizeof(s));
	return r;
}

static bw_err
put_payload(const struct badge_issue *in, struct bw_buf *out)
{
	uint64_t n = 0;
	bw_err r;

	for (int f = 1; f <= FIELD_COUNT; f++)
		n += in->values->v[f][0] != 0;
	if ((r = cbor_put_array(out, 5)) != BW_OK ||
	    (r = cbor_put_uint(out, 1)) != BW_OK ||
	    (r = cbor_put_bytes(out, in->event_id, BADGE_EID)) != BW_OK ||
	    (r = cbor_put_bytes(out, in->badge_id, BADGE_ID)) != BW_OK ||
	    (r = cbor_put_uint(out, in->edition)) != BW_OK ||
	    (r = cbor_put_map(out, n)) != BW_OK)
		return r;
	for (int f = 1; f <= FIELD_COUNT; f++)
		if (in->values->v[f][0] != 0 &&
		    (r = put_field(in, (enum field)f, out)) != BW_OK)
			return r;
	return BW_OK;
}

/* The COSE Sig_structure over a payload and a UID. */
static bw_err
put_to_sign(const uint8_t *payload, size_t len, const uint8_t *uid,
    struct bw_buf *out)
{
	uint8_t aad[sizeof(LABEL_BADGE) + BADGE_UID];
	bw_err r;

	memcpy(aad, LABEL_BADGE, sizeof(LABEL_BADGE));
	memcpy(aad + sizeof(LABEL_BADGE), uid, BADGE_UID);
	if ((r = cbor_put_array(out, 4)) != BW_OK ||
	    (r = cbor_put_text(out, "Signature1", 10)) != BW_OK ||
	    (r = cbor_put_bytes(out, protected_header,
	    sizeof(protected_header))) != BW_OK ||
	    (r = cbor_put_bytes(out, aad, sizeof(aad))) != BW_OK)
		return r;
	return cbor_put_bytes(out, payload, len);
}

static bw_err
put_cose(const uint8_t kid[static CRYPTO_KID], const struct bw_buf *payload,
    const uint8_t sig[static CRYPTO_SIG], struct bw_buf *out)
{
	bw_err r;

	if ((r = bw_buf_put(out, cose_head, sizeof(cose_head))) != BW_OK ||
	    (r = bw_buf_put(out, kid, CRYPTO_KID)) != BW_OK ||
	    (r = cbor_put_bytes(out, payload->ptr, payload->len)) != BW_OK)
		return r;
	return cbor_put_bytes(out, sig, CRYPTO_SIG);
}

bw_err
badge_encode(const struct badge_issue *in, struct bw_buf *out)
{
	struct bw_buf payload = BW_BUF_INIT(PAYLOAD_MAX);
	struct bw_buf tbs = BW_BUF_INIT(PAYLOAD_MAX + 64);
	uint8_t kid[CRYPTO_KID], sig[CRYPTO_SIG];
	bw_err r = BW_ERR_ARG;

	if (in->edition == 0 || (in->tag_len != 8 && in->tag_len != 16))
		goto out;
	if ((r = put_payload(in, &payload)) != BW_OK ||
	    (r = put_to_sign(payload.ptr, payload.len, in->uid,
	    &tbs)) != BW_OK ||
	    (r = crypto_sign(in->registrar, &PART(tbs.ptr, tbs.len), 1,
	    sig)) != BW_OK ||
	    (r = crypto_kid(crypto_key_spki(in->registrar), kid)) != BW_OK)
		goto out;
	r = put_cose(kid, &payload, sig, out);
out:
	bw_buf_free(&payload);
	bw_buf_free(&tbs);
	return r;
}

/* The envelope taken apart; nothing of it is believed yet. */
struct cose {
	const uint8_t *kid, *payload, *sig;
	size_t payload_len;
};

static bw_err
take_cose(const uint8_t *ptr, size_t len, struct cose *out)
{
	struct bw_cur c = { ptr, len };
	const uint8_t *head;
	size_t n;
	bw_err r;

	if ((r = bw_cur_take(&c, sizeof(cose_head), &head)) != BW_OK)
		return r;
	if (memcmp(head, cose_head, sizeof(cose_head)) != 0)
		return BW_ERR_FORMAT;
	if ((r = bw_cur_take(&c, CRYPTO_KID, &out->kid)) != BW_OK ||
	    (r = cbor_get_bytes(&c, PAYLOAD_MAX, &out->payload,
	    &out->payload_len)) != BW_OK ||
	    (r = cbor_get_bytes(&c, CRYPTO_SIG, &out->sig, &n)) != BW_OK)
		return r;
	return n == CRYPTO_SIG ? cbor_end(&c) : BW_ERR_FORMAT;
}

static bw_err
take_fields(struct bw_cur *c, struct badge *out)
{
	uint64_t n, f, last = 0;
	bw_err r;

	if ((r = cbor_get_map(c, FIELD_COUNT, &n)) != BW_OK)
		return r;
	for (uint64_t i = 0; i < n; i++, last = f) {
		if ((r = cbor_get_uint(c, FIELD_COUNT, &f)) != BW_OK ||
		    (r = f > last ? BW_OK : BW_ERR_FORMAT) != BW_OK ||
		    (r = cbor_get_bytes(c, FIELD_VALUE_MAX + 16,
		    &out->sealed[f].ptr, &out->sealed[f].len)) != BW_OK)
			return r;
		if (out->sealed[f].len < 1 + BADGE_TAG)
			return BW_ERR_FORMAT;
		out->present |= FIELD_BIT(f);
	}
	return cbor_end(c);
}

static bw_err
take_payload(const struct cose *cose, struct badge *out)
{
	struct bw_cur c = { cose->payload, cose->payload_len };
	uint64_t version, edition;
	bw_err r;

	if ((r = cbor_get_array(&c, 5)) != BW_OK ||
	    (r = cbor_get_uint(&c, 1, &version)) != BW_OK ||
	    (r = version == 1 ? BW_OK : BW_ERR_FORMAT) != BW_OK ||
	    (r = cbor_get_fixed(&c, out->eid, BADGE_EID)) != BW_OK ||
	    (r = cbor_get_fixed(&c, out->badge_id, BADGE_ID)) != BW_OK ||
	    (r = cbor_get_uint(&c, 255, &edition)) != BW_OK)
		return r;
	if (edition == 0)
		return BW_ERR_FORMAT;
	out->edition = (uint8_t)edition;
	return take_fields(&c, out);
}

/* Whatever does not fit the form is one error: not our badge. */
static bw_err
decode(const uint8_t *ptr, size_t len, struct cose *cose, struct badge *out)
{
	memset(out, 0, sizeof(*out));
	if (take_cose(ptr, len, cose) == BW_OK &&
	    take_payload(cose, out) == BW_OK)
		return BW_OK;
	memset(out, 0, sizeof(*out));
	return BW_ERR_FORMAT;
}

bw_err
badge_decode(const uint8_t *ptr, size_t len, struct badge *out)
{
	struct cose cose;

	return decode(ptr, len, &cose, out);
}

static bw_err
check_signature(const struct cose *cose, const uint8_t *uid,
    const uint8_t spki[static CRYPTO_SPKI])
{
	struct bw_buf tbs = BW_BUF_INIT(PAYLOAD_MAX + 64);
	uint8_t kid[CRYPTO_KID];
	bw_err r;

	if ((r = crypto_kid(spki, kid)) != BW_OK)
		goto out;
	r = BW_ERR_KEY;
	if (memcmp(kid, cose->kid, CRYPTO_KID) != 0)
		goto out;
	if ((r = put_to_sign(cose->payload, cose->payload_len, uid,
	    &tbs)) != BW_OK)
		goto out;
	r = crypto_verify(spki, &PART(tbs.ptr, tbs.len), 1, cose->sig);
out:
	bw_buf_free(&tbs);
	return r;
}

bw_err
badge_verify(const uint8_t *ptr, size_t len,
    const uint8_t uid[static BADGE_UID],
    const uint8_t registrar_spki[static CRYPTO_SPKI], struct badge *out)
{
	struct cose cose;
	bw_err r;

	if ((r = decode(ptr, len, &cose, out)) != BW_OK)
		return r;
	if ((r = check_signature(&cose, uid, registrar_spki)) != BW_OK)
		memset(out, 0, sizeof(*out));
	return r;
}

bw_err
badge_open_field(const struct badge *b, enum field f,
    const uint8_t key[static CRYPTO_KEY], size_t tag_len,
    char out[static FIELD_VALUE_MAX + 1])
{
	struct field_seal s;
	size_t len;
	bw_err r = BW_ERR_NOTFOUND;

	out[0] = 0;
	if ((b->present & FIELD_BIT(f)) == 0)
		goto out;
	r = BW_ERR_FORMAT;
	if ((len = b->sealed[f].len) <= tag_len ||
	    (len -= tag_len) > FIELD_VALUE_MAX)
		goto out;
	if ((r = field_seal(&s, key, b->eid, b->badge_id, b->edition, f,
	    tag_len)) != BW_OK ||
	    (r = crypto_ccm_open(&s.ccm, b->sealed[f].ptr, len + tag_len,
	    (uint8_t *)out)) != BW_OK)
		goto out;
	out[len] = 0;
	r = field_value_ok(out, len) ? BW_OK : BW_ERR_FORMAT;
out:
	if (r != BW_OK)
		explicit_bzero(out, FIELD_VALUE_MAX + 1);
	explicit_bzero(&s, sizeof(s));
	return r;
}
