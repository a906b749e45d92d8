// SPDX-License-Identifier: Apache-2.0
/* The draft's own page: begin, what is in it and what is wrong with it, add and
 * remove sponsors, discard. */
#include "host/portal/draft.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/audit.h"

/* An installed version's logos, under the names that its text has. */
static bw_err
copy_logos(struct call *c, const struct policyfile *p)
{
	bw_err r = BW_OK;

	for (size_t i = 0; r == BW_OK && i < p->n; i++)
		if (p->logo[i].name[0] != 0 && p->part[i]->logo.w != 0)
			r = store_draft_logo_put(c->store, p->logo[i].name,
			    &p->part[i]->logo);
	return r;
}

static bw_err
first_text(struct call *c, struct bw_buf *text)
{
	char line[TEXT_ID_MAX + 16];
	int n = snprintf(line, sizeof(line), "event = %s\n",
	    c->host->dir->config.event_id);

	return bw_buf_put(text, line, (size_t)n);
}

void
draft_begin(struct call *c)
{
	struct bw_buf text = BW_BUF_INIT(POLICYFILE_MAX + 1);
	struct policyfile *was = NULL;
	struct store_policy cur;
	bw_err r;

	r = store_policy_current(c->store, &cur);
	if (r == BW_OK)
		r = draft_installed(c, cur.version, &was, &text);
	else if (r == BW_ERR_NOTFOUND)
		r = first_text(c, &text);
	if (r == BW_OK && (r = store_begin(c->store)) == BW_OK) {
		r = store_draft_begin(c->store, cur.version, text.ptr,
		    text.len, c->me->login.account.id, c->now);
		if (r == BW_OK && was != NULL)
			r = copy_logos(c, was);
		r = audit_finish(c->store, r, c->now, c->me->actor,
		    DID_DRAFT_BEGIN, "draft", cur.version);
	}
	/* One that is there already is gone on with. */
	if (r == BW_OK || r == BW_ERR_EXISTS)
		layout_go(c, "/policy/draft", NULL);
	else
		layout_failure(c, r);
	policyfile_free(&was);
	bw_buf_free(&text);
}

static void
who(struct page *p, const struct draft *d)
{
	struct account a;

	page_raw(p, "<p>");
	if (d->d.base[0] != 0)
		say_value(p, N_("Begun from version %s. "), d->d.base);
	if (account_get(d->c->store, d->d.account, &a) == BW_OK)
		say_value(p, N_("Last changed by %s, "),
		    a.name[0] != 0 ? a.name : a.mail);
	page_time(p, d->d.at);
	page_raw(p, "</p>\n");
}

static void
sponsor_row(struct page *p, struct draft *d, const struct policytree *s)
{
	size_t wrong = draft_count(d, s->line, s->end);
	char to[96];

	table_row(p);
	page_raw(p, "<th scope=\"row\"><a href=\"/policy/draft/sponsors/");
	page_text(p, s->title);
	page_raw(p, "\">");
	page_value(p, s->title);
	page_raw(p, "</a></th>");
	table_value(p, policytree_value(s, "name"));
	table_cell(p);
	if (wrong == 0)
		say(p, N_("ready"));
	else
		say_count(p, N_("%s thing to mend"), N_("%s things to mend"),
		    wrong);
	table_cell(p);
	snprintf(to, sizeof(to), "/policy/draft/sponsors/%s/texts", s->title);
	layout_link(p, to, N_("Notices and questions"));
	table_cell(p);
	snprintf(to, sizeof(to), "/policy/draft/sponsors/%s/screen", s->title);
	layout_link(p, to, N_("Screens"));
}

static void
sponsors(struct page *p, struct draft *d)
{
	static const char *const heads[] = { N_("Sponsor"), N_("Name"),
		N_("State"), "", "", NULL };
	const struct policytree *t = d->tree;
	struct policytree *const *s = t->section;

	say_in(p, "h2", N_("Sponsors"));
	if (policytree_section(t, "sponsor", NULL) == NULL)
		layout_empty(p, N_("There is no sponsor yet. Give the first "
		    "one a short name below."), NULL, NULL);
	else {
		table_begin(p, N_("Sponsors"), heads);
		for (size_t i = 0; i < t->nsections; i++)
			if (strcmp(s[i]->key, "sponsor") == 0 &&
			    text_is_id(s[i]->title, strlen(s[i]->title)))
				sponsor_row(p, d, s[i]);
		table_end(p);
	}
	draft_form(p, d, "/policy/draft/sponsors", false);
	form_input(p, &(struct form_field){ .name = "sponsor",
	    .label = N_("Another sponsor's short name"),
	    .hint = N_("1 to 32 of a-z, 0-9, dot and hyphen, for example "
	    "example-corp. It cannot be changed later."),
	    .error = d->nrefused != 0 ? d->refused[0].sentence : NULL,
	    .most = TEXT_ID_MAX });
	form_end(p, N_("Add the sponsor"));
}

static void
forms(struct page *p, struct draft *d)
{
	if (d->comments)
		layout_note(p, "info", N_("The text has comments. Saving one "
		    "of the forms takes them out; with the text's own page "
		    "they stay."));
	draft_faults(p, d, 0, 0);
	say_in(p, "h2", N_("Event"));
	page_raw(p, "<p>");
	layout_link(p, "/policy/draft/event", N_("Days, retention and "
	    "languages"));
	page_raw(p, " · ");
	layout_link(p, "/policy/draft/texts", N_("Notices and questions of "
	    "all sponsors"));
	page_raw(p, "</p>\n");
	sponsors(p, d);
}

static void
show(struct draft *d, unsigned status)
{
	struct call *c = d->c;
	struct page p;

	layout_begin(&p, c, status, N_("The draft of the policy"));
	draft_notes(&p, d);
	who(&p, d);
	if (d->file != NULL)
		layout_note(&p, "success", N_("Nothing is wrong with it. "
		    "Nothing of it counts before it is installed."));
	else if (d->tree != NULL)
		layout_note(&p, "warning", N_("Something has to be mended "
		    "before it can be installed."));
	page_raw(&p, "<p>");
	layout_link(&p, "/policy/draft/changes", N_("See what is new, and "
	    "install"));
	page_raw(&p, " · ");
	layout_link(&p, "/policy/draft/text", N_("The text"));
	page_raw(&p, "</p>\n");
	if (d->tree != NULL)
		forms(&p, d);
	else
		layout_empty(&p, N_("The text cannot be read, so there are no "
		    "forms."), "/policy/draft/text", N_("Mend the text"));
	say_in(&p, "h2", N_("Discard"));
	form_danger(&p, c, "/policy/draft/discard", N_("Discard the draft"),
	    N_("All that was changed in it is lost, for everybody. What is "
	    "installed stays as it is."), "draft");
	layout_end(&p, c);
}

void
draft_show(struct call *c)
{
	struct draft *d = draft_open(c, false);

	if (d != NULL)
		show(d, 200);
	draft_close(&d);
}

/* With its purposes empty, so that each is told to be missing at its field. */
static bw_err
make_sponsor(struct draft *d, const char *id)
{
	const char *lang[POLICY_LANGS];
	size_t n = draft_languages(d, lang);
	struct policytree *s, *texts;
	bw_err r = policytree_make(d->tree, "sponsor", id, &s);

	if (r == BW_OK)
		r = policytree_make(s, "purpose", NULL, &texts);
	for (size_t i = 0; r == BW_OK && i < n; i++)
		r = policytree_set(texts, lang[i], "");
	return r;
}

void
draft_sponsor_add(struct call *c)
{
	struct draft *d = draft_open_tree(c);
	char id[TEXT_ID_MAX + 1], to[96];
	unsigned status;

	if (d == NULL)
		return;
	form_value(c, "sponsor", id, sizeof(id));
	if (!text_is_id(id, strlen(id)))
		draft_refuse(d, "sponsor", N_("It must be 1 to 32 of a-z, "
		    "0-9, dot and hyphen, beginning with a letter or "
		    "digit."));
	else if (policytree_section(d->tree, "sponsor", id) != NULL)
		draft_refuse(d, "sponsor", N_("There is a sponsor with this "
		    "short name already."));
	else if (make_sponsor(d, id) != BW_OK)
		draft_refuse(d, "sponsor", N_("There is no memory for "
		    "this."));
	snprintf(to, sizeof(to), "/policy/draft/sponsors/%s", id);
	if (!draft_done(d, id, to, &status))
		show(d, status);
	draft_close(&d);
}

void
draft_discard(struct call *c)
{
	struct draft *d;
	bw_err r;

	if (!form_confirmed(c, "draft")) {
		form_unconfirmed(c, "/policy/draft", "word", NULL);
		return;
	}
	if ((d = draft_open(c, true)) == NULL)
		return;
	if ((r = store_begin(c->store)) == BW_OK) {
		r = store_draft_drop(c->store, d->d.rev);
		r = audit_finish(c->store, r, c->now, c->me->actor,
		    DID_DRAFT_DISCARD, "draft", "");
	}
	if (r == BW_OK)
		layout_go(c, "/policy", "discarded");
	else if (r == BW_ERR_EXISTS)
		layout_go(c, "/policy/draft", "faster");
	else
		layout_failure(c, r);
	draft_close(&d);
}
