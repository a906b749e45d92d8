// SPDX-License-Identifier: Apache-2.0
#include "tools/import_print.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/staff.h"

#define LINES_SHOWN 1000	/* of one reason */

/* Lines of which the same is said stand together, in order. */
static int
same(const struct import_line *a, const struct import_line *b)
{
	if (a->act != b->act)
		return a->act < b->act ? -1 : 1;
	if (a->act == IMPORT_CHANGE) {
		if (a->changed != b->changed)
			return a->changed < b->changed ? -1 : 1;
		if (a->status_changed != b->status_changed)
			return a->status_changed ? 1 : -1;
		if (a->later != b->later)
			return (int)a->later - (int)b->later;
		return (int)a->status - (int)b->status;
	}
	if (a->why.code != b->why.code)
		return (int)a->why.code - (int)b->why.code;
	if (a->why.arg != b->why.arg)
		return (int)a->why.arg - (int)b->why.arg;
	return a->why.n < b->why.n ? -1 : a->why.n > b->why.n;
}

static int
by_reason(const void *a, const void *b)
{
	const struct import_line *const *x = a, *const *y = b;
	int c = same(*x, *y);

	if (c != 0)
		return c;
	return (*x)->line < (*y)->line ? -1 : (*x)->line > (*y)->line;
}

static size_t
print_fields(const struct import_line *l)
{
	const char *between = "";
	size_t n = 0;

	for (int f = 1; f <= FIELD_COUNT; f++)
		if ((l->changed & FIELD_BIT(f)) != 0) {
			n += (size_t)printf("%s%s", between,
			    why_field((enum field)f, WHY_EN));
			between = ", ";
		}
	if (l->status_changed) {
		n += (size_t)printf("%s%s", between,
		    reg_status_name((enum reg_status)l->status));
		between = ", ";
	}
	if (l->later != IMPORT_NEVER)
		n += (size_t)printf("%s%s when %s", between,
		    l->later == IMPORT_CANCELS ? "cancelled" :
		    "no more cancelled", l->status == REG_MINOR ?
		    "released as no minor's" : "no more withheld");
	return n;
}

static size_t
print_reason(const struct import_plan *p, const struct import_line *l)
{
	char why[WHY_MAX];

	if (l->act == IMPORT_CHANGE)
		return print_fields(l);
	why_text(&l->why, p->map.kind, WHY_EN, why);
	return (size_t)printf("%s", why);
}

static void
print_group(const struct import_plan *p, const struct import_line *const *l,
    size_t n)
{
	size_t width = (size_t)printf("  %zu %s: ", n,
	    why_act((enum import_act)l[0]->act, WHY_EN));

	width += print_reason(p, l[0]);
	width += (size_t)printf(": line%s", n == 1 ? "" : "s");
	for (size_t i = 0; i < n && i < LINES_SHOWN; i++) {
		if (width > 70)
			width = (size_t)printf("\n   ") - 1;
		width += (size_t)printf(" %" PRIu32 "%s", l[i]->line,
		    i + 1 < n ? "," : "");
	}
	puts(n > LINES_SHOWN ? " ..." : "");
}

static int
print_lines(const struct import_plan *p)
{
	size_t n = p->n[IMPORT_CHANGE] + p->n[IMPORT_HAND] +
	    p->n[IMPORT_SKIP], to;
	const struct import_line **l = calloc(n + 1,
	    sizeof(const struct import_line *));

	if (l == NULL)
		return staff_fail_err(BW_ERR_NOMEM, "the list of rows");
	to = import_plan_page(p, IMPORT_CHANGE, 0, n, l);
	to += import_plan_page(p, IMPORT_HAND, 0, n - to, l + to);
	to += import_plan_page(p, IMPORT_SKIP, 0, n - to, l + to);
	qsort(l, to, sizeof(const struct import_line *), by_reason);
	for (size_t from = 0, end; from < to; from = end) {
		for (end = from + 1; end < to && same(l[from], l[end]) == 0;)
			end++;
		print_group(p, l + from, end - from);
	}
	free(l);
	return CMD_OK;
}

static void
print_map(const struct map *m)
{
	printf("read as %s's; what is not named here is passed over:\n",
	    m->kind == IMPORT_PRETIX ? "pretix" : "Eventbrite");
	for (size_t c = 0; c < COLUMNS; c++) {
		const char *word = column_word((enum column)c);

		if (m->at[c] != COLUMN_NONE)
			printf("  %-14s from \"%s\"%s%s%s\n", word, m->name[c],
			    m->why[c] == MAP_NAME && !m->of_buyer[c] ? "" :
			    " (", m->why[c] == MAP_NAME && !m->of_buyer[c] ?
			    "" : why_map(m->why[c], m->of_buyer[c], WHY_EN),
			    m->why[c] == MAP_NAME && !m->of_buyer[c] ? "" :
			    ")");
		else if (c >= COL_EMAIL && c <= COL_AGE)
			printf("  %-14s %s\n", word,
			    why_map(MAP_NOT, false, WHY_EN));
	}
}

static void
print_counts(const struct import_plan *p, bool dry)
{
	printf("added %zu, changed %zu, unchanged %zu, skipped %zu%s\n",
	    p->n[IMPORT_ADD], p->n[IMPORT_CHANGE], p->n[IMPORT_SAME],
	    p->n[IMPORT_SKIP],
	    dry ? " (dry run: nothing was changed)" : "");
	if (p->n[IMPORT_HAND] != 0)
		printf("handed on: %zu; another name and another address are "
		    "another person. Who had the\nticket keeps the shares, and "
		    "no device takes the badge any more\n",
		    p->n[IMPORT_HAND]);
	if (p->cancelled != 0)
		printf("became cancelled: %zu; their leads are left out of "
		    "exports while they are\n", p->cancelled);
	if (p->later != 0)
		printf("cancelled, but withheld or a minor's until now: %zu; "
		    "they do not attend when that ends\n", p->later);
	if (p->minors != p->released)
		printf("minors among them: %zu; no badge is made for minors\n",
		    p->minors - p->released);
	if (p->released != 0)
		printf("under 18 in this file, but released by staff: %zu; "
		    "they count as adults\n", p->released);
	if (p->ageless != 0)
		printf("without an age: %zu; they count as adults\n",
		    p->ageless);
	if (p->no_email != 0)
		printf("without an e-mail address: %zu\n", p->no_email);
	if (p->unnamed != 0)
		printf("tickets without a name of their own: %zu; a row is "
		    "one person, whatever its quantity\n", p->unnamed);
}

int
import_print(const struct import_plan *p, bool dry)
{
	print_counts(p, dry);
	if (dry)
		print_map(&p->map);
	return print_lines(p);
}

/* No badge may be made for minors, so not to know them must be said. */
static void
warn_age(const struct import_plan *p)
{
	if (p->aged != 0 || p->n[IMPORT_SKIP] == p->nlines)
		return;
	fprintf(stderr, "badgeward: %s, so nobody here is known to be a "
	    "minor, and no badge may be\nmade for minors. Let the shop's "
	    "order form ask for the age and import a new\nreport, or "
	    "\"registration minor\" each one before badges are "
	    "written.\n", p->has_age ? "the column Age is empty" :
	    "there is no column Age");
}

static void
warn_absent(const struct import_plan *p)
{
	size_t n = p->absent < IMPORT_ABSENT_MAX ? p->absent :
	    IMPORT_ABSENT_MAX;

	if (n == 0)
		return;
	fprintf(stderr, "badgeward: registrations that attend but are not in "
	    "this file: %zu. They stay as\nthey are, badges too; \"registration "
	    "withhold ID\" if they do not come any more:\n ", p->absent);
	for (size_t i = 0; i < n; i++)
		fprintf(stderr, " %" PRIu64, p->absent_id[i]);
	fputs(n < p->absent ? " ...\n" : "\n", stderr);
}

void
import_warn(const struct import_plan *p)
{
	if (p->guessed)
		fprintf(stderr, "badgeward: the file does not say its "
		    "encoding and is no UTF-8; it was read as %s. Look\n"
		    "whether names with accents are right.\n", p->charset);
	if (import_plan_alarms(p))
		fprintf(stderr, "badgeward: of %zu registrations that attend, "
		    "this cancels %zu, and %zu are not in\nthe file\n",
		    p->known, p->cancelled, p->absent);
	if (import_plan_alarms(p) && p->n[IMPORT_HAND] != 0)
		fprintf(stderr, "badgeward: this hands %zu tickets on to other "
		    "people. If that is wrong, look which columns\nare the "
		    "name and the e-mail address\n", p->n[IMPORT_HAND]);
	if (import_plan_alarms(p) && p->field[FIELD_NAME] != 0)
		fprintf(stderr, "badgeward: this gives %zu people another name. "
		    "If that is wrong, look whether the rows\nof the file are "
		    "whole: a column that was sorted alone mixes people up\n",
		    p->field[FIELD_NAME]);
	if (import_plan_too_late(p))
		fprintf(stderr, "badgeward: registrations are not kept any more: "
		    "the %zu that this adds would be\ndeleted again by the next "
		    "purge\n", p->n[IMPORT_ADD]);
	warn_age(p);
	warn_absent(p);
}
