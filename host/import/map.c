// SPDX-License-Identifier: Apache-2.0
#include "host/import/map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

typedef char folded_name[COLUMN_NAME_MAX + 1];

struct guess {
	const struct import_row *head;
	folded_name *name;	/* of each column, folded */
	bool *used;
	size_t invoice;		/* the first column of the invoice's */
	struct map *out;
	struct fault *f;
};

bw_err
map_choose(struct map_choice *c, const char *text, struct fault *f)
{
	const char *eq = strchr(text, '=');
	enum column col;

	if (eq == NULL) {
		fault_set(f, 0, "say which column is what, e.g. "
		    "\"Company=Name of your company\"");
		return BW_ERR_FORMAT;
	}
	if (!column_from_word(text, (size_t)(eq - text), &col)) {
		fault_set(f, 0, "\"%.*s\" is nothing that is imported; there "
		    "are Key, Status, Name, First name, Last name, Email, "
		    "Company, Job title, Work phone, City, State, Country, "
		    "Age, Date of birth, Quantity, Event, Add-on, Buyer email",
		    (int)(eq - text < 40 ? eq - text : 40), text);
		return BW_ERR_FORMAT;
	}
	c->header[col] = eq + 1;
	return BW_OK;
}

/* Cut at a character's begin, so that it stays text. */
void
map_name(const char *name, char out[static COLUMN_NAME_MAX + 1])
{
	size_t n = strlen(name);

	if (n > COLUMN_NAME_MAX) {
		n = COLUMN_NAME_MAX;
		while (n > 0 && ((unsigned char)name[n] & 0xc0) == 0x80)
			n--;
	}
	memcpy(out, name, n);
	out[n] = 0;
	if (!text_is_plain(out, n))
		snprintf(out, COLUMN_NAME_MAX + 1, "(a name with controls)");
}

static void
take(struct guess *g, enum column c, size_t at, enum map_why why,
    bool of_buyer)
{
	g->out->at[c] = at;
	g->out->why[c] = why;
	g->out->of_buyer[c] = of_buyer;
	map_name(g->head->cell[at], g->out->name[c]);
	g->used[at] = true;
}

/* The first column of this name that is nothing else yet. */
static size_t
find(const struct guess *g, const char *name, size_t end)
{
	for (size_t i = 0; i < end; i++)
		if (!g->used[i] && strcmp(g->name[i], name) == 0)
			return i;
	return COLUMN_NONE;
}

static bw_err
take_choices(struct guess *g, const struct map_choice *c)
{
	for (size_t col = 0; col < COLUMNS; col++) {
		folded_name name;
		size_t at;

		if (c->header[col] == NULL)
			continue;
		g->out->why[col] = MAP_STAFF;
		column_fold(c->header[col], name);
		if (name[0] == 0)
			continue;
		if ((at = find(g, name, g->head->n)) == COLUMN_NONE) {
			fault_set(g->f, g->head->line, "there is no column "
			    "\"%.80s\" for %s", c->header[col],
			    column_word((enum column)col));
			return BW_ERR_FORMAT;
		}
		take(g, (enum column)col, at, MAP_STAFF, false);
	}
	return BW_OK;
}

/* The invoice's company stands right before its name. */
static void
find_invoice(struct guess *g)
{
	size_t at = COLUMN_NONE;

	g->invoice = g->head->n;
	if (g->out->kind != IMPORT_PRETIX)
		return;
	for (size_t i = 0; column_invoice[i] != NULL; i++)
		if ((at = find(g, column_invoice[i], g->head->n)) !=
		    COLUMN_NONE)
			break;
	if (at != COLUMN_NONE)
		g->invoice = at > 0 ? at - 1 : 0;
}

static void
take_names(struct guess *g)
{
	for (size_t i = 0; i < column_table_len; i++) {
		const struct column_names *t = &column_table[i];
		size_t at = COLUMN_NONE;

		if (t->kind != g->out->kind || g->out->why[t->col] != MAP_NOT)
			continue;
		/* A purchaser's state does not go with an attendee's city. */
		if (t->of_buyer && (t->col == COL_STATE ||
		    t->col == COL_COUNTRY) && g->out->at[COL_CITY] !=
		    COLUMN_NONE && !g->out->of_buyer[COL_CITY])
			continue;
		for (size_t k = 0; t->name[k] != NULL && at == COLUMN_NONE;
		    k++)
			at = find(g, t->name[k], g->invoice);
		if (at != COLUMN_NONE)
			take(g, t->col, at, MAP_NAME, t->of_buyer);
	}
}

static void
take_question(struct guess *g, enum column c)
{
	size_t at = COLUMN_NONE;

	if (g->out->why[c] != MAP_NOT)
		return;
	for (size_t i = 0; i < g->invoice; i++) {
		if (g->used[i] || !column_asks(g->name[i], c))
			continue;
		if (at != COLUMN_NONE)
			return;
		at = i;
	}
	if (at != COLUMN_NONE)
		take(g, c, at, MAP_QUESTION, false);
}

static bool
has_key(const struct guess *g, enum import_kind kind)
{
	for (size_t i = 0; i < column_table_len; i++) {
		const struct column_names *t = &column_table[i];

		if (t->kind != kind || t->col != COL_KEY)
			continue;
		for (size_t k = 0; t->name[k] != NULL; k++)
			if (find(g, t->name[k], g->head->n) != COLUMN_NONE)
				return true;
	}
	return false;
}

static bw_err
find_kind(struct guess *g, enum import_kind said)
{
	g->out->kind = said;
	if (said != IMPORT_AUTO)
		return BW_OK;
	if (has_key(g, IMPORT_PRETIX))
		g->out->kind = IMPORT_PRETIX;
	else if (has_key(g, IMPORT_EVENTBRITE))
		g->out->kind = IMPORT_EVENTBRITE;
	else {
		fault_set(g->f, g->head->line, "there is neither Eventbrite's "
		    "column \"Barcode number\" nor pretix's "
		    "\"Pseudonymization ID\", so that no row could be found "
		    "again");
		return BW_ERR_FORMAT;
	}
	return BW_OK;
}

static bw_err
missing(struct guess *g, const char *name, const char *other)
{
	fault_set(g->f, g->head->line, "column \"%s\"%s%s%s is missing%s", name,
	    other != NULL ? FAULT_PART(" (or \"") : "",
	    other != NULL ? other : "",
	    other != NULL ? "\")" : "", g->out->kind == IMPORT_PRETIX ?
	    FAULT_PART("; is this pretix's export \"Order data\", the sheet of "
	    "positions") :
	    FAULT_PART("; is this Eventbrite's attendee report"));
	return BW_ERR_FORMAT;
}

static bw_err
check_whole(struct guess *g)
{
	const size_t *at = g->out->at;
	bool pretix = g->out->kind == IMPORT_PRETIX;

	if (at[COL_KEY] == COLUMN_NONE)
		return pretix ? missing(g, "Pseudonymization ID", NULL) :
		    missing(g, "Barcode #", "Barcode number");
	if (at[COL_STATUS] == COLUMN_NONE)
		return missing(g, pretix ? "Status" : "Attendee Status", NULL);
	if (at[COL_NAME] == COLUMN_NONE && at[COL_FIRST] == COLUMN_NONE)
		return pretix ? missing(g, "Attendee name", NULL) :
		    missing(g, "First Name", "Attendee first name");
	if (at[COL_NAME] == COLUMN_NONE && at[COL_LAST] == COLUMN_NONE)
		return missing(g, "Last Name", "Attendee last name");
	if (at[COL_EMAIL] == COLUMN_NONE &&
	    g->out->why[COL_EMAIL] != MAP_STAFF)
		return pretix ? missing(g, "Attendee email", NULL) :
		    missing(g, "Email", "Attendee email");
	return BW_OK;
}

bw_err
map_guess(const struct import_row *head, const struct map_choice *c,
    struct map *out, struct fault *f)
{
	struct guess g = { .head = head, .out = out, .f = f };
	bw_err r = BW_ERR_NOMEM;

	memset(out, 0, sizeof(*out));
	out->columns = head->n;
	for (size_t i = 0; i < COLUMNS; i++)
		out->at[i] = COLUMN_NONE;
	g.name = calloc(head->n + 1, sizeof(*g.name));
	g.used = calloc(head->n + 1, sizeof(*g.used));
	if (g.name == NULL || g.used == NULL)
		goto out;
	for (size_t i = 0; i < head->n; i++)
		column_fold(head->cell[i], g.name[i]);
	if ((r = find_kind(&g, c->kind)) != BW_OK ||
	    (r = take_choices(&g, c)) != BW_OK)
		goto out;
	find_invoice(&g);
	take_names(&g);
	take_question(&g, COL_COMPANY);
	take_question(&g, COL_JOB);
	r = check_whole(&g);
out:
	free(g.name);
	free(g.used);
	return r;
}
