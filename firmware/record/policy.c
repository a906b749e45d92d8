// SPDX-License-Identifier: Apache-2.0
#include "record/policy.h"

#include <string.h>

#include "record/canon.h"
#include "record/enrol.h"
#include "record/policy_json.h"

static json_t *
fields_json(field_set set)
{
	json_t *a = json_array();

	for (int f = 1; f <= FIELD_COUNT; f++)
		if ((set & FIELD_BIT(f)) != 0)
			json_array_append_new(a, json_integer(f));
	return a;
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

	for (size_t i = 0; i < p->nlangs; i++)
		json_array_append_new(a, json_string(p->lang[i]));
	return a;
}

static json_t *
notices_json(const struct policy *p)
{
	json_t *o = json_object();

	for (size_t i = 0; i < p->nlangs; i++)
		json_object_set_new(o, p->lang[i],
		    policy_notice_json(&p->notice[i]));
	return o;
}

static json_t *
purposes_json(const struct policy *p)
{
	json_t *o = json_object();

	for (size_t i = 0; i < p->sponsor.npurposes; i++)
		json_object_set_new(o, p->sponsor.purpose[i].lang,
		    json_string(p->sponsor.purpose[i].text));
	return o;
}

static json_t *
question_json(const struct policy_question *q)
{
	json_t *texts = json_object(), *choices = json_array();

	for (size_t i = 0; i < q->ntexts; i++)
		json_object_set_new(texts, q->text[i].lang,
		    json_string(q->text[i].text));
	for (size_t i = 0; i < q->nchoices; i++)
		json_array_append_new(choices, json_string(q->choice[i]));
	return json_pack("{s:s, s:o, s:o}", "id", q->id, "texts", texts,
	    "choices", choices);
}

static json_t *
questions_json(const struct policy *p)
{
	json_t *a = json_array();

	for (size_t i = 0; i < p->nquestions; i++)
		json_array_append_new(a, question_json(&p->question[i]));
	return a;
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

	if (json_object_set_new(o, "fields", fields) != 0 ||
	    json_object_set_new(o, "languages", languages_json(p)) != 0 ||
	    json_object_set_new(o, "notices", notices_json(p)) != 0 ||
	    json_object_set_new(o, "questions", questions_json(p)) != 0 ||
	    json_object_set_new(o, "registrar_spki",
	    canon_new_b64(p->registrar_spki, CRYPTO_SPKI)) != 0 ||
	    json_object_set_new(o, "host_spki",
	    canon_new_b64(p->host_spki, CRYPTO_SPKI)) != 0 ||
	    json_object_set_new(o, "host_seal_spki",
	    canon_new_b64(p->host_seal_spki, CRYPTO_SPKI)) != 0)
		goto fail;
	if (p->field_keys.len != 0 && json_object_set_new(o, "field_keys",
	    canon_new_b64(p->field_keys.ptr, p->field_keys.len)) != 0)
		goto fail;
	if (p->blocked.len != 0 && json_object_set_new(o, "blocked",
	    canon_new_b64(p->blocked.ptr, p->blocked.len)) != 0)
		goto fail;
	return o;
fail:
	json_decref(o);
	return NULL;
}

static bool
languages_ok(const struct policy *p)
{
	if (p->nlangs == 0 || p->nlangs > POLICY_LANGS)
		return false;
	for (size_t i = 0; i < p->nlangs; i++) {
		if (p->lang[i][0] == 0)
			return false;
		for (size_t j = 0; j < i; j++)
			if (strcmp(p->lang[i], p->lang[j]) == 0)
				return false;
	}
	return true;
}

static bool
keys_ok(const struct policy *p)
{
	return crypto_spki_check(p->registrar_spki, CRYPTO_SPKI) == BW_OK &&
	    crypto_spki_check(p->host_spki, CRYPTO_SPKI) == BW_OK &&
	    crypto_spki_check(p->host_seal_spki, CRYPTO_SPKI) == BW_OK;
}

bw_err
policy_check(const struct policy *p)
{
	const char *country = p->sponsor.country;

	if (!text_is_id(p->event.id, strlen(p->event.id)) ||
	    !text_is_id(p->sponsor.id, strlen(p->sponsor.id)) ||
	    p->version[0] == 0 || p->valid_until <= p->valid_from)
		return BW_ERR_FORMAT;
	if (strlen(country) != 2 || country[0] < 'A' || country[0] > 'Z' ||
	    country[1] < 'A' || country[1] > 'Z')
		return BW_ERR_FORMAT;
	if (p->required == 0 || (p->required & p->optional) != 0 ||
	    ((p->required | p->optional) & ~FIELD_ALL) != 0)
		return BW_ERR_FORMAT;
	if (!languages_ok(p) || p->nquestions > POLICY_QUESTIONS ||
	    p->sponsor.npurposes > POLICY_LANGS)
		return BW_ERR_FORMAT;
	if (enrol_base_check(p->event.receipts,
	    strlen(p->event.receipts)) != BW_OK)
		return BW_ERR_FORMAT;
	return keys_ok(p) ? BW_OK : BW_ERR_KEY;
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

void
policy_free(struct policy *p)
{
	bw_buf_free(&p->field_keys);
	bw_buf_free(&p->blocked);
}
