// SPDX-License-Identifier: Apache-2.0
#include "host/page_share.h"

#include <stdio.h>
#include <string.h>

#include "host/page.h"

static void
term(struct page *p, const char *text)
{
	page_raw(p, "<div><dt>");
	page_text(p, text);
	page_raw(p, "</dt><dd>");
}

static void
term_end(struct page *p)
{
	page_raw(p, "</dd></div>\n");
}

static void
row(struct page *p, const char *name, const char *text)
{
	if (text[0] == 0)
		return;
	term(p, name);
	page_text(p, text);
	term_end(p);
}

static void
row_fields(struct page *p, field_set granted)
{
	term(p, p->w->what);
	page_raw(p, "<ul>");
	for (int f = 1; f <= FIELD_COUNT; f++)
		if ((granted & FIELD_BIT(f)) != 0)
			page_element(p, "li", p->w->field[f]);
	page_raw(p, "</ul>");
	term_end(p);
}

/* A text that leads somewhere; scheme: what its address has in front. */
static void
row_link(struct page *p, const char *name, const char *scheme,
    const char *text)
{
	term(p, name);
	page_raw(p, "<a rel=\"noreferrer noopener\" href=\"");
	page_raw(p, scheme);
	page_text(p, text);
	page_raw(p, "\">");
	page_text(p, text);
	page_raw(p, "</a>");
	term_end(p);
}

static void
row_url(struct page *p, const char *name, const char *url)
{
	if (strncmp(url, "https://", 8) == 0 ||
	    strncmp(url, "http://", 7) == 0)
		row_link(p, name, "", url);
	else
		row(p, name, url);
}

/* A plain address of mail can be tapped. */
static void
row_contact(struct page *p, const char *name, const char *contact)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_+";
	size_t local = strspn(contact, plain);
	const char *domain = contact + local + (contact[local] == '@');

	if (local != 0 && domain != contact + local && *domain != 0 &&
	    domain[strspn(domain, plain)] == 0)
		row_link(p, name, "mailto:", contact);
	else
		row(p, name, contact);
}

static const char *
purpose_of(const struct policy *pol, const char *lang)
{
	for (size_t i = 0; i < pol->sponsor.npurposes; i++)
		if (strcmp(pol->sponsor.purpose[i].lang, lang) == 0)
			return pol->sponsor.purpose[i].text;
	return pol->sponsor.npurposes > 0 ? pol->sponsor.purpose[0].text : "";
}

static void
row_kept(struct page *p, const struct policy *pol, int64_t from)
{
	term(p, p->w->kept);
	if (p->r == BW_OK)
		p->r = bw_buf_printf(&p->out->body, "%llu ",
		    (unsigned long long)pol->retain_days);
	page_text(p, pol->retain_days == 1 ? p->w->kept_day :
	    p->w->kept_days);
	page_raw(p, " ");
	page_day(p, from + (int64_t)pol->retain_days * 86400);
	term_end(p);
}

static void
facts(struct page *p, const struct store_receipt *r,
    const struct policy *pol)
{
	char id[TEXT_ID_MAX + 24];

	snprintf(id, sizeof(id), "%s-%llu", r->device.name,
	    (unsigned long long)r->lead.seq);
	page_raw(p, "<dl>\n");
	row_fields(p, r->lead.granted);
	term(p, p->w->when);
	page_time(p, r->lead.time);
	term_end(p);
	if (pol != NULL) {
		row(p, p->w->purpose, purpose_of(pol, p->w->lang));
		row_kept(p, pol, r->lead.time);
		row(p, p->w->country, pol->sponsor.country);
		row_contact(p, p->w->contact, pol->sponsor.contact);
		row_url(p, p->w->privacy, pol->sponsor.privacy_url);
		row(p, p->w->event, pol->event.name);
	}
	row(p, p->w->reference, id);
	page_raw(p, "</dl>\n");
}

static bool
is_ended(const struct store_lead *l)
{
	return l->state == LEAD_UNDONE || l->state == LEAD_WITHDRAWN;
}

static void
state_of(struct page *p, const struct store_lead *l, bool over)
{
	const char *text = p->w->held;

	if (l->state == LEAD_UNDONE)
		text = p->w->undone;
	else if (l->state == LEAD_WITHDRAWN)
		text = p->w->withdrawn;
	else if (over)
		text = p->w->over;
	else if (l->state == LEAD_LIVE)
		text = p->w->live;
	page_raw(p, "<p class=\"state\" role=\"status\">");
	page_text(p, text);
	if (is_ended(l)) {
		page_raw(p, "<br>");
		page_time(p, l->ended_at);
	}
	page_raw(p, "</p>\n");
}

static void
offers(struct page *p, bool withdraw, bool files)
{
	if (withdraw) {
		page_element(p, "h2", p->w->withdraw_title);
		page_element(p, "p", p->w->withdraw_text);
		page_button(p, "withdraw", p->w->withdraw_button, false);
	}
	if (!files)
		return;
	page_element(p, "h2", p->w->proof_title);
	page_element(p, "p", p->w->proof_text);
	page_raw(p, "<div class=\"row\">\n");
	page_button(p, "receipt", p->w->proof_receipt, true);
	page_button(p, "proof", p->w->proof_log, true);
	page_raw(p, "</div>\n");
}

void
page_share(struct call *c, const char *code,
    const struct store_receipt *r, const struct policy *pol, bool just_now)
{
	const struct words *w = words_for(c->in);
	const char *sponsor = pol != NULL ? pol->sponsor.name :
	    r->device.sponsor;
	bool over = pol != NULL && share_is_over(r->lead.time,
	    pol->retain_days, c->now);
	bool open = !over && !is_ended(&r->lead);
	char title[256];
	struct page p;

	if (just_now)
		snprintf(title, sizeof(title), "%s", w->withdrawn_title);
	else
		snprintf(title, sizeof(title), "%s %s", w->shared_with,
		    sponsor);
	page_begin(&p, c->in, c->out, 200, title, code);
	if (just_now) {
		page_element(&p, "p", w->withdrawn_text);
		page_raw(&p, "<h2>");
		page_text(&p, w->shared_with);
		page_raw(&p, " ");
		page_text(&p, sponsor);
		page_raw(&p, "</h2>\n");
	}
	state_of(&p, &r->lead, over);
	facts(&p, r, pol);
	page_raw(&p, "<p class=\"quiet\">");
	page_text(&p, w->no_values);
	if (open) {
		page_raw(&p, " ");
		page_text(&p, w->secret);
	}
	page_raw(&p, "</p>\n");
	offers(&p, open, pol != NULL);
	page_end(&p);
}

