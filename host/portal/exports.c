// SPDX-License-Identifier: Apache-2.0
#include "host/portal/exports.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/export_answer.h"
#include "host/portal/acts.h"
#include "host/portal/form.h"
#include "host/portal/making.h"
#include "host/route.h"

#define ROWS 50

struct rows {
	struct page *p;
	struct call *c;
	uint64_t n, last;
};

static const char *const heads[] = { N_("When"), N_("Who"), N_("What"),
	N_("Of"), N_("Format"), N_("How many"), N_("Download"),
	N_("SHA-256"), NULL };

static void
hash_cell(struct page *p, const struct store_export *e)
{
	char hex[TEXT_HEX_SIZE(CRYPTO_HASH)];

	if (strcmp(e->format, STORE_EXPORT_API) == 0) {
		table_value(p, "–");
		return;
	}
	text_hex(e->sha256, CRYPTO_HASH, hex);
	table_cell(p);
	page_raw(p, "<code class=\"hash\">");
	page_text(p, hex);
	page_raw(p, "</code>");
}

static bw_err
export_row(void *arg, const struct store_export *e)
{
	struct rows *w = arg;

	if (w->n++ == 0)
		table_begin(w->p, N_("What was exported"), heads);
	w->last = e->id;
	table_row(w->p);
	table_time(w->p, e->at);
	(void)acts_who(w->p, w->c, e->actor);
	table_cell(w->p);
	making_kind(w->p, e->kind);
	table_value(w->p, e->subject);
	table_cell(w->p);
	making_format(w->p, e->kind, e->format);
	table_number(w->p, e->n);
	table_cell(w->p);
	making_state(w->p, e->state);
	hash_cell(w->p, e);
	return w->p->r;
}

static void
history(struct page *p, struct call *c)
{
	struct rows w = { p, c, 0, 0 };
	uint64_t before = 0;
	char text[24], older[48];
	bw_err r;

	if (http_param(c->in, "before", text, sizeof(text)) == BW_OK &&
	    text_number(text, strlen(text), INT64_MAX, &before) != BW_OK)
		before = 0;
	say_in(p, "h2", N_("What was exported"));
	page_raw(p, "<div id=\"exports\" data-live>\n");
	r = store_export_each(c->store, NULL, before, ROWS, export_row, &w);
	if (w.n != 0)
		table_end(p);
	else
		layout_empty(p, N_("Nothing yet. Choose above what you need; "
		    "whoever takes a file is written down here."), NULL, NULL);
	snprintf(older, sizeof(older), "/exports?before=%" PRIu64, w.last);
	layout_pager(p, before != 0 ? "/exports" : NULL,
	    w.n == ROWS ? older : NULL);
	page_raw(p, "</div>\n");
	if (p->r == BW_OK)
		p->r = r;
}

static const struct form_choice formats[] = {
	{ "xlsx", N_("a spreadsheet (XLSX), with notes") },
	{ "csv-notes", N_("CSV, with notes") },
	{ "csv", N_("CSV, without notes") },
	{ "salesforce", N_("CSV for Salesforce, with notes") },
	{ "vcard", N_("contacts (vCard), with notes") },
	{ "json", N_("JSON, with notes") }, { NULL, NULL }
};

static void
leads_form(struct page *p, struct call *c, const char *error)
{
	say_in(p, "h2", N_("Leads of a sponsor"));
	say_in(p, "p", N_("What attendees have shared with it and not taken "
	    "back, as long as it may be kept; nothing that is held for "
	    "review."));
	form_begin(p, c, "/exports/leads", false);
	form_sponsor(p, c, &(struct form_field){ .name = "sponsor",
	    .label = N_("Sponsor"), .error = error });
	form_select(p, &(struct form_field){ .name = "format",
	    .label = N_("Format") }, formats);
	form_end(p, N_("Make the leads' file"));
}

static void
one_form(struct page *p, struct call *c, const char *action,
    const char *title, const char *sentence, const char *button)
{
	say_in(p, "h2", title);
	say_in(p, "p", sentence);
	form_button(p, c, action, button);
}

static void
show(struct call *c, unsigned status, const char *error)
{
	struct page p;

	layout_begin(&p, c, status, N_("Exports"));
	say_in(&p, "p", N_("A file is made when you press its button, and its "
	    "download begins when it is whole. Leave this page open until "
	    "then: the export ends when you leave. Whoever opens this page "
	    "sees what is being made."));
	making_show(&p, c);
	leads_form(&p, c, error);
	one_form(&p, c, "/exports/logs", N_("All logs"), N_("For auditors: of "
	    "each device its signed log and the same as tiles, in one "
	    "archive. They hold no name and no address."),
	    N_("Make the archive of logs"));
	one_form(&p, c, "/exports/counts", N_("Counts"), N_("Shares, declines "
	    "and no answers of each device by hour, as CSV; shares that are "
	    "held for review count too."),
	    N_("Make the file of counts"));
	one_form(&p, c, "/exports/audit", N_("Audit"), N_("Who changed what at "
	    "this host, chained and signed, for \"badgeward verify audit\"."),
	    N_("Make the audit's file"));
	history(&p, c);
	layout_end(&p, c);
}

void
exports_show(struct call *c)
{
	show(c, 200, NULL);
}

static void
done(struct call *c, bw_err r)
{
	struct page p;

	if (r == BW_ERR_CHAIN) {
		layout_begin(&p, c, 500, N_("The audit is damaged"));
		layout_note(&p, "danger", N_("Its rows do not hang together. "
		    "Keep a copy of the host's directory and open the page "
		    "Audit, which says where it begins."));
		layout_end(&p, c);
	} else if (r != BW_OK)
		layout_failure(c, r);
}

void
exports_leads(struct call *c)
{
	char sponsor[TEXT_ID_MAX + 1], format[16];
	struct leads_what what = { .sponsor = sponsor, .now = c->now };
	bw_err r;

	form_value(c, "sponsor", sponsor, sizeof(sponsor));
	form_value(c, "format", format, sizeof(format));
	r = store_sponsor_known(c->store, sponsor);
	if (r == BW_OK)
		r = leads_format_parse(format, &what.format);
	if (r == BW_ERR_NOTFOUND)
		show(c, 422, N_("Choose one of the sponsors, and a format."));
	else
		done(c, r == BW_OK ? answer_leads(c, &what) : r);
}

void
exports_logs(struct call *c)
{
	done(c, answer_logs(c));
}

void
exports_counts(struct call *c)
{
	done(c, answer_counts(c));
}

void
exports_audit(struct call *c)
{
	done(c, answer_audit(c));
}
