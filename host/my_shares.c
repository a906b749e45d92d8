// SPDX-License-Identifier: Apache-2.0
/* Of each share: to whom it went, what became of it, and what to keep of it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/my_parts.h"
#include "host/receipt_file.h"
#include "host/receipt_notice.h"
#include "host/store_about.h"
#include "host/store_ack.h"
#include "host/store_export.h"
#include "host/store_leadlist.h"
#include "host/store_mark.h"

#define EXPORTS_PAGE 1000	/* asked for at once */

struct share {
	struct my_doc *d;
	json_t *o;
	struct share_facts f;
};

static bw_err
load_policy(struct share *sh)
{
	struct bw_buf json = BW_BUF_INIT(POLICY_MAX);
	struct store_rules rules;
	bw_err r;

	r = store_rules_part(sh->d->store, sh->f.r.lead.part, &rules);
	if (r != BW_OK)
		return r == BW_ERR_NOTFOUND ? BW_OK : r;
	memcpy(sh->f.r.version, rules.version, sizeof(rules.version));
	if ((sh->f.pol = calloc(1, sizeof(*sh->f.pol))) == NULL)
		return BW_ERR_NOMEM;
	r = store_policy_part(sh->d->store, rules.version, rules.sponsor,
	    &json);
	if (r == BW_OK)
		r = policy_decode((const char *)json.ptr, json.len, sh->f.pol);
	bw_buf_free(&json);
	if (r == BW_OK && (r = store_contact_get(sh->d->store, rules.version,
	    &sh->f.who)) == BW_OK)
		r = receipt_notice(sh->d->store, &sh->f.r, sh->f.pol,
		    &sh->f.read);
	return r;
}

static void
drop_policy(struct share *sh)
{
	if (sh->f.pol == NULL)
		return;
	policy_free(sh->f.pol);
	free(sh->f.pol);
	sh->f.pol = NULL;
}

/* In the words of page_my_all.c: words_my.lead. */
static const char *
state_of(const struct share *sh)
{
	static const char *const name[] = { "live", "undone", "withdrawn",
		"held", "held" };
	const struct store_lead *l = &sh->f.r.lead;

	if (l->state == LEAD_UNDONE || l->state == LEAD_WITHDRAWN)
		return name[l->state];
	if (sh->f.pol != NULL && share_is_over(sh->f.r.kept_from,
	    sh->f.pol->retain_days, sh->d->now))
		return "over";
	if (l->state == LEAD_LIVE && !reg_releases(sh->d->status))
		return "withheld";
	return name[l->state];
}

/* The notice as it was shown, and what it was about. */
static void
put_terms(struct share *sh)
{
	const struct policy *p = sh->f.pol;
	const struct policy_notice *n = sh->f.read;

	if (n != NULL)
		my_put(sh->d, sh->o, "notice", json_pack(
		    "{s:s, s:s, s:s, s:s, s:s}", "title", n->title,
		    "purpose", n->purpose, "retention", n->retention,
		    "withdraw", n->withdraw, "silence", n->silence));
	my_put(sh->d, sh->o, "sponsor", json_pack("{s:s, s:s, s:s, s:s, s:s}",
	    "id", p->sponsor.id, "name", p->sponsor.name, "country",
	    p->sponsor.country, "contact", p->sponsor.contact, "privacy",
	    p->sponsor.privacy_url));
	my_put(sh->d, sh->o, "kept_until", my_time(share_until(&sh->f)));
}

static bw_err
put_values(struct share *sh)
{
	struct store_edition e;
	bw_err r = store_edition_get(sh->d->store, sh->f.r.lead.edition, &e);

	if (r == BW_OK)
		my_put(sh->d, sh->o, "values", my_values(&e.values,
		    sh->f.r.lead.granted));
	explicit_bzero(&e, sizeof(e));
	return r;
}

/* What the sponsor's people noted, as far as it is still there. */
static bw_err
put_remarks(struct share *sh)
{
	struct store_mark m;
	json_t *o = json_object(), *tags = json_array(),
	    *answers = json_object();
	bw_err r = store_mark_get(sh->d->store, sh->f.r.lead.device,
	    sh->f.r.lead.seq, &m);

	for (size_t i = 0; i < m.note.ntags; i++)
		my_add(sh->d, tags, json_string(m.note.tag[i]));
	for (size_t i = 0; i < m.note.nanswers; i++)
		my_put(sh->d, answers, m.note.answer[i].question,
		    json_string(m.note.answer[i].answer));
	my_put(sh->d, o, "rating", m.note.rating < 0 ? json_null() :
	    json_integer(m.note.rating));
	my_put(sh->d, o, "tags", tags);
	my_put(sh->d, o, "answers", answers);
	my_put(sh->d, o, "text", json_string(m.note.text));
	my_put(sh->d, sh->o, "remarks", o);
	explicit_bzero(&m, sizeof(m));
	return r;
}

static bw_err
on_told(void *arg, const struct about_told *t)
{
	struct share *sh = arg;

	my_add(sh->d, json_object_get(sh->o, "told"),
	    json_pack("{s:s, s:o, s:o}", "what",
	    ack_kind_name((enum ack_kind)t->kind), "at", my_time(t->at),
	    "confirmed_at", my_time(t->acked_at)));
	return BW_OK;
}

/* The consent receipt, and the proof that it stands in the device's log; a log
 * that has no note over the share yet proves nothing. */
static bw_err
put_files(struct share *sh)
{
	struct bw_buf file = BW_BUF_INIT(HTTP_ANSWER_MAX);
	bw_err r = BW_OK;

	if (sh->f.pol != NULL)
		r = receipt_jsonld(sh->d->c, &sh->f, &file);
	if (r == BW_OK && file.len != 0)
		my_put(sh->d, sh->o, "receipt",
		    json_loadb((const char *)file.ptr, file.len, 0, NULL));
	bw_buf_reset(&file);
	if (r == BW_OK && (r = receipt_proof(sh->d->c, &sh->f,
	    &file)) == BW_OK)
		my_put(sh->d, sh->o, "proof",
		    json_stringn((const char *)file.ptr, file.len));
	bw_buf_free(&file);
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

static void
put_facts(struct share *sh)
{
	const struct store_lead *l = &sh->f.r.lead;
	char id[TEXT_ID_MAX + 24];

	snprintf(id, sizeof(id), "%s-%llu", sh->f.r.device.name,
	    (unsigned long long)l->seq);
	my_put(sh->d, sh->o, "id", json_string(id));
	my_put(sh->d, sh->o, "at", my_time(l->time));
	my_put(sh->d, sh->o, "booth", json_string(sh->f.r.device.booth));
	my_put(sh->d, sh->o, "state", json_string(state_of(sh)));
	my_put(sh->d, sh->o, "ended_at", my_time(l->ended_at));
	my_put(sh->d, sh->o, "language", json_string(l->language));
	my_put(sh->d, sh->o, "policy", json_string(sh->f.r.version));
	my_put(sh->d, sh->o, "fields", my_fields(l->granted));
	my_put(sh->d, sh->o, "told", json_array());
	my_put(sh->d, sh->o, "sponsor", json_pack("{s:s, s:s}", "id",
	    sh->f.r.device.sponsor, "name", sh->f.r.device.sponsor));
}

static bw_err
on_lead(void *arg, const struct store_lead *l)
{
	struct my_doc *d = arg;
	struct share sh = { .d = d, .o = json_object(), .f.r.lead = *l };
	int64_t arrived = 0;
	bw_err r;

	if ((r = store_device_num(d->store, l->device, &sh.f.r.device)) !=
	    BW_OK || (r = load_policy(&sh)) != BW_OK ||
	    (r = store_kept_from(d->store, l, &sh.f.r.kept_from)) != BW_OK ||
	    (r = store_arrived_at(d->store, l->device, l->seq,
	    &arrived)) != BW_OK)
		goto out;
	put_facts(&sh);
	my_put(d, sh.o, "arrived_at", my_time(arrived));
	if (sh.f.pol != NULL)
		put_terms(&sh);
	if ((r = put_values(&sh)) != BW_OK ||
	    (r = put_remarks(&sh)) != BW_OK ||
	    (r = about_told(d->store, l->device, l->seq, on_told,
	    &sh)) != BW_OK || (d->files && (r = put_files(&sh)) != BW_OK))
		goto out;
	my_add(d, json_object_get(d->root, "shares"), json_incref(sh.o));
out:
	drop_policy(&sh);
	json_decref(sh.o);
	return r;
}

/* A sponsor's files that can have something of this person. */
struct files {
	struct my_doc *d;
	const char *sponsor, *since;	/* since: my_time's text */
	uint64_t last;
	unsigned n;
	bool over;			/* an older one was seen */
};

static bw_err
on_export(void *arg, const struct store_export *e)
{
	struct files *f = arg;
	json_t *at = my_time(e->at);

	f->last = e->id;
	f->n++;
	f->over = at != NULL && strcmp(json_string_value(at), f->since) < 0;
	if (!f->over)
		my_add(f->d, json_object_get(f->d->root, "exports"),
		    json_pack("{s:s, s:O, s:s}", "sponsor", f->sponsor, "at",
		    at, "format", e->format));
	json_decref(at);
	return BW_OK;
}

static const char *
sponsor_of(const json_t *share)
{
	return json_string_value(json_object_get(json_object_get(share,
	    "sponsor"), "id"));
}

static bool
is_first(const json_t *shares, size_t upto, const char *sponsor)
{
	for (size_t i = 0; i < upto; i++)
		if (strcmp(sponsor_of(json_array_get(shares, i)),
		    sponsor) == 0)
			return false;
	return true;
}

/* When the first of its shares came, which need not be the one that was made
 * first; "": nobody knows of one. */
static const char *
first_came(const json_t *shares, const char *sponsor)
{
	const char *first = NULL, *at;
	const json_t *one;
	size_t i;

	json_array_foreach(shares, i, one) {
		if (strcmp(sponsor_of(one), sponsor) != 0)
			continue;
		at = json_string_value(json_object_get(one, "arrived_at"));
		if (at == NULL)
			return "";
		if (first == NULL || strcmp(at, first) < 0)
			first = at;
	}
	return first != NULL ? first : "";
}

static bw_err
put_exports(struct my_doc *d)
{
	const json_t *shares = json_object_get(d->root, "shares"), *one;
	size_t i;
	bw_err r = BW_OK;

	json_array_foreach(shares, i, one) {
		struct files f = { .d = d, .sponsor = sponsor_of(one),
			.n = EXPORTS_PAGE };

		if (!is_first(shares, i, f.sponsor))
			continue;
		f.since = first_came(shares, f.sponsor);
		while (r == BW_OK && f.n == EXPORTS_PAGE && !f.over) {
			f.n = 0;
			r = store_export_each(d->store, f.sponsor, f.last,
			    EXPORTS_PAGE, on_export, &f);
		}
	}
	return r;
}

bw_err
my_shares(struct my_doc *d)
{
	bw_err r = about_leads(d->store, d->registration, on_lead, d);

	return r != BW_OK ? r : put_exports(d);
}
