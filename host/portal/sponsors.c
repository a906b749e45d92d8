// SPDX-License-Identifier: Apache-2.0
/* The sponsors of the policy in force: how many devices, people and shares, and
 * who is invited from here. Nothing of a person. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/policyfile.h"
#include "host/portal/people.h"
#include "host/portal/policies.h"
#include "host/route.h"
#include "host/store_device.h"
#include "host/store_settle.h"
#include "host/store_tally.h"

struct sponsors {
	struct one {
		char id[TEXT_ID_MAX + 1], name[161];
		uint64_t devices, people, shares;
	} *one;
	size_t n;
};

static bw_err
add(void *arg, const char *id, const char *name)
{
	struct sponsors *s = arg;
	struct one *more = reallocarray(s->one, s->n + 1, sizeof(*more));

	if (more == NULL)
		return BW_ERR_NOMEM;
	s->one = more;
	more = &s->one[s->n++];
	*more = (struct one){ .devices = 0 };
	snprintf(more->id, sizeof(more->id), "%s", id);
	snprintf(more->name, sizeof(more->name), "%s", name);
	return BW_OK;
}

/* A place for what is of none of them is thrown away. */
static struct one *
of(struct sponsors *s, const char *id)
{
	static _Thread_local struct one none;

	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->one[i].id, id) == 0)
			return &s->one[i];
	return &none;
}

static bw_err
count_device(void *arg, const struct store_device *d)
{
	of(arg, d->sponsor)->devices += d->state != DEVICE_REVOKED;
	return BW_OK;
}

static bw_err
count_person(void *arg, const struct account *a)
{
	of(arg, a->sponsor)->people += a->state != ACCOUNT_DISABLED;
	return BW_OK;
}

static bw_err
count_shares(void *arg, const struct store_tally *t)
{
	of(arg, t->sponsor)->shares += t->shares;
	return BW_OK;
}

static bw_err
count(struct call *c, struct sponsors *s)
{
	bw_err r;

	if ((r = store_sponsor_each(c->store, add, s)) != BW_OK ||
	    (r = store_device_each(c->store, count_device, s)) != BW_OK ||
	    (r = account_each(c->store, NULL, count_person, s)) != BW_OK)
		return r;
	/* While others write, the counts are a little behind. */
	r = store_settle_few(c->store, c->now, SETTLE_LOOK_MS);
	return r == BW_OK || r == BW_ERR_BUSY ?
	    store_tally_each(c->store, NULL, 0, count_shares, s) : r;
}

static void
row(struct page *p, const struct one *o)
{
	table_row(p);
	page_raw(p, "<th scope=\"row\"><a href=\"/sponsors/");
	page_text(p, o->id);
	page_raw(p, "/overview\">");
	page_value(p, o->name);
	page_raw(p, "</a></th>");
	table_value(p, o->id);
	table_number(p, o->devices);
	table_number(p, o->people);
	table_number(p, o->shares);
}

void
sponsors_list(struct call *c)
{
	static const char *const heads[] = { N_("Sponsor"), N_("Short name"),
		N_("Devices"), N_("People"), N_("Shares"), NULL };
	struct sponsors s = { .one = NULL };
	struct page p;
	bw_err r = count(c, &s);

	layout_begin(&p, c, 200, N_("Sponsors"));
	if (s.n == 0)
		layout_empty(&p, N_("There is no sponsor yet. Sponsors come "
		    "with the policy."), "/policy", N_("Go to the policy"));
	else {
		page_raw(&p, "<div id=\"sponsors\" data-live>\n");
		table_begin(&p, N_("Sponsors"), heads);
		for (size_t i = 0; i < s.n; i++)
			row(&p, &s.one[i]);
		table_end(&p);
		page_raw(&p, "</div>\n<p>");
		layout_link(&p, "/policy", N_("Add or change sponsors in the "
		    "policy"));
		page_raw(&p, "</p>\n");
	}
	if (p.r == BW_OK)
		p.r = r;
	layout_end(&p, c);
	free(s.one);
}

struct found {
	struct page *p;
	const char *id;
	size_t n;
};

static bw_err
device_row(void *arg, const struct store_device *d)
{
	static const char *const heads[] = { N_("Device"), N_("State"),
		N_("Last seen"), NULL };
	static const char *const states[] = { N_("invited"), N_("active"),
		N_("revoked") };
	struct found *f = arg;

	if (strcmp(d->sponsor, f->id) != 0)
		return BW_OK;
	if (f->n++ == 0)
		table_begin(f->p, N_("Devices"), heads);
	table_row(f->p);
	table_value(f->p, d->name);
	table_cell(f->p);
	say(f->p, states[d->state]);
	table_time(f->p, d->last_seen);
	return f->p->r;
}

static void
devices(struct page *p, struct call *c, const char *id)
{
	struct found f = { p, id, 0 };
	bw_err r;

	say_in(p, "h2", N_("Devices"));
	r = store_device_each(c->store, device_row, &f);
	if (f.n != 0)
		table_end(p);
	else
		layout_empty(p, N_("It has no device yet. An organiser adds "
		    "one and enrols it at the booth."), NULL, NULL);
	if (p->r == BW_OK)
		p->r = r;
}

static bw_err
person_row(void *arg, const struct account *a)
{
	static const char *const heads[] = { N_("Mail address"), N_("Role"),
		N_("State"), NULL };
	struct found *f = arg;

	if (f->n++ == 0)
		table_begin(f->p, N_("People"), heads);
	table_row(f->p);
	table_value(f->p, a->mail);
	table_cell(f->p);
	say(f->p, layout_role(a->role));
	table_cell(f->p);
	say(f->p, people_state(a->state));
	return f->p->r;
}

static void
invite(struct page *p, const char *id, enum account_role role,
    const char *sentence)
{
	char to[128];

	snprintf(to, sizeof(to), "/people?role=%s&sponsor=%s",
	    account_role_name(role), id);
	page_raw(p, "<p class=\"no-paper\">");
	layout_link(p, to, sentence);
	page_raw(p, "</p>\n");
}

static void
people(struct page *p, struct call *c, const char *id)
{
	struct found f = { p, id, 0 };
	bw_err r;

	say_in(p, "h2", N_("People"));
	r = account_each(c->store, id, person_row, &f);
	if (f.n != 0)
		table_end(p);
	else
		layout_empty(p, N_("Nobody of this sponsor has an account "
		    "yet. A manager sees its leads; a scanner its counts, "
		    "and notes on its shares."), NULL, NULL);
	if (access_may(ACT_PEOPLE, c->me->login.account.role)) {
		invite(p, id, ROLE_MANAGER, N_("Invite a sponsor manager"));
		invite(p, id, ROLE_SCANNER, N_("Invite a sponsor scanner"));
	}
	if (p->r == BW_OK)
		p->r = r;
}

/* The name in the policy in force; "" when only an older one had it. */
static bw_err
name_of(void *arg, const char *id, const char *name)
{
	struct one *o = arg;

	if (strcmp(id, o->id) == 0)
		snprintf(o->name, sizeof(o->name), "%s", name);
	return BW_OK;
}

void
sponsors_show(struct call *c)
{
	struct one o = { .devices = 0 };
	struct page p;
	bw_err r;

	snprintf(o.id, sizeof(o.id), "%s", c->me->sponsor);
	r = store_sponsor_each(c->store, name_of, &o);
	layout_begin(&p, c, 200, N_("A sponsor"));
	page_raw(&p, "<p>");
	page_value(&p, o.name[0] != 0 ? o.name : o.id);
	page_raw(&p, " · ");
	layout_link(&p, "/sponsors", N_("Back to the sponsors"));
	page_raw(&p, "</p>\n");
	if (o.name[0] == 0)
		layout_note(&p, "warning", N_("It is not in the policy any "
		    "more: nothing new is shared with it."));
	devices(&p, c, o.id);
	people(&p, c, o.id);
	if (p.r == BW_OK)
		p.r = r;
	layout_end(&p, c);
}
