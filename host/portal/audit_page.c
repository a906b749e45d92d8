// SPDX-License-Identifier: Apache-2.0
#include "host/portal/audit_page.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/export_audit.h"
#include "host/portal/acts.h"
#include "host/portal/form.h"
#include "host/route.h"

#define ROWS 50

struct asked {
	char who[AUDIT_TEXT_MAX + 1];	/* as it was typed */
	char actor[AUDIT_TEXT_MAX + 1], act[AUDIT_TEXT_MAX + 1];
	uint64_t before;
};

struct rows {
	struct page *p;
	struct call *c;
	uint64_t n, last;
	bool more;
};

static const char *const heads[] = { N_("Row"), N_("When"), N_("Who"),
	N_("What"), N_("About"), N_("Detail"), NULL };

/* As it is in the chain, below what it says. */
static void
raw(struct page *p, const char *name)
{
	page_raw(p, " <code class=\"raw\">");
	page_text(p, name);
	page_raw(p, "</code>");
}

static void
row_cells(struct rows *w, const struct audit_row *row)
{
	if (acts_who(w->p, w->c, row->actor))
		raw(w->p, row->actor);
	table_cell(w->p);
	acts_said(w->p, row);
	raw(w->p, row->act);
	table_cell(w->p);
	acts_object(w->p, w->c, row);
	table_cell(w->p);
	acts_detail(w->p, row->detail);
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
	row_cells(w, row);
	return w->p->r;
}

static void
take(const struct call *c, struct asked *a)
{
	char text[24];

	*a = (struct asked){ .before = 0 };
	(void)(http_param(c->in, "act", a->act, sizeof(a->act)) == BW_OK);
	if (http_param(c->in, "before", text, sizeof(text)) == BW_OK &&
	    text_number(text, strlen(text), INT64_MAX, &a->before) != BW_OK)
		a->before = 0;
}

/* A mail address is its account's. */
static void
take_who(struct call *c, struct asked *a)
{
	struct account found;

	(void)(http_param(c->in, "actor", a->who, sizeof(a->who)) == BW_OK);
	if (strchr(a->who, '@') != NULL &&
	    account_find(c->store, a->who, &found) == BW_OK)
		audit_actor(found.id, a->actor);
	else
		snprintf(a->actor, sizeof(a->actor), "%s", a->who);
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
	add(older, sizeof(older), "actor", a->who);
	add(older, sizeof(older), "act", a->act);
	add(newest, sizeof(newest), "actor", a->who);
	add(newest, sizeof(newest), "act", a->act);
	layout_pager(p, NULL, w->more ? older : NULL);
	if (a->before != 0) {
		page_raw(p, "<p class=\"no-paper\">");
		layout_link(p, newest, N_("To the newest rows"));
		page_raw(p, "</p>\n");
	}
}

/* All of a kind, or one act. */
static void
choices(struct page *p, const struct form_field *f)
{
	const char *lang = p->w->lang;
	int act = 0;

	form_option(p, f, "", catalogue_find(lang, N_("everything")));
	for (int k = 0; k < AUDIT_KINDS; k++) {
		const char *title = audit_kind_title((enum audit_kind)k);

		form_options_begin(p, title);
		form_option(p, f, audit_kind_word((enum audit_kind)k),
		    catalogue_find(lang, title));
		for (; act < AUDIT_ACTS &&
		    (int)audit_act_kind((enum audit_act)act) == k; act++)
			form_option(p, f, audit_act_name((enum audit_act)act),
			    catalogue_find(lang,
			    audit_act_sentence((enum audit_act)act)));
		form_options_end(p);
	}
}

static void
filter(struct page *p, const struct asked *a)
{
	const struct form_field what = { .name = "act", .label = N_("What"),
		.value = a->act, .unmarked = true };

	form_ask(p, "/audit");
	form_select_begin(p, &what);
	choices(p, &what);
	form_select_end(p, &what);
	form_input(p, &(struct form_field){ .name = "actor",
	    .label = N_("Who"), .hint = N_("A mail address, or as it stands "
	    "in the list, for example account:7"), .value = a->who, .optional = true,
	    .most = AUDIT_TEXT_MAX });
	form_end(p, N_("Show these"));
}

void
audit_show(struct call *c)
{
	struct asked a;
	struct page p;
	struct rows w = { .p = &p, .c = c };
	bw_err r;

	take(c, &a);
	take_who(c, &a);
	layout_begin(&p, c, 200, N_("Audit"));
	say_in(&p, "p", N_("Each change at this host, by number and id, never "
	    "with a value. Each row holds the one before it: none can be "
	    "changed or left out without being seen."));
	page_raw(&p, "<p class=\"no-paper\">");
	layout_link(&p, "/audit/verify", N_("Verify now"));
	page_raw(&p, "</p>\n");
	filter(&p, &a);
	page_raw(&p, "<div id=\"audit\" class=\"mt-4\" data-live>\n");
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
