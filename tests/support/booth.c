// SPDX-License-Identifier: Apache-2.0
#include "tests/support/booth.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "kiosk/place.h"
#include "record/checkpoint.h"
#include "record/jws.h"
#include "record/ndef.h"
#include "record/seal.h"

/* Test keys, public in vectors.json: never used anywhere else. */
static const uint8_t host_scalar[CRYPTO_KEY] = {
	0x52, 0x79, 0xaf, 0x62, 0x42, 0x47, 0xd5, 0x66, 0xd2, 0x3a, 0x16, 0x14,
	0x63, 0xfe, 0xcd, 0x25, 0x46, 0x9f, 0x6f, 0x9c, 0xda, 0x7a, 0xc8, 0x29,
	0x3e, 0xbc, 0x34, 0x80, 0x1c, 0x8a, 0x1b, 0x16,
};
static const uint8_t host_seal_scalar[CRYPTO_KEY] = {
	0x49, 0x3b, 0x0f, 0x86, 0x42, 0x1b, 0x21, 0x2f, 0xf6, 0x75, 0x86, 0xc3,
	0xd8, 0x21, 0x8b, 0xef, 0xb4, 0x0d, 0x2c, 0xd6, 0x17, 0x5d, 0x1a, 0x27,
	0x29, 0x84, 0x5e, 0xc2, 0x2d, 0x7b, 0x26, 0x79,
};
static const uint8_t registrar_scalar[CRYPTO_KEY] = {
	0x7f, 0x33, 0xaf, 0x92, 0xba, 0x2d, 0xa9, 0x19, 0x53, 0x00, 0xa8, 0x75,
	0x39, 0x40, 0xa9, 0x40, 0x05, 0xc5, 0x11, 0xeb, 0xae, 0x89, 0x65, 0xa0,
	0xed, 0x7d, 0x67, 0x49, 0x63, 0x6e, 0x82, 0xdf,
};
static const uint8_t foreign_scalar[CRYPTO_KEY] = {
	0xe7, 0xbe, 0x79, 0xcb, 0x4b, 0xeb, 0x32, 0x41, 0x0b, 0x18, 0x8e, 0xb5,
	0xa8, 0x6c, 0x4b, 0x1e, 0xca, 0x1e, 0x03, 0xa3, 0xe3, 0x11, 0xa7, 0x01,
	0xf2, 0xd5, 0x7a, 0x69, 0xd0, 0xcc, 0x3e, 0x44,
};
static const uint8_t master_key[CRYPTO_KEY] = {
	0x06, 0x1c, 0x86, 0x04, 0x2a, 0x4f, 0x90, 0x25, 0x46, 0x58, 0x0c, 0x10,
	0x6a, 0x82, 0xed, 0xbf, 0x8b, 0x37, 0xb2, 0x9e, 0x54, 0x66, 0xfd, 0xc5,
	0x76, 0xbb, 0xcc, 0xf5, 0x58, 0x4f, 0xd1, 0x30,
};

const struct booth_badge booth_ada = {
	.uid = { 0x04, 0xe1, 0x0c, 0xda, 0x99, 0x3c, 0x80 },
	.badge_id = { 0xa1, 0xb2, 0xc3, 0xd4, 0xe5, 0xf6, 0x07, 0x18 },
	.tag_len = 8, .fields = FIELD_ALL
};

const struct field_values booth_values = { .v = { "", "Ada Example",
	"ada@example.org", "Example GmbH", "Systems Engineer",
	"+49 30 1234567", "Berlin, DE" } };

bw_err
booth_open(struct booth *s)
{
	bw_err r;

	memset(s, 0, sizeof(*s));
	memcpy(s->master, master_key, CRYPTO_KEY);
	if ((r = crypto_key_open(&s->host, host_scalar)) != BW_OK ||
	    (r = crypto_key_open(&s->host_seal, host_seal_scalar)) != BW_OK ||
	    (r = crypto_key_open(&s->registrar, registrar_scalar)) != BW_OK ||
	    (r = crypto_key_open(&s->foreign, foreign_scalar)) != BW_OK)
		return r;
	return badge_event_id("https://summit.example/2026", s->event_id);
}

void
booth_close(struct booth *s)
{
	crypto_key_close(&s->host);
	crypto_key_close(&s->host_seal);
	crypto_key_close(&s->registrar);
	crypto_key_close(&s->foreign);
}

static void
notice(struct policy_notice *n, const char *lang, const char *title,
    const char *purpose, const char *rest)
{
	snprintf(n->lang, sizeof(n->lang), "%s", lang);
	snprintf(n->title, sizeof(n->title), "%s", title);
	snprintf(n->purpose, sizeof(n->purpose), "%s", purpose);
	snprintf(n->retention, sizeof(n->retention), "%s 180.", rest);
	snprintf(n->withdraw, sizeof(n->withdraw), "%s.", rest);
	snprintf(n->silence, sizeof(n->silence), "%s!", rest);
}

static void
sponsor(struct policy *p)
{
	snprintf(p->sponsor.id, sizeof(p->sponsor.id), "example-corp");
	snprintf(p->sponsor.name, sizeof(p->sponsor.name), "Example Corp");
	snprintf(p->sponsor.country, sizeof(p->sponsor.country), "DE");
	snprintf(p->sponsor.privacy_url, sizeof(p->sponsor.privacy_url),
	    "https://example.com/privacy");
	snprintf(p->sponsor.contact, sizeof(p->sponsor.contact),
	    "privacy@example.com");
	p->sponsor.npurposes = 2;
	snprintf(p->sponsor.purpose[0].lang, BODY_LANG_MAX, "de");
	snprintf(p->sponsor.purpose[0].text, POLICY_TEXT_MAX, "Angebote");
	snprintf(p->sponsor.purpose[1].lang, BODY_LANG_MAX, "en");
	snprintf(p->sponsor.purpose[1].text, POLICY_TEXT_MAX, "Offers");
}

void
booth_policy(const struct booth *s, int64_t now, struct policy *p)
{
	memset(p, 0, sizeof(*p));
	snprintf(p->version, sizeof(p->version), "1");
	p->serial = 1;
	p->valid_from = (uint64_t)now - 3600;
	p->valid_until = (uint64_t)now + 30 * 86400;
	snprintf(p->event.id, sizeof(p->event.id), "ev26");
	snprintf(p->event.uri, sizeof(p->event.uri),
	    "https://summit.example/2026");
	snprintf(p->event.name, sizeof(p->event.name), "Summit 2026");
	snprintf(p->event.log, sizeof(p->event.log), BOOTH_LOG);
	snprintf(p->event.receipts, sizeof(p->event.receipts), BOOTH_BASE);
	sponsor(p);
	p->required = FIELD_BIT(FIELD_NAME) | FIELD_BIT(FIELD_EMAIL);
	p->optional = FIELD_BIT(FIELD_COMPANY);
	p->retain_days = 180;
	p->nlangs = 2;
	snprintf(p->lang[0], sizeof(p->lang[0]), "en");
	snprintf(p->lang[1], sizeof(p->lang[1]), "de");
	notice(&p->notice[0], "en", "Example Corp asks for your details",
	    "To send you offers. Germany.", "You can take it back");
	notice(&p->notice[1], "de", "Example Corp fragt nach Ihren Angaben",
	    "Um Ihnen Angebote zu senden. Deutschland.",
	    "Widerruf jederzeit");
	memcpy(p->registrar_spki, crypto_key_spki(s->registrar), CRYPTO_SPKI);
	memcpy(p->host_spki, crypto_key_spki(s->host), CRYPTO_SPKI);
	memcpy(p->host_seal_spki, crypto_key_spki(s->host_seal), CRYPTO_SPKI);
	p->field_keys = BW_BUF_INIT(POLICY_MAX);
	p->blocked = BW_BUF_INIT(POLICY_MAX);
}

static bw_err
seal_keys(const struct booth *s, struct policy *p, const uint8_t *spki)
{
	struct bw_buf plain = BW_BUF_INIT(1024);
	struct field_keys k = { .have = p->required | p->optional };
	bw_err r = BW_OK;

	for (int f = 1; f <= FIELD_COUNT && r == BW_OK; f++)
		if ((k.have & FIELD_BIT(f)) != 0)
			r = badge_field_key(s->event_id, s->master,
			    (enum field)f, k.key[f]);
	if (r == BW_OK && (r = field_keys_encode(&k, &plain)) == BW_OK)
		r = seal_box(spki, SEAL_FIELD_KEYS, NULL, plain.ptr, plain.len,
		    &p->field_keys);
	bw_buf_free(&plain);
	explicit_bzero(&k, sizeof(k));
	return r;
}

static bw_err
seal_blocked(struct policy *p, const uint8_t *spki,
    const uint8_t (*ids)[BADGE_ID], size_t n)
{
	static const uint8_t salt[BLOCKED_SALT] = { 1, 2, 3 };
	struct bw_buf plain = BW_BUF_INIT(POLICY_MAX);
	bw_err r;

	if ((r = blocked_encode(salt, ids, n, &plain)) == BW_OK)
		r = seal_box(spki, SEAL_BLOCKED, NULL, plain.ptr, plain.len,
		    &p->blocked);
	bw_buf_free(&plain);
	return r;
}

bw_err
booth_sign(const struct booth *s, struct policy *p,
    const uint8_t *seal_spki, const uint8_t (*blocked)[BADGE_ID], size_t n,
    struct bw_buf *jws)
{
	struct bw_buf json = BW_BUF_INIT(POLICY_MAX);
	bw_err r = BW_OK;

	bw_buf_free(&p->field_keys);
	bw_buf_free(&p->blocked);
	if (seal_spki != NULL && (r = seal_keys(s, p, seal_spki)) == BW_OK &&
	    n > 0)
		r = seal_blocked(p, seal_spki, blocked, n);
	if (r == BW_OK && (r = policy_sha256(p, p->sha256)) == BW_OK &&
	    (r = policy_encode(p, &json)) == BW_OK)
		r = jws_sign(s->host, "host", JWS_POLICY_TYP, json.ptr,
		    json.len, jws);
	bw_buf_free(&json);
	return r;
}

bw_err
booth_ndef(const struct booth *s, const struct booth_badge *b,
    struct bw_buf *ndef)
{
	struct bw_buf cose = BW_BUF_INIT(NDEF_TAG_MAX);
	struct field_values values = { 0 };
	uint8_t other[BADGE_EVENT_ID] = { 9, 9, 9 };
	struct badge_issue in = { .registrar = b->foreign ? s->foreign :
		s->registrar, .event_id = b->foreign ? other : s->event_id,
		.master = s->master, .edition = 1, .tag_len = b->tag_len,
		.values = &values };
	bw_err r;

	for (int f = 1; f <= FIELD_COUNT; f++)
		if ((b->fields & FIELD_BIT(f)) != 0)
			memcpy(values.v[f], booth_values.v[f],
			    sizeof(values.v[f]));
	memcpy(in.uid, b->uid, BADGE_UID);
	memcpy(in.badge_id, b->badge_id, BADGE_ID);
	if ((r = badge_encode(&in, &cose)) == BW_OK) {
		if (b->false_signature)
			cose.ptr[cose.len - 1] ^= 1;
		r = ndef_encode("host.summit.example/b", cose.ptr, cose.len,
		    ndef);
	}
	bw_buf_free(&cose);
	return r;
}

bw_err
booth_cosign(const struct booth *s, const char *note, size_t len,
    uint64_t time, struct bw_buf *out)
{
	bw_err r;

	if ((r = bw_buf_put(out, note, len)) != BW_OK)
		return r;
	return cosign_line(note, len, BOOTH_LOG, s->host, time, out);
}

void
booth_opening(const struct policy *p, const struct crypto_key *log_key,
    struct body *out)
{
	struct body_open *o = &out->u.open;

	memset(out, 0, sizeof(*out));
	out->kind = ENTRY_OPEN;
	snprintf(o->event, sizeof(o->event), "%s", p->event.id);
	snprintf(o->device, sizeof(o->device), "k07");
	snprintf(o->sponsor, sizeof(o->sponsor), "%s", p->sponsor.id);
	memcpy(o->log_spki, crypto_key_spki(log_key), CRYPTO_SPKI);
	memcpy(o->policy_sha256, p->sha256, CRYPTO_HASH);
}

bw_err
booth_enrol(const struct booth *s, const char *state, struct policy *p,
    const uint8_t (*blocked)[BADGE_ID], size_t n, int64_t now)
{
	struct bw_buf jws = BW_BUF_INIT(POLICY_MAX);
	struct keys k = { NULL, NULL };
	struct journal *j = NULL;
	struct place place;
	struct body body;
	bw_err r;

	if ((r = place_open(&place, state)) != BW_OK ||
	    (r = keys_create(&k, place.own)) != BW_OK ||
	    (r = booth_sign(s, p, crypto_key_spki(k.seal), blocked, n,
	    &jws)) != BW_OK)
		goto out;
	booth_opening(p, k.log, &body);
	if ((r = journal_create(&j, place.journal, k.log, BOOTH_ORIGIN,
	    p->host_spki, &body, (uint64_t)now)) == BW_OK &&
	    (r = journal_set_serial(j, p->serial)) == BW_OK)
		r = file_write(place.policy, jws.ptr, jws.len, 0600);
out:
	journal_close(&j);
	keys_close(&k);
	bw_buf_free(&jws);
	return r;
}
