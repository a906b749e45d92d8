// SPDX-License-Identifier: Apache-2.0
#include "tests/support/sample.h"

#include "tests/support/unit.h"
#include "tests/support/vectors.h"

#include "record/checkpoint.h"
#include "record/entry.h"

static void
sample_languages(struct policy *p)
{
	static const char *const langs[] = { "en", "de" };

	p->nlangs = p->sponsor.npurposes = 2;
	for (size_t i = 0; i < 2; i++) {
		struct policy_notice *n = &p->notice[i];

		strcpy(p->lang[i], langs[i]);
		strcpy(n->lang, langs[i]);
		strcpy(n->title, "Example Corp asks");
		strcpy(n->purpose, i == 0 ? "To send you a quote \"soon\"" :
		    "F\xc3\xbcr ein Angebot \\ bald");
		strcpy(n->retention, "Kept for 90 days");
		strcpy(n->withdraw, "Scan the code");
		strcpy(n->silence, "No answer means no");
		strcpy(p->sponsor.purpose[i].lang, langs[i]);
		strcpy(p->sponsor.purpose[i].text, n->purpose);
	}
}

static void
sample_questions(struct policy *p)
{
	p->nquestions = 2;
	strcpy(p->question[0].id, "q1");
	strcpy(p->question[1].id, "q2");
	p->question[0].ntexts = 1;
	strcpy(p->question[0].text[0].lang, "en");
	strcpy(p->question[0].text[0].text, "May we call?");
	p->question[0].nchoices = 2;
	strcpy(p->question[0].choice[0], "Yes");
	strcpy(p->question[0].choice[1], "No");
}

void
sample_policy(struct policy *p)
{
	struct bw_cur c;

	memset(p, 0, sizeof(*p));
	p->field_keys.max = p->blocked.max = POLICY_MAX;
	strcpy(p->version, "2026-05-01.1");
	p->serial = 7;
	p->valid_from = 1778500000;
	p->valid_until = 1779000000;
	strcpy(p->event.id, "ev26");
	strcpy(p->event.uri, "https://summit.example/2026");
	strcpy(p->event.name, "Summit 2026");
	strcpy(p->event.log, "log.summit.example");
	strcpy(p->event.receipts, "https://host.summit.example");
	strcpy(p->sponsor.id, "example-corp");
	strcpy(p->sponsor.name, "Example Corp");
	strcpy(p->sponsor.country, "DE");
	strcpy(p->sponsor.privacy_url, "https://example.org/privacy");
	strcpy(p->sponsor.contact, "privacy@example.org");
	p->required = FIELD_BIT(FIELD_NAME) | FIELD_BIT(FIELD_EMAIL);
	p->optional = FIELD_BIT(FIELD_COMPANY);
	p->retain_days = 90;
	sample_languages(p);
	sample_questions(p);
	memcpy(p->registrar_spki, vec_spki("registrar"), CRYPTO_SPKI);
	memcpy(p->host_spki, vec_spki("host"), CRYPTO_SPKI);
	memcpy(p->host_seal_spki, vec_spki("host_sealing"), CRYPTO_SPKI);
	c = vec_hex("field_keys/sealed");
	assert_ok(bw_buf_put(&p->field_keys, c.ptr, c.len));
	c = vec_hex("blocked/sealed");
	assert_ok(bw_buf_put(&p->blocked, c.ptr, c.len));
}

void
sample_enrol_post(struct enrol_post *p)
{
	struct bw_cur entry = vec_hex("log/entries/0");
	struct bw_cur body = vec_hex("log/bodies/0");

	memset(p, 0, sizeof(*p));
	p->entry.max = ENTRY_MAX;
	p->body.max = BODY_MAX;
	p->note.max = NOTE_MAX;
	strcpy(p->id, vec_str("enrol/id"));
	memcpy(p->log_spki, vec_spki("device_log"), CRYPTO_SPKI);
	memcpy(p->seal_spki, vec_spki("device_sealing"), CRYPTO_SPKI);
	memcpy(p->identity_spki, vec_hex("enrol/identity/spki_der").ptr,
	    CRYPTO_SPKI);
	memcpy(p->proof, vec_hex("enrol/proof").ptr, CRYPTO_HASH);
	assert_ok(bw_buf_put(&p->entry, entry.ptr, entry.len));
	assert_ok(bw_buf_put(&p->body, body.ptr, body.len));
	assert_ok(bw_buf_put_str(&p->note,
	    vec_str("log/checkpoints/1/note")));
}

void
sample_enrol_offer(struct enrol_offer *o)
{
	memset(o, 0, sizeof(*o));
	o->policy.max = POLICY_MAX;
	strcpy(o->event, "ev26");
	strcpy(o->device, "k07");
	strcpy(o->origin, vec_str("log/origin"));
	assert_ok(bw_buf_put_str(&o->policy, vec_str("jws/jws")));
}
