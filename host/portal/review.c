// SPDX-License-Identifier: Apache-2.0
/* What devices recorded and no sponsor is given, and why: "badgeward odd list"
 * as a page. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/portal/devices.h"
#include "host/store_settle.h"

#define ROWS 100

struct rows {
	struct page *p;
	unsigned n;
	uint64_t last;
	bool more;
	bool policy;		/* one is under a policy that was not here */
};

static bw_err
row(void *arg, const struct store_odd *odd)
{
	static const char *const heads[] = { N_("Device"), N_("Entry"),
		N_("Found"), N_("Why"), NULL };
	struct rows *w = arg;

	if ((w->more = w->n == ROWS))
		return BW_OK;
	if (w->n++ == 0)
		table_begin(w->p, N_("Held for review"), heads);
	w->last = odd->id;
	w->policy |= odd->reason == ODD_POLICY;
	table_row(w->p);
	page_raw(w->p, "<th scope=\"row\"><a href=\"/devices/");
	page_text(w->p, odd->device);
	page_raw(w->p, "\">");
	page_value(w->p, odd->device);
	page_raw(w->p, "</a></th>");
	table_number(w->p, odd->seq);
	table_time(w->p, odd->found_at);
	table_cell(w->p);
	say(w->p, odd_reason_name(odd->reason));
	return w->p->r;
}

static void
intro(struct page *p)
{
	say_in(p, "p", N_("Devices recorded this in due form, and yet it "
	    "cannot be right: it stays in the log and in the counts, and no "
	    "sponsor is given it."));
	page_raw(p, "<p>");
	say(p, N_("Only what was made beside a share that is not its person's "
	    "may come back: the privacy officer gives it back, or withdraws "
	    "it, in that person's case."));
	page_raw(p, " ");
	layout_link(p, "/cases", N_("Cases"));
	page_raw(p, "</p>\n");
}

static void
lost_policy(struct page *p)
{
	say_in(p, "p", N_("What was shared under a policy that this host did "
	    "not have when it came stays held, also when that policy is "
	    "installed later: nobody here could check what was agreed to. "
	    "After a restore, install the policies that it names before the "
	    "host is started; what came before that has to be shared again, "
	    "or sent to the sponsor by the person."));
}

void
review_list(struct call *c)
{
	char text[24], next[48];
	struct page p;
	struct rows w = { .p = &p };
	uint64_t after = 0;
	bw_err r = store_settle_few(c->store, c->now, SETTLE_LOOK_MS);

	if (r != BW_OK && r != BW_ERR_BUSY) {
		layout_failure(c, r);
		return;
	}
	if (http_param(c->in, "after", text, sizeof(text)) == BW_OK &&
	    text_number(text, strlen(text), INT64_MAX, &after) != BW_OK)
		after = 0;
	layout_begin(&p, c, 200, N_("Held for review"));
	intro(&p);
	r = store_odd_after(c->store, after, ROWS + 1, row, &w);
	if (w.n != 0)
		table_end(&p);
	else
		layout_empty(&p, N_("Nothing is held for review."), NULL,
		    NULL);
	if (w.policy)
		lost_policy(&p);
	snprintf(next, sizeof(next), "/review?after=%" PRIu64, w.last);
	layout_pager(&p, NULL, w.more ? next : NULL);
	if (p.r == BW_OK)
		p.r = r;
	layout_end(&p, c);
}
