// SPDX-License-Identifier: Apache-2.0
/* One lead: what was released, what was agreed, what staff note. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/audit.h"
#include "host/portal/leads_typed.h"
#include "host/route.h"
#include "host/store_device.h"

/* Which lead the path names; its id is out->device-out->seq. *away: it is of
 * this sponsor's devices, but there is none now. */
static bw_err
find(struct call *c, struct leadlist_lead *out, bool *away)
{
	char part[STRICT_TARGET_MAX + 1], *dot;
	struct store_device d;
	uint64_t device, seq;
	bw_err r;

	*away = false;
	memset(out, 0, sizeof(*out));
	route_part(c, 0, part);
	if ((dot = strrchr(part, '.')) == NULL)
		return BW_ERR_NOTFOUND;
	*dot = '-';
	if ((r = leadlist_share_id(c->store, part, &device, &seq)) != BW_OK)
		return r;
	r = leadlist_lead(c->store, sponsor_own(c), device, seq, c->now,
	    out);
	*away = r == BW_ERR_NOTFOUND &&
	    store_device_num(c->store, device, &d) == BW_OK &&
	    strcmp(d.sponsor, sponsor_own(c)) == 0;
	return r;
}

/* The same whatever the reason is, and whether there ever was one, so that
 * nothing is told of a person. */
static void
gone(struct call *c)
{
	struct page p;

	layout_begin(&p, c, 404, N_("This lead is not there now"));
	say_in(&p, "p", N_("It may be held for review, or withheld for its "
	    "attendee: then it comes back with what your people noted. What "
	    "was withdrawn or erased stays away."));
	page_raw(&p, "<p class=\"no-paper\">");
	layout_link(&p, "/withdrawals", N_("Changed leads"));
	page_raw(&p, "</p>\n<p class=\"no-paper\">");
	layout_link(&p, "/leads", N_("All leads"));
	page_raw(&p, "</p>\n");
	layout_end(&p, c);
}

static void
failed(struct call *c, bw_err r, bool away)
{
	if (away)
		gone(c);
	else
		layout_failure(c, r);
}

/* "mailto:" or "tel:" before it, and nothing that means something there. */
static void
link_to(struct page *p, enum field f, const char *value)
{
	char one[4];

	page_raw(p, f == FIELD_EMAIL ? "<a href=\"mailto:" : "<a href=\"tel:");
	for (const char *s = value; *s != 0; s++) {
		bool plain = strchr(f == FIELD_EMAIL ? "@.-_+" : "+", *s) !=
		    NULL || (*s >= '0' && *s <= '9') ||
		    (f == FIELD_EMAIL && ((*s | 32) >= 'a' &&
		    (*s | 32) <= 'z'));

		if (!plain && f != FIELD_EMAIL)
			continue;
		snprintf(one, sizeof(one), plain ? "%c" : "%%%02X",
		    (unsigned char)*s);
		page_text(p, one);
	}
	page_raw(p, "\">");
	page_value(p, value);
	page_raw(p, "</a>");
}

static void
released(struct page *p, const struct leadlist_lead *l, enum field f)
{
	const char *value = l->values.v[f];
	bool linked = f == FIELD_EMAIL || f == FIELD_WORK_PHONE;

	page_element(p, "dt", p->w->field[f]);
	page_raw(p, "<dd>");
	if (value[0] == 0)
		say(p, N_("nothing was given"));
	else if (linked)
		link_to(p, f, value);
	else
		page_value(p, value);
	if (value[0] != 0 && linked) {
		page_raw(p, " <button type=\"button\" class=\"btn btn-sm "
		    "btn-outline-secondary\" hidden data-copy=\"");
		page_text(p, value);
		page_raw(p, "\" data-copied=\"");
		say(p, N_("Copied"));
		page_raw(p, "\">");
		say(p, N_("Copy"));
		page_raw(p, "</button>");
	}
	page_raw(p, "</dd>\n");
}

static void
values(struct page *p, const struct leadlist_lead *l)
{
	page_raw(p, "<dl class=\"facts\">\n");
	for (int f = 1; f <= FIELD_COUNT; f++)
		if ((l->released & FIELD_BIT(f)) != 0)
			released(p, l, (enum field)f);
	page_raw(p, "</dl>\n");
}

static void
fact(struct page *p, const char *name, const char *value)
{
	say_in(p, "dt", name);
	page_raw(p, "<dd>");
	page_value(p, value);
	page_raw(p, "</dd>\n");
}

/* "Name, E-mail address" */
static void
fields(struct page *p, field_set set)
{
	const char *sep = "";

	for (int f = 1; f <= FIELD_COUNT; f++) {
		if ((set & FIELD_BIT(f)) == 0)
			continue;
		page_text(p, sep);
		page_text(p, p->w->field[f]);
		sep = ", ";
	}
}

static void
agreed(struct page *p, struct call *c, const struct leadlist_lead *l)
{
	char id[TEXT_ID_MAX + 24], booth[BOOTH_NAME_MAX];
	struct booths b;
	bw_err r = booths_take(c, &b);

	booths_name(&b, l->device, booth);
	booths_free(&b);
	if (p->r == BW_OK)
		p->r = r;
	snprintf(id, sizeof(id), "%s-%" PRIu64, l->device, l->seq);
	say_in(p, "h2", N_("What was agreed"));
	page_raw(p, "<dl class=\"facts\">\n");
	say_in(p, "dt", N_("Agreed to"));
	page_raw(p, "<dd>");
	fields(p, l->released);
	page_raw(p, "</dd>\n");
	say_in(p, "dt", N_("When"));
	page_raw(p, "<dd>");
	page_time(p, l->time);
	page_raw(p, "</dd>\n");
	say_in(p, "dt", N_("May be kept until"));
	page_raw(p, "<dd>");
	page_time(p, l->keep_until);
	page_raw(p, "</dd>\n");
	fact(p, N_("Booth device"), booth);
	fact(p, N_("Version of the notice"), l->version);
	fact(p, N_("Number of the share"), id);
	page_raw(p, "</dl>\n");
}

struct same {
	struct page *p;
	struct booths booths;
};

static bw_err
other(void *arg, const struct leadlist_other *o)
{
	struct same *w = arg;
	char path[TEXT_ID_MAX + 24], booth[BOOTH_NAME_MAX];

	booths_name(&w->booths, o->device, booth);
	snprintf(path, sizeof(path), "%s.%" PRIu64, o->device, o->seq);
	page_raw(w->p, "<li><a href=\"/leads/");
	page_text(w->p, path);
	page_raw(w->p, "\">");
	page_value(w->p, booth);
	page_raw(w->p, "</a>, ");
	page_time(w->p, o->time);
	page_raw(w->p, "</li>\n");
	return w->p->r;
}

/* Each share was agreed to for itself, and is withdrawn for itself. */
static void
others(struct page *p, struct call *c, const struct leadlist_lead *l)
{
	struct same w = { .p = p };
	bw_err r;

	if (l->others == 0)
		return;
	say_in(p, "h2", N_("Other shares of this person"));
	page_raw(p, "<ul id=\"others\">\n");
	if ((r = booths_take(c, &w.booths)) == BW_OK)
		r = leadlist_others(c->store, sponsor_own(c), l, c->now,
		    LEADLIST_OTHERS, other, &w);
	page_raw(p, l->others >= LEADLIST_OTHERS ? "<li>…</li>\n</ul>\n" :
	    "</ul>\n");
	booths_free(&w.booths);
	if (p->r == BW_OK)
		p->r = r;
}

static void
from(struct page *p, struct call *c, const char *what,
    const struct mark_source *by)
{
	if (by->at == 0)
		return;
	say_in(p, "dt", what);
	page_raw(p, "<dd>");
	if (by->booth)
		say(p, N_("from the booth"));
	else
		sponsor_who(p, c, by->account);
	page_raw(p, ", ");
	page_time(p, by->at);
	page_raw(p, "</dd>\n");
}

/* Who said what counts. */
static void
sources(struct page *p, struct call *c, const struct store_mark *m)
{
	static const char *const what[] = { N_("Rating"), N_("Tags"),
		N_("Answers"), N_("Note") };

	page_raw(p, "<dl class=\"facts quiet\">\n");
	for (size_t i = 0; i < MARK_PARTS; i++)
		from(p, c, what[i], &m->by[i]);
	page_raw(p, "</dl>\n");
}

static void
answer(struct page *p, const char *question, const char *said)
{
	page_raw(p, "<dt>");
	page_value(p, question);
	page_raw(p, "</dt>\n<dd>");
	page_value(p, said);
	page_raw(p, "</dd>\n");
}

static void
answers(struct page *p, struct call *c, const struct leadlist_lead *l)
{
	const struct note *n = &l->mark.note;
	struct policy *policy;
	bw_err r = leads_policy(c, l, &policy);

	for (size_t i = 0; r == BW_OK && i < n->nanswers; i++)
		answer(p, policy_asks(policy, n->answer[i].question,
		    p->w->lang), n->answer[i].answer);
	leads_policy_free(&policy);
	if (p->r == BW_OK)
		p->r = r;
}

/* What is kept, to read. */
static void
noted(struct page *p, struct call *c, const struct leadlist_lead *l)
{
	const struct note *n = &l->mark.note;
	char rating[16] = "–";
	struct leads_typed kept;

	leads_typed_from(n, &kept);
	if (n->rating >= 0)
		snprintf(rating, sizeof(rating), "%d/5", n->rating);
	page_raw(p, "<dl class=\"facts\" id=\"kept\">\n");
	fact(p, N_("Rating"), rating);
	fact(p, N_("Tags"), kept.tags[0] != 0 ? kept.tags : "–");
	answers(p, c, l);
	fact(p, N_("Note"), n->text[0] != 0 ? n->text : "–");
	page_raw(p, "</dl>\n");
	explicit_bzero(&kept, sizeof(kept));
}

static void
show(struct call *c, unsigned status, const struct leadlist_lead *l,
    struct leads_typed *t)
{
	char action[TEXT_ID_MAX + 32];
	struct page p;

	snprintf(action, sizeof(action), "/leads/%s.%" PRIu64, l->device,
	    l->seq);
	layout_begin(&p, c, status, N_("A lead"));
	page_raw(&p, "<p class=\"no-paper\">");
	layout_link(&p, "/leads", N_("All leads"));
	page_raw(&p, "</p>\n");
	if (sponsor_sees_values(c))
		values(&p, l);
	say_in(&p, "h2", N_("What your people note"));
	if (status == 409)
		layout_note(&p, "danger", N_("Somebody else has changed this "
		    "lead since you opened it. What is kept now stands here, "
		    "what you wrote in the form. Save again to put yours in "
		    "its place."));
	else
		page_raw(&p, "<div class=\"paper\">\n");
	noted(&p, c, l);
	if (status != 409)
		page_raw(&p, "</div>\n");
	leads_typed_form(&p, c, l, t, action);
	sources(&p, c, &l->mark);
	agreed(&p, c, l);
	if (sponsor_sees_values(c))
		others(&p, c, l);
	layout_end(&p, c);
}

void
leads_show(struct call *c)
{
	struct leadlist_lead *l = calloc(1, sizeof(*l));
	struct leads_typed t;
	bool away = false;
	bw_err r = l == NULL ? BW_ERR_NOMEM : find(c, l, &away);

	if (r == BW_OK) {
		leads_typed_from(&l->mark.note, &t);
		show(c, 200, l, &t);
		explicit_bzero(&t, sizeof(t));
	} else
		failed(c, r, away);
	if (l != NULL)
		explicit_bzero(l, sizeof(*l));
	free(l);
}

static bw_err
keep(struct call *c, const struct leadlist_lead *l, unsigned parts,
    const struct leads_typed *t)
{
	char object[TEXT_ID_MAX + 32];
	bw_err r;

	if (parts == 0)
		return BW_OK;
	snprintf(object, sizeof(object), "lead %s-%" PRIu64, l->device,
	    l->seq);
	if ((r = store_begin(c->store)) != BW_OK)
		return r;
	r = store_mark_put(c->store, sponsor_own(c), l->device_num, l->seq,
	    parts, &t->note, c->me->login.account.id, c->now, t->version);
	return audit_finish(c->store, r, c->now, c->me->actor, DID_LEAD_NOTE,
	    object, "");
}

static void
note(struct call *c, struct leadlist_lead *l, struct leads_typed *t)
{
	unsigned parts = leads_typed_read(c, l, t);
	bool away = false;
	bw_err r;

	if (leads_typed_faults(t)) {
		show(c, 422, l, t);
		return;
	}
	r = t->version != l->mark.version ? BW_ERR_OLD :
	    keep(c, l, parts, t);
	if (r == BW_OK)
		layout_go(c, c->in->path, "saved");
	else if (r == BW_ERR_OLD && find(c, l, &away) == BW_OK)
		show(c, 409, l, t);
	else
		failed(c, r, away);
}

void
leads_note(struct call *c)
{
	struct leadlist_lead *l = calloc(1, sizeof(*l));
	struct leads_typed *t = calloc(1, sizeof(*t));
	bool away = false;
	bw_err r = l == NULL || t == NULL ? BW_ERR_NOMEM : find(c, l, &away);

	if (r == BW_OK)
		note(c, l, t);
	else
		failed(c, r, away);
	if (l != NULL)
		explicit_bzero(l, sizeof(*l));
	if (t != NULL)
		explicit_bzero(t, sizeof(*t));
	free(l);
	free(t);
}
