// SPDX-License-Identifier: Apache-2.0
/* Notices and questions in the draft: of all sponsors, or of one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/notice.h"
#include "host/portal/draft.h"
#include "host/route.h"

static const char *
part_label(enum notice_part part)
{
	static const char *const labels[NOTICE_PARTS] = { N_("Who asks"),
		N_("What for, and from where"), N_("How long it is kept"),
		N_("How to take it back"), N_("No answer means no") };

	return labels[part];
}

static const char *
part_hint(enum notice_part part)
{
	static const char *const hints[NOTICE_PARTS] = {
		N_("It must say {sponsor}."),
		N_("It must say {purpose} and {country}."),
		N_("It must say {days}."), NULL, NULL };

	return hints[part];
}

static const struct policytree nothing;

/* What is built in stands beside each, so that staff see what they replace. */
static void
notice(struct page *p, struct draft *d, const struct policytree *t,
    const char *lang)
{
	const struct policytree *n = policytree_section(t, "notice", lang);

	if (n == NULL)
		n = &nothing;
	page_raw(p, "<details");
	page_raw(p, n != &nothing ? " open>\n<summary>" : ">\n<summary>");
	page_text(p, draft_language(p, lang));
	page_raw(p, "</summary>\n");
	for (int i = 0; i < NOTICE_PARTS; i++) {
		enum notice_part part = (enum notice_part)i;
		const char *key = notice_part_name(part);
		char name[48];

		snprintf(name, sizeof(name), "notice_%s_%s", lang, key);
		form_input(p, &(struct form_field){ .name = name,
		    .label = part_label(part), .hint = part_hint(part),
		    .value = policytree_value(n, key), .optional = true,
		    .error = draft_error(d, name, n, key),
		    DRAFT_TYPED(d) });
		page_raw(p, "<p class=\"hint\">");
		say_value(p, N_("Built in: %s"), notice_default(lang, part,
		    30));
		page_raw(p, "</p>\n");
	}
	page_raw(p, "</details>\n");
}

static const char *
choices(const struct policytree *q, char *out, size_t size)
{
	const struct policytree_key *k = policytree_key(q, "choices");
	size_t at = 0;

	out[0] = 0;
	for (size_t i = 0; k != NULL && i < k->n; i++) {
		int n = snprintf(out + at, size - at, "%s\n", k->value[i]);

		if (n < 0 || (size_t)n >= size - at)
			break;
		at += (size_t)n;
	}
	return out;
}

static void
question(struct page *p, struct draft *d, const struct policytree *q,
    size_t i)
{
	const struct policytree *ask = policytree_section(q, "ask", NULL);
	const char *lang[POLICY_LANGS];
	size_t n = draft_languages(d, lang);
	char name[48], text[DRAFT_VALUE_MAX];

	if (ask == NULL)
		ask = &nothing;
	page_raw(p, "<fieldset class=\"field\">\n<legend>");
	if (q->title != NULL)
		say_value(p, N_("Question %s"), q->title);
	else
		say(p, N_("Another question"));
	page_raw(p, "</legend>\n");
	snprintf(name, sizeof(name), "q%zu_id", i);
	form_input(p, &(struct form_field){ .name = name,
	    .label = N_("Short name"), .hint = N_("a-z, 0-9, dot and hyphen; "
	    "empty takes the question away."), .optional = true,
	    .value = q->title, .error = draft_error(d, name, q, "id"),
	    .most = TEXT_ID_MAX });
	for (size_t l = 0; l < n; l++) {
		snprintf(name, sizeof(name), "q%zu_%s", i, lang[l]);
		form_input(p, &(struct form_field){ .name = name,
		    .label = draft_language(p, lang[l]), .optional = true,
		    .value = policytree_value(ask, lang[l]),
		    .error = draft_error(d, name, ask, lang[l]),
		    DRAFT_TYPED(d) });
	}
	snprintf(name, sizeof(name), "q%zu_choices", i);
	form_area(p, &(struct form_field){ .name = name,
	    .label = N_("Answers to choose from, one a line"),
	    .hint = N_("Two to eight; none for free text."), .optional = true,
	    .value = choices(q, text, sizeof(text)),
	    .error = draft_error(d, name, q, "choices"),
	    DRAFT_TYPED(d) }, 4);
	page_raw(p, "</fieldset>\n");
}

static void
questions(struct page *p, struct draft *d, const struct policytree *t)
{
	size_t n = 0;

	say_in(p, "h2", N_("Questions"));
	page_raw(p, "<p class=\"hint\">");
	say(p, N_("What a sponsor's staff may note behind a share, at most "
	    "eight. Attendees are not asked these."));
	page_raw(p, "</p>\n");
	for (size_t i = 0; i < t->nsections; i++)
		if (strcmp(t->section[i]->key, "question") == 0)
			question(p, d, t->section[i], n++);
	if (n < POLICY_QUESTIONS)
		question(p, d, &nothing, n);
}

static void
show(struct draft *d, const struct policytree *t, unsigned status)
{
	const char *lang[POLICY_LANGS];
	size_t n = draft_languages(d, lang);
	char path[96] = "/policy/draft";
	struct page p;

	if (t->title != NULL)
		snprintf(path, sizeof(path), "/policy/draft/sponsors/%s",
		    t->title);
	layout_begin(&p, d->c, status, N_("Notices and questions"));
	page_raw(&p, "<p>");
	if (t->title != NULL)
		page_value(&p, t->title);
	else
		say(&p, N_("For all sponsors"));
	page_raw(&p, " · ");
	layout_link(&p, path, t->title != NULL ? N_("Back to the sponsor") :
	    N_("Back to the draft"));
	page_raw(&p, "</p>\n");
	draft_notes(&p, d);
	if (t->title != NULL)
		draft_faults(&p, d, t->line, t->end);
	else
		draft_faults(&p, d, 0, 0);
	snprintf(path + strlen(path), sizeof(path) - strlen(path), "/texts");
	draft_form(&p, d, path, false);
	say_in(&p, "h2", N_("Notices"));
	page_raw(&p, "<p class=\"hint\">");
	say(&p, N_("The sentences of the screen. What is left empty is as "
	    "built in. {sponsor}, {country}, {purpose} and {days} are filled "
	    "in."));
	page_raw(&p, "</p>\n");
	for (size_t i = 0; i < n; i++)
		notice(&p, d, t, lang[i]);
	questions(&p, d, t);
	form_end(&p, N_("Save in the draft"));
	layout_end(&p, d->c);
}

/* The sponsor's section, or the whole for the event; NULL as draft_open. */
static struct draft *
open_texts(struct call *c, struct policytree **t)
{
	struct draft *d = draft_open_tree(c);
	char id[STRICT_TARGET_MAX + 1];

	if (d == NULL)
		return NULL;
	route_part(c, 0, id);
	*t = id[0] == 0 ? d->tree : draft_sponsor_of(d);
	if (*t == NULL)
		draft_close(&d);
	return d;
}

void
draft_texts(struct call *c)
{
	struct policytree *t;
	struct draft *d = open_texts(c, &t);

	if (d != NULL)
		show(d, t, 200);
	draft_close(&d);
}

static bw_err
take_notice(struct draft *d, struct policytree *t, const char *lang)
{
	struct policytree *n;
	bw_err r = policytree_make(t, "notice", lang, &n);

	for (int i = 0; r == BW_OK && i < NOTICE_PARTS; i++) {
		const char *key = notice_part_name((enum notice_part)i);
		char name[48];

		snprintf(name, sizeof(name), "notice_%s_%s", lang, key);
		draft_take(d, n, name, key, false);
	}
	if (r == BW_OK && n->nkeys == 0)
		policytree_remove(t, "notice", lang);
	return r;
}

/* Lines, which browsers end with CR LF. */
static bw_err
take_choices(struct draft *d, struct policytree *q, const char *field)
{
	const char *list[32];
	char text[DRAFT_VALUE_MAX], *line, *rest = text;
	size_t n = 0;
	bw_err r = http_form(d->c->in, field, text, sizeof(text));

	if (r == BW_ERR_BOUND)
		draft_refuse(d, field, N_("This is too long."));
	while ((line = strsep(&rest, "\r\n")) != NULL) {
		if (line[0] == 0)
			continue;
		if (n == 32 || !text_is_clean(line, strlen(line)))
			draft_refuse(d, field, n == 32 ?
			    N_("This is too long.") : N_("This holds "
			    "something that is no text."));
		else
			list[n++] = line;
	}
	return policytree_set_list(q, "choices", n, list);
}

static bw_err
take_question(struct draft *d, struct policytree *t, size_t i)
{
	const char *lang[POLICY_LANGS];
	size_t n = draft_languages(d, lang);
	char name[48], id[TEXT_ID_MAX + 1];
	struct policytree *q, *ask;
	bw_err r;

	snprintf(name, sizeof(name), "q%zu_id", i);
	r = http_form(d->c->in, name, id, sizeof(id));
	if (r == BW_ERR_NOTFOUND || (r == BW_OK && id[0] == 0))
		return BW_OK;
	if (r != BW_OK || !text_is_id(id, strlen(id))) {
		draft_refuse(d, name, N_("It must be 1 to 32 of a-z, 0-9, dot "
		    "and hyphen, beginning with a letter or digit."));
		/* It is shown again, as no file could hold it. */
		snprintf(id, sizeof(id), "q%zu", i);
	}
	if (policytree_section(t, "question", id) != NULL) {
		draft_refuse(d, name, N_("There is a question with this short "
		    "name already."));
		return BW_OK;
	}
	if ((r = policytree_make(t, "question", id, &q)) != BW_OK ||
	    (r = policytree_make(q, "ask", NULL, &ask)) != BW_OK)
		return r;
	for (size_t l = 0; l < n; l++) {
		snprintf(name, sizeof(name), "q%zu_%s", i, lang[l]);
		draft_take(d, ask, name, lang[l], true);
	}
	snprintf(name, sizeof(name), "q%zu_choices", i);
	return take_choices(d, q, name);
}

void
draft_texts_save(struct call *c)
{
	const char *lang[POLICY_LANGS];
	struct policytree *t;
	struct draft *d = open_texts(c, &t);
	char to[96] = "/policy/draft/texts";
	unsigned status;
	bw_err r = BW_OK;
	size_t n;

	if (d == NULL)
		return;
	n = draft_languages(d, lang);
	for (size_t i = 0; r == BW_OK && i < n; i++)
		r = take_notice(d, t, lang[i]);
	policytree_remove(t, "question", NULL);
	for (size_t i = 0; r == BW_OK && i < POLICY_QUESTIONS; i++)
		r = take_question(d, t, i);
	if (t->title != NULL)
		snprintf(to, sizeof(to), "/policy/draft/sponsors/%s/texts",
		    t->title);
	if (r != BW_OK)
		layout_failure(c, r);
	else if (!draft_done(d, t->title != NULL ? t->title : "texts", to,
	    &status))
		show(d, t, status);
	draft_close(&d);
}
