// SPDX-License-Identifier: Apache-2.0
/* The event's part of the draft: days, retention, languages. */
#include <stdio.h>
#include <string.h>

#include "host/notice.h"
#include "host/portal/draft.h"
#include "host/retain.h"

#define KEEP_NAME 48		/* of a field: keep_ and the class */

static bool
is_listed(const char *const *lang, size_t n, const char *one)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(lang[i], one) == 0)
			return true;
	return false;
}

static void
languages(struct page *p, const struct draft *d)
{
	const char *lang[POLICY_LANGS], *one;
	size_t n = draft_languages(d, lang);
	struct form_field f = { .name = "first", .label = N_("First "
	    "language"), .hint = N_("It greets the attendee."),
	    .value = n != 0 ? lang[0] : "en" };

	form_select_begin(p, &f);
	for (size_t i = 0; (one = notice_language(i)) != NULL; i++)
		form_option(p, &f, one, draft_language(p, one));
	form_select_end(p, &f);
	page_raw(p, "<fieldset class=\"field\">\n<legend>");
	say(p, N_("Further languages"));
	page_raw(p, "</legend>\n");
	for (size_t i = 0; (one = notice_language(i)) != NULL; i++)
		form_check(p, &(struct form_field){ .name = "language",
		    .label = draft_language(p, one) }, one,
		    is_listed(lang, n, one));
	page_raw(p, "<p class=\"hint\">");
	say(p, N_("Each sponsor needs its texts in all of them. Texts in one "
	    "that you take away leave the draft."));
	page_raw(p, "</p>\n</fieldset>\n");
}

/* What the page /privacy tells attendees. */
static void
who_answers(struct page *p, const struct draft *d)
{
	const struct policytree *t = d->tree;

	form_input(p, &(struct form_field){ .name = "controller",
	    .label = N_("Who is responsible for the event"),
	    .hint = N_("Name and address, as attendees read it at /privacy."),
	    .value = policytree_value(t, "controller"), .optional = true,
	    .error = draft_error(d, "controller", t, "controller"),
	    DRAFT_TYPED(d) });
	form_input(p, &(struct form_field){ .name = "contact",
	    .label = N_("Contact for data protection"),
	    .hint = N_("Where attendees send questions and requests."),
	    .value = policytree_value(t, "contact"), .optional = true,
	    .error = draft_error(d, "contact", t, "contact"),
	    DRAFT_TYPED(d) });
	form_input(p, &(struct form_field){ .name = "complaint",
	    .label = N_("Where to complain"),
	    .hint = N_("The data protection authority, with its address."),
	    .value = policytree_value(t, "complaint"), .optional = true,
	    .error = draft_error(d, "complaint", t, "complaint"),
	    DRAFT_TYPED(d) });
}

static void
keep_name(const struct retain_class *k, char out[static KEEP_NAME])
{
	snprintf(out, KEEP_NAME, "keep_%s", k->name);
}

static void
keep_row(struct page *p, const struct draft *d, const struct policytree *sec,
    const struct retain_class *k)
{
	char name[KEEP_NAME];
	const char *error;

	keep_name(k, name);
	error = draft_error(d, name, sec, k->name);
	table_row(p);
	page_raw(p, "<th scope=\"row\"><label for=\"");
	page_text(p, name);
	page_raw(p, "\">");
	say(p, k->what);
	page_raw(p, "</label></th>");
	table_cell(p);
	page_raw(p, "<input class=\"form-control\" "
	    "inputmode=\"numeric\" autocomplete=\"off\" size=\"4\" id=\"");
	page_text(p, name);
	page_raw(p, "\" name=\"");
	page_text(p, name);
	page_raw(p, "\" value=\"");
	page_text(p, policytree_value(sec, k->name));
	if (error != NULL) {
		page_raw(p, "\" aria-invalid=\"true\" aria-describedby=\"");
		page_text(p, name);
		page_raw(p, "-error\">\n<p class=\"error\" id=\"");
		page_text(p, name);
		page_raw(p, "-error\">");
		page_text(p, error);
		page_raw(p, "</p>");
	} else
		page_raw(p, "\">");
	table_number(p, k->days);
	table_cell(p);
	say(p, k->from);
}

/* The section `retention`: what the host keeps for how long. */
static void
keeps(struct page *p, const struct draft *d)
{
	static const char *const heads[] = { N_("What"), N_("Days"),
		N_("Days if empty"), N_("They count from"), NULL };
	static const struct policytree none;
	const struct policytree *sec = policytree_section(d->tree,
	    "retention", NULL);

	say_in(p, "h2", N_("How long this host keeps what"));
	table_begin(p, N_("How long this host keeps what"), heads);
	for (int i = 0; i < RETAIN_CLASSES; i++)
		keep_row(p, d, sec != NULL ? sec : &none,
		    retain_class((enum retain)i));
	table_end(p);
}

static void
show(struct draft *d, unsigned status)
{
	const struct policytree *t = d->tree;
	struct page p;

	layout_begin(&p, d->c, status, N_("Days, retention and languages"));
	draft_notes(&p, d);
	draft_form(&p, d, "/policy/draft/event", false);
	form_input(&p, &(struct form_field){ .name = "valid_from",
	    .label = N_("First day"), .hint = N_("Like 2026-06-01, or a time "
	    "like 2026-06-01T09:30:00+02:00. Devices ask nobody before it."),
	    .value = policytree_value(t, "valid_from"),
	    .error = draft_error(d, "valid_from", t, "valid_from") });
	form_input(&p, &(struct form_field){ .name = "valid_until",
	    .label = N_("Last day"), .hint = N_("Like 2026-06-03, or a time "
	    "like 2026-06-03T18:00:00+02:00. At its end devices ask nobody "
	    "any more and delete their keys."),
	    .value = policytree_value(t, "valid_until"),
	    .error = draft_error(d, "valid_until", t, "valid_until") });
	form_input(&p, &(struct form_field){ .name = "retention_days",
	    .label = N_("For how many days a sponsor may keep a share"),
	    .value = policytree_value(t, "retention_days"),
	    .error = draft_error(d, "retention_days", t, "retention_days") });
	languages(&p, d);
	who_answers(&p, d);
	keeps(&p, d);
	form_end(&p, N_("Save in the draft"));
	page_raw(&p, "<p class=\"no-paper\">");
	layout_link(&p, "/policy/draft", N_("Back to the draft"));
	page_raw(&p, "</p>\n");
	layout_end(&p, d->c);
}

void
draft_event(struct call *c)
{
	struct draft *d = draft_open_tree(c);

	if (d != NULL)
		show(d, 200);
	draft_close(&d);
}

/* Texts in just these languages: empty where one is new. */
static bw_err
fit_texts(struct policytree *s, const char *const *lang, size_t n)
{
	const char *one;
	bw_err r = BW_OK;

	for (size_t i = 0; r == BW_OK &&
	    (one = notice_language(i)) != NULL; i++) {
		if (!is_listed(lang, n, one))
			r = policytree_set(s, one, NULL);
		else if (policytree_key(s, one) == NULL)
			r = policytree_set(s, one, "");
	}
	return r;
}

/* The same for all sections below that have texts. */
static bw_err
fit(struct policytree *t, const char *const *lang, size_t n)
{
	const char *one;
	bw_err r = BW_OK;

	for (size_t i = 0; (one = notice_language(i)) != NULL; i++)
		if (!is_listed(lang, n, one))
			policytree_remove(t, "notice", one);
	for (size_t i = 0; r == BW_OK && i < t->nsections; i++) {
		struct policytree *s = t->section[i];

		if (strcmp(s->key, "purpose") == 0 ||
		    strcmp(s->key, "ask") == 0)
			r = fit_texts(s, lang, n);
		else
			r = fit(s, lang, n);
	}
	return r;
}

static bw_err
take_languages(struct draft *d)
{
	const char *lang[POLICY_LANGS], *one;
	char first[8], also[8];
	size_t n = 0;
	bw_err r;

	form_value(d->c, "first", first, sizeof(first));
	if (notice_language_name(first) != NULL)
		lang[n++] = first;
	for (size_t i = 0; (one = notice_language(i)) != NULL; i++)
		for (size_t k = 0; k < POLICY_LANGS && http_form_at(d->c->in,
		    "language", k, also, sizeof(also)) == BW_OK; k++)
			if (strcmp(also, one) == 0 &&
			    !is_listed(lang, n, one))
				lang[n++] = one;
	r = policytree_set_list(d->tree, "languages", n, lang);
	return r == BW_OK ? fit(d->tree, lang, n) : r;
}

/* A class that was not asked about stays as it is. */
static bw_err
take_keeps(struct draft *d)
{
	struct policytree *sec;
	bw_err r = policytree_make(d->tree, "retention", NULL, &sec);

	for (int i = 0; r == BW_OK && i < RETAIN_CLASSES; i++) {
		const struct retain_class *k = retain_class((enum retain)i);
		char name[KEEP_NAME], any[2];

		keep_name(k, name);
		if (http_form(d->c->in, name, any, sizeof(any)) !=
		    BW_ERR_NOTFOUND)
			draft_take(d, sec, name, k->name, false);
	}
	if (r == BW_OK && sec->nkeys == 0)
		policytree_remove(d->tree, "retention", NULL);
	return r;
}

void
draft_event_save(struct call *c)
{
	struct draft *d = draft_open_tree(c);
	unsigned status;
	bw_err r;

	if (d == NULL)
		return;
	draft_take_day(d, d->tree, "valid_from");
	draft_take_day(d, d->tree, "valid_until");
	draft_take(d, d->tree, "retention_days", "retention_days", true);
	draft_take(d, d->tree, "controller", "controller", false);
	draft_take(d, d->tree, "contact", "contact", false);
	draft_take(d, d->tree, "complaint", "complaint", false);
	if ((r = take_languages(d)) == BW_OK && (r = take_keeps(d)) == BW_OK)
		r = policytree_set(d->tree, "event",
		    c->host->dir->config.event_id);
	if (r != BW_OK)
		layout_failure(c, r);
	else if (!draft_done(d, "event", "/policy/draft/event", &status))
		show(d, status);
	draft_close(&d);
}
