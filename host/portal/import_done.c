// SPDX-License-Identifier: Apache-2.0
/* What imports did, from the audit, where import_plan_sum wrote it. */
#include <stdio.h>
#include <string.h>

#include "host/audit.h"
#include "host/portal/acts.h"
#include "host/portal/import.h"

#define SHOWN 10

/* The act that a text begins with; IMPORT_ACTS for none. */
static enum import_act
act_of(const char *text)
{
	enum import_act i = 0;

	while (i < IMPORT_ACTS && strncmp(text, why_act(i, WHY_EN),
	    strlen(why_act(i, WHY_EN))) != 0)
		i++;
	return i;
}

void
import_said(struct page *p, const char *object)
{
	enum why_lang lang = strcmp(p->w->lang, "de") == 0 ? WHY_DE : WHY_EN;
	enum import_act act;
	const char *end;
	char n[24];

	for (; (act = act_of(object)) != IMPORT_ACTS; object = end + 2) {
		end = object + strcspn(object, ",");
		object += strlen(why_act(act, WHY_EN));
		snprintf(n, sizeof(n), "%.*s", (int)(end - object), object);
		page_text(p, why_act(act, lang));
		page_text(p, n);
		if (end[0] == 0)
			return;
		page_text(p, ", ");
	}
	page_value(p, object);
}

struct rows {
	struct page *p;
	struct call *c;
	size_t n;
};

static bw_err
on_row(void *arg, const struct audit_row *row)
{
	static const char *const heads[] = { N_("When"), N_("Who"),
		N_("What"), N_("About"), N_("Detail"), NULL };
	struct rows *w = arg;

	if (w->n++ == 0) {
		say_in(w->p, "h2", N_("What was applied last"));
		table_begin(w->p, N_("What was applied last"), heads);
	}
	table_row(w->p);
	table_time(w->p, row->at);
	(void)acts_who(w->p, w->c, row->actor);
	table_cell(w->p);
	acts_said(w->p, row);
	table_cell(w->p);
	acts_object(w->p, w->c, row);
	table_cell(w->p);
	acts_detail(w->p, row->detail);
	return w->p->r;
}

void
import_done(struct page *p, struct call *c)
{
	const struct audit_query q = { .limit = SHOWN, .actor = "",
		.act = AUDIT_IMPORTS };
	struct rows w = { .p = p, .c = c };
	bw_err r = audit_find(c->store, &q, on_row, &w);

	if (p->r == BW_OK)
		p->r = r;
	if (w.n > 0)
		table_end(p);
}
