// SPDX-License-Identifier: Apache-2.0
#include "host/portal/audit_page.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/audit.h"
#include "host/export_audit.h"
#include "host/portal/form.h"
#include "host/route.h"
#include "host/when.h"

#define ROWS 50

struct asked {
	char actor[AUDIT_TEXT_MAX + 1], act[AUDIT_TEXT_MAX + 1];
	uint64_t before;
};

struct rows {
	struct page *p;
	uint64_t n, last;
	bool more;
};

static const char *const heads[] = { N_("Row"), N_("When"), N_("Who"),
	N_("Act"), N_("About"), N_("Detail"), NULL };

/* The first time in a text, or NULL. */
static const char *
time_in(const char *text, uint64_t *t)
{
	char word[WHEN_SIZE];

	for (; strlen(text) >= WHEN_SIZE - 1; text++) {
		snprintf(word, sizeof(word), "%.*s", WHEN_SIZE - 1, text);
		if (word[WHEN_SIZE - 2] == 'Z' &&
		    when_parse(word, false, t) == BW_OK)
			return text;
	}
	return NULL;
}

/* What else is to be known; times in it as they are everywhere. */
static void
detail(struct page *p, const char *text)
{
	char before[AUDIT_TEXT_MAX + 1];
	const char *at;
	uint64_t t;

	table_cell(p);
	while ((at = time_in(text, &t)) != NULL) {
		snprintf(before, sizeof(before), "%.*s", (int)(at - text),
		    text);
		page_text(p, before);
		page_time(p, (int64_t)t);
		text = at + WHEN_SIZE - 1;
	}
	page_value(p, text);
}

static bw_err
audit_row(void *arg, const struct audit_row *row)
{
	struct rows *w = arg;

	if ((w->more = w->n == ROWS))
		return BW_OK;
	if (w->n++ == 0)
		table_begin(w->p, N_("Audit"), heads);
	w->last = row->id;
	table_row(w->p);
	table_number(w->p, row->id);
	table_time(w->p, row->at);
	table_value(w->p, row->actor);
	table_value(w->p, row->act);
	table_value(w->p, row->object);
	detail(w->p, row->detail);
	return w->p->r;
}

static void
take(const struct call *c, struct asked *a)
{
	char text[24];

	*a = (struct asked){ .before = 0 };
	(void)(http_param(c->in, "actor", a->actor, sizeof(a->actor)) ==
	    BW_OK);
	(void)(http_param(c->in, "act", a->act, sizeof(a->act)) == BW_OK);
	if (http_param(c->in, "before", text, sizeof(text)) == BW_OK &&
	    text_number(text, strlen(text), INT64_MAX, &a->before) != BW_OK)
		a->before = 0;
}

/* "&name=value", escaped for a query. */
static void
add(char *to, size_t size, const char *name, const char *value)
{
	size_t n = strlen(to);

	if (value[0] == 0)
		return;
	n += (size_t)snprintf(to + n, size - n, "&%s=", name);
	for (; *value != 0 && n + 4 < size; value++)
		n += (size_t)snprintf(to + n, size - n, "%%%02X",
		    (unsigned char)*value);
}

static void
pager(struct page *p, const struct asked *a, const struct rows *w)
{
	char older[STRICT_TARGET_MAX + 1], newest[STRICT_TARGET_MAX + 1];

	snprintf(older, sizeof(older), "/audit?before=%" PRIu64, w->last);
	snprintf(newest, sizeof(newest), "/audit?before=0");
	add(older, sizeof(older), "actor", a->actor);
	add(older, sizeof(older), "act", a->act);
	add(newest, sizeof(newest), "actor", a->actor);
	add(newest, sizeof(newest), "act", a->act);
	layout_pager(p, NULL, w->more ? older : NULL);
	if (a->before != 0) {
		page_raw(p, "<p class=\"no-paper\">");
		layout_link(p, newest, N_("To the newest rows"));
		page_raw(p, "</p>\n");
	}
}

static void
filter(struct page *p, const struct asked *a)
{
	page_raw(p, "<form class=\"mb-4\" method=\"get\" "
	    "action=\"/audit\">\n");
	form_input(p, &(struct form_field){ .name = "actor",
	    .label = N_("Who"), .hint = N_("As it stands in the list, for "
	    "example account:7"), .value = a->actor, .optional = true,
	    .most = AUDIT_TEXT_MAX });
	form_input(p, &(struct form_field){ .name = "act",
	    .label = N_("Act"), .hint = N_("As it stands in the list, or its "
	    "beginning: export"), .value = a->act, .optional = true,
	    .most = AUDIT_TEXT_MAX });
	form_end(p, N_("Show these"));
}

void
audit_show(struct call *c)
{
	struct asked a;
	struct page p;
	struct rows w = { .p = &p };
	bw_err r;

	take(c, &a);
	layout_begin(&p, c, 200, N_("Audit"));
	say_in(&p, "p", N_("Each change at this host, by number and id, never "
	    "with a value. Each row holds the one before it: none can be "
	    "changed or left out without being seen."));
	page_raw(&p, "<p class=\"no-paper\">");
	layout_link(&p, "/audit/verify", N_("Verify now"));
	page_raw(&p, "</p>\n");
	filter(&p, &a);
	page_raw(&p, "<div id=\"audit\" data-live>\n");
	r = audit_find(c->store, &(struct audit_query){ a.before, ROWS + 1,
	    a.actor, a.act }, audit_row, &w);
	if (w.n != 0)
		table_end(&p);
	else
		layout_empty(&p, N_("There is no such row."), "/audit",
		    N_("Show all rows"));
	pager(&p, &a, &w);
	page_raw(&p, "</div>\n");
	if (p.r == BW_OK)
		p.r = r;
	layout_end(&p, c);
}

void
audit_verify_now(struct call *c)
{
	uint8_t head[CRYPTO_HASH];
	char hex[TEXT_HEX_SIZE(CRYPTO_HASH)];
	struct page p;
	uint64_t n;
	bw_err r = audit_check(c->store, &n, head);

	if (r != BW_OK && r != BW_ERR_CHAIN) {
		layout_failure(c, r);
		return;
	}
	layout_begin(&p, c, 200, N_("The audit's chain"));
	if (r == BW_OK) {
		layout_note(&p, "success", N_("Every row holds the one before "
		    "it."));
		page_raw(&p, "<p>");
		say_count(&p, N_("%s row. Write its hash down: whoever has it "
		    "can show later that nothing before it was changed."),
		    N_("%s rows. Write the last one's hash down: whoever has "
		    "it can show later that nothing before it was changed."),
		    n);
		page_raw(&p, "</p>\n<p><code class=\"secret\">");
		text_hex(head, CRYPTO_HASH, hex);
		page_text(&p, hex);
		page_raw(&p, "</code></p>\n");
	} else {
		layout_note(&p, "danger", N_("The chain is broken: somebody "
		    "has changed the store behind the host's back."));
		page_raw(&p, "<p>");
		say_count(&p, N_("Row %s is the first that is wrong. Keep a "
		    "copy of the host's directory before anything else."),
		    N_("Row %s is the first that is wrong. Keep a copy of the "
		    "host's directory before anything else."), n);
		page_raw(&p, "</p>\n");
	}
	page_raw(&p, "<p class=\"no-paper\">");
	layout_link(&p, "/audit", N_("Back to the audit"));
	page_raw(&p, "</p>\n");
	layout_end(&p, c);
}
