// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "record/checkpoint.h"
#include "record/enrol.h"
#include "record/policy_json.h"

#define CLEAN(member) is_clean((member), sizeof(member))

/* A text that ends within its array of this size. */
static bool
is_clean(const char *s, size_t size)
{
	size_t len = strnlen(s, size);

	return len < size && text_is_clean(s, len);
}

static bool
is_id(const char s[static TEXT_ID_MAX + 1])
{
	return text_is_id(s, strnlen(s, TEXT_ID_MAX + 1));
}

static bool
is_lang(const char s[static BODY_LANG_MAX + 1])
{
	return body_lang_ok(s, strnlen(s, BODY_LANG_MAX + 1));
}

static bool
event_ok(const struct policy *p)
{
	return is_id(p->event.id) && CLEAN(p->event.uri) &&
	    CLEAN(p->event.name) && CLEAN(p->event.log) &&
	    origin_ok(p->event.log, strlen(p->event.log)) &&
	    CLEAN(p->event.receipts) &&
	    enrol_base_check(p->event.receipts,
	    strlen(p->event.receipts)) == BW_OK;
}

static bool
purposes_ok(const struct policy *p)
{
	if (p->sponsor.npurposes > POLICY_LANGS)
		return false;
	for (size_t i = 0; i < p->sponsor.npurposes; i++) {
		if (!is_lang(p->sponsor.purpose[i].lang) ||
		    !CLEAN(p->sponsor.purpose[i].text))
			return false;
		for (size_t j = 0; j < i; j++)
			if (strcmp(p->sponsor.purpose[i].lang,
			    p->sponsor.purpose[j].lang) == 0)
				return false;
	}
	return true;
}

static bool
sponsor_ok(const struct policy *p)
{
	const char *country = p->sponsor.country;

	return is_id(p->sponsor.id) && CLEAN(p->sponsor.name) &&
	    country[0] >= 'A' && country[0] <= 'Z' &&
	    country[1] >= 'A' && country[1] <= 'Z' && country[2] == 0 &&
	    CLEAN(p->sponsor.privacy_url) && CLEAN(p->sponsor.contact) &&
	    purposes_ok(p);
}

static bool
fields_ok(const struct policy *p)
{
	return p->required != 0 && (p->required & p->optional) == 0 &&
	    ((p->required | p->optional) & ~FIELD_ALL) == 0;
}

static bool
numbers_ok(const struct policy *p)
{
	return p->serial <= ENTRY_NUMBER_MAX &&
	    p->valid_until <= ENTRY_NUMBER_MAX &&
	    p->valid_from < p->valid_until &&
	    p->retain_days <= ENTRY_NUMBER_MAX;
}

static bool
notice_ok(const struct policy_notice *n)
{
	return CLEAN(n->title) && CLEAN(n->purpose) && CLEAN(n->retention) &&
	    CLEAN(n->withdraw) && CLEAN(n->silence);
}

static bool
languages_ok(const struct policy *p)
{
	if (p->nlangs == 0 || p->nlangs > POLICY_LANGS)
		return false;
	for (size_t i = 0; i < p->nlangs; i++) {
		if (!is_lang(p->lang[i]) || !notice_ok(&p->notice[i]))
			return false;
		for (size_t j = 0; j < i; j++)
			if (strcmp(p->lang[i], p->lang[j]) == 0)
				return false;
	}
	return true;
}

static bool
question_ok(const struct policy_question *q)
{
	if (!is_id(q->id) || q->ntexts > POLICY_LANGS ||
	    q->nchoices > POLICY_CHOICES)
		return false;
	for (size_t i = 0; i < q->ntexts; i++) {
		if (!is_lang(q->text[i].lang) || !CLEAN(q->text[i].text))
			return false;
		for (size_t j = 0; j < i; j++)
			if (strcmp(q->text[i].lang, q->text[j].lang) == 0)
				return false;
	}
	for (size_t i = 0; i < q->nchoices; i++)
		if (!CLEAN(q->choice[i]))
			return false;
	return true;
}

static bool
questions_ok(const struct policy *p)
{
	if (p->nquestions > POLICY_QUESTIONS)
		return false;
	for (size_t i = 0; i < p->nquestions; i++) {
		if (!question_ok(&p->question[i]))
			return false;
		for (size_t j = 0; j < i; j++)
			if (strcmp(p->question[i].id,
			    p->question[j].id) == 0)
				return false;
	}
	return true;
}

static bool
pin_fits(const char pin[static PIN_TEXT_MAX + 1])
{
	size_t len = strnlen(pin, PIN_TEXT_MAX + 1);

	return len == 0 || pin_check(pin, len) == BW_OK;
}

static bool
logo_fits(const struct policy *p)
{
	uint64_t w = p->logo.w, h = p->logo.h;

	if (w == 0 && h == 0)
		return p->logo.rgba.len == 0;
	return w >= POLICY_LOGO_MIN && w <= POLICY_LOGO_W &&
	    h >= POLICY_LOGO_MIN && h <= POLICY_LOGO_H &&
	    p->logo.rgba.len == w * h * 4;
}

bw_err
policy_check(const struct policy *p)
{
	bw_err r;

	if (p->version[0] == 0 || !CLEAN(p->version) || !numbers_ok(p) ||
	    !event_ok(p) || !sponsor_ok(p) || !fields_ok(p) ||
	    !languages_ok(p) || !questions_ok(p) ||
	    !logo_fits(p) || !pin_fits(p->staff_pin))
		return BW_ERR_FORMAT;
	if ((r = crypto_spki_check(p->registrar_spki, CRYPTO_SPKI)) != BW_OK ||
	    (r = crypto_spki_check(p->host_spki, CRYPTO_SPKI)) != BW_OK)
		return r;
	return crypto_spki_check(p->host_seal_spki, CRYPTO_SPKI);
}
