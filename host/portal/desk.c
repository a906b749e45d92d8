// SPDX-License-Identifier: Apache-2.0
/* The badge desk: which stations there are, and one of them. */
#include "host/portal/desk.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/route.h"
#include "host/store_registration.h"

#define FOUND_MAX 20u

bool
desk_find(struct call *c, struct station *s)
{
	char name[STRICT_TARGET_MAX + 1];
	bw_err r;

	route_part(c, 0, name);
	r = station_get(c->host->stations, name, c->now, s);
	if (r != BW_OK)
		layout_failure(c, r);
	return r == BW_OK;
}

static void
how_to(struct page *p, struct call *c)
{
	say_in(p, "h2", N_("Add a writing station"));
	page_raw(p, "<ol>\n<li>");
	say(p, N_("Connect an NFC writer to a computer with Badgeward."));
	page_raw(p, "</li>\n<li>");
	layout_link(p, "/me", N_("In your account, make a token that may be a "
	    "writing station, one for each."));
	page_raw(p, "</li>\n<li>");
	say(p, N_("Put it into a file and start this there:"));
	page_raw(p, "<br><code>badgeward badge station --host ");
	page_text(p, c->host->dir->config.base_url);
	page_raw(p, " --name left --token-file token --nfc pn532_uart:"
	    "/dev/ttyUSB0</code></li>\n</ol>\n");
}

static void
station_row(struct page *p, const struct station *s, const char *registration)
{
	char href[64 + TEXT_ID_MAX];

	snprintf(href, sizeof(href), "/badges/stations/%s%s%s", s->name,
	    registration[0] != 0 ? "/" : "", registration);
	table_row(p);
	page_raw(p, "<th scope=\"row\">");
	if (s->live) {
		page_raw(p, "<a href=\"");
		page_text(p, href);
		page_raw(p, "\">");
	}
	page_value(p, s->name);
	page_raw(p, s->live ? "</a></th>" : "</th>");
	table_cell(p);
	say(p, desk_state(s));
	table_time(p, s->seen);
}

void
desk_stations(struct call *c)
{
	static const char *const heads[] = { N_("Station"), N_("State"),
		N_("Last heard of"), NULL };
	struct station *s = calloc(STATIONS_MAX, sizeof(*s));
	char registration[24];
	uint64_t id;
	struct page p;
	size_t n;

	if (s == NULL) {
		layout_failure(c, BW_ERR_NOMEM);
		return;
	}
	regs_param(c, "registration", registration, sizeof(registration));
	if (text_number(registration, strlen(registration), INT64_MAX,
	    &id) != BW_OK)
		registration[0] = 0;
	n = stations_list(c->host->stations, c->now, s, STATIONS_MAX);
	layout_begin(&p, c, 200, N_("Badge desk"));
	page_raw(&p, "<p class=\"no-paper\">");
	layout_link(&p, "/badges/sheet", N_("Print sheets of name badges"));
	page_raw(&p, "</p>\n");
	say_in(&p, "h2", N_("Writing stations"));
	if (n > 0)
		say_in(&p, "p", N_("Choose the station that you stand at."));
	page_raw(&p, "<div id=\"stations\" data-live>\n");
	if (n == 0)
		layout_empty(&p, N_("No station is there yet. Start one as it "
		    "says below; it shows up here by itself."), NULL, NULL);
	else
		table_begin(&p, N_("Writing stations"), heads);
	for (size_t i = 0; i < n; i++)
		station_row(&p, &s[i], registration);
	if (n > 0)
		table_end(&p);
	page_raw(&p, "</div>\n");
	how_to(&p, c);
	layout_end(&p, c);
	free(s);
}

static void
found_row(struct page *p, struct call *c, const struct station *s,
    const struct registration *r)
{
	struct store_badge_state b;
	char href[64 + TEXT_ID_MAX];
	bw_err e = store_badge_state(c->store, r->id, &b);

	if (p->r == BW_OK)
		p->r = e;
	snprintf(href, sizeof(href), "/badges/stations/%s/%" PRIu64, s->name,
	    r->id);
	table_row(p);
	regs_name_cell(p, r, href);
	table_value(p, r->values.v[FIELD_COMPANY]);
	table_cell(p);
	say(p, regs_status(r));
	table_cell(p);
	say(p, regs_badge(b.state));
}

static bw_err
found(struct page *p, struct call *c, const struct station *s,
    const char *search)
{
	static const char *const heads[] = { N_("Name"), N_("Company"),
		N_("Status"), N_("Badge"), NULL };
	struct registration *r = calloc(FOUND_MAX, sizeof(*r));
	const struct reglist_query q = { .search = search, .status = -1 };
	size_t n = 0;
	bool more = false;
	bw_err e = BW_ERR_NOMEM;

	if (r == NULL)
		return e;
	if ((e = store_reglist(c->store, &q, r, FOUND_MAX, &n,
	    &more)) == BW_OK && n == 0)
		layout_empty(p, N_("Nobody was found. Look for a part of the "
		    "name, company or mail address."), NULL, NULL);
	else if (e == BW_OK) {
		table_begin(p, N_("Who was found"), heads);
		for (size_t i = 0; i < n; i++)
			found_row(p, c, s, &r[i]);
		table_end(p);
	}
	if (more)
		say_in(p, "p", N_("There are more: search for more of the "
		    "name."));
	explicit_bzero(r, FOUND_MAX * sizeof(*r));
	free(r);
	return e;
}

void
desk_station(struct call *c)
{
	char search[REGLIST_SEARCH_MAX + 1], path[64 + TEXT_ID_MAX];
	struct station s;
	struct page p;
	bw_err e = BW_OK;

	if (!desk_find(c, &s))
		return;
	regs_param(c, "q", search, sizeof(search));
	snprintf(path, sizeof(path), "/badges/stations/%s", s.name);
	layout_begin(&p, c, 200, N_("Writing station"));
	page_raw(&p, "<p>");
	say_value(&p, N_("At the station %s"), s.name);
	page_raw(&p, "</p>\n");
	desk_job(&p, c, &s);
	say_in(&p, "h2", N_("Whose badge?"));
	page_raw(&p, "<div class=\"search\" role=\"search\">\n");
	form_ask(&p, path);
	form_input(&p, &(struct form_field){ .name = "q", .type = "search",
	    .label = N_("Name, company, mail address or number"),
	    .value = search, .unmarked = true, .most = 40 });
	form_end(&p, N_("Search"));
	page_raw(&p, "</div>\n");
	if (search[0] != 0)
		e = found(&p, c, &s, search);
	page_raw(&p, "<p class=\"no-paper\">");
	layout_link(&p, "/badges", N_("All stations"));
	page_raw(&p, "</p>\n");
	if (p.r == BW_OK)
		p.r = e;
	layout_end(&p, c);
}
