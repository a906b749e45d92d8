// SPDX-License-Identifier: Apache-2.0
/* Sheets of name badges to print. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host/audit.h"
#include "host/outfile.h"
#include "host/portal/desk.h"
#include "host/portal/making.h"
#include "host/running.h"
#include "host/sheet.h"

#define ONLY_MAX 1000
#define ONLY_TEXT 2000
#define LEFT_SHOWN 20

/* What was asked for, and how it went. */
struct print {
	char format[32], start[8];
	char only_text[ONLY_TEXT];
	uint64_t only[ONLY_MAX];
	struct sheet_order order;
	const char *format_error, *start_error, *only_error, *error;
	struct call *c;
	struct outfile *out;
	struct running_one *running;
	struct progress progress;
	bool gone;			/* who asked for it */
	bool rest;			/* without those that are left out */
	size_t left;			/* not printed; the first of them: */
	struct { uint64_t id; enum sheet_why why; } one[LEFT_SHOWN];
};

static void
form(struct page *p, struct call *c, const struct print *w)
{
	struct form_field f = { .name = "format", .label = N_("Labels"),
		.value = w->format, .error = w->format_error };
	const struct label_format *all;
	size_t n = label_format_all(&all);
	char text[160];

	form_begin(p, c, "/badges/sheet", false);
	form_select_begin(p, &f);
	for (size_t i = 0; i < n; i++) {
		snprintf(text, sizeof(text), "%s: %s", all[i].name,
		    catalogue_find(p->w->lang, all[i].about));
		form_option(p, &f, all[i].name, text);
	}
	form_select_end(p, &f);
	form_input(p, &(struct form_field){ .name = "start",
	    .type = "number", .label = N_("First label"),
	    .hint = N_("On a sheet that was begun, the first label that is "
	    "still there."), .value = w->start, .error = w->start_error });
	form_input(p, &(struct form_field){ .name = "only",
	    .label = N_("Registrations"), .optional = true,
	    .hint = N_("Their numbers with commas between, for instance "
	    "7,9,12. Empty: all that attend."), .value = w->only_text,
	    .error = w->only_error, .most = ONLY_TEXT - 1 });
	regs_tick(p, "job", N_("Print the job title, too"),
	    w->order.job_title);
	regs_tick(p, "outline", N_("A fine line around each label, for plain "
	    "paper"), w->order.outline);
	regs_tick(p, "test", N_("Only a test page without names, to hold "
	    "against a sheet"), false);
	if (w->left != 0)
		regs_tick(p, "rest", N_("Print the others without these"),
		    false);
	form_end(p, N_("Make the PDF"));
}

static void
left(struct page *p, const struct print *w)
{
	char href[48], id[24];

	if (w->left == 0)
		return;
	layout_note(p, "warning", N_("Some cannot be printed:"));
	page_raw(p, "<ul>\n");
	for (size_t i = 0; i < w->left && i < LEFT_SHOWN; i++) {
		snprintf(id, sizeof(id), "%" PRIu64, w->one[i].id);
		snprintf(href, sizeof(href), "/registrations/%s", id);
		page_raw(p, "<li><a href=\"");
		page_text(p, href);
		page_raw(p, "\">");
		page_text(p, id);
		page_raw(p, "</a> ");
		say(p, sheet_why(w->one[i].why));
		page_raw(p, "</li>\n");
	}
	page_raw(p, w->left > LEFT_SHOWN ? "<li>…</li></ul>\n" : "</ul>\n");
}

static void
page(struct call *c, unsigned status, const struct print *w)
{
	struct page p;

	layout_begin(&p, c, status, N_("Sheets of name badges"));
	if (w->error != NULL)
		layout_note(&p, "danger", w->error);
	left(&p, w);
	say_in(&p, "p", N_("Name, company, and a code that leads to the page "
	    "about badges. Print the PDF at its own size, not fitted to the "
	    "page."));
	say_in(&p, "p", N_("The PDF's download begins when it is whole. Leave "
	    "this page open until then: the work ends when you leave."));
	making_show_sheets(&p, c);
	form(&p, c, w);
	page_raw(&p, "<p class=\"no-paper\">");
	layout_link(&p, "/badges", N_("Back to the badge desk"));
	page_raw(&p, "</p>\n");
	layout_end(&p, c);
}

void
sheets_ask(struct call *c)
{
	static const struct print none = { .start = "1" };

	page(c, 200, &none);
}

/* "7,9,12", with blanks if somebody likes. */
static bool
take_only(struct print *w)
{
	const char *s = w->only_text;

	w->order.only = w->only;
	while (*(s += strspn(s, " ,")) != 0) {
		size_t len = strcspn(s, " ,");

		if (w->order.n == ONLY_MAX || text_number(s, len, INT64_MAX,
		    &w->only[w->order.n++]) != BW_OK)
			return false;
		s += len;
	}
	return true;
}

static bool
take(const struct call *c, struct print *w)
{
	/* Empty means all. */
	bool read = form_value(c, "only", w->only_text, sizeof(w->only_text));
	uint64_t start = 0;
	size_t most;

	form_value(c, "format", w->format, sizeof(w->format));
	form_value(c, "start", w->start, sizeof(w->start));
	w->order.job_title = regs_ticked(c, "job");
	w->order.outline = regs_ticked(c, "outline");
	if ((w->order.format = label_format_find(w->format)) == NULL) {
		w->format_error = N_("Choose the labels.");
		return false;
	}
	most = label_format_per_page(w->order.format);
	if (text_number(w->start, strlen(w->start), most, &start) != BW_OK ||
	    start == 0)
		w->start_error = N_("A sheet of these has no such label.");
	w->order.start = (size_t)start;
	if (!read || !take_only(w))
		w->only_error = N_("Give numbers with commas between, at most "
		    "1,000 of them.");
	return w->start_error == NULL && w->only_error == NULL;
}

static bw_err
put(void *arg, const void *ptr, size_t len)
{
	struct print *w = arg;

	return outfile_put(w->out, ptr, len);
}

static bw_err
still_wanted(struct print *w)
{
	w->gone = w->gone || http_gone(w->c->in);
	return w->gone ? BW_ERR_GONE : BW_OK;
}

static bw_err
on_step(void *arg, uint64_t done)
{
	struct print *w = arg;

	running_step(w->running, done);
	return still_wanted(w);
}

/* Who is left out is asked about before a thousand badges are drawn for
 * nothing. */
static bw_err
found(void *arg, size_t badges)
{
	const struct print *w = arg;

	running_most(w->running, badges);
	return badges != 0 && w->left != 0 && !w->rest ? BW_ERR_EXISTS : BW_OK;
}

static void
leave(void *arg, uint64_t registration, enum sheet_why why)
{
	struct print *w = arg;

	if (w->left < LEFT_SHOWN) {
		w->one[w->left].id = registration;
		w->one[w->left].why = why;
	}
	w->left++;
}

static bw_err
record(struct call *c, size_t badges)
{
	char object[64];
	bw_err r = store_begin(c->store);

	snprintf(object, sizeof(object), "%zu badges", badges);
	return r != BW_OK ? r : audit_finish(c->store, r, c->now,
	    c->me->actor, DID_BADGE_SHEET, object, "");
}

/* It has gone, or who asked for it has. */
static void
ended(void *arg, bool whole)
{
	struct running_one *one = arg;

	(void)whole;
	running_end(&one);
}

static bw_err
made(struct call *c, struct print *w, bool test, size_t badges)
{
	uint64_t len;
	int fd;
	bw_err r;

	if ((r = still_wanted(w)) != BW_OK ||
	    (!test && (r = record(c, badges)) != BW_OK) ||
	    (r = outfile_take(w->out, &fd, &len)) != BW_OK)
		return r;
	http_file(c->out, "application/pdf", fd, len);
	http_save_as(c->out, test ? "labels-test.pdf" : "badges.pdf");
	c->out->personal = true;
	running_sends(w->running, badges);
	c->out->ended = ended;
	c->out->ended_arg = w->running;
	w->running = NULL;
	return BW_OK;
}

static bw_err
start(struct call *c, struct print *w)
{
	struct running_export e = { .kind = "sheet",
		.format = w->order.format->name };
	bw_err r;

	snprintf(e.actor, sizeof(e.actor), "%s", c->me->actor);
	w->c = c;
	w->progress = (struct progress){ .step = on_step, .arg = w };
	w->order.progress = &w->progress;
	w->order.found = found;
	r = running_begin(c->host->running, &e, &w->running);
	return r == BW_OK ? outfile_temp(&w->out, c->host->dir->path) : r;
}

/* When it was not made, or not yet: say why. */
static void
answer(struct call *c, struct print *w, bw_err r)
{
	if (w->gone)
		/* Nobody reads it; requests are counted by it. */
		http_error(c->out, 408, "who asked has gone");
	else if (r == BW_ERR_NOTFOUND) {
		w->error = N_("There is nobody to print: none of these attends "
		    "and has a name.");
		w->left = 0;
		page(c, 422, w);
	} else if (r != BW_OK)
		layout_failure(c, r);
	else if (w->left != 0 && !w->rest)
		page(c, 200, w);
}

static void
make(struct call *c, struct print *w)
{
	bool test = regs_ticked(c, "test");
	struct sheet_done done = { 0 };
	struct fault f = { 0 };
	bw_err r;

	w->rest = regs_ticked(c, "rest");
	r = start(c, w);

	if (r == BW_OK)
		r = test ? sheet_test_page(w->order.format, put, w) :
		    sheet_make(c->store, c->host->dir, &w->order, put, leave,
		    w, &done, &f);
	if (r == BW_ERR_EXISTS)
		r = BW_OK;
	if (r == BW_OK)
		r = person_still_may(c);
	if (r == BW_OK && (w->left == 0 || w->rest))
		r = made(c, w, test, done.badges);
	running_end(&w->running);
	answer(c, w, r);
}

void
sheets_make(struct call *c)
{
	struct print *w = calloc(1, sizeof(*w));

	if (w == NULL) {
		layout_failure(c, BW_ERR_NOMEM);
		return;
	}
	if (take(c, w))
		make(c, w);
	else
		page(c, 422, w);
	outfile_close(&w->out);
	free(w);
}
