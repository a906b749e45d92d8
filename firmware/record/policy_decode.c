// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "record/canon.h"
#include "record/policy.h"
#include "record/policy_json.h"

#define TEXT(json, member) canon_text((json), (member), sizeof(member) - 1)

static const json_t *
get(const json_t *o, const char *key)
{
	return json_object_get(o, key);
}

static bw_err
take_fields(const json_t *a, field_set *out)
{
	uint64_t f;
	bw_err r;

	*out = 0;
	if (!json_is_array(a))
		return BW_ERR_FORMAT;
	for (size_t i = 0; i < json_array_size(a); i++) {
		if ((r = canon_uint(json_array_get(a, i), &f)) != BW_OK)
			return r;
		if (f < 1 || f > FIELD_COUNT)
			return BW_ERR_FORMAT;
		*out |= FIELD_BIT(f);
	}
	return BW_OK;
}

static bw_err
take_event(const json_t *o, struct policy *p)
{
	bw_err r;

	if ((r = TEXT(get(o, "id"), p->event.id)) != BW_OK ||
	    (r = TEXT(get(o, "uri"), p->event.uri)) != BW_OK ||
	    (r = TEXT(get(o, "name"), p->event.name)) != BW_OK ||
	    (r = TEXT(get(o, "log"), p->event.log)) != BW_OK)
		return r;
	return TEXT(get(o, "receipts"), p->event.receipts);
}

static bw_err
take_purposes(json_t *o, struct policy *p)
{
	const char *lang;
	json_t *text;
	bw_err r;

	if (json_object_size(o) > POLICY_LANGS)
		return BW_ERR_BOUND;
	json_object_foreach(o, lang, text) {
		size_t i = p->sponsor.npurposes++;

		if (strlen(lang) > BODY_LANG_MAX)
			return BW_ERR_BOUND;
		strcpy(p->sponsor.purpose[i].lang, lang);
		if ((r = TEXT(text, p->sponsor.purpose[i].text)) != BW_OK)
			return r;
	}
	return BW_OK;
}

static bw_err
take_sponsor(const json_t *o, struct policy *p)
{
	bw_err r;

	if ((r = TEXT(get(o, "id"), p->sponsor.id)) != BW_OK ||
	    (r = TEXT(get(o, "name"), p->sponsor.name)) != BW_OK ||
	    (r = TEXT(get(o, "country"), p->sponsor.country)) != BW_OK ||
	    (r = TEXT(get(o, "privacy_url"),
	    p->sponsor.privacy_url)) != BW_OK ||
	    (r = TEXT(get(o, "contact"), p->sponsor.contact)) != BW_OK)
		return r;
	return take_purposes(json_object_get(o, "purposes"), p);
}

static bw_err
take_notice(const json_t *o, struct policy_notice *n)
{
	bw_err r;

	if ((r = TEXT(get(o, "title"), n->title)) != BW_OK ||
	    (r = TEXT(get(o, "purpose"), n->purpose)) != BW_OK ||
	    (r = TEXT(get(o, "retention"), n->retention)) != BW_OK ||
	    (r = TEXT(get(o, "withdraw"), n->withdraw)) != BW_OK ||
	    (r = TEXT(get(o, "silence"), n->silence)) != BW_OK)
		return r;
	return policy_notice_sha256(n, n->sha256);
}

static bw_err
take_languages(const json_t *root, struct policy *p)
{
	const json_t *langs = get(root, "languages");
	const json_t *notices = get(root, "notices");
	bw_err r;

	p->nlangs = json_array_size(langs);
	if (p->nlangs == 0 || p->nlangs > POLICY_LANGS)
		return BW_ERR_FORMAT;
	for (size_t i = 0; i < p->nlangs; i++) {
		r = TEXT(json_array_get(langs, i), p->lang[i]);
		if (r != BW_OK)
			return r;
		strcpy(p->notice[i].lang, p->lang[i]);
		r = take_notice(get(notices, p->lang[i]), &p->notice[i]);
		if (r != BW_OK)
			return r;
	}
	return BW_OK;
}

static bw_err
take_question(const json_t *o, struct policy_question *q)
{
	json_t *texts = json_object_get(o, "texts"), *text;
	const json_t *choices = get(o, "choices");
	const char *lang;
	bw_err r;

	if ((r = TEXT(get(o, "id"), q->id)) != BW_OK)
		return r;
	if (json_object_size(texts) > POLICY_LANGS ||
	    json_array_size(choices) > POLICY_CHOICES)
		return BW_ERR_BOUND;
	json_object_foreach(texts, lang, text) {
		size_t i = q->ntexts++;

		if (strlen(lang) > BODY_LANG_MAX)
			return BW_ERR_BOUND;
		strcpy(q->text[i].lang, lang);
		if ((r = TEXT(text, q->text[i].text)) != BW_OK)
			return r;
	}
	for (q->nchoices = 0; q->nchoices < json_array_size(choices);
	    q->nchoices++) {
		r = TEXT(json_array_get(choices, q->nchoices),
		    q->choice[q->nchoices]);
		if (r != BW_OK)
			return r;
	}
	return BW_OK;
}

static bw_err
take_questions(const json_t *a, struct policy *p)
{
	bw_err r;

	if (!json_is_array(a) || json_array_size(a) > POLICY_QUESTIONS)
		return BW_ERR_FORMAT;
	p->nquestions = json_array_size(a);
	for (size_t i = 0; i < p->nquestions; i++)
		if ((r = take_question(json_array_get(a, i),
		    &p->question[i])) != BW_OK)
			return r;
	return BW_OK;
}

static bw_err
take_numbers(const json_t *o, struct policy *p)
{
	uint64_t format;
	bw_err r;

	if ((r = canon_uint(get(o, "format"), &format)) != BW_OK ||
	    (r = canon_uint(get(o, "serial"), &p->serial)) != BW_OK ||
	    (r = canon_uint(get(o, "valid_from"), &p->valid_from)) != BW_OK ||
	    (r = canon_uint(get(o, "valid_until"),
	    &p->valid_until)) != BW_OK ||
	    (r = canon_uint(get(o, "retain_days"), &p->retain_days)) != BW_OK)
		return r;
	return format == 1 ? BW_OK : BW_ERR_FORMAT;
}

static bw_err
take_keys(const json_t *o, struct policy *p)
{
	const json_t *field_keys = get(o, "field_keys");
	const json_t *blocked = get(o, "blocked");
	bw_err r;

	if ((r = canon_fixed(get(o, "registrar_spki"), p->registrar_spki,
	    CRYPTO_SPKI)) != BW_OK ||
	    (r = canon_fixed(get(o, "host_spki"), p->host_spki,
	    CRYPTO_SPKI)) != BW_OK ||
	    (r = canon_fixed(get(o, "host_seal_spki"), p->host_seal_spki,
	    CRYPTO_SPKI)) != BW_OK)
		return r;
	if (field_keys != NULL &&
	    (r = canon_bytes(field_keys, &p->field_keys)) != BW_OK)
		return r;
	if (blocked != NULL)
		return canon_bytes(blocked, &p->blocked);
	return BW_OK;
}

static bw_err
take_pin(const json_t *text, struct policy *p)
{
	return text == NULL ? BW_OK : TEXT(text, p->staff_pin);
}

static bw_err
take_logo(const json_t *o, struct policy *p)
{
	bw_err r;

	if (o == NULL)
		return BW_OK;
	if ((r = canon_uint(get(o, "width"), &p->logo.w)) != BW_OK ||
	    (r = canon_uint(get(o, "height"), &p->logo.h)) != BW_OK ||
	    (r = canon_bytes(get(o, "rgba"), &p->logo.rgba)) != BW_OK)
		return r;
	return p->logo.w != 0 ? BW_OK : BW_ERR_FORMAT;
}

static bw_err
take_all(const json_t *root, struct policy *p)
{
	const json_t *fields = get(root, "fields");
	bw_err r;

	if ((r = TEXT(get(root, "version"), p->version)) != BW_OK ||
	    (r = take_numbers(root, p)) != BW_OK ||
	    (r = take_event(get(root, "event"), p)) != BW_OK ||
	    (r = take_sponsor(get(root, "sponsor"), p)) != BW_OK ||
	    (r = take_fields(get(fields, "required"),
	    &p->required)) != BW_OK ||
	    (r = take_fields(get(fields, "optional"),
	    &p->optional)) != BW_OK ||
	    (r = take_languages(root, p)) != BW_OK ||
	    (r = take_questions(get(root, "questions"), p)) != BW_OK ||
	    (r = take_pin(get(root, "staff_pin"), p)) != BW_OK ||
	    (r = take_logo(get(root, "logo"), p)) != BW_OK ||
	    (r = take_keys(root, p)) != BW_OK)
		return r;
	return policy_check(p);
}

/* What was understood, written again, must be what was sent: that refuses
 * unknown members, another order, other spellings and repeated fields. */
static bw_err
same_again(const struct policy *p, const char *json, size_t len)
{
	struct bw_buf again = BW_BUF_INIT(POLICY_MAX);
	bw_err r;

	if ((r = policy_encode(p, &again)) != BW_OK)
		goto out;
	r = BW_ERR_FORMAT;
	if (again.len != len || memcmp(again.ptr, json, len) != 0)
		goto out;
	r = BW_OK;
out:
	bw_buf_free(&again);
	return r;
}

bw_err
policy_decode(const char *json, size_t len, struct policy *out)
{
	json_t *root = NULL;
	bw_err r;

	memset(out, 0, sizeof(*out));
	out->field_keys.max = out->blocked.max = POLICY_MAX;
	out->logo.rgba.max = POLICY_LOGO_W * POLICY_LOGO_H * 4;
	if ((r = canon_load(json, len, POLICY_MAX, &root)) != BW_OK ||
	    (r = take_all(root, out)) != BW_OK ||
	    (r = same_again(out, json, len)) != BW_OK)
		goto out;
	r = policy_sha256(out, out->sha256);
out:
	json_decref(root);
	if (r != BW_OK) {
		policy_free(out);
		memset(out, 0, sizeof(*out));
	}
	return r;
}
