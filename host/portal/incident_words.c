// SPDX-License-Identifier: Apache-2.0
#include "host/portal/incident_words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/incident_letter.h"
#include "host/portal/draft.h"

#define PATH_SIZE 96
#define LETTER_MAX 32768u
#define MISSING_SIZE 512

const char *const letters_part[INCIDENT_PARTS] = { "happened", "likely",
	"done", "advice" };

static bw_err
count(void *arg, const struct incident_person *who)
{
	struct letters *l = arg;
	const char *lang = incident_language(who->language);

	if (who->registration == 0)
		return BW_OK;
	l->n++;
	l->fields |= who->fields;
	for (size_t k = 0; k < LETTERS_LANGS && words_at(k) != NULL; k++)
		l->in[k] += strcmp(words_at(k)->lang, lang) == 0;
	return BW_OK;
}

static void
choice(struct page *p, const struct letters *l, const char *lang, uint64_t n)
{
	char href[PATH_SIZE];

	snprintf(href, sizeof(href), "/duties/incidents/%" PRIu64
	    "/letter?lang=%s", l->i->id, lang);
	page_raw(p, "<li><a href=\"");
	page_text(p, href);
	page_raw(p, strcmp(lang, l->lang) == 0 ?
	    "\" aria-current=\"page\">" : "\">");
	if (lang[0] == 0)
		say(p, N_("For all languages"));
	else
		page_text(p, draft_language(p, lang));
	if (n != 0) {
		page_raw(p, " (");
		layout_number(p, n);
		page_raw(p, ")");
	}
	page_raw(p, "</a></li>\n");
}

static void
choices(struct page *p, const struct letters *l)
{
	page_raw(p, "<ul class=\"choices\">\n");
	choice(p, l, "", 0);
	for (size_t k = 0; k < LETTERS_LANGS && words_at(k) != NULL; k++)
		choice(p, l, words_at(k)->lang,
		    l->i->told_at == 0 ? l->in[k] : 0);
	page_raw(p, "</ul>\n");
}

static void
form(struct page *p, struct call *c, const struct letters *l)
{
	static const char *const labels[INCIDENT_PARTS] = {
		N_("What happened"), N_("What may come of it"),
		N_("What was done, and is being done"),
		N_("What the person can do") };
	bool own = l->lang[0] != 0;
	char to[PATH_SIZE];

	say_in(p, "h2", N_("What the letter says"));
	page_raw(p, "<p class=\"hint\">");
	say(p, own ? N_("Whoever reads this language gets this text instead of "
	    "the one for all languages. Leave all empty to take it away.") :
	    N_("Write it in the language that most understand. Greeting, "
	    "headings, date and fields are in each reader's language."));
	page_raw(p, "</p>\n");
	snprintf(to, sizeof(to), "/duties/incidents/%" PRIu64
	    "/letter?seen=%s", l->i->id, l->seen);
	form_begin(p, c, to, false);
	form_hidden(p, "lang", l->lang);
	for (int k = 0; k < INCIDENT_PARTS; k++)
		form_area(p, &(struct form_field){ .name = letters_part[k],
		    .label = labels[k], .value = l->text[k],
		    .error = l->error[k], .unmarked = own,
		    .room = INCIDENT_TEXT_MAX, .lines = true,
		    .typed = l->error[k] != NULL ? c : NULL }, 4);
	form_end(p, N_("Save the text"));
}

static void
bytes(struct page *p, const struct bw_buf *b)
{
	char text[LETTER_MAX + 1];

	snprintf(text, sizeof(text), "%.*s", (int)b->len,
	    (const char *)b->ptr);
	page_text(p, text);
}

/* As it would go to somebody whom all of it concerns. */
static bw_err
preview(struct page *p, struct call *c, const struct letters *l,
    const struct words *w, const struct mailconf *conf)
{
	struct bw_buf subject = BW_BUF_INIT(LETTER_MAX);
	struct bw_buf body = BW_BUF_INIT(LETTER_MAX);
	struct letter letter = { .language = w->lang, .fields = l->fields,
		.event = c->host->dir->config.event_name };
	struct incident_letter own;
	bw_err r;

	if ((r = incident_letter_fill(c->store, l->i, conf, &own,
	    &letter)) == BW_OK && (r = letter_text(&letter, &subject,
	    &body)) == BW_OK) {
		page_element(p, "h3", draft_language(p, w->lang));
		page_raw(p, "<article class=\"letter\" tabindex=\"0\" lang=\"");
		page_text(p, w->lang);
		page_raw(p, w->rtl ? "\" dir=\"rtl\">\n<h4>" :
		    "\" dir=\"ltr\">\n<h4>");
		bytes(p, &subject);
		page_raw(p, "</h4>\n<pre>");
		bytes(p, &body);
		page_raw(p, "</pre>\n</article>\n");
	}
	bw_buf_free(&subject);
	bw_buf_free(&body);
	return r;
}

/* Which languages have a text: their own, or that for all. */
static bw_err
look(struct call *c, struct letters *l)
{
	struct incident_text text;
	bw_err r = BW_OK;

	for (size_t k = 0; k < LETTERS_LANGS && words_at(k) != NULL; k++) {
		r = incident_text_for(c->store, l->i->id, words_at(k)->lang,
		    &text);
		if (r != BW_OK && r != BW_ERR_NOTFOUND)
			return r;
		l->has[k] = r == BW_OK;
	}
	return BW_OK;
}

/* Whether a letter is shown in words_at(k): it is the chosen language, or one
 * that letters go out in. */
static bool
shown(const struct letters *l, size_t k)
{
	return l->has[k] && (l->lang[0] == 0 ? l->in[k] != 0 :
	    strcmp(l->lang, words_at(k)->lang) == 0);
}

static bool
any_shown(const struct letters *l)
{
	for (size_t k = 0; k < LETTERS_LANGS && words_at(k) != NULL; k++)
		if (shown(l, k))
			return true;
	return false;
}

/* The languages that somebody reads and that have no text: "Deutsch, …". */
static bool
missing(struct page *p, const struct letters *l, char *out, size_t size)
{
	size_t at = 0;

	out[0] = 0;
	for (size_t k = 0; k < LETTERS_LANGS && words_at(k) != NULL; k++)
		if (l->in[k] != 0 && !l->has[k] && at < size)
			at += (size_t)snprintf(out + at, size - at, "%s%s",
			    at == 0 ? "" : ", ",
			    draft_language(p, words_at(k)->lang));
	return at != 0;
}

static void
previews(struct page *p, struct call *c, const struct letters *l)
{
	struct mailconf conf;
	const char *why;
	bw_err r = BW_OK;

	/* Where mail is not set up, what it would add is left out. */
	if (mailconf_read(c->host->dir->path, &conf, &why) != BW_OK)
		memset(&conf, 0, sizeof(conf));
	say_in(p, "h2", N_("How it goes out"));
	say_in(p, "p", incident_whole(&l->i->scope) ?
	    N_("Each letter begins with the person's name, and names only the "
	    "fields that the host has of this person.") :
	    N_("Each letter begins with the person's name, and names only the "
	    "fields that this person shared there."));
	for (size_t k = 0; k < LETTERS_LANGS && words_at(k) != NULL; k++)
		if (r == BW_OK && shown(l, k))
			r = preview(p, c, l, words_at(k), &conf);
	explicit_bzero(&conf, sizeof(conf));
	if (p->r == BW_OK)
		p->r = r;
}

static void
send_form(struct page *p, struct call *c, const struct letters *l)
{
	char to[PATH_SIZE], n[24];

	snprintf(to, sizeof(to), "/duties/incidents/%" PRIu64
	    "/tell?seen=%s&lang=%s", l->i->id, l->seen, l->lang);
	snprintf(n, sizeof(n), "%" PRIu64, l->n);
	page_raw(p, "<div class=\"acts\">\n");
	form_danger_begin(p, c, to, N_("Write to those concerned"),
	    N_("A letter goes to each person, once."));
	form_danger_end_as(p, N_("Write to those concerned"),
	    N_("To do this, type the number of letters (%s)"), n);
	page_raw(p, "</div>\n");
}

/* The button, or which text it waits for. */
static void
sending(struct page *p, struct call *c, const struct letters *l)
{
	char names[MISSING_SIZE];

	if (!missing(p, l, names, sizeof(names))) {
		send_form(p, c, l);
		return;
	}
	page_raw(p, "<p class=\"note note-warning\">");
	say_value(p, N_("It cannot go out yet. A text is missing for whoever "
	    "reads: %s. Write one for each of these languages, or one for all "
	    "languages."), names);
	page_raw(p, "</p>\n");
}

/* How many it went to stays, whoever is erased since. */
static void
goes_to(struct page *p, const struct letters *l)
{
	page_raw(p, "<p>");
	if (l->i->told_at == 0 && l->i->closed_at != 0)
		say(p, N_("The incident is closed: no letter goes out any "
		    "more."));
	else if (l->i->told_at != 0)
		say_count(p, N_("It went to %s person, in the language of the "
		    "last share."), N_("It went to %s people, each in the "
		    "language of the last share."), l->i->told);
	else
		say_count(p, N_("It goes to %s person, in the language of the "
		    "last share."), N_("It goes to %s people, each in the "
		    "language of the last share."), l->n);
	page_raw(p, "</p>\n");
}

void
letters_show(struct call *c, struct letters *l, unsigned status)
{
	char back[PATH_SIZE];
	struct page p;
	bool open = l->i->told_at == 0 && l->i->closed_at == 0;
	bw_err r;

	if ((r = look(c, l)) != BW_OK || (r = incident_people(c->store,
	    &l->i->scope, count, l)) != BW_OK) {
		layout_failure(c, r);
		return;
	}
	layout_begin(&p, c, status, N_("Letter to those concerned"));
	if (l->no != NULL)
		layout_note(&p, "danger", l->no);
	goes_to(&p, l);
	choices(&p, l);
	if (open)
		form(&p, c, l);
	if (any_shown(l))
		previews(&p, c, l);
	if (open && l->n != 0)
		sending(&p, c, l);
	snprintf(back, sizeof(back), "/duties/incidents/%" PRIu64, l->i->id);
	page_raw(&p, "<p class=\"no-paper\">");
	layout_link(&p, back, N_("Back to the incident"));
	page_raw(&p, "</p>\n");
	layout_end(&p, c);
}
