// SPDX-License-Identifier: Apache-2.0
/* The queue of cases, and what pages of cases share. */
#include "host/portal/cases.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/lines.h"
#include "host/not_me.h"

#define CLOSED 50		/* rows of those that are closed */

void
cases_left(struct page *p, int64_t due, int64_t now)
{
	int64_t left = case_days_left(due, now);

	if (left > 0)
		say_count(p, N_("%s day left"), N_("%s days left"),
		    (uint64_t)left);
	else if (left == 0)
		say_in(p, "strong", N_("ends today"));
	else {
		page_raw(p, "<strong class=\"over\">");
		say_count(p, N_("over-due: day %s"), N_("over-due: day %s"),
		    (uint64_t)-left);
		page_raw(p, "</strong>");
	}
}

bool
cases_open_one(struct call *c, struct case_file *out)
{
	uint64_t num;
	bw_err r = layout_id(c, &num);

	memset(out, 0, sizeof(*out));
	if (r == BW_OK)
		r = case_get(c->store, num, out);
	if (r == BW_OK && !case_is_open(out->state))
		r = BW_ERR_GONE;
	if (r != BW_OK)
		cases_end(c, out, r, NULL);
	return r == BW_OK;
}

void
cases_end(struct call *c, const struct case_file *f, bw_err r,
    const char *done)
{
	char path[40];

	snprintf(path, sizeof(path), "/cases/%" PRIu64, f->num);
	if (r == BW_OK)
		r = store_commit(c->store);
	if (r == BW_OK) {
		layout_go(c, path, done);
		return;
	}
	store_rollback(c->store);
	if (r == BW_ERR_EXISTS || r == BW_ERR_GONE)
		layout_go(c, path, "otherwise");
	else if (r == BW_ERR_EXPIRED)
		layout_go(c, path, "case-late");
	else
		layout_failure(c, r);
}

bool
cases_text(const struct call *c, const char *name,
    char out[static CASE_TEXT_MAX + 1])
{
	size_t size = c->in->body_len + 1, n = 0;
	char *raw = malloc(size);

	out[0] = 0;
	if (raw == NULL)
		return false;
	raw[0] = 0;
	/* A browser's line ends are two bytes, of which one counts. */
	if (http_form(c->in, name, raw, size) == BW_OK &&
	    text_is_utf8(raw, strlen(raw)) &&
	    (n = lines_clean(raw)) <= CASE_TEXT_MAX)
		memcpy(out, raw, n + 1);
	else
		n = 0;
	explicit_bzero(raw, size);
	free(raw);
	return n > 0;
}

struct walk {
	struct page *p;
	struct call *c;
	bool link;		/* who asks may see one */
	unsigned n;
	uint64_t last;		/* the oldest shown */
};

static void
row_head(struct walk *w, const struct case_file *f)
{
	char href[40], num[24];

	snprintf(href, sizeof(href), "/cases/%" PRIu64, f->num);
	snprintf(num, sizeof(num), "%" PRIu64, f->num);
	table_row(w->p);
	page_raw(w->p, "<th scope=\"row\">");
	if (w->link)
		page_raw(w->p, "<a href=\"");
	if (w->link)
		page_text(w->p, href);
	page_raw(w->p, w->link ? "\">" : "");
	page_text(w->p, num);
	page_raw(w->p, w->link ? "</a></th>" : "</th>");
	table_cell(w->p);
	say(w->p, cases_type(f->type));
	table_cell(w->p);
	say(w->p, cases_state(f->state));
}

static bw_err
open_row(void *arg, const struct case_file *f)
{
	static const char *const heads[] = { N_("Case"), N_("What"),
		N_("State"), N_("Time left"), N_("Due"), N_("Received"),
		NULL };
	struct walk *w = arg;
	uint64_t n;
	bw_err r = not_me_holds(w->c->store, f, &n);

	if (r != BW_OK)
		return r;
	if (w->n++ == 0)
		table_begin(w->p, N_("Open cases"), heads);
	row_head(w, f);
	if (n != 0) {
		page_raw(w->p, "<br><strong class=\"over\">");
		say_count(w->p, N_("holds %s lead: urgent"),
		    N_("holds %s leads: urgent"), n);
		page_raw(w->p, "</strong>");
	}
	table_cell(w->p);
	cases_left(w->p, f->due, w->c->now);
	table_time(w->p, f->due);
	table_time(w->p, f->received);
	return w->p->r;
}

static bw_err
closed_row(void *arg, const struct case_file *f)
{
	static const char *const heads[] = { N_("Case"), N_("What"),
		N_("State"), N_("Closed"), N_("In time"), NULL };
	struct walk *w = arg;

	if (w->n++ == 0)
		table_begin(w->p, N_("Closed cases"), heads);
	w->last = f->num;
	row_head(w, f);
	table_time(w->p, f->closed_at);
	table_cell(w->p);
	say(w->p, f->closed_at <= f->due ? N_("yes") : N_("no, late"));
	return w->p->r;
}

static bw_err
trouble(struct page *p, struct call *c)
{
	struct case_counts n;
	bw_err r = case_count(c->store, c->now, &n);

	if (r != BW_OK || n.over == 0)
		return r;
	page_raw(p, "<div class=\"note note-danger\" role=\"alert\"><p>");
	say_count(p, N_("%s case is over-due. The person has a right to an "
	    "answer, and may complain to the authority."),
	    N_("%s cases are over-due. These people have a right to an answer, "
	    "and may complain to the authority."), n.over);
	page_raw(p, "</p></div>\n");
	return BW_OK;
}

static bw_err
zone_note(struct page *p, struct call *c)
{
	char zone[CASE_ZONE_MAX + 1];
	bw_err r = case_zone(c->store, zone);

	page_raw(p, "<p class=\"quiet\">");
	say(p, N_("An answer is due within one month of receipt, within three "
	    "if the person was told why in the first."));
	page_raw(p, " ");
	if (zone[0] == 0)
		say(p, N_("Days are counted in UTC. The event's own time "
		    "zone is set on the host's machine, with badgeward case "
		    "zone."));
	else
		say_value(p, N_("Days are those of %s."), zone);
	page_raw(p, "</p>\n");
	return r;
}

static bw_err
closed(struct page *p, struct walk *w)
{
	char text[24], older[64];
	bool copies = http_param(w->c->in, "copies", text, sizeof(text)) ==
	    BW_OK;
	uint64_t before = 0;
	bw_err r;

	if (http_param(w->c->in, "before", text, sizeof(text)) == BW_OK &&
	    text_number(text, strlen(text), INT64_MAX, &before) != BW_OK)
		before = 0;
	say_in(p, "h2", N_("Closed"));
	page_raw(p, copies ? "<p><a href=\"/cases\">" :
	    "<p><a href=\"/cases?copies=1\">");
	say(p, copies ? N_("Without the copies that people took themselves") :
	    N_("Also the copies that people took themselves"));
	page_raw(p, "</a></p>\n");
	w->n = 0;
	r = case_each_closed(w->c->store, copies, before, CLOSED, closed_row,
	    w);
	if (w->n != 0)
		table_end(p);
	else
		layout_empty(p, N_("There are none here."), NULL, NULL);
	snprintf(older, sizeof(older), "/cases?%sbefore=%" PRIu64,
	    copies ? "copies=1&" : "", w->last);
	layout_pager(p, NULL, w->n == CLOSED ? older : NULL);
	return r;
}

void
cases_list(struct call *c)
{
	struct page p;
	struct walk w = { &p, c, access_may(ACT_CASE,
	    c->me->login.account.role), 0, 0 };
	bw_err r;

	layout_begin(&p, c, 200, N_("Cases"));
	live_begin(&p, "cases");
	if ((r = trouble(&p, c)) == BW_OK)
		r = case_each_open(c->store, open_row, &w);
	if (w.n != 0)
		table_end(&p);
	else
		layout_empty(&p, N_("Nobody waits for an answer."),
		    "/requests", N_("Take in a request"));
	live_end(&p);
	if (r == BW_OK && (r = zone_note(&p, c)) == BW_OK)
		r = closed(&p, &w);
	if (p.r == BW_OK)
		p.r = r;
	layout_end(&p, c);
}
