// SPDX-License-Identifier: Apache-2.0
/* The texts of a policy file: purposes, notices and questions by language. */
#include <string.h>

#include "host/country.h"
#include "host/notice.h"
#include "host/policy_grammar.h"

bool
policy_is_listed(const struct common *c, const char *lang)
{
	for (size_t i = 0; i < c->nlangs; i++)
		if (strcmp(c->lang[i], lang) == 0)
			return true;
	return false;
}

/* A text that must be there: 1 to max bytes, plain. */
bw_err
policy_take_text(struct reading *rd, cfg_t *cfg, const char *key, char *out,
    size_t max)
{
	const char *s = cfg_getstr(cfg, key);
	size_t len;

	if (s == NULL || (len = strlen(s)) == 0) {
		FAULT(rd, cfg, key, "\"%s\" is missing", key);
		return BW_ERR_FORMAT;
	}
	if (len > max || !text_is_plain(s, len)) {
		FAULT(rd, cfg, key, "\"%s\" must be 1 to %zu bytes of UTF-8 "
		    "without control characters and marks that turn the "
		    "direction of text", key, max);
		return BW_ERR_FORMAT;
	}
	memcpy(out, s, len + 1);
	return BW_OK;
}

/* A section with a text per language must have just the listed ones. */
static bw_err
check_texts(const struct common *c, cfg_t *sec, const char *what)
{
	bw_err r = BW_OK;

	for (size_t i = 0; notice_language(i) != NULL; i++) {
		const char *lang = notice_language(i);
		bool there = cfg_getstr(sec, lang) != NULL;

		if (there == policy_is_listed(c, lang) ||
		    (there && c->partial))
			continue;
		if (there)
			FAULT(c->rd, sec, lang, "\"%s\" has a text in \"%s\", "
			    "which \"languages\" does not list", what, lang);
		else
			FAULT(c->rd, sec, lang, "\"%s\" has no text in \"%s\", "
			    "which \"languages\" lists", what, lang);
		r = BW_ERR_FORMAT;
	}
	return r;
}

/* A text that is missing was told by check_texts. */
static bw_err
take_there(const struct common *c, cfg_t *sec, const char *lang, char *out,
    size_t max)
{
	if (cfg_getstr(sec, lang) == NULL)
		return BW_OK;
	return policy_take_text(c->rd, sec, lang, out, max);
}

/* The template: the sponsor's own, the event's, or the built-in one. */
static const char *
pattern_of(const struct common *c, cfg_t *sec, const struct policy *p,
    size_t i, enum notice_part part, cfg_t **where)
{
	const char *key = notice_part_name(part), *s;
	cfg_t *from[2] = { sec, c->top };

	for (size_t j = 0; j < 2; j++) {
		cfg_t *n = cfg_gettsec(from[j], "notice", c->lang[i]);

		if (n != NULL && (s = cfg_getstr(n, key)) != NULL) {
			*where = n;
			return s;
		}
	}
	*where = sec;
	return notice_default(c->lang[i], part, p->retain_days);
}

static bw_err
take_notice(const struct common *c, cfg_t *sec, struct policy *p, size_t i)
{
	struct policy_notice *n = &p->notice[i];
	char *out[NOTICE_PARTS] = { n->title, n->purpose, n->retention,
	    n->withdraw, n->silence };
	char country[COUNTRY_NAME_MAX];
	struct notice_facts facts = { p->sponsor.name, country,
	    p->sponsor.purpose[i].text, p->retain_days };

	bw_err all = BW_OK;

	strcpy(n->lang, c->lang[i]);
	if (country_name(p->sponsor.country, n->lang, country) != BW_OK)
		strcpy(country, p->sponsor.country);
	for (int j = 0; j < NOTICE_PARTS; j++) {
		enum notice_part part = (enum notice_part)j;
		const char *key = notice_part_name(part), *why, *s;
		cfg_t *where;
		bw_err r;

		s = pattern_of(c, sec, p, i, part, &where);
		if ((r = notice_compose(part, s, &facts, out[j], &why)) !=
		    BW_OK) {
			FAULT(c->rd, where, key, "\"%s\" of the notice in "
			    "\"%s\" %s", key, n->lang, why);
			ALSO(all, r);
		}
	}
	return all;
}

bw_err
policy_check_notices(const struct common *c, cfg_t *cfg)
{
	bw_err r = BW_OK;

	for (unsigned i = 0; !c->partial && i < cfg_size(cfg, "notice"); i++) {
		cfg_t *n = cfg_getnsec(cfg, "notice", i);

		if (!policy_is_listed(c, cfg_title(n))) {
			fault_add(c->rd->f, (size_t)n->line, "there is a "
			    "notice in \"%.20s\", which \"languages\" does "
			    "not list", cfg_title(n));
			r = BW_ERR_FORMAT;
		}
	}
	return r;
}

static bw_err
take_choices(struct reading *rd, cfg_t *sec, struct policy_question *q)
{
	q->nchoices = cfg_size(sec, "choices");
	if (q->nchoices > POLICY_CHOICES || q->nchoices == 1) {
		FAULT(rd, sec, "choices", "\"choices\" must be 2 to %d, or "
		    "left out for free text", POLICY_CHOICES);
		return BW_ERR_FORMAT;
	}
	for (unsigned i = 0; i < q->nchoices; i++) {
		const char *s = cfg_getnstr(sec, "choices", i);
		size_t len = strlen(s);

		if (len == 0 || len >= sizeof(q->choice[i]) ||
		    !text_is_plain(s, len)) {
			FAULT(rd, sec, "choices", "a choice must be 1 to %zu "
			    "bytes of UTF-8", sizeof(q->choice[i]) - 1);
			return BW_ERR_FORMAT;
		}
		memcpy(q->choice[i], s, len + 1);
	}
	return BW_OK;
}

static bw_err
take_question(const struct common *c, cfg_t *sec, struct policy *p)
{
	struct policy_question *q = &p->question[p->nquestions];
	const char *id = cfg_title(sec);
	cfg_t *ask = cfg_getsec(sec, "ask");
	bw_err r;

	if (p->nquestions == POLICY_QUESTIONS || !text_is_id(id, strlen(id))) {
		fault_add(c->rd->f, (size_t)sec->line, "a question needs a "
		    "name of a-z, 0-9, dot and hyphen, and there may be %d",
		    POLICY_QUESTIONS);
		return BW_ERR_FORMAT;
	}
	for (size_t i = 0; i < p->nquestions; i++)
		if (strcmp(p->question[i].id, id) == 0) {
			fault_add(c->rd->f, (size_t)sec->line, "question "
			    "\"%s\" is asked of all sponsors already", id);
			return BW_ERR_FORMAT;
		}
	strcpy(q->id, id);
	p->nquestions++;
	r = check_texts(c, ask, "ask");
	for (q->ntexts = 0; q->ntexts < c->nlangs; q->ntexts++) {
		strcpy(q->text[q->ntexts].lang, c->lang[q->ntexts]);
		ALSO(r, take_there(c, ask, c->lang[q->ntexts],
		    q->text[q->ntexts].text,
		    sizeof(q->text[q->ntexts].text) - 1));
	}
	return ALSO(r, take_choices(c->rd, sec, q));
}

bw_err
policy_take_questions(const struct common *c, cfg_t *cfg, struct policy *p)
{
	bw_err r = BW_OK;

	for (unsigned i = 0; i < cfg_size(cfg, "question"); i++)
		ALSO(r, take_question(c, cfg_getnsec(cfg, "question", i), p));
	return r;
}

bw_err
policy_take_purpose(const struct common *c, cfg_t *sec, struct policy *p)
{
	cfg_t *purpose = cfg_getsec(sec, "purpose");
	bw_err r;

	r = check_texts(c, purpose, "purpose");
	for (size_t i = 0; i < c->nlangs; i++) {
		strcpy(p->sponsor.purpose[i].lang, c->lang[i]);
		ALSO(r, take_there(c, purpose, c->lang[i],
		    p->sponsor.purpose[i].text, POLICY_TEXT_MAX));
	}
	p->sponsor.npurposes = c->nlangs;
	return r;
}

bw_err
policy_take_notices(const struct common *c, cfg_t *sec, struct policy *p)
{
	bw_err r = policy_check_notices(c, sec);

	p->nlangs = c->nlangs;
	memcpy(p->lang, c->lang, sizeof(p->lang));
	for (size_t i = 0; i < c->nlangs; i++)
		ALSO(r, take_notice(c, sec, p, i));
	return r;
}
