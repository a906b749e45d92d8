// SPDX-License-Identifier: Apache-2.0
/* How a case is answered: the letter is looked at, then it goes and the case
 * takes its step, both or neither. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/case_erase.h"
#include "host/case_letter.h"
#include "host/not_me.h"
#include "host/portal/cases.h"
#include "host/right.h"

#define LETTER_MAX 16384u
#define STEPS 500		/* of a case that are looked at */

static const struct way {
	const char *act, *name;		/* as it is asked, its text's field */
	enum case_text text;
	enum letter_kind letter;	/* LETTER_NONE: none goes */
	bw_err (*run)(struct store *s, uint64_t num, const char *text,
	    const char *actor, int64_t now);
	const char *button, *done;
} ways[] = {
	{ "done", "outcome", CASE_OUTCOME, LETTER_DONE, case_done_as,
	    N_("Send it and close the case"), "case-done" },
	{ "extend", "why_longer", CASE_WHY_LONGER, LETTER_EXTENDED,
	    case_extend, N_("Send it and extend the case"), "case-extended" },
	{ "refuse", "why_refused", CASE_WHY_REFUSED, LETTER_REFUSED,
	    case_refuse, N_("Send it and refuse"), "case-refused" },
	{ "drop", "why_dropped", CASE_OUTCOME, LETTER_DROPPED, case_drop_as,
	    N_("Send it and drop the case"), "case-dropped" },
	{ "fee", "fee", CASE_FEE, LETTER_NONE, case_fee, NULL, "saved" },
};
#define NWAYS (sizeof(ways) / sizeof(ways[0]))

/* The day that the letter names. */
static bw_err
day(struct call *c, const struct case_file *f, const struct way *w,
    int64_t *out)
{
	char zone[CASE_ZONE_MAX + 1];
	bw_err r = BW_OK;

	*out = f->due;
	if (w->letter == LETTER_EXTENDED &&
	    (r = case_zone(c->store, zone)) == BW_OK)
		*out = case_due(f->received, CASE_MONTHS_EXTENDED, zone);
	return r;
}

static void
reader(struct page *p, struct call *c, const struct case_file *f)
{
	struct registration r;

	memset(&r, 0, sizeof(r));
	if (f->registration != 0 && store_registration_get(c->store,
	    f->registration, &r) != BW_OK)
		memset(&r, 0, sizeof(r));
	if (r.values.v[2][0] != 0) {
		page_raw(p, "<p>");
		say_value(p, N_("It goes to %s by mail."), r.values.v[2]);
		page_raw(p, "</p>\n");
	} else
		layout_note(p, "warning", N_("No mail address is known: no "
		    "mail goes. Print this letter and send it by post."));
	explicit_bzero(&r, sizeof(r));
}

/* Refusing to erase, or dropping that, stops no erasure that was decided before. */
static void
still_planned(struct page *p, struct call *c, const struct case_file *f,
    const struct way *w)
{
	struct right_state st;

	if ((w->letter != LETTER_REFUSED && w->letter != LETTER_DROPPED) ||
	    f->registration == 0 ||
	    right_look(c->store, f->registration, &st) != BW_OK ||
	    st.erase_due == 0)
		return;
	layout_note(p, "warning", N_("This person's data will still be erased: "
	    "that was planned, and this letter does not stop it. Go back to the "
	    "case and undo the erasure first."));
}

static bw_err
is_copy(void *arg, const struct audit_row *a)
{
	if (audit_did(a, DID_CASE_ACT) && strcmp(a->detail, "copy") == 0)
		*(bool *)arg = true;
	return BW_OK;
}

/* Access and transfer are answered by a copy, which none of its steps made. */
static bw_err
no_copy(struct page *p, struct call *c, const struct case_file *f,
    const struct way *w)
{
	char object[32];
	bool made = false;
	bw_err r;

	if (w->letter != LETTER_DONE ||
	    (f->type != CASE_ACCESS && f->type != CASE_TRANSFER))
		return BW_OK;
	snprintf(object, sizeof(object), "case %" PRIu64, f->num);
	r = audit_each(c->store, 0, STEPS, object, is_copy, &made);
	if (r == BW_OK && !made)
		layout_note(p, "warning", N_("No copy was made in this case: "
		    "the person has not got what was asked for. If it went "
		    "another way, send the letter all the same."));
	return r;
}

static void
letter(struct page *p, const struct case_file *f,
    const struct bw_buf *subject, const struct bw_buf *body)
{
	char text[LETTER_MAX + 1];

	page_raw(p, "<article class=\"letter\" dir=\"auto\" tabindex=\"0\" "
	    "lang=\"");
	page_text(p, f->language);
	page_raw(p, "\">\n<h2>");
	snprintf(text, sizeof(text), "%.*s", (int)subject->len,
	    (const char *)subject->ptr);
	page_text(p, text);
	page_raw(p, "</h2>\n<pre>");
	snprintf(text, sizeof(text), "%.*s", (int)body->len,
	    (const char *)body->ptr);
	page_text(p, text);
	page_raw(p, "</pre>\n</article>\n");
	explicit_bzero(text, sizeof(text));
}

static void
preview(struct call *c, const struct case_file *f, const struct way *w,
    const char *text)
{
	struct bw_buf subject = BW_BUF_INIT(LETTER_MAX);
	struct bw_buf body = BW_BUF_INIT(LETTER_MAX);
	struct mailconf conf;
	const char *why;
	char to[48];
	struct page p;
	int64_t at;
	bw_err r;

	/* Where mail is not set up, what it would add is left out. */
	if (mailconf_read(c->host->dir->path, &conf, &why) != BW_OK)
		memset(&conf, 0, sizeof(conf));
	snprintf(to, sizeof(to), "/cases/%" PRIu64 "/answer", f->num);
	layout_begin(&p, c, 200, N_("The letter"));
	reader(&p, c, f);
	still_planned(&p, c, f, w);
	if ((r = no_copy(&p, c, f, w)) == BW_OK &&
	    (r = day(c, f, w, &at)) == BW_OK && (r = case_letter(c->store, f,
	    w->letter, c->host->dir->config.event_name, &conf, text, at,
	    &subject, &body)) == BW_OK)
		letter(&p, f, &subject, &body);
	page_raw(&p, "<div class=\"acts\">\n");
	form_begin(&p, c, to, false);
	form_hidden(&p, "do", w->act);
	form_hidden(&p, w->name, text);
	form_hidden(&p, "send", "1");
	form_end(&p, w->button);
	/* What was typed goes along, to be changed there. */
	form_begin(&p, c, to, false);
	form_hidden(&p, "do", w->act);
	form_hidden(&p, w->name, text);
	form_hidden(&p, "back", "1");
	page_raw(&p, "<button class=\"btn btn-outline-secondary\">");
	say(&p, N_("Back to the case, without sending"));
	page_raw(&p, "</button>\n</form>\n</div>\n");
	if (p.r == BW_OK)
		p.r = r;
	layout_end(&p, c);
	explicit_bzero(&conf, sizeof(conf));
	bw_buf_free(&subject);
	bw_buf_free(&body);
}

static bw_err
step(struct call *c, const struct case_file *f, const struct way *w,
    const char *text)
{
	bw_err r;

	if ((r = store_begin(c->store)) != BW_OK ||
	    (r = w->run(c->store, f->num, text, c->me->actor, c->now)) !=
	    BW_OK)
		return r;
	return w->letter == LETTER_NONE ? BW_OK :
	    case_mail(c->store, f->num, w->letter, c->now);
}

/* Not done before it is, nor closed while something is held for it alone. */
static bool
may_end(struct call *c, const struct case_file *f, const struct way *w)
{
	uint64_t left = 0;
	bool waits = false;

	if (w->letter == LETTER_NONE || w->letter == LETTER_EXTENDED)
		return true;
	if (w->letter == LETTER_DONE &&
	    case_erase_waits(c->store, f, &waits) == BW_OK && waits)
		return false;
	return not_me_left(c->store, f->num, &left) != BW_OK || left == 0;
}

static void
answer(struct call *c, const struct case_file *f, const struct way *w)
{
	struct cases_typed typed = { .act = w->act };
	char *text = typed.text[w->text], send[4], back[4];
	if (!may_end(c, f, w)) {
		cases_page(c, 422, f, NULL);
		return;
	}
	form_value(c, "send", send, sizeof(send));
	form_value(c, "back", back, sizeof(back));
	if (!cases_text(c, w->name, text)) {
		typed.error[w->text] = N_("Write it in a few "
		    "sentences.");
		cases_page(c, 422, f, &typed);
	} else if (strcmp(back, "1") == 0)
		cases_page(c, 200, f, &typed);
	else if (w->letter == LETTER_NONE || strcmp(send, "1") == 0)
		cases_end(c, f, step(c, f, w, text), w->done);
	else
		preview(c, f, w, text);
	explicit_bzero(&typed, sizeof(typed));
}

void
cases_answer(struct call *c)
{
	const struct way *w = NULL;
	struct case_file f;
	char act[16];

	form_value(c, "do", act, sizeof(act));
	for (size_t i = 0; i < NWAYS; i++)
		if (strcmp(ways[i].act, act) == 0)
			w = &ways[i];
	if (cases_open_one(c, &f)) {
		if (w != NULL)
			answer(c, &f, w);
		else
			cases_end(c, &f, BW_ERR_NOTFOUND, NULL);
	}
	explicit_bzero(&f, sizeof(f));
}
