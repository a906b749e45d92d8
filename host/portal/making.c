// SPDX-License-Identifier: Apache-2.0
#include "host/portal/making.h"

#include <stdio.h>
#include <string.h>

#include "host/portal/acts.h"
#include "host/portal/sponsor.h"
#include "host/running.h"

void
making_kind(struct page *p, const char *kind)
{
	static const struct { const char *name, *word; } all[] = {
		{ "leads", N_("Leads") }, { "log", N_("A log") },
		{ "tiles", N_("A log's tiles") }, { "logs", N_("All logs") },
		{ "counts", N_("Counts") }, { "audit", N_("Audit") },
		{ "sheet", N_("Name badges") },
		{ "disclosures", N_("Disclosures") }
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (strcmp(all[i].name, kind) == 0) {
			say(p, all[i].word);
			return;
		}
	page_value(p, kind);
}

/* Of files that are no sponsor's leads. */
static const struct { const char *kind, *format, *word; } files[] = {
	{ "log", "cbor", N_("CBOR, as the device signed it") },
	{ "tiles", "tlog-tiles", N_("tiles (C2SP tlog-tiles)") },
	{ "logs", "tar", N_("an archive (TAR)") },
	{ "counts", "csv", N_("CSV") }, { "disclosures", "csv", N_("CSV") },
	{ "audit", "audit", N_("text, chained and signed") }
};

void
making_format(struct page *p, const char *kind, const char *format)
{
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (strcmp(files[i].kind, kind) == 0 &&
		    strcmp(files[i].format, format) == 0) {
			say(p, files[i].word);
			return;
		}
	if (strcmp(kind, "leads") == 0)
		sponsor_format(p, format);
	else
		page_value(p, format);
}

void
making_state(struct page *p, enum store_export_state state)
{
	switch (state) {
	case EXPORT_ON_ITS_WAY:
		say(p, N_("is being sent"));
		return;
	case EXPORT_WHOLE:
		say(p, N_("complete"));
		return;
	case EXPORT_BROKE_OFF:
		break;
	}
	say(p, N_("broke off"));
}

static void
number(struct page *p, const char *name, uint64_t n)
{
	char text[48];

	snprintf(text, sizeof(text), " %s=\"%llu\"", name,
	    (unsigned long long)n);
	page_raw(p, text);
}

/* Without a value it is a bar that says "not known". */
static void
bar(struct page *p, const struct running_export *e)
{
	page_raw(p, "<progress aria-label=\"");
	say(p, N_("How far it is"));
	page_raw(p, "\"");
	if (e->sending || e->most != 0) {
		number(p, "value", e->sending ? 1 : e->done);
		number(p, "max", e->sending ? 1 : e->most);
	}
	page_raw(p, "></progress> ");
}

static void
how_far(struct page *p, const struct running_export *e)
{
	table_number(p, e->done);
	if (e->most != 0)
		table_number(p, e->sending ? e->done : e->most);
	else
		table_value(p, "–");
	table_cell(p);
	bar(p, e);
	say(p, e->sending ? N_("is being sent") : N_("is being made"));
}

/* Whether there are any: then the part has its table open. */
static size_t
begin(struct page *p, struct call *c, const char *kind, const char *subject,
    const char *const *heads, struct running_export e[RUNNING_SHOWN])
{
	size_t n = running_list(c->host->running, kind, subject, e);

	page_raw(p, "<div id=\"making\" data-live>\n");
	if (n == 0)
		return 0;
	say_in(p, "h2", N_("Being made now"));
	page_raw(p, "<div data-soon>\n");
	table_begin(p, N_("Being made now"), heads);
	return n;
}

static void
end(struct page *p, size_t n)
{
	if (n != 0) {
		table_end(p);
		page_raw(p, "</div>\n");
	}
	page_raw(p, "</div>\n");
}

void
making_show(struct page *p, struct call *c)
{
	static const char *const heads[] = { N_("Who"), N_("What"), N_("Of"),
		N_("Format"), N_("Rows so far"), N_("At most"),
		N_("How far it is"), NULL };
	struct running_export e[RUNNING_SHOWN];
	size_t n = begin(p, c, NULL, NULL, heads, e);

	for (size_t i = 0; i < n; i++) {
		table_row(p);
		(void)acts_who(p, c, e[i].actor);
		table_cell(p);
		making_kind(p, e[i].kind);
		table_value(p, e[i].subject);
		table_cell(p);
		making_format(p, e[i].kind, e[i].format);
		how_far(p, &e[i]);
	}
	end(p, n);
}

void
making_show_own(struct page *p, struct call *c)
{
	static const char *const heads[] = { N_("Who"), N_("Format"),
		N_("Rows so far"), N_("At most"), N_("How far it is"), NULL };
	struct running_export e[RUNNING_SHOWN];
	size_t n = begin(p, c, "leads", sponsor_own(c), heads, e);

	for (size_t i = 0; i < n; i++) {
		table_row(p);
		table_cell(p);
		sponsor_by(p, c, e[i].actor);
		table_cell(p);
		sponsor_format(p, e[i].format);
		how_far(p, &e[i]);
	}
	end(p, n);
}

void
making_show_sheets(struct page *p, struct call *c)
{
	static const char *const heads[] = { N_("Who"), N_("Labels"),
		N_("Badges so far"), N_("At most"), N_("How far it is"), NULL };
	struct running_export e[RUNNING_SHOWN];
	size_t n = begin(p, c, "sheet", NULL, heads, e);

	for (size_t i = 0; i < n; i++) {
		table_row(p);
		(void)acts_who(p, c, e[i].actor);
		table_value(p, e[i].format);
		how_far(p, &e[i]);
	}
	end(p, n);
}
