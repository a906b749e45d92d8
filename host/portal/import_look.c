// SPDX-License-Identifier: Apache-2.0
/* The pieces of the page that shows what a file would do. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/portal/import.h"

void
import_chosen(struct page *p, const struct looked *l)
{
	char name[8];

	if (l->kind[0] != 0)
		form_hidden(p, "k", l->kind);
	for (int i = 0; i < COLUMNS; i++) {
		snprintf(name, sizeof(name), "m%d", i);
		if (l->chosen[i][0] != 0)
			form_hidden(p, name, l->chosen[i]);
	}
}

/* What is taken when nothing is chosen. */
static void
guess_text(struct page *p, const struct looked *l, enum column col,
    char *out, size_t size)
{
	const struct map *m = l->plan != NULL ? &l->plan->map : NULL;
	const char *guess = catalogue_find(p->w->lang, N_("Guess"));

	if (m == NULL || l->chosen[col][0] != 0)
		snprintf(out, size, "%s", guess);
	else if (m->at[col] == COLUMN_NONE)
		snprintf(out, size, "%s: –", guess);
	else
		snprintf(out, size, "%s: %s", guess, m->name[col]);
}

static void
select_one(struct page *p, const struct looked *l, enum column col)
{
	const struct map *m = l->plan != NULL ? &l->plan->map : NULL;
	char name[8], label[64], text[COLUMN_NAME_MAX + 64], at[24];
	struct form_field f = { .name = name, .label = label,
		.value = l->chosen[col], .unmarked = true };

	snprintf(name, sizeof(name), "m%d", (int)col);
	snprintf(label, sizeof(label), "%s", why_column(col, l->lang));
	if (m != NULL && (m->why[col] == MAP_QUESTION || m->of_buyer[col]))
		f.hint = why_map(m->why[col], m->of_buyer[col], l->lang);
	form_select_begin(p, &f);
	guess_text(p, l, col, text, sizeof(text));
	form_option(p, &f, "", text);
	form_option(p, &f, "-", catalogue_find(p->w->lang,
	    N_("take none")));
	for (size_t i = 0; i < l->n; i++) {
		snprintf(at, sizeof(at), "%zu", i);
		if (l->column[i][0] != 0)
			form_option(p, &f, at, l->column[i]);
	}
	form_select_end(p, &f);
}

void
import_mapping(struct page *p, const struct looked *l)
{
	static const struct form_choice kinds[] = { { "", N_("Guess") },
		{ "eventbrite", "Eventbrite" }, { "pretix", "pretix" },
		{ NULL, NULL } };

	say_in(p, "h2", N_("Which column is what"));
	say_in(p, "p", N_("Change what was guessed wrong and look again. "
	    "Columns that are named nowhere here are not kept."));
	page_raw(p, "<div class=\"mapping\">\n");
	form_ask(p, l->path);
	form_select(p, &(struct form_field){ .name = "k",
	    .label = N_("Ticket shop"), .value = l->kind, .unmarked = true },
	    kinds);
	for (enum column i = 0; i < COLUMNS; i++)
		select_one(p, l, i);
	form_end(p, N_("Look again"));
	page_raw(p, "</div>\n");
}

/* ---- warnings ---- */

static void
count_line(struct page *p, const char *one, const char *many, size_t n)
{
	if (n == 0)
		return;
	page_raw(p, "<li>");
	say_count(p, one, many, n);
	page_raw(p, "</li>\n");
}

static void
alarm_note(struct page *p, const struct import_plan *plan)
{
	if (import_plan_too_late(plan))
		layout_note(p, "danger", N_("Registrations are not kept any "
		    "more: whoever this file adds would be deleted again by "
		    "the next purge."));
	else if (import_plan_alarms(plan))
		layout_note(p, "danger", N_("Many who attend would be "
		    "cancelled, handed on or given another name, or are not in "
		    "this file. Is it this event's, all of it, and is each row "
		    "one person's?"));
	if (plan->guessed)
		layout_note(p, "warning", N_("The file does not say its "
		    "encoding. Look whether names with accents are right "
		    "after it was applied; if not, save it as UTF-8 and "
		    "upload it again."));
	if (plan->aged == 0 && plan->n[IMPORT_SKIP] != plan->nlines)
		layout_note(p, "warning", N_("No row has an age, so nobody is "
		    "known to be a minor, and no badge may be made for minors. "
		    "Let the shop ask for the age and upload a new report, or "
		    "withhold each minor before badges are written."));
}

static void
absent(struct page *p, const struct import_plan *plan)
{
	size_t n = plan->absent < IMPORT_ABSENT_MAX ? plan->absent :
	    IMPORT_ABSENT_MAX;
	char href[48], id[24];

	if (n == 0)
		return;
	page_raw(p, "<li>");
	say_count(p, N_("%s registration attends but is not in this file. It "
	    "stays as it is:"), N_("%s registrations attend but are not in "
	    "this file. They stay as they are:"), plan->absent);
	for (size_t i = 0; i < n; i++) {
		snprintf(id, sizeof(id), "%" PRIu64, plan->absent_id[i]);
		snprintf(href, sizeof(href), "/registrations/%s", id);
		page_raw(p, " <a href=\"");
		page_text(p, href);
		page_raw(p, "\">");
		page_text(p, id);
		page_raw(p, "</a>");
	}
	page_raw(p, n < plan->absent ? " …</li>\n" : "</li>\n");
}

void
import_warnings(struct page *p, const struct looked *l)
{
	const struct import_plan *plan = l->plan;

	alarm_note(p, plan);
	if (plan->cancelled + plan->later + plan->n[IMPORT_HAND] +
	    plan->minors + plan->ageless + plan->no_email +
	    plan->unnamed + plan->absent + plan->field[FIELD_NAME] == 0)
		return;
	page_raw(p, "<ul>\n");
	count_line(p, N_("%s becomes cancelled; the leads are left out of "
	    "exports while so."), N_("%s become cancelled; their leads are "
	    "left out of exports while so."), plan->cancelled);
	count_line(p, N_("%s is cancelled but withheld or a minor's: when that "
	    "ends, it does not attend."), N_("%s are cancelled but withheld or "
	    "minors': when that ends, they do not attend."), plan->later);
	count_line(p, N_("%s ticket is handed on: another name and another "
	    "mail address are another person, who begins with nothing. Who had "
	    "the ticket keeps a registration and the shares, but the badge is "
	    "blocked. If it is the same person, correct the name there first, "
	    "and look again."), N_("%s tickets are handed on: another name and "
	    "another mail address are another person, who begins with nothing. "
	    "Who had the ticket keeps a registration and the shares, but the "
	    "badge is blocked. If it is the same person, correct the name there "
	    "first, and look again."), plan->n[IMPORT_HAND]);
	count_line(p, N_("%s registration gets another name. Look whether the "
	    "rows of the file are whole: a column that was sorted alone mixes "
	    "people up."), N_("%s registrations get another name. Look whether "
	    "the rows of the file are whole: a column that was sorted alone "
	    "mixes people up."), plan->field[FIELD_NAME]);
	count_line(p, N_("%s minor: no badge is made."), N_("%s minors: no "
	    "badges are made."), plan->minors - plan->released);
	count_line(p, N_("%s is under 18 here, but was released by staff."),
	    N_("%s are under 18 here, but were released by staff."),
	    plan->released);
	if (plan->aged != 0)
		count_line(p, N_("%s has no age and counts as an adult."),
		    N_("%s have no age and count as adults."), plan->ageless);
	count_line(p, N_("%s has no mail address."),
	    N_("%s have no mail address."), plan->no_email);
	count_line(p, N_("%s ticket without a name of its own: a row is one "
	    "person."), N_("%s tickets without a name of their own: a row is "
	    "one person."), plan->unnamed);
	absent(p, plan);
	page_raw(p, "</ul>\n");
}

/* ---- rows ---- */

/* The page's address with what was chosen, and these two. */
static void
rows_link(const struct looked *l, const char *act, size_t from,
    char out[static STRICT_TARGET_MAX + 1])
{
	char name[8], at[24] = "", next[STRICT_TARGET_MAX + 1];

	if (from > 0)
		snprintf(at, sizeof(at), "%zu", from);
	regs_link(out, l->path, "act", act, "from", at, "k", l->kind, NULL);
	for (int i = 0; i < COLUMNS; i++) {
		snprintf(name, sizeof(name), "m%d", i);
		regs_link(next, out, name, l->chosen[i], NULL);
		memcpy(out, next, sizeof(next));
	}
}

/* What counts when nothing withholds it any more. */
static void
later(struct page *p, const struct import_line *line)
{
	if (line->later == IMPORT_NEVER)
		return;
	page_raw(p, line->changed != 0 || line->status_changed ? ", " : "");
	say(p, line->later == IMPORT_CANCELS ?
	    N_("cancelled as soon as nothing withholds it") :
	    N_("no longer cancelled as soon as nothing withholds it"));
}

/* What the page is of: lines, and who is renamed by them. */
struct rows {
	struct call *c;
	const struct looked *l;
	const struct import_line *line[REGS_PAGE + 1];
	size_t n;
	struct import_named named[REGS_PAGE];
	size_t nnamed;
};

static bool
renames(const struct import_line *line)
{
	return line->act == IMPORT_CHANGE &&
	    (line->changed & FIELD_BIT(FIELD_NAME)) != 0;
}

/* The names that the file has for them. */
static void
read_names(struct page *p, struct rows *rows)
{
	const struct looked *l = rows->l;
	struct fault f = { 0 };
	bw_err r = BW_OK;

	for (size_t i = 0; i < rows->n && i < REGS_PAGE; i++)
		if (renames(rows->line[i]))
			rows->named[rows->nnamed++].line = rows->line[i]->line;
	if (rows->nnamed != 0)
		r = import_upload_names(rows->c->host->dir->path, l->name,
		    &l->plan->map, rows->c->now, rows->named, rows->nnamed,
		    &f);
	if (p->r == BW_OK)
		p->r = r;
}

/* Whom a row renames: a name that is another person's is seen here or never. */
static void
rename_said(struct page *p, const struct rows *rows,
    const struct import_line *line)
{
	struct registration had;
	bw_err r = store_registration_get(rows->c->store, line->registration,
	    &had);

	if (r == BW_OK) {
		page_raw(p, ": ");
		page_value(p, had.values.v[FIELD_NAME]);
		page_raw(p, " → ");
		for (size_t i = 0; i < rows->nnamed; i++)
			if (rows->named[i].line == line->line)
				page_value(p, rows->named[i].name);
	}
	explicit_bzero(&had, sizeof(had));
	if (r != BW_OK && r != BW_ERR_NOTFOUND && p->r == BW_OK)
		p->r = r;
}

static void
fields_said(struct page *p, const struct rows *rows,
    const struct import_line *line)
{
	field_set rest = line->changed & (field_set)~FIELD_BIT(FIELD_NAME);

	if (renames(line)) {
		regs_fields(p, FIELD_BIT(FIELD_NAME));
		rename_said(p, rows, line);
		page_raw(p, rest != 0 ? ", " : "");
	}
	regs_fields(p, rest);
}

static void
why(struct page *p, const struct rows *rows, const struct import_line *line)
{
	char text[WHY_MAX];
	const struct registration r = { .status = line->status };
	const struct looked *l = rows->l;

	if (line->act == IMPORT_CHANGE) {
		fields_said(p, rows, line);
		if (line->status_changed) {
			page_raw(p, line->changed != 0 ? ", " : "");
			say(p, regs_status(&r));
		}
		later(p, line);
		return;
	}
	why_text(&line->why, l->plan->map.kind, l->lang, text);
	page_text(p, text);
}

static void
line_row(struct page *p, const struct rows *rows,
    const struct import_line *line)
{
	const struct looked *l = rows->l;
	char href[48];

	table_row(p);
	table_cell(p);
	layout_number(p, line->line);
	table_cell(p);
	if (line->registration != 0) {
		snprintf(href, sizeof(href), "/registrations/%" PRIu64,
		    line->registration);
		page_raw(p, "<a href=\"");
		page_text(p, href);
		page_raw(p, "\">");
		layout_number(p, line->registration);
		page_raw(p, "</a>");
	}
	table_cell(p);
	page_text(p, why_act(line->act, l->lang));
	table_cell(p);
	why(p, rows, line);
}

/* "" for all. */
static const char *
act_word(int act, enum why_lang lang)
{
	return act < 0 ? "" : why_act((enum import_act)act, lang);
}

static void
filter(struct page *p, const struct looked *l, int act)
{
	char href[STRICT_TARGET_MAX + 1];

	page_raw(p, "<ul class=\"filter\">\n");
	for (int i = -1; i < IMPORT_ACTS; i++) {
		rows_link(l, act_word(i, WHY_EN), 0, href);
		page_raw(p, "<li><a href=\"");
		page_text(p, href);
		page_raw(p, i == act ? "\" aria-current=\"true\">" : "\">");
		page_text(p, i < 0 ? catalogue_find(p->w->lang,
		    N_("all rows")) : act_word(i, l->lang));
		page_raw(p, " (");
		layout_number(p, i < 0 ? l->plan->nlines : l->plan->n[i]);
		page_raw(p, ")</a></li>\n");
	}
	page_raw(p, "</ul>\n");
}

static void
table(struct page *p, const struct rows *rows)
{
	static const char *const heads[] = { N_("Row of the file"),
		N_("Registration"), N_("What happens"), N_("What and why"),
		NULL };

	table_begin(p, N_("Row by row"), heads);
	for (size_t i = 0; i < rows->n && i < REGS_PAGE; i++)
		line_row(p, rows, rows->line[i]);
	table_end(p);
}

void
import_rows(struct page *p, struct call *c, const struct looked *l, int act,
    size_t from)
{
	struct rows rows = { .c = c, .l = l };
	char newer[STRICT_TARGET_MAX + 1], older[STRICT_TARGET_MAX + 1];
	const char *word = act_word(act, WHY_EN);

	say_in(p, "h2", N_("Row by row"));
	filter(p, l, act);
	rows.n = import_plan_page(l->plan, act, from, REGS_PAGE + 1,
	    rows.line);
	if (rows.n == 0) {
		layout_empty(p, N_("There are no such rows."), NULL, NULL);
		return;
	}
	read_names(p, &rows);
	table(p, &rows);
	explicit_bzero(rows.named, sizeof(rows.named));
	rows_link(l, word, from > REGS_PAGE ? from - REGS_PAGE : 0, newer);
	rows_link(l, word, from + REGS_PAGE, older);
	layout_pager(p, from > 0 ? newer : NULL, rows.n > REGS_PAGE ? older :
	    NULL);
}
