// SPDX-License-Identifier: Apache-2.0
#include "host/page_share.h"

#include <stdio.h>
#include <string.h>

#include "host/not_me.h"
#include "host/page_facts.h"
#include "host/words_my.h"

static bool
is_over(const struct share_facts *f, int64_t now)
{
	return f->pol != NULL && share_is_over(f->r.kept_from,
	    f->pol->retain_days, now);
}

const char *
share_state(const struct words *w, const struct share_facts *f, int64_t now)
{
	const struct store_lead *l = &f->r.lead;

	if (l->state == LEAD_UNDONE)
		return w->undone;
	if (l->state == LEAD_WITHDRAWN)
		return w->withdrawn;
	if (is_over(f, now))
		return w->over;
	if (l->state != LEAD_LIVE)
		return w->checked;
	return f->r.barred ? w->held : w->live;
}

static void
state_of(struct page *p, const struct share_facts *f, int64_t now)
{
	page_raw(p, "<p class=\"state\" role=\"status\">");
	page_text(p, share_state(p->w, f, now));
	if (share_is_ended(f)) {
		page_raw(p, "<br>");
		page_time(p, f->r.lead.ended_at);
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

/* Of nobody's share any more there is nobody who says so. */
static void
not_me(struct page *p, struct call *c, const struct share_facts *f, bool over)
{
	bool said;
	bw_err r = not_me_said(c->store, f->r.lead.device, f->r.lead.seq,
	    &said);

	if (r != BW_OK && p->r == BW_OK)
		p->r = r;
	if (f->r.lead.edition != 0 && !over && !said)
		page_button(p, "notme", p->w->daily_notme, true);
}

static void
files(struct page *p, bool all)
{
	page_element(p, "h2", p->w->proof_title);
	page_element(p, "p", p->w->proof_text);
	page_raw(p, "<div class=\"row\">\n");
	if (all)
		page_button(p, "paper", p->w->proof_paper, true);
	if (all)
		page_button(p, "receipt", p->w->proof_receipt, true);
	page_button(p, "proof", p->w->proof_log, true);
	page_raw(p, "</div>\n<p><a href=\"/verify\">");
	page_text(p, p->w->proof_check);
	page_raw(p, "</a></p>\n");
}

/* It opens nothing by itself: whoever photographs the booth's screen has the
 * code, so a link goes to the registered address. */
static void
everything(struct page *p)
{
	const struct words_my *m = words_my(p->w);

	page_element(p, "h2", m->title);
	page_element(p, "p", m->all_text);
	p->action = "/my/ask";
	page_button(p, "all", m->all_button, true);
	p->action = NULL;
}

void
share_with(const struct words *w, const struct share_facts *f,
    char out[static SHARE_WITH_MAX])
{
	size_t before = strcspn(w->shared_with, "%");

	snprintf(out, SHARE_WITH_MAX, "%.*s\u2068%s\u2069%s", (int)before,
	    w->shared_with, f->pol != NULL ? f->pol->sponsor.name :
	    f->r.device.sponsor, w->shared_with + before + 2);
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
	bool open = !is_over(f, c->now) && !share_is_ended(f);
	char with[SHARE_WITH_MAX];
	struct page p;

	share_with(w, f, with);
	page_begin(&p, w, c->in, c->out, 200, just_now ? w->withdrawn_title :
	    with, code);
	page_in_zone(&p, c->store);
	if (just_now) {
		page_element(&p, "p", w->withdrawn_text);
		page_element(&p, "h2", with);
	}
	state_of(&p, f, c->now);
	page_facts(&p, r, pol);
	remarks(&p, open);
	withdrawal(&p, open);
	not_me(&p, c, f, is_over(f, c->now));
	what_was_read(&p, f->read);
	files(&p, pol != NULL);
	everything(&p);
	page_end(&p);
}
