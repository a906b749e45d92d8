// SPDX-License-Identifier: Apache-2.0
/* The clock by which things are deleted, when it is in doubt (hostclock.h). */
#include "host/portal/duties.h"

#include <string.h>

#include "host/hostclock.h"
#include "host/when.h"

/* What must be typed: whoever looks at it sees what it would be believed. */
static void
today(const struct hostclock *clock, char out[static WHEN_SIZE])
{
	when_format(clock->now.wall, out);
	out[strlen("2026-06-01")] = 0;
}

void
duties_doubt(struct page *p, struct call *c)
{
	struct hostclock clock;
	bw_err r = hostclock_ask(c->store, &clock);

	if (p->r == BW_OK)
		p->r = r;
	if (clock.doubt == HOSTCLOCK_FINE ||
	    !access_may(ACT_DUTIES, c->me->login.account.role))
		return;
	page_raw(p, "<p class=\"note note-warning\"><a "
	    "href=\"/duties#clock\">");
	say(p, N_("The host's clock is in doubt, so nothing is deleted because "
	    "its time is over."));
	page_raw(p, "</a></p>\n");
}

void
duties_clock_note(struct page *p, struct call *c)
{
	struct hostclock clock;
	char day[WHEN_SIZE];
	bw_err r = hostclock_ask(c->store, &clock);

	if (p->r == BW_OK)
		p->r = r;
	if (clock.doubt == HOSTCLOCK_FINE)
		return;
	page_raw(p, "<h2 id=\"clock\">");
	say(p, N_("The clock is in doubt"));
	page_raw(p, "</h2>\n");
	layout_note(p, "warning", hostclock_sentence(clock.doubt));
	say_in(p, "p", N_("Nothing is deleted because its time is over, and no "
	    "erasure that was planned takes effect, until the clock is right. "
	    "If it is wrong, set it on the host's machine: then all goes on by "
	    "itself."));
	page_raw(p, "<dl>\n");
	fact_time(p, N_("What it says now"), clock.now.wall);
	fact_time(p, N_("When it was last believed"), clock.last.wall);
	page_raw(p, "</dl>\n");
	if (!access_may(ACT_HOLD, c->me->login.account.role))
		return;
	today(&clock, day);
	form_danger(p, c, "/duties/clock", N_("The clock is right"),
	    N_("What is over by this time is deleted, and erasures that are due "
	    "take effect. Nobody can bring that back."), day);
}

void
duties_clock(struct call *c)
{
	struct hostclock clock;
	char day[WHEN_SIZE];
	bw_err r;

	if ((r = store_begin(c->store)) == BW_OK &&
	    (r = hostclock_confirm(c->store, c->me->actor, &clock)) == BW_OK) {
		today(&clock, day);
		if (!form_confirmed(c, day)) {
			store_rollback(c->store);
			layout_go(c, "/duties", "day");
			return;
		}
		r = store_commit(c->store);
	}
	store_rollback(c->store);
	if (r == BW_OK)
		layout_go(c, "/duties", "clock");
	else
		layout_failure(c, r);
}
