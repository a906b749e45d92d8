// SPDX-License-Identifier: Apache-2.0
/* A sponsor's leads as a file, and the list of the files that were made. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/export_answer.h"
#include "host/portal/form.h"
#include "host/portal/making.h"
#include "host/portal/sponsor.h"
#include "host/token.h"

#define SHOWN 50

static const char *const formats[] = { [LEADS_CSV] = N_("CSV"),
	[LEADS_JSON] = N_("JSON"), [LEADS_XLSX] = N_("Excel (XLSX)"),
	[LEADS_VCARD] = N_("Contacts (vCard)"),
	[LEADS_SALESFORCE] = N_("Salesforce"),
	[LEADS_CSV_NOTES] = N_("CSV with notes") };

/* As they are offered, with what is in each. */
#define FORMATS 6
static const enum leads_format order[FORMATS] = { LEADS_XLSX, LEADS_CSV_NOTES,
	LEADS_CSV, LEADS_SALESFORCE, LEADS_VCARD, LEADS_JSON };
static const struct { const char *row, *notes; } holds[FORMATS] = {
	[LEADS_CSV] = { N_("each share"), N_("no") },
	[LEADS_JSON] = { N_("each share"), N_("yes") },
	[LEADS_XLSX] = { N_("each share"), N_("yes") },
	[LEADS_VCARD] = { N_("each person"), N_("yes, in the card's note") },
	[LEADS_SALESFORCE] = { N_("each person"), N_("yes, in Description") },
	[LEADS_CSV_NOTES] = { N_("each share"), N_("yes") }
};

struct walk {
	struct page *p;
	struct call *c;
	bool any, api;
	unsigned n;
	uint64_t last;
};

static void
checksum(struct page *p, const struct store_export *e)
{
	char hex[TEXT_HEX_SIZE(CRYPTO_HASH)];

	if (strcmp(e->format, STORE_EXPORT_API) == 0) {
		table_value(p, "–");
		return;
	}
	text_hex(e->sha256, sizeof(e->sha256), hex);
	table_cell(p);
	page_raw(p, "<details class=\"sum\"><summary><code>");
	page_raw(p, (char[9]){ hex[0], hex[1], hex[2], hex[3], hex[4],
	    hex[5], hex[6], hex[7], 0 });
	page_raw(p, "…</code></summary><code>");
	page_raw(p, hex);
	page_raw(p, "</code></details>");
}

static bool
numbered(const char *actor, const char *what, uint64_t *n)
{
	size_t len = strlen(what);

	return strncmp(actor, what, len) == 0 && text_number(actor + len,
	    strlen(actor + len), INT64_MAX, n) == BW_OK;
}

void
sponsor_program(struct page *p, struct call *c, uint64_t n)
{
	struct token t;

	say(p, N_("a program, by its token"));
	if (token_get(c->store, n, &t) != BW_OK ||
	    strcmp(t.sponsor, sponsor_own(c)) != 0)
		return;
	page_raw(p, " ");
	page_value(p, t.name);
}

void
sponsor_by(struct page *p, struct call *c, const char *actor)
{
	uint64_t n = 0;

	if (numbered(actor, "account:", &n))
		sponsor_who(p, c, n);
	else if (numbered(actor, "token:", &n))
		sponsor_program(p, c, n);
	else
		say(p, N_("the organisers"));
}

void
sponsor_format(struct page *p, const char *format)
{
	enum leads_format f;

	if (leads_format_parse(format, &f) == BW_OK)
		say(p, formats[f]);
	else if (strcmp(format, STORE_EXPORT_API) == 0)
		say(p, N_("read through the API"));
	else
		page_value(p, format);
}

static bw_err
row(void *arg, const struct store_export *e)
{
	static const char *const heads[] = { N_("When"), N_("Who"),
		N_("Format"), N_("Leads"), N_("Download"),
		N_("SHA-256 of the file"), NULL };
	struct walk *w = arg;

	if (w->n++ == SHOWN)
		return BW_OK;
	if (!w->any)
		table_begin(w->p, N_("Files made so far"), heads);
	w->any = true;
	w->api |= strcmp(e->format, STORE_EXPORT_API) == 0;
	w->last = e->id;
	table_row(w->p);
	table_time(w->p, e->at);
	table_cell(w->p);
	sponsor_by(w->p, w->c, e->actor);
	table_cell(w->p);
	sponsor_format(w->p, e->format);
	table_number(w->p, e->n);
	table_cell(w->p);
	making_state(w->p, e->state);
	checksum(w->p, e);
	return w->p->r;
}

static void
made(struct page *p, struct call *c)
{
	struct walk w = { .p = p, .c = c };
	char text[24], older[48];
	uint64_t before = 0;
	bw_err r;

	if (http_param(c->in, "before", text, sizeof(text)) == BW_OK &&
	    text_number(text, strlen(text), INT64_MAX, &before) != BW_OK)
		before = 0;
	say_in(p, "h2", N_("Files made so far"));
	page_raw(p, "<div id=\"made\" data-live>\n");
	r = store_export_each(c->store, sponsor_own(c), before, SHOWN + 1,
	    row, &w);
	if (w.any)
		table_end(p);
	else
		layout_empty(p, N_("None yet. Each file that is made from your "
		    "leads is listed here, with who made it."), NULL, NULL);
	if (w.api)
		say_in(p, "p", N_("What a program reads through the API is one "
		    "row for each hour. Its number is of all answers together: "
		    "a lead counts each time it was read."));
	snprintf(older, sizeof(older), "/downloads?before=%" PRIu64, w.last);
	layout_pager(p, NULL, w.n > SHOWN ? older : NULL);
	page_raw(p, "</div>\n");
	if (p->r == BW_OK)
		p->r = r;
}

/* When whoever asks made the last one that arrived: what others have taken, a program or the
 * organisers too, is nothing that this one has. */
static bw_err
last_made(struct call *c, int64_t *at)
{
	return store_export_last(c->store, sponsor_own(c), c->me->actor, at);
}

static void
format_choice(struct page *p, const char *error)
{
	struct form_field f = { .name = "format", .label = N_("Format"),
		.error = error, .hint = N_("The file for Salesforce needs no "
		    "columns to be chosen there.") };

	form_select_begin(p, &f);
	for (size_t i = 0; i < FORMATS; i++)
		form_option(p, &f, leads_format_name(order[i]),
		    catalogue_find(p->w->lang, formats[order[i]]));
	form_select_end(p, &f);
}

static void
contents(struct page *p)
{
	static const char *const heads[] = { N_("Format"),
		N_("A row or card for"),
		N_("Rating, tags, answers, notes"), NULL };

	say_in(p, "h2", N_("What is in the files"));
	table_begin(p, N_("What is in the files"), heads);
	for (size_t i = 0; i < FORMATS; i++) {
		table_row(p);
		table_head(p);
		say(p, formats[order[i]]);
		page_raw(p, "</th>");
		table_cell(p);
		say(p, holds[order[i]].row);
		table_cell(p);
		say(p, holds[order[i]].notes);
	}
	table_end(p);
	say_in(p, "p", N_("The values that attendees agreed to are in all of "
	    "them. Whoever shared several times has as many rows, with the "
	    "same word in the column person where a name or an address was "
	    "given; vCard and Salesforce have one entry for each person. "
	    "Each file says until when you may keep what it holds, as "
	    "keep_until: CSV and Excel in a column, JSON in a member, vCard "
	    "in the card's note, Salesforce in Description. Times are in "
	    "UTC, in Excel in the zone that the column's head names. CSV "
	    "without notes is made the fastest."));
}

static void
which_choice(struct page *p, const struct leads_query *q, int64_t last)
{
	struct form_field f = { .name = "which", .label = N_("Which leads"),
		.value = leads_query_filters(q) ? "these" : "all" };

	if (last != 0)
		f.hint = N_("A file whose download broke off does not count "
		    "as your last one.");
	form_select_begin(p, &f);
	form_option(p, &f, "all", catalogue_find(p->w->lang,
	    N_("all leads")));
	if (leads_query_filters(q))
		form_option(p, &f, "these", catalogue_find(p->w->lang,
		    N_("those that the list showed")));
	if (last != 0)
		form_option(p, &f, "new", catalogue_find(p->w->lang,
		    N_("new or changed since your last file")));
	form_select_end(p, &f);
}

static void
page(struct call *c, unsigned status, const struct leads_query *q,
    const char *error)
{
	struct page p;
	int64_t last;
	bw_err r = last_made(c, &last);

	layout_begin(&p, c, status, N_("Export"));
	say_in(&p, "p", N_("The file holds what attendees agreed to give you. "
	    "Who made it is kept, with how many leads were in it. Keep it no "
	    "longer than you may. Leave this page open until the download "
	    "begins: the file is not made to its end when you leave."));
	form_begin(&p, c, "/downloads", false);
	format_choice(&p, error);
	which_choice(&p, q, last);
	leads_query_hidden(&p, q);
	form_end(&p, N_("Make the file"));
	making_show_own(&p, c);
	made(&p, c);
	contents(&p);
	if (p.r == BW_OK)
		p.r = r;
	layout_end(&p, c);
}

void
downloads_list(struct call *c)
{
	struct leads_query q;

	leads_query_read(c, false, &q);
	page(c, 200, &q, NULL);
}

void
downloads_make(struct call *c)
{
	char format[16], which[8];
	struct leads_what what = { .sponsor = sponsor_own(c), .now = c->now };
	struct leads_query q;
	struct leadlist_query only;
	bw_err r = BW_OK;

	leads_query_read(c, true, &q);
	only = leads_query_for(&q, what.sponsor);
	form_value(c, "format", format, sizeof(format));
	form_value(c, "which", which, sizeof(which));
	if (leads_format_parse(format, &what.format) != BW_OK) {
		page(c, 422, &q, N_("Choose one of these."));
		return;
	}
	if (strcmp(which, "these") == 0)
		what.only = &only;
	else if (strcmp(which, "new") == 0)
		r = last_made(c, &what.since);
	if (r == BW_OK)
		r = answer_leads(c, &what);
	if (r != BW_OK)
		layout_failure(c, r);
}
