// SPDX-License-Identifier: Apache-2.0
#include "host/page_row.h"

#include <string.h>

#include "host/country.h"

void
row_begin(struct page *p, const char *text)
{
	page_raw(p, "<div><dt>");
	page_text(p, text);
	page_raw(p, "</dt><dd>");
}

void
row_end(struct page *p)
{
	page_raw(p, "</dd></div>\n");
}

void
row_text(struct page *p, const char *name, const char *text)
{
	if (text[0] == 0)
		return;
	row_begin(p, name);
	page_value(p, text);
	row_end(p);
}

void
row_fields(struct page *p, const char *name, field_set fields)
{
	row_begin(p, name);
	page_raw(p, "<ul>");
	for (int f = 1; f <= FIELD_COUNT; f++)
		if ((fields & FIELD_BIT(f)) != 0)
			page_element(p, "li", p->w->field[f]);
	page_raw(p, "</ul>");
	row_end(p);
}

/* A text that leads somewhere; scheme: what its address has in front. */
static void
row_link(struct page *p, const char *name, const char *scheme,
    const char *text)
{
	row_begin(p, name);
	page_raw(p, "<a dir=\"ltr\" rel=\"noreferrer noopener\" href=\"");
	page_raw(p, scheme);
	page_text(p, text);
	page_raw(p, "\">");
	page_text(p, text);
	page_raw(p, "</a>");
	row_end(p);
}

void
row_url(struct page *p, const char *name, const char *url)
{
	if (strncmp(url, "https://", 8) == 0 ||
	    strncmp(url, "http://", 7) == 0)
		row_link(p, name, "", url);
	else
		row_text(p, name, url);
}

/* A plain address of mail can be tapped. */
void
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
		row_text(p, name, contact);
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
void
row_purpose(struct page *p, const struct policy *pol, const char *read_in)
{
	int i = purpose_in(pol, p->w->lang);

	if (i < 0)
		i = purpose_in(pol, read_in);
	if (i < 0)
		return;
	row_begin(p, p->w->purpose);
	page_raw(p, "<bdi lang=\"");
	page_text(p, pol->sponsor.purpose[i].lang);
	page_raw(p, "\">");
	page_text(p, pol->sponsor.purpose[i].text);
	page_raw(p, "</bdi>");
	row_end(p);
}

/* By its name in the page's language; its two letters when it has none. */
void
row_country(struct page *p, const char *code)
{
	char name[COUNTRY_NAME_MAX];

	row_text(p, p->w->country, country_name(code, p->w->lang, name) == BW_OK ?
	    name : code);
}
