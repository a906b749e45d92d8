// SPDX-License-Identifier: Apache-2.0
/* The clock by which things are deleted, when it is in doubt (hostclock.h). */
#include "host/portal/duties.h"

#include <string.h>

#include "host/hold.h"
#include "host/hostclock.h"
#include "host/right.h"
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

#define NAMED 20			/* of the registrations */

/* Erasures that go as soon as the clock is believed. */
struct going {
	struct store *s;
	int64_t now;
	size_t n;
	uint64_t id[NAMED];
};

static bw_err
on_right(void *arg, const struct right_state *st)
{
	struct going *g = arg;
	bool held = false;
	bw_err r;

	if (st->erase_due == 0 || st->erase_due > g->now)
		return BW_OK;
	if ((r = hold_any(g->s, st->registration, NULL, &held)) != BW_OK)
		return r;
	if (!held && g->n < NAMED)
		g->id[g->n] = st->registration;
	g->n += !held;
	return BW_OK;
}

/* Their pages are not this reader's to see. */
static void
put_going(struct page *p, const struct going *g)
{
	page_raw(p, "<p class=\"note note-warning\" id=\"going\">");
	say_count(p, N_("%s planned erasure is due by this time and is done at "
	    "once: registration"), N_("%s planned erasures are due by this "
	    "time and are done at once: registrations"), g->n);
	for (size_t i = 0; i < g->n && i < NAMED; i++) {
		page_raw(p, i == 0 ? " " : ", ");
		layout_number(p, g->id[i]);
	}
	page_raw(p, g->n > NAMED ? " …</p>\n" : "</p>\n");
}

/* What nobody can bring back is said before. */
static void
going(struct page *p, struct call *c, const struct hostclock *clock)
{
	struct going g = { .s = c->store, .now = clock->now.wall };
	bw_err r = right_each(c->store, on_right, &g);

	if (p->r == BW_OK)
		p->r = r;
	if (g.n != 0)
		put_going(p, &g);
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
	going(p, c, &clock);
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
			form_unconfirmed(c, "/duties", "day", NULL);
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
