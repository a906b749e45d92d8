// SPDX-License-Identifier: Apache-2.0
#include "host/portal/dashboard.h"

#include <stdio.h>
#include <string.h>

#include "host/not_me.h"
#include "host/portal/assets.h"
#include "host/portal/device_rows.h"
#include "host/portal/duties.h"
#include "host/portal/form.h"
#include "host/portal/sponsor.h"
#include "host/store_settle.h"

/* A page's things: of one sponsor, or (NULL) of all for staff. */
struct view {
	const char *path, *sponsor;
	bool days;
	struct tallies t;
	struct device_rows devices;
};

static bw_err
look(struct call *c, struct view *v)
{
	char since[8];
	bw_err r;

	v->days = http_param(c->in, "since", since, sizeof(since)) == BW_OK &&
	    strcmp(since, "event") == 0;
	r = store_settle_few(c->store, c->now, SETTLE_LOOK_MS);
	if ((r != BW_OK && r != BW_ERR_BUSY) ||
	    (r = store_snapshot(c->store)) != BW_OK)
		return r;
	if ((r = tallies_take(c->store, v->sponsor, c->now, v->days,
	    &v->t)) == BW_OK)
		r = device_rows_take(c, v->sponsor, &v->devices);
	store_snapshot_end(c->store);
	return r;
}

static void
choice(struct page *p, const struct view *v, const char *query,
    const char *name, bool here)
{
	page_raw(p, "<li><a href=\"");
	page_raw(p, v->path);
	page_raw(p, query);
	page_raw(p, here ? "\" aria-current=\"true\">" : "\">");
	say(p, name);
	page_raw(p, "</a></li>\n");
}

/* How far back, and when this was; the link looks again. */
static void
choices(struct page *p, struct call *c, const struct view *v)
{
	page_raw(p, "<nav class=\"spans\" aria-label=\"");
	say(p, N_("How far back"));
	page_raw(p, "\"><ul>\n");
	choice(p, v, "", N_("Last 24 hours"), !v->days);
	choice(p, v, "?since=event", N_("Whole event"), v->days);
	page_raw(p, "</ul></nav>\n");
	live_begin(p, "as-of");
	page_raw(p, "<p class=\"hint\">");
	page_time(p, c->now);
	page_raw(p, "<span class=\"no-paper\"> · ");
	layout_link(p, v->days ? "?since=event" : v->path,
	    N_("Look again"));
	page_raw(p, "</span></p>\n");
	live_end(p);
}

/* Why there are more shares than leads. A sponsor reads the same whatever is
 * held, so that nothing is told of who was at the booth. */
static void
held(struct page *p, struct call *c, const struct view *v)
{
	if (v->sponsor != NULL) {
		page_raw(p, "<p class=\"hint\">");
		say(p, N_("A share is counted as its device recorded it. One "
		    "that was taken back or withdrawn since, whose time is "
		    "over or that still has to be checked is counted here and "
		    "is not among the leads."));
		page_raw(p, "</p>\n");
		return;
	}
	if (v->t.held == 0 ||
	    !access_may(ACT_REVIEW, c->me->login.account.role))
		return;
	page_raw(p, "<p class=\"hint\">");
	say_count(p, N_("One of these shares is held for review: no sponsor "
	    "has it."), N_("%s of these shares are held for review: no "
	    "sponsor has them."), v->t.held);
	page_raw(p, " ");
	layout_link(p, "/review", N_("See why"));
	page_raw(p, "</p>\n");
}

/* A sponsor is without these until somebody decides. */
static void
disowned(struct page *p, struct call *c)
{
	uint64_t n = 0;
	bw_err r = BW_OK;

	if (!access_may(ACT_CASE_COUNTS, c->me->login.account.role))
		return;
	live_begin(p, "not-me");
	if ((r = not_me_held(c->store, NULL, &n)) == BW_OK && n != 0) {
		page_raw(p, "<p class=\"note note-danger\">"
		    "<a href=\"/cases\">");
		say_count(p, N_("Urgent: somebody said that a share was not "
		    "theirs. %s lead is held from its sponsor until the "
		    "privacy officer decides."), N_("Urgent: somebody said "
		    "that a share was not theirs. %s leads are held from "
		    "their sponsors until the privacy officer decides."), n);
		page_raw(p, "</a></p>\n");
	}
	live_end(p);
	if (p->r == BW_OK)
		p->r = r;
}

static void
summary(struct page *p, struct call *c, const struct view *v)
{
	live_begin(p, "summary");
	if (v->devices.urgent > 0) {
		page_raw(p, "<p class=\"note note-warning\"><a "
		    "href=\"#devices\">");
		say_count(p, N_("One device needs somebody."),
		    N_("%s devices need somebody."), v->devices.urgent);
		page_raw(p, "</a></p>\n");
	}
	dashboard_figures(p, &v->t.all);
	held(p, c, v);
	live_end(p);
}

static bool
any(const struct tallied *n)
{
	return n->shares + n->declines + n->no_answers + n->unreads > 0;
}

static void
times(struct page *p, const struct view *v)
{
	say_in(p, "h2", v->days ? N_("By day") : N_("By hour"));
	say_in(p, "p", N_("Declines, no answers and badges that were not read "
	    "are counted when their quarter of an hour is over: no sooner does "
	    "a device tell them."));
	page_raw(p, "<div class=\"side-by-side\">\n"
	    "<div id=\"chart\" hidden><canvas role=\"img\" aria-label=\"");
	say(p, N_("Shares, declines and no answers over time; the table has "
	    "the same."));
	page_raw(p, "\"></canvas></div>\n");
	live_begin(p, "times");
	if (any(&v->t.all))
		dashboard_times(p, &v->t);
	else
		layout_empty(p, N_("Nothing was counted in this time yet. What "
		    "a booth's device sends is here at once."), NULL, NULL);
	live_end(p);
	page_raw(p, "</div>\n");
}

static void
devices(struct page *p, struct call *c, const struct view *v)
{
	bool staff = v->sponsor == NULL;

	page_raw(p, "<h2 id=\"devices\">");
	say(p, N_("Devices"));
	page_raw(p, "</h2>\n");
	if (!staff && sponsor_has_pin(c))
		say_in(p, "p", N_("Hold the upper left corner of the screen "
		    "for two seconds and enter your PIN to see how a device "
		    "is. What you cannot do yourself, ask the event's staff "
		    "to do."));
	else if (!staff)
		say_in(p, "p", N_("Your devices have no screens for your own "
		    "people, since no PIN was agreed. What has to be done "
		    "there, ask the event's staff to do."));
	live_begin(p, "device-list");
	if (v->devices.n > 0)
		device_rows_put(p, &v->devices, staff);
	else if (staff)
		layout_empty(p, N_("There is no device yet. Each booth needs "
		    "one."), "/devices", N_("Add a device"));
	else
		layout_empty(p, N_("You have no device yet. The event's staff "
		    "give you one for your booth."), NULL, NULL);
	live_end(p);
}

static void
names(struct page *p, const struct view *v)
{
	live_begin(p, "names");
	if (any(&v->t.all)) {
		if (v->sponsor == NULL)
			dashboard_names(p, N_("By sponsor"), N_("Sponsor"),
			    &v->t.sponsors);
		dashboard_names(p, N_("By device"), N_("Device"),
		    &v->t.devices);
	}
	live_end(p);
}

static void
show(struct call *c, const char *title, struct view *v)
{
	struct page p;
	bw_err r = look(c, v);

	if (r == BW_OK) {
		layout_begin(&p, c, 200, title);
		choices(&p, c, v);
		if (v->sponsor == NULL) {
			duties_doubt(&p, c);
			incidents_due(&p, c);
			disowned(&p, c);
		}
		summary(&p, c, v);
		times(&p, v);
		devices(&p, c, v);
		names(&p, v);
		if (v->sponsor == NULL &&
		    access_may(ACT_EXPORTS, c->me->login.account.role))
			form_button(&p, c, "/exports/counts",
			    N_("Save all counts as CSV"));
		assets_dashboard(&p);
		layout_end(&p, c);
	} else
		layout_failure(c, r);
	tallies_free(&v->t);
	device_rows_free(&v->devices);
}

void
dashboard_show(struct call *c)
{
	show(c, N_("Dashboard"), &(struct view){ .path = "/dashboard" });
}

void
dashboard_booths(struct call *c)
{
	show(c, N_("Our booths"), &(struct view){ .path = "/booths",
	    .sponsor = c->me->login.account.sponsor });
}
