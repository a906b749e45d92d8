// SPDX-License-Identifier: Apache-2.0
#include "record/policy.h"

#include <string.h>

#include "record/canon.h"
#include "record/policy_json.h"

/* The value, or NULL when a part of it could not be added. */
static json_t *
whole(json_t *value, int bad)
{
	if (bad == 0)
		return value;
	json_decref(value);
	return NULL;
}

static json_t *
fields_json(field_set set)
{
	json_t *a = json_array();
	int bad = 0;

	for (int f = 1; f <= FIELD_COUNT; f++)
		if ((set & FIELD_BIT(f)) != 0)
			bad |= json_array_append_new(a, json_integer(f));
	return whole(a, bad);
}

json_t *
policy_notice_json(const struct policy_notice *n)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s}", "title", n->title,
	    "purpose", n->purpose, "retention", n->retention,
	    "withdraw", n->withdraw, "silence", n->silence);
}

static json_t *
languages_json(const struct policy *p)
{
	json_t *a = json_array();
	int bad = 0;

	for (size_t i = 0; i < p->nlangs; i++)
		bad |= json_array_append_new(a, json_string(p->lang[i]));
	return whole(a, bad);
}

static json_t *
notices_json(const struct policy *p)
{
	json_t *o = json_object();
	int bad = 0;

	for (size_t i = 0; i < p->nlangs; i++)
		bad |= json_object_set_new(o, p->lang[i],
		    policy_notice_json(&p->notice[i]));
	return whole(o, bad);
}

static json_t *
purposes_json(const struct policy *p)
{
	json_t *o = json_object();
	int bad = 0;

	for (size_t i = 0; i < p->sponsor.npurposes; i++)
		bad |= json_object_set_new(o, p->sponsor.purpose[i].lang,
		    json_string(p->sponsor.purpose[i].text));
	return whole(o, bad);
}

static json_t *
question_json(const struct policy_question *q)
{
	json_t *texts = json_object(), *choices = json_array();
	int bad = 0;

	for (size_t i = 0; i < q->ntexts; i++)
		bad |= json_object_set_new(texts, q->text[i].lang,
		    json_string(q->text[i].text));
	for (size_t i = 0; i < q->nchoices; i++)
		bad |= json_array_append_new(choices,
		    json_string(q->choice[i]));
	return whole(json_pack("{s:s, s:o, s:o}", "id", q->id,
	    "texts", texts, "choices", choices), bad);
}

static json_t *
questions_json(const struct policy *p)
{
	json_t *a = json_array();
	int bad = 0;

	for (size_t i = 0; i < p->nquestions; i++)
		bad |= json_array_append_new(a,
		    question_json(&p->question[i]));
	return whole(a, bad);
}

static json_t *
event_json(const struct policy *p)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s}", "id", p->event.id,
	    "uri", p->event.uri, "name", p->event.name, "log", p->event.log,
	    "receipts", p->event.receipts);
}

static json_t *
sponsor_json(const struct policy *p)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:o}",
	    "id", p->sponsor.id, "name", p->sponsor.name,
	    "country", p->sponsor.country,
	    "privacy_url", p->sponsor.privacy_url,
	    "contact", p->sponsor.contact, "purposes", purposes_json(p));
}

static int
set_bytes(json_t *o, const char *key, const void *ptr, size_t len)
{
	return json_object_set_new(o, key, canon_new_b64(ptr, len));
}

static json_t *
logo_json(const struct policy *p)
{
	return json_pack("{s:I, s:I, s:o}", "width", (json_int_t)p->logo.w,
	    "height", (json_int_t)p->logo.h, "rgba",
	    canon_new_b64(p->logo.rgba.ptr, p->logo.rgba.len));
}

json_t *
policy_to_json(const struct policy *p)
{
	json_t *o = json_pack("{s:i, s:s, s:I, s:I, s:I, s:I, s:o, s:o}",
	    "format", 1, "version", p->version,
	    "serial", (json_int_t)p->serial,
	    "valid_from", (json_int_t)p->valid_from,
	    "valid_until", (json_int_t)p->valid_until,
	    "retain_days", (json_int_t)p->retain_days,
	    "event", event_json(p), "sponsor", sponsor_json(p));
	json_t *fields = json_pack("{s:o, s:o}",
	    "required", fields_json(p->required),
	    "optional", fields_json(p->optional));
	int bad = 0;

	bad |= json_object_set_new(o, "fields", fields);
	bad |= json_object_set_new(o, "languages", languages_json(p));
	bad |= json_object_set_new(o, "notices", notices_json(p));
	bad |= json_object_set_new(o, "questions", questions_json(p));
	bad |= set_bytes(o, "registrar_spki", p->registrar_spki, CRYPTO_SPKI);
	bad |= set_bytes(o, "host_spki", p->host_spki, CRYPTO_SPKI);
	bad |= set_bytes(o, "host_seal_spki", p->host_seal_spki, CRYPTO_SPKI);
	if (p->logo.w != 0)
		bad |= json_object_set_new(o, "logo", logo_json(p));
	if (p->staff_pin[0] != 0)
		bad |= json_object_set_new(o, "staff_pin",
		    json_string(p->staff_pin));
	if (p->field_keys.len != 0)
		bad |= set_bytes(o, "field_keys", p->field_keys.ptr,
		    p->field_keys.len);
	if (p->blocked.len != 0)
		bad |= set_bytes(o, "blocked", p->blocked.ptr,
		    p->blocked.len);
	return whole(o, bad);
}

bw_err
policy_encode(const struct policy *p, struct bw_buf *out)
{
	json_t *json = NULL;
	bw_err r;

	if ((r = policy_check(p)) != BW_OK)
		goto out;
	r = BW_ERR_NOMEM;
	if ((json = policy_to_json(p)) == NULL)
		goto out;
	r = canon_put(out, json);
out:
	json_decref(json);
	return r;
}

static bw_err
hash_json(const json_t *json, uint8_t out[static CRYPTO_HASH])
{
	struct bw_buf b = BW_BUF_INIT(POLICY_MAX);
	bw_err r;

	if ((r = canon_put(&b, json)) == BW_OK)
		r = crypto_sha256(&PART(b.ptr, b.len), 1, out);
	bw_buf_free(&b);
	return r;
}

bw_err
policy_sha256(const struct policy *p, uint8_t out[static CRYPTO_HASH])
{
	json_t *json = policy_to_json(p);
	bw_err r;

	json_object_del(json, "field_keys");
	json_object_del(json, "blocked");
	json_object_del(json, "serial");
	json_object_del(json, "staff_pin");
	r = hash_json(json, out);
	json_decref(json);
	return r;
}

bw_err
policy_notice_sha256(const struct policy_notice *n,
    uint8_t out[static CRYPTO_HASH])
{
	json_t *json = policy_notice_json(n);
	bw_err r = hash_json(json, out);

	json_decref(json);
	return r;
}

const struct policy_notice *
policy_notice(const struct policy *p, const char *lang)
{
	for (size_t i = 0; i < p->nlangs; i++)
		if (strcmp(p->lang[i], lang) == 0)
			return &p->notice[i];
	return &p->notice[0];
}

const char *
policy_question_text(const struct policy_question *q, const char *lang)
{
	for (size_t i = 0; i < q->ntexts; i++)
		if (strcmp(q->text[i].lang, lang) == 0)
			return q->text[i].text;
	return q->ntexts > 0 ? q->text[0].text : q->id;
}

const char *
policy_asks(const struct policy *p, const char *id, const char *lang)
{
	for (size_t i = 0; i < p->nquestions; i++)
		if (strcmp(p->question[i].id, id) == 0)
			return policy_question_text(&p->question[i], lang);
	return id;
}

void
policy_free(struct policy *p)
{
	bw_buf_free(&p->field_keys);
	bw_buf_free(&p->blocked);
	bw_buf_free(&p->logo.rgba);
}
