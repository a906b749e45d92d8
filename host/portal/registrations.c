// SPDX-License-Identifier: Apache-2.0
/* The list of registrations. */
#include "host/portal/registrations.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/store_registration.h"

struct asked {
	char search[REGLIST_SEARCH_MAX + 1];
	char status[16];
	struct reglist_query q;
	bool first;			/* nothing before it */
};

static const struct form_choice statuses[] = { { "", N_("any") },
	{ "attending", N_("attends") }, { "cancelled", N_("cancelled") },
	{ "withheld", N_("withheld") }, { "minor", N_("minor") },
	{ "deleted", N_("erased") },
	{ "handed-on", N_("handed on") }, { NULL, NULL } };

static void
take_question(const struct call *c, struct asked *a)
{
	char at[24];

	memset(a, 0, sizeof(*a));
	a->q.search = a->search;
	a->q.status = -1;
	regs_param(c, "q", a->search, sizeof(a->search));
	regs_param(c, "status", a->status, sizeof(a->status));
	for (enum reg_status i = 0; i < REG_STATUSES; i++)
		if (strcmp(reg_status_name(i), a->status) == 0)
			a->q.status = (int)i;
	regs_param(c, "before", at, sizeof(at));
	a->q.back = text_number(at, strlen(at), INT64_MAX,
	    &a->q.behind) == BW_OK;
	if (a->q.back)
		return;
	regs_param(c, "behind", at, sizeof(at));
	if (text_number(at, strlen(at), INT64_MAX, &a->q.behind) != BW_OK)
		a->q.behind = 0;
	a->first = a->q.behind == 0;
}

static void
search_form(struct page *p, const struct asked *a)
{
	page_raw(p, "<div class=\"search\" role=\"search\">\n");
	form_ask(p, "/registrations");
	form_input(p, &(struct form_field){ .name = "q", .type = "search",
	    .label = N_("Name, company, mail address or key"),
	    .value = a->search, .unmarked = true, .most = 40 });
	form_select(p, &(struct form_field){ .name = "status",
	    .label = N_("Status"), .value = a->status, .unmarked = true },
	    statuses);
	form_end(p, N_("Search"));
	page_raw(p, "</div>\n");
}

static bw_err
row(struct page *p, struct call *c, const struct registration *r)
{
	struct store_badge_state b;
	char href[48];
	bw_err e = store_badge_state(c->store, r->id, &b);

	if (e != BW_OK)
		return e;
	snprintf(href, sizeof(href), "/registrations/%" PRIu64, r->id);
	table_row(p);
	table_number(p, r->id);
	regs_name_cell(p, r, href);
	table_value(p, r->values.v[FIELD_COMPANY]);
	table_value(p, r->values.v[FIELD_EMAIL]);
	table_cell(p);
	say(p, regs_status(r));
	table_cell(p);
	say(p, regs_badge(b.state));
	return BW_OK;
}

static void
pager(struct page *p, const struct asked *a, const struct registration *r,
    size_t n, bool more)
{
	char newer[STRICT_TARGET_MAX + 1], older[STRICT_TARGET_MAX + 1], at[24];
	bool before = a->q.back ? more : !a->first, after = a->q.back || more;

	if (n == 0)
		return;
	snprintf(at, sizeof(at), "%" PRIu64, r[0].id);
	regs_link(newer, "/registrations", "q", a->search, "status",
	    a->status, "before", at, NULL);
	snprintf(at, sizeof(at), "%" PRIu64, r[n - 1].id);
	regs_link(older, "/registrations", "q", a->search, "status",
	    a->status, "behind", at, NULL);
	layout_pager(p, before ? newer : NULL, after ? older : NULL);
}

static void
nobody(struct page *p, const struct asked *a)
{
	if (a->search[0] == 0 && a->status[0] == 0 && a->first)
		layout_empty(p, N_("Nobody has been imported yet."),
		    "/registrations/import", N_("Upload a file of Eventbrite "
		    "or pretix"));
	else
		layout_empty(p, N_("Nobody was found. Look for a part of the "
		    "name, company or mail address."), "/registrations",
		    N_("Show all"));
}

static void
rows(struct page *p, struct call *c, const struct asked *a,
    const struct registration *r, size_t n, bool more)
{
	static const char *const heads[] = { N_("Number"), N_("Name"),
		N_("Company"), N_("Email"), N_("Status"), N_("Badge"),
		NULL };

	if (n == 0) {
		nobody(p, a);
		return;
	}
	table_begin(p, N_("Registrations"), heads);
	for (size_t i = 0; i < n && p->r == BW_OK; i++) {
		bw_err e = row(p, c, &r[i]);

		if (e != BW_OK)
			p->r = e;
	}
	table_end(p);
	pager(p, a, r, n, more);
}

void
registrations_list(struct call *c)
{
	struct registration *r = calloc(REGS_PAGE, sizeof(*r));
	struct asked a;
	struct page p;
	size_t n = 0;
	bool more;
	bw_err e = BW_ERR_NOMEM;

	take_question(c, &a);
	if (r != NULL)
		e = store_reglist(c->store, &a.q, r, REGS_PAGE, &n, &more);
	if (e != BW_OK) {
		layout_failure(c, e);
		goto out;
	}
	layout_begin(&p, c, 200, N_("Registrations"));
	page_raw(&p, "<p class=\"no-paper\">");
	layout_link(&p, "/registrations/import",
	    N_("Upload a file of Eventbrite or pretix"));
	page_raw(&p, "</p>\n");
	search_form(&p, &a);
	rows(&p, c, &a, r, n, more);
	layout_end(&p, c);
out:
	if (r != NULL)
		explicit_bzero(r, REGS_PAGE * sizeof(*r));
	free(r);
}
