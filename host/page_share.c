// SPDX-License-Identifier: Apache-2.0
#include "host/page_share.h"

#include <stdio.h>
#include <string.h>

#include "host/page_facts.h"

static bool
is_ended(const struct store_lead *l)
{
	return l->state == LEAD_UNDONE || l->state == LEAD_WITHDRAWN;
}

static void
state_of(struct page *p, const struct store_receipt *r, bool over)
{
	const struct store_lead *l = &r->lead;
	const char *text = p->w->held;

	if (l->state == LEAD_UNDONE)
		text = p->w->undone;
	else if (l->state == LEAD_WITHDRAWN)
		text = p->w->withdrawn;
	else if (over)
		text = p->w->over;
	else if (l->state == LEAD_LIVE && !r->barred)
		text = p->w->live;
	page_raw(p, "<p class=\"state\" role=\"status\">");
	page_text(p, text);
	if (is_ended(l)) {
		page_raw(p, "<br>");
		page_time(p, l->ended_at);
	}
	page_raw(p, "</p>\n");
}

/* Word for word, in the language that it was shown in. */
static void
what_was_read(struct page *p, const struct policy_notice *n)
{
	const struct words *w;

	page_element(p, "h2", p->w->read_title);
	if (n == NULL) {
		page_element(p, "p", p->w->read_lost);
		return;
	}
	w = words_named(n->lang);
	page_raw(p, "<blockquote lang=\"");
	page_text(p, n->lang);
	page_raw(p, w != NULL && w->rtl ? "\" dir=\"rtl\">\n" :
	    "\" dir=\"ltr\">\n");
	page_element(p, "p", n->title);
	page_element(p, "p", n->purpose);
	page_element(p, "p", n->retention);
	page_element(p, "p", n->withdraw);
	page_element(p, "p", n->silence);
	page_raw(p, "</blockquote>\n");
}

static void
withdrawal(struct page *p, bool open)
{
	if (!open)
		return;
	page_element(p, "h2", p->w->withdraw_title);
	page_element(p, "p", p->w->withdraw_text);
	page_button(p, "withdraw", p->w->withdraw_button, false);
}

static void
files(struct page *p, bool all)
{
	page_element(p, "h2", p->w->proof_title);
	page_element(p, "p", p->w->proof_text);
	page_raw(p, "<div class=\"row\">\n");
	if (all)
		page_button(p, "receipt", p->w->proof_receipt, true);
	page_button(p, "proof", p->w->proof_log, true);
	page_raw(p, "</div>\n<p><a href=\"/verify\">");
	page_text(p, p->w->proof_check);
	page_raw(p, "</a></p>\n");
}

/* "You shared with" and whom, the name in its own direction. */
static void
shared_with(const struct words *w, const char *sponsor, char *out, size_t n)
{
	size_t before = strcspn(w->shared_with, "%");

	snprintf(out, n, "%.*s\u2068%s\u2069%s", (int)before, w->shared_with,
	    sponsor, w->shared_with + before + 2);
}

/* open: there is something left to withdraw with the code. */
static void
remarks(struct page *p, bool open)
{
	page_raw(p, "<p class=\"quiet\">");
	page_text(p, p->w->no_values);
	if (open) {
		page_raw(p, " ");
		page_text(p, p->w->secret);
	}
	page_raw(p, "</p>\n");
}

void
page_share(struct call *c, const char *code, const struct share_facts *f,
    bool just_now)
{
	const struct store_receipt *r = &f->r;
	const struct policy *pol = f->pol;
	const struct words *w = words_for_share(c->in, r->lead.language);
	bool over = pol != NULL && share_is_over(r->lead.time,
	    pol->retain_days, c->now);
	bool open = !over && !is_ended(&r->lead);
	char with[400];
	struct page p;

	shared_with(w, pol != NULL ? pol->sponsor.name : r->device.sponsor,
	    with, sizeof(with));
	page_begin(&p, w, c->in, c->out, 200, just_now ? w->withdrawn_title :
	    with, code);
	if (just_now) {
		page_element(&p, "p", w->withdrawn_text);
		page_element(&p, "h2", with);
	}
	state_of(&p, r, over);
	page_facts(&p, r, pol);
	remarks(&p, open);
	withdrawal(&p, open);
	what_was_read(&p, f->read);
	files(&p, pol != NULL);
	page_end(&p);
}
