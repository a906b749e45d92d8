// SPDX-License-Identifier: Apache-2.0
/* The pieces of pages: words, tables. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "host/audit.h"
#include "host/case.h"
#include "host/portal/layout.h"
#include "host/route.h"

void
say(struct page *p, const char *sentence)
{
	page_text(p, catalogue_find(p->w->lang, sentence));
}

/* What stands before and after the one %s. */
static void
around(struct page *p, const char *text, const char *value, bool other)
{
	const char *at = strstr(text, "%s");
	char before[512];

	if (at == NULL) {
		page_text(p, text);
		return;
	}
	snprintf(before, sizeof(before), "%.*s", (int)(at - text), text);
	page_text(p, before);
	if (other)
		page_value(p, value);
	else
		page_text(p, value);
	page_text(p, at + 2);
}

void
say_value(struct page *p, const char *sentence, const char *value)
{
	around(p, catalogue_find(p->w->lang, sentence), value, true);
}

/* With a blank that does not break between thousands. */
static void
digits(uint64_t n, char out[static 64])
{
	char plain[24];
	size_t len = (size_t)snprintf(plain, sizeof(plain), "%llu",
	    (unsigned long long)n), o = 0;

	for (size_t i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0 && len > 4) {
			memcpy(out + o, "\u202f", 3);
			o += 3;
		}
		out[o++] = plain[i];
	}
	out[o] = 0;
}

void
say_count(struct page *p, const char *one, const char *many, uint64_t n)
{
	char text[64];

	digits(n, text);
	around(p, catalogue_find(p->w->lang, n == 1 ? one : many), text,
	    false);
}

void
say_in(struct page *p, const char *tag, const char *sentence)
{
	page_element(p, tag, catalogue_find(p->w->lang, sentence));
}

void
fact_begin(struct page *p, const char *name)
{
	page_raw(p, "<dt>");
	say(p, name);
	page_raw(p, "</dt><dd>");
}

void
fact_value(struct page *p, const char *name, const char *value)
{
	fact_begin(p, name);
	if (value[0] != 0)
		page_value(p, value);
	else
		page_raw(p, "–");
	page_raw(p, "</dd>\n");
}

void
fact_time(struct page *p, const char *name, int64_t t)
{
	fact_begin(p, name);
	if (t != 0)
		page_time(p, t);
	else
		say(p, N_("never"));
	page_raw(p, "</dd>\n");
}

void
layout_link(struct page *p, const char *href, const char *sentence)
{
	page_raw(p, "<a href=\"");
	page_text(p, href);
	page_raw(p, "\">");
	say(p, sentence);
	page_raw(p, "</a>");
}

void
layout_number(struct page *p, uint64_t n)
{
	char text[64];

	digits(n, text);
	page_text(p, text);
}

void
layout_actor(struct call *c, const char *actor,
    char out[static ACCOUNT_MAIL_MAX + 1])
{
	uint64_t id = audit_account(actor);
	struct account a;

	snprintf(out, ACCOUNT_MAIL_MAX + 1, "%s", actor);
	if (id != 0 && account_get(c->store, id, &a) == BW_OK)
		snprintf(out, ACCOUNT_MAIL_MAX + 1, "%s", a.mail);
}

void
layout_when(struct page *p, int64_t t)
{
	time_t when = (time_t)t, there = when + case_ahead(p->zone, t);
	struct tm utc, tm;
	char text[64];

	if (gmtime_r(&when, &utc) == NULL || gmtime_r(&there, &tm) == NULL)
		return;
	strftime(text, sizeof(text), "<time datetime=\"%Y-%m-%dT%H:%M:%SZ\">",
	    &utc);
	page_raw(p, text);
	strftime(text, sizeof(text), "%Y\u2011%m\u2011%d %H:%M</time>", &tm);
	page_raw(p, text);
}

void
layout_note(struct page *p, const char *kind, const char *sentence)
{
	bool bad = strcmp(kind, "danger") == 0;

	page_raw(p, "<div class=\"note note-");
	page_text(p, kind);
	page_raw(p, bad ? "\" role=\"alert\">" : "\" role=\"status\">");
	say(p, sentence);
	page_raw(p, "</div>\n");
}

void
layout_empty(struct page *p, const char *sentence, const char *href,
    const char *todo)
{
	page_raw(p, "<div class=\"empty\">\n");
	say_in(p, "p", sentence);
	if (href != NULL) {
		page_raw(p, "<p class=\"no-paper\">");
		layout_link(p, href, todo);
		page_raw(p, "</p>\n");
	}
	page_raw(p, "</div>\n");
}

/* Room for what its cells show to be of it: that they are numbers. */
#define NUMBER " class=\"number\""
#define HEAD "<th scope=\"col\"               "

/* The head of the column that comes next is over numbers. */
static void
head_number(struct page *p)
{
	char *at = (char *)p->out->body.ptr + p->table.head;
	char *end = (char *)p->out->body.ptr + p->out->body.len;

	for (size_t i = 0; i <= p->table.at; i++, at++) {
		at = memmem(at, (size_t)(end - at), "<t", 2);
		if (at == NULL)
			return;
	}
	at--;
	if ((size_t)(end - at) >= strlen(HEAD) &&
	    memcmp(at, HEAD, strlen(HEAD)) == 0)
		memcpy(at + strlen(HEAD) - strlen(NUMBER), NUMBER,
		    strlen(NUMBER));
}

void
table_begin(struct page *p, const char *caption, const char *const *heads)
{
	p->table.heads = heads;
	page_raw(p, "<div class=\"table-responsive\" tabindex=\"0\" "
	    "role=\"region\" aria-label=\"");
	say(p, caption);
	page_raw(p, "\">\n<table class=\"table\">\n"
	    "<caption class=\"visually-hidden\">");
	say(p, caption);
	page_raw(p, "</caption>\n<thead><tr>");
	p->table.head = p->out->body.len;
	for (; *heads != NULL; heads++) {
		page_raw(p, (*heads)[0] != 0 ? HEAD ">" : "<td>");
		if ((*heads)[0] != 0)
			say(p, *heads);
		page_raw(p, (*heads)[0] != 0 ? "</th>" : "</td>");
	}
	/* HTML lets ends of cells and rows be left out. */
	page_raw(p, "</tr></thead>\n<tbody>\n");
}

static void
row_begin(struct page *p, const char *markup)
{
	page_raw(p, markup);
	p->table.at = 0;
	p->table.row = p->out->body.len;
}

void
table_row(struct page *p)
{
	row_begin(p, "<tr>\n");
}

void
table_row_as(struct page *p, const char *id)
{
	page_raw(p, "<tr id=\"");
	page_text(p, id);
	row_begin(p, "\">\n");
}

void
table_head(struct page *p)
{
	page_raw(p, "<th scope=\"row\">");
	p->table.at++;
}

void
table_cell_with(struct page *p, const char *attributes)
{
	const char *head;

	/* A <th> stands before it. */
	if (p->table.at == 0 && p->out->body.len > p->table.row)
		p->table.at++;
	head = p->table.heads[p->table.at];
	if (p->r == BW_OK && head != NULL && strncmp(attributes, NUMBER,
	    strlen(NUMBER)) == 0)
		head_number(p);
	if (head != NULL)
		p->table.at++;
	page_raw(p, "<td");
	if (head != NULL && head[0] != 0) {
		page_raw(p, " data-head=\"");
		say(p, head);
		page_raw(p, "\"");
	}
	page_raw(p, attributes);
	page_raw(p, ">");
}

void
table_cell(struct page *p)
{
	table_cell_with(p, "");
}

void
table_value(struct page *p, const char *value)
{
	table_cell(p);
	page_value(p, value);
}

void
table_number(struct page *p, uint64_t n)
{
	table_cell_with(p, NUMBER);
	layout_number(p, n);
}

void
table_time(struct page *p, int64_t t)
{
	table_cell(p);
	if (t == 0)
		say(p, N_("never"));
	else
		page_time(p, t);
}

void
table_end(struct page *p)
{
	page_raw(p, "</tbody>\n</table>\n</div>\n");
	p->table.heads = NULL;
}

void
layout_pager(struct page *p, const char *newer, const char *older)
{
	if (newer == NULL && older == NULL)
		return;
	page_raw(p, "<nav class=\"pager\" aria-label=\"");
	say(p, N_("Further pages"));
	page_raw(p, "\">\n");
	if (newer != NULL)
		layout_link(p, newer, N_("Previous page"));
	page_raw(p, " ");
	if (older != NULL)
		layout_link(p, older, N_("Next page"));
	page_raw(p, "</nav>\n");
}
