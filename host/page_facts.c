// SPDX-License-Identifier: Apache-2.0
#include "host/page_facts.h"

#include <stdio.h>
#include <string.h>

#include "host/country.h"

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
	page_value(p, text);
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
	page_raw(p, "<a dir=\"ltr\" rel=\"noreferrer noopener\" href=\"");
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

/* The purpose in a language of the policy; -1: it has none in that. */
static int
purpose_in(const struct policy *pol, const char *lang)
{
	for (size_t i = 0; i < pol->sponsor.npurposes; i++)
		if (strcmp(pol->sponsor.purpose[i].lang, lang) == 0)
			return (int)i;
	return -1;
}

/* In the page's language, else as the attendee read it. */
static void
row_purpose(struct page *p, const struct policy *pol, const char *read_in)
{
	int i = purpose_in(pol, p->w->lang);

	if (i < 0)
		i = purpose_in(pol, read_in);
	if (i < 0)
		return;
	term(p, p->w->purpose);
	page_raw(p, "<bdi lang=\"");
	page_text(p, pol->sponsor.purpose[i].lang);
	page_raw(p, "\">");
	page_text(p, pol->sponsor.purpose[i].text);
	page_raw(p, "</bdi>");
	term_end(p);
}

static void
row_kept(struct page *p, const struct policy *pol, int64_t from)
{
	term(p, p->w->kept);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	if (p->r == BW_OK)
		p->r = bw_buf_printf(&p->out->body, pol->retain_days == 1 ?
		    p->w->kept_day : p->w->kept_days,
		    (unsigned long long)pol->retain_days);
#pragma GCC diagnostic pop
	page_day(p, from + (int64_t)pol->retain_days * 86400);
	page_text(p, p->w->kept_end);
	term_end(p);
}

/* By its name in the page's language; its two letters when it has none. */
static void
row_country(struct page *p, const char *code)
{
	char name[COUNTRY_NAME_MAX];

	row(p, p->w->country, country_name(code, p->w->lang, name) == BW_OK ?
	    name : code);
}

void
page_facts(struct page *p, const struct store_receipt *r,
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
		row_purpose(p, pol, r->lead.language);
		row_kept(p, pol, r->lead.time);
		row_country(p, pol->sponsor.country);
		row_contact(p, p->w->contact, pol->sponsor.contact);
		row_url(p, p->w->privacy, pol->sponsor.privacy_url);
		row(p, p->w->event, pol->event.name);
	}
	row(p, p->w->reference, id);
	page_raw(p, "</dl>\n");
}
