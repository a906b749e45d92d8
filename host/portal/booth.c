// SPDX-License-Identifier: Apache-2.0
/* How a sponsor's devices are, and what to do at the booth. */
#include <string.h>

#include "host/portal/sponsor.h"
#include "host/store_device.h"
#include "host/store_tally.h"

#define QUIET_SECONDS (15 * 60)

struct walk {
	struct page *p;
	struct call *c;
	bool any;
};

struct how {
	const char *state, *todo;	/* English */
};

static struct how
how(const struct store_device *d, int64_t now)
{
	if (d->state == DEVICE_REVOKED)
		return (struct how){ N_("Cut off"), N_("Put it away and do "
		    "not use it. The organisers have another one.") };
	if (d->forked)
		return (struct how){ N_("Its log does not fit together"),
		    N_("Stop using it and tell the organisers.") };
	if (d->state == DEVICE_INVITED)
		return (struct how){ N_("Not set up yet"), N_("Switch it on "
		    "and give it the address that the organisers have for "
		    "it.") };
	if (now - d->last_seen > QUIET_SECONDS)
		return (struct how){ N_("Not heard of lately"), N_("Look at "
		    "its screen. Without a network it goes on and sends "
		    "everything later; if the screen is dark, check its "
		    "power.") };
	return (struct how){ N_("Working"), N_("Nothing.") };
}

static bw_err
row(void *arg, const struct store_device *d)
{
	static const char *const heads[] = { N_("Booth device"),
		N_("State"), N_("Last heard of"), N_("What to do"), NULL };
	struct walk *w = arg;
	struct how h = how(d, w->c->now);

	if (strcmp(d->sponsor, sponsor_own(w->c)) != 0)
		return BW_OK;
	if (!w->any)
		table_begin(w->p, N_("Devices"), heads);
	w->any = true;
	table_row(w->p);
	page_raw(w->p, "<th scope=\"row\">");
	page_value(w->p, d->name);
	page_raw(w->p, "</th>");
	table_cell(w->p);
	say(w->p, h.state);
	table_time(w->p, d->last_seen);
	table_cell(w->p);
	say(w->p, h.todo);
	return w->p->r;
}

static bw_err
count(void *arg, const struct store_tally *t)
{
	struct store_tally *sum = arg;

	sum->shares += t->shares;
	sum->declines += t->declines;
	sum->no_answers += t->no_answers;
	sum->undos += t->undos;
	return BW_OK;
}

static void
number(struct page *p, const char *name, uint64_t n)
{
	say_in(p, "dt", name);
	page_raw(p, "<dd>");
	layout_number(p, n);
	page_raw(p, "</dd>\n");
}

static void
counts(struct page *p, struct call *c)
{
	struct store_tally sum = { .hour = 0 };
	bw_err r = store_tally_settle(c->store, 100);

	if (r == BW_OK || r == BW_ERR_BUSY)
		r = store_tally_each(c->store, sponsor_own(c), 0, count, &sum);
	say_in(p, "h2", N_("Counts"));
	page_raw(p, "<dl class=\"facts\">\n");
	number(p, N_("Shared"), sum.shares);
	number(p, N_("of these taken back at once"), sum.undos);
	number(p, N_("Declined"), sum.declines);
	number(p, N_("No answer"), sum.no_answers);
	page_raw(p, "</dl>\n");
	if (p->r == BW_OK)
		p->r = r;
}

void
booth_show(struct call *c)
{
	struct page p;
	struct walk w = { &p, c, false };
	bw_err r;

	layout_begin(&p, c, 200, N_("Booth"));
	page_raw(&p, "<div id=\"booth\" data-live>\n");
	r = store_device_each(c->store, row, &w);
	if (w.any)
		table_end(&p);
	else
		layout_empty(&p, N_("You have no device yet. The organisers "
		    "give you one."), NULL, NULL);
	say_in(&p, "p", N_("Hold the upper left corner of the screen for two "
	    "seconds and enter your PIN to see how a device is."));
	counts(&p, c);
	page_raw(&p, "</div>\n");
	if (p.r == BW_OK)
		p.r = r;
	layout_end(&p, c);
}
