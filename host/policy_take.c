// SPDX-License-Identifier: Apache-2.0
/* From the keys of a policy file to one policy per sponsor. */
#include <stdlib.h>
#include <string.h>

#include "host/country.h"
#include "host/notice.h"
#include "host/policy_grammar.h"
#include "host/when.h"

bw_err
policy_worse(bw_err a, bw_err b)
{
	return a == BW_OK || (a == BW_ERR_FORMAT && b != BW_OK) ? b : a;
}

/* The value of a key that must be there. */
static bw_err
take_must(struct reading *rd, cfg_t *cfg, const char *key, const char **out)
{
	if ((*out = cfg_getstr(cfg, key)) != NULL)
		return BW_OK;
	FAULT(rd, cfg, key, "\"%s\" is missing", key);
	return BW_ERR_FORMAT;
}

static bw_err
take_id(struct reading *rd, cfg_t *cfg, const char *key,
    char out[static TEXT_ID_MAX + 1])
{
	const char *s;

	if (take_must(rd, cfg, key, &s) != BW_OK)
		return BW_ERR_FORMAT;
	if (!text_is_id(s, strlen(s))) {
		FAULT(rd, cfg, key, "\"%s\" must be 1 to %d of a-z, 0-9, dot "
		    "and hyphen, beginning with a letter or digit", key,
		    TEXT_ID_MAX);
		return BW_ERR_FORMAT;
	}
	memcpy(out, s, strlen(s) + 1);
	return BW_OK;
}

static bw_err
take_date(struct reading *rd, cfg_t *cfg, const char *key, bool end,
    uint64_t *out)
{
	const char *s;

	if (take_must(rd, cfg, key, &s) != BW_OK)
		return BW_ERR_FORMAT;
	if (when_parse(s, end, out) != BW_OK) {
		FAULT(rd, cfg, key, "\"%s\" must be a date like 2026-06-01, or "
		    "a time like 2026-06-01T09:30:00+02:00", key);
		return BW_ERR_FORMAT;
	}
	return BW_OK;
}

/* Days of retention, at most max; a sponsor without its own has the event's. */
static bw_err
take_days(struct reading *rd, cfg_t *cfg, uint64_t max, bool may_lack,
    uint64_t *out)
{
	const char *key = "retention_days", *s = cfg_getstr(cfg, key);

	if (s == NULL && may_lack) {
		*out = max;
		return BW_OK;
	}
	if (take_must(rd, cfg, key, &s) != BW_OK)
		return BW_ERR_FORMAT;
	if (text_number(s, strlen(s), max, out) != BW_OK ||
	    *out == 0) {
		FAULT(rd, cfg, key, may_lack ? "\"%s\" must be a number from 1 "
		    "to the event's %u" : FAULT_PART("\"%s\" must be a number "
		    "from 1 to %u"), key, (unsigned)max);
		return BW_ERR_FORMAT;
	}
	return BW_OK;
}

/* How long the host keeps what; a class that is not named has its own days. */
static bw_err
take_retention(struct reading *rd, cfg_t *top, unsigned days[RETAIN_CLASSES])
{
	cfg_t *sec = cfg_getsec(top, "retention");
	bw_err r = BW_OK;

	for (int i = 0; i < RETAIN_CLASSES; i++) {
		const struct retain_class *c = retain_class((enum retain)i);
		const char *s = sec != NULL ? cfg_getstr(sec, c->name) : NULL;
		uint64_t n = c->days;

		if (s != NULL && text_number(s, strlen(s), POLICYFILE_DAYS,
		    &n) != BW_OK) {
			FAULT(rd, sec, c->name, "\"%s\" must be a number of "
			    "days from 0 to %d", c->name, POLICYFILE_DAYS);
			r = BW_ERR_FORMAT;
		}
		days[i] = (unsigned)n;
	}
	return r;
}

static const char *
nearest_language(const char *lang)
{
	const char *all[POLICY_LANGS];
	size_t n = 0;

	for (; n < POLICY_LANGS && notice_language(n) != NULL; n++)
		all[n] = notice_language(n);
	return fault_nearest(lang, all, n);
}

static bw_err
take_language(struct common *c, const char *s)
{
	const char *key = "languages", *near;

	if (notice_language_name(s) == NULL) {
		near = nearest_language(s);
		FAULT(c->rd, c->top, key, "the kiosk does not speak "
		    "\"%.20s\"%s%s", s, near != NULL ?
		    FAULT_PART("; near is ") : "",
		    near != NULL ? near : "");
		return BW_ERR_FORMAT;
	}
	if (policy_is_listed(c, s)) {
		FAULT(c->rd, c->top, key, "language \"%s\" is listed twice",
		    s);
		return BW_ERR_FORMAT;
	}
	strcpy(c->lang[c->nlangs++], s);
	return BW_OK;
}

static bw_err
take_languages(struct common *c)
{
	const char *key = "languages";
	bw_err r = BW_OK;

	for (unsigned i = 0; i < cfg_size(c->top, key); i++)
		ALSO(r, take_language(c, cfg_getnstr(c->top, key, i)));
	if (r == BW_OK && c->nlangs == 0) {
		FAULT(c->rd, c->top, key, "\"languages\" must list at least "
		    "one, e.g. {\"en\"}");
		r = BW_ERR_FORMAT;
	}
	c->partial = r != BW_OK;
	return r;
}

static bw_err
take_url(struct reading *rd, cfg_t *sec, char out[static POLICY_URL_MAX + 1])
{
	const char *key = "privacy_url";
	bw_err r;

	if ((r = policy_take_text(rd, sec, key, out, POLICY_URL_MAX)) != BW_OK)
		return r;
	if (strncmp(out, "https://", 8) != 0 || out[8] == 0 ||
	    strpbrk(out, " \"<>\\^`{|}") != NULL) {
		FAULT(rd, sec, key, "\"%s\" must be an address beginning with "
		    "https://", key);
		return BW_ERR_FORMAT;
	}
	return BW_OK;
}

static bw_err
take_country(struct reading *rd, cfg_t *sec, char out[static 3])
{
	const char *s;
	char name[COUNTRY_NAME_MAX];

	if (take_must(rd, sec, "country", &s) != BW_OK)
		return BW_ERR_FORMAT;
	if (strlen(s) != 2 ||
	    country_name(s, "en", name) != BW_OK) {
		FAULT(rd, sec, "country", "\"country\" must be the two capital "
		    "letters of a country where the sponsor is established, "
		    "e.g. DE");
		return BW_ERR_FORMAT;
	}
	memcpy(out, s, 3);
	return BW_OK;
}

static bw_err
take_fields(struct reading *rd, cfg_t *sec, const char *key, field_set *out)
{
	const char *all[FIELD_COUNT], *near;
	bw_err r = BW_OK;

	for (int f = 1; f <= FIELD_COUNT; f++)
		all[f - 1] = field_name((enum field)f);
	for (unsigned i = 0; i < cfg_size(sec, key); i++) {
		const char *s = cfg_getnstr(sec, key, i);
		int f = field_from_name(s, strlen(s));

		if (f == 0) {
			near = fault_nearest(s, all, FIELD_COUNT);
			FAULT(rd, sec, key, "there is no field \"%.40s\"%s%s",
			    s, near != NULL ? "; near is " :
			    FAULT_PART(": there are name, email, company, "
			    "job_title, work_phone and location"),
			    near != NULL ? near : "");
			r = BW_ERR_FORMAT;
			continue;
		}
		if ((*out & FIELD_BIT(f)) != 0) {
			FAULT(rd, sec, key, "field \"%s\" stands twice in "
			    "\"%s\"", s, key);
			r = BW_ERR_FORMAT;
		}
		*out |= FIELD_BIT(f);
	}
	return r;
}

static bw_err
take_entitlement(struct reading *rd, cfg_t *sec, struct policy *p)
{
	field_set both;
	bw_err required, r;

	required = r = take_fields(rd, sec, "required", &p->required);
	ALSO(r, take_fields(rd, sec, "optional", &p->optional));
	both = p->required & p->optional;
	for (int f = 1; f <= FIELD_COUNT; f++)
		if ((both & FIELD_BIT(f)) != 0) {
			FAULT(rd, sec, "optional", "field \"%s\" cannot be "
			    "required and optional",
			    field_name((enum field)f));
			r = BW_ERR_FORMAT;
		}
	if (required == BW_OK && p->required == 0) {
		FAULT(rd, sec, "required", "\"required\" must name at least "
		    "one field: a share of nothing is none");
		r = BW_ERR_FORMAT;
	}
	return r;
}

/* The PIN itself, written here, would be in every copy of the file. */
static bw_err
take_pin(struct reading *rd, cfg_t *sec,
    char out[static PIN_TEXT_MAX + 1])
{
	const char *key = "staff_pin", *s = cfg_getstr(sec, key);

	if (s == NULL)
		return BW_OK;
	if (pin_check(s, strlen(s)) != BW_OK) {
		FAULT(rd, sec, key, "\"%s\" must be what `badgeward policy "
		    "pin` prints, never the PIN itself", key);
		return BW_ERR_FORMAT;
	}
	memcpy(out, s, strlen(s) + 1);
	return BW_OK;
}

/* The name of a picture beside the file. */
static bw_err
take_logo(struct reading *rd, cfg_t *sec, struct policyfile_logo *out)
{
	const char *key = "logo", *s = cfg_getstr(sec, key);
	size_t len = s != NULL ? strlen(s) : 0;

	if (s == NULL)
		return BW_OK;
	if (len == 0 || len > POLICYFILE_LOGO_NAME || !text_is_clean(s, len) ||
	    strchr(s, '/') != NULL || s[0] == '.') {
		FAULT(rd, sec, key, "\"%s\" must be the name of a PNG file "
		    "beside this one, e.g. \"example-corp.png\"", key);
		return BW_ERR_FORMAT;
	}
	memcpy(out->name, s, len + 1);
	out->line = reading_line(rd, sec, key);
	return BW_OK;
}

static bw_err
take_sponsor(const struct common *c, cfg_t *sec, struct policy *p,
    struct policyfile_logo *logo)
{
	const char *id = cfg_title(sec);
	struct reading *rd = c->rd;
	bw_err r = BW_OK;

	if (!text_is_id(id, strlen(id))) {
		fault_add(rd->f, (size_t)sec->line, "a sponsor's id is 1 to %d "
		    "of a-z, 0-9, dot and hyphen, not \"%.40s\"", TEXT_ID_MAX,
		    id);
		r = BW_ERR_FORMAT;
	} else
		strcpy(p->sponsor.id, id);
	strcpy(p->event.id, c->out->event);
	p->valid_from = c->out->valid_from;
	p->valid_until = c->out->valid_until;
	ALSO(r, policy_take_text(rd, sec, "name", p->sponsor.name,
	    sizeof(p->sponsor.name) - 1));
	ALSO(r, take_country(rd, sec, p->sponsor.country));
	ALSO(r, take_url(rd, sec, p->sponsor.privacy_url));
	ALSO(r, policy_take_text(rd, sec, "contact", p->sponsor.contact,
	    sizeof(p->sponsor.contact) - 1));
	ALSO(r, take_days(rd, sec, c->out->retain_days, true,
	    &p->retain_days));
	ALSO(r, take_entitlement(rd, sec, p));
	ALSO(r, take_pin(rd, sec, p->staff_pin));
	ALSO(r, take_logo(rd, sec, logo));
	if (c->nlangs == 0)
		return r;
	ALSO(r, policy_take_purpose(c, sec, p));
	ALSO(r, policy_take_notices(c, sec, p));
	ALSO(r, policy_take_questions(c, c->top, p));
	return ALSO(r, policy_take_questions(c, sec, p));
}

static bw_err
take_sponsors(const struct common *c)
{
	struct policyfile *out = c->out;
	size_t n = cfg_size(c->top, "sponsor");
	bw_err r = BW_OK;

	if (n == 0 || n > POLICYFILE_SPONSORS) {
		fault_add(c->rd->f, 0, "it must have 1 to %d sponsors",
		    POLICYFILE_SPONSORS);
		return BW_ERR_FORMAT;
	}
	if ((out->part = calloc(n, sizeof(struct policy *))) == NULL ||
	    (out->logo = calloc(n, sizeof(*out->logo))) == NULL)
		return BW_ERR_NOMEM;
	for (; out->n < n; out->n++) {
		struct policy *p = calloc(1, sizeof(*p));

		if (p == NULL)
			return BW_ERR_NOMEM;
		out->part[out->n] = p;
		ALSO(r, take_sponsor(c, cfg_getnsec(c->top, "sponsor",
		    (unsigned)out->n), p, &out->logo[out->n]));
	}
	return r;
}

/* Who answers for the event: each may be left out. */
static bw_err
take_who(struct reading *rd, cfg_t *cfg, struct store_contact *out)
{
	const struct {
		const char *key;
		char *out;
	} all[] = { { "controller", out->controller },
		{ "contact", out->contact },
		{ "complaint", out->complaint } };
	bw_err r = BW_OK;

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (cfg_getstr(cfg, all[i].key) != NULL)
			ALSO(r, policy_take_text(rd, cfg, all[i].key,
			    all[i].out, CONTACT_MAX));
	return r;
}

bw_err
policy_take(struct reading *rd, cfg_t *cfg, struct policyfile *out)
{
	struct common c = { .rd = rd, .top = cfg, .out = out };
	bw_err dates, r;

	if ((r = take_id(rd, cfg, "event", out->event)) == BW_OK &&
	    rd->event != NULL && strcmp(out->event, rd->event) != 0) {
		FAULT(rd, cfg, "event", "it is for event \"%s\", this host is "
		    "for \"%s\"", out->event, rd->event);
		r = BW_ERR_FORMAT;
	}
	dates = take_date(rd, cfg, "valid_from", false, &out->valid_from);
	ALSO(dates, take_date(rd, cfg, "valid_until", true,
	    &out->valid_until));
	if (dates == BW_OK && out->valid_until <= out->valid_from) {
		FAULT(rd, cfg, "valid_until", "\"valid_until\" is not after "
		    "\"valid_from\"");
		dates = BW_ERR_FORMAT;
	}
	ALSO(r, dates);
	ALSO(r, take_who(rd, cfg, &out->who));
	if (ALSO(r, take_days(rd, cfg, POLICYFILE_DAYS, false,
	    &out->retain_days)) != BW_OK && out->retain_days == 0)
		out->retain_days = POLICYFILE_DAYS;	/* for the sponsors' */
	ALSO(r, take_retention(rd, cfg, out->retain));
	ALSO(r, take_languages(&c));
	if (c.nlangs != 0)
		ALSO(r, policy_check_notices(&c, cfg));
	return ALSO(r, take_sponsors(&c));
}
