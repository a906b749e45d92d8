// SPDX-License-Identifier: Apache-2.0
#include "host/page_my.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "host/my_box.h"
#include "host/once_form.h"
#include "host/page_my_parts.h"
#include "pages.h"
#include "record/receipt.h"

#define TYPED_MAX 4096	/* a pasted address with its code, at most */

void
my_moved(struct call *c)
{
	http_error(c->out, 301, "it is at /my/");
	snprintf(c->out->location, sizeof(c->out->location), "/my/");
}

void
my_script(struct call *c)
{
	http_text(c->out, 200, "text/javascript; charset=utf-8", my_js,
	    sizeof(my_js) - 1);
	c->out->keep = true;
}

/* A box with its label and its button. wrong: the sentence why not, or NULL. */
static void
box(struct page *p, const char *name, const char *label, const char *more,
    const char *button, const char *wrong)
{
	page_raw(p, "<label for=\"");
	page_raw(p, name);
	page_raw(p, "\">");
	page_text(p, label);
	page_raw(p, "</label>\n<p><input type=\"text\" dir=\"ltr\" id=\"");
	page_raw(p, name);
	page_raw(p, "\" name=\"");
	page_raw(p, name);
	page_raw(p, "\" required spellcheck=\"false\" "
	    "autocapitalize=\"none\" ");
	page_raw(p, more);
	if (wrong != NULL)
		page_raw(p, " aria-invalid=\"true\" "
		    "aria-describedby=\"wrong\"");
	page_raw(p, "></p>\n");
	page_code_fields(p);
	page_raw(p, "<button>");
	page_text(p, button);
	page_raw(p, "</button>\n</form>\n");
}

static void
enter(struct call *c, unsigned status, const char *wrong)
{
	const struct words *w = words_for(c->in);
	const struct words_my *m = words_my(w);
	struct page p;

	page_begin(&p, w, c->in, c->out, status, m->title, NULL);
	page_element(&p, "p", m->intro);
	page_raw(&p, "<section id=\"by-mail\">\n");
	page_element(&p, "h2", m->ask_title);
	page_element(&p, "p", m->ask_text);
	if (wrong != NULL) {
		page_raw(&p, "<p class=\"wrong\" role=\"alert\" id=\"wrong\">");
		page_text(&p, wrong);
		page_raw(&p, "</p>\n");
	}
	page_raw(&p, "<form method=\"post\" action=\"/my/ask\">\n");
	box(&p, "mail", m->ask_label, "inputmode=\"email\" "
	    "autocomplete=\"email\"", m->ask_button, wrong);
	page_raw(&p, "</section>\n<section id=\"by-code\">\n");
	page_element(&p, "h2", m->open_title);
	page_element(&p, "p", m->open_text);
	page_raw(&p, "<form id=\"open\" method=\"post\" action=\"/my/\">\n");
	box(&p, "code", m->open_label, "autocomplete=\"off\"",
	    m->open_button, NULL);
	page_raw(&p, "<p class=\"quiet\">");
	page_text(&p, m->code_note);
	page_raw(&p, "</p>\n</section>\n<p><a href=\"/r/\">");
	page_text(&p, w->home_receipt);
	page_raw(&p, "</a></p>\n<script src=\"/my.js\"></script>\n");
	page_end(&p);
}

void
my_enter(struct call *c)
{
	enter(c, 200, NULL);
}

/* pages/my.js: until when the session is open, in unix seconds; 0: no more. */
static void
script(struct page *p, int64_t until)
{
	char tag[80];

	snprintf(tag, sizeof(tag), "<script src=\"/my.js\" defer data-until=\""
	    "%" PRId64 "\"></script>\n", until);
	page_raw(p, tag);
}

static void
say(struct call *c, unsigned status, const char *title, const char *text,
    bool over)
{
	const struct words *w = words_for(c->in);
	struct page p;

	page_begin(&p, w, c->in, c->out, status, title, NULL);
	if (over)
		script(&p, 0);
	page_raw(&p, "<p role=\"status\">");
	page_text(&p, text);
	page_raw(&p, "</p>\n<p><a href=\"/my/\">");
	page_text(&p, words_my(w)->again);
	page_raw(&p, "</a></p>\n");
	page_end(&p);
}

void
my_say(struct call *c, unsigned status, const char *title, const char *text)
{
	say(c, status, title, text, false);
}

void
my_over(struct call *c, unsigned status, const char *title, const char *text)
{
	say(c, status, title, text, true);
}

void
my_failed(struct call *c, bw_err r)
{
	const struct words *w = words_for(c->in);

	http_failure(c->out, r);
	my_say(c, c->out->status, w->failed_title, w->failed_text);
}

static void
slow(struct call *c, unsigned wait)
{
	const struct words *w = words_for(c->in);

	my_say(c, 429, w->slow_title, w->slow_text);
	c->out->retry_after = wait;
}

/* Who is asked for: an address of mail, or by a receipt. */
struct who {
	char mail[ABOUT_MAIL_MAX];	/* or "" */
	uint8_t rh[RECEIPT_RH];
};

/* `code` comes from a receipt's page, `mail` is what was typed. */
static bw_err
read_who(struct call *c, struct who *out)
{
	struct bw_buf promise = BW_BUF_INIT(1024);
	char typed[TYPED_MAX];
	uint8_t rc[RECEIPT_RC];
	bw_err r;

	memset(out, 0, sizeof(*out));
	if ((r = http_form(c->in, "mail", typed, sizeof(typed))) != BW_OK)
		r = http_form(c->in, "code", typed, sizeof(typed));
	if (r == BW_OK && about_mail(typed, out->mail) != BW_OK &&
	    (r = receipt_parse(typed, strlen(typed), rc, &promise)) == BW_OK)
		r = receipt_hash(rc, out->rh);
	explicit_bzero(typed, sizeof(typed));
	explicit_bzero(rc, sizeof(rc));
	bw_buf_free(&promise);
	return r;
}

void
my_ask(struct call *c)
{
	const struct words *w = words_for(c->in);
	const struct words_my *m = words_my(w);
	struct who who;
	unsigned wait;

	if (read_who(c, &who) != BW_OK)
		enter(c, 422, m->ask_wrong);
	else if (!my_box_may(c->host->box, c->in->source, &wait))
		slow(c, wait);
	else if (who.mail[0] != 0) {
		my_box_put(c->host->box, who.mail, w->lang);
		my_say(c, 200, m->asked_title, m->asked_text);
	} else {
		my_box_put_receipt(c->host->box, who.rh, w->lang);
		my_say(c, 200, m->asked_title, m->all_asked);
	}
	explicit_bzero(&who, sizeof(who));
}

void
my_begin(struct my *my, struct page *p, unsigned status, const char *title)
{
	page_begin(p, my->w, my->c->in, my->c->out, status, title, my->code);
	page_in_zone(p, my->c->store);
	p->action = "/my/";
	script(p, my->link.until);
}

void
my_form(struct my *my, struct page *p)
{
	char reg[24];

	page_raw(p, "<form method=\"post\" action=\"/my/\">");
	page_code_fields(p);
	snprintf(reg, sizeof(reg), "%llu", (unsigned long long)my->reg);
	page_raw(p, "<input type=\"hidden\" name=\"reg\" value=\"");
	page_raw(p, reg);
	page_raw(p, "\">");
	once_put(p);
}

void
my_button(struct my *my, struct page *p, const char *act, const char *text,
    bool plain)
{
	my_form(my, p);
	page_raw(p, plain ? "<button class=\"plain\" name=\"act\" value=\"" :
	    "<button name=\"act\" value=\"");
	page_text(p, act);
	page_raw(p, "\">");
	page_text(p, text);
	page_raw(p, "</button></form>\n");
}

void
my_open(struct my *my, struct page *p)
{
	page_raw(p, "<p class=\"quiet\">");
	page_text(p, my->m->until);
	page_raw(p, " ");
	page_time(p, my->link.until);
	page_raw(p, "<br>");
	page_text(p, my->m->shared);
	page_raw(p, "</p>\n");
	my_button(my, p, "end", my->m->end_button, true);
}

void
my_page_end(struct my *my, struct page *p)
{
	my_open(my, p);
	page_end(p);
}

void
my_slow(struct my *my, unsigned wait)
{
	struct page p;

	my_begin(my, &p, 429, my->w->slow_title);
	page_raw(&p, "<p role=\"status\">");
	page_text(&p, my->w->slow_text);
	page_raw(&p, "</p>\n");
	my_button(my, &p, "", my->m->back, true);
	my_page_end(my, &p);
	my->c->out->retry_after = wait;
}

static bw_err
on_same(void *arg, uint64_t registration)
{
	struct my *my = arg;

	if (my->n < MY_REGS)
		my->id[my->n++] = registration;
	return BW_OK;
}

/* Whose pages these are: all registrations with the address that the link went
 * to, and which of them the form names. Any other number names none. */
static bw_err
load(struct my *my)
{
	struct registration reg;
	char mail[ABOUT_MAIL_MAX], typed[24], own[24];
	bw_err r = store_registration_get(my->c->store, my->link.registration,
	    &reg);

	if (r != BW_OK)
		return r;
	if (about_mail(reg.values.v[FIELD_EMAIL], mail) != BW_OK)
		my->id[my->n++] = reg.id;
	else
		r = about_same_mail(my->c->store, mail, on_same, my);
	explicit_bzero(&reg, sizeof(reg));
	explicit_bzero(mail, sizeof(mail));
	if (http_form(my->c->in, "reg", typed, sizeof(typed)) != BW_OK)
		typed[0] = 0;
	for (size_t i = 0; i < my->n; i++) {
		snprintf(own, sizeof(own), "%llu",
		    (unsigned long long)my->id[i]);
		if (my->n == 1 || strcmp(own, typed) == 0)
			my->reg = my->id[i];
	}
	return r;
}

/* What was pasted: the code, or an address with it behind the "#". */
static bw_err
read_code(struct call *c, char out[static LINK_CODE])
{
	char typed[TYPED_MAX], *hash;
	size_t n = 0;
	bw_err r = http_form(c->in, "code", typed, sizeof(typed));

	hash = strrchr(typed, '#');
	for (char *p = hash != NULL ? hash + 1 : typed; *p != 0; p++)
		if (strchr(" -\t\r\n", *p) == NULL && n < LINK_CODE)
			out[n++] = *p;
	if (r == BW_OK && n != LINK_CODE - 1)
		r = BW_ERR_FORMAT;
	out[r == BW_OK ? n : 0] = 0;
	explicit_bzero(typed, sizeof(typed));
	return r;
}

/* The link is used up and its session there, or neither: of two requests with
 * the same link one has it. */
static bw_err
exchange(struct my *my)
{
	char object[40];
	bw_err r = store_begin(my->c->store);

	if (r != BW_OK)
		return r;
	if ((r = link_take(my->c->store, my->code, LINK_ALL, my->c->now,
	    &my->link)) == BW_OK &&
	    (r = link_make(my->c->store, my->link.registration, LINK_SESSION,
	    MY_SECONDS, my->c->now, my->code)) == BW_OK) {
		snprintf(object, sizeof(object), "registration %llu",
		    (unsigned long long)my->link.registration);
		r = store_audit(my->c->store, my->c->now, "attendee",
		    DID_MY_OPEN, object);
	}
	if (r == BW_OK && (r = store_commit(my->c->store)) == BW_OK)
		r = link_look(my->c->store, my->code, LINK_SESSION,
		    my->c->now, &my->link);
	store_rollback(my->c->store);
	return r;
}

static void
unknown(struct my *my, bool acts)
{
	unsigned wait;

	if (!throttle_take(my->c->host->links, my->c->in->source,
	    clock_mono_ms(), &wait))
		slow(my->c, wait);
	else if (acts)
		my_over(my->c, 403, my->m->over_title, my->m->over_text);
	else
		my_over(my->c, 404, my->m->gone_title, my->m->gone_text);
}

static void
serve(struct my *my, const char *act)
{
	bw_err r = link_look(my->c->store, my->code, LINK_SESSION, my->c->now,
	    &my->link);

	/* Looked at first: what opens nothing waits for nobody who writes. */
	if (r == BW_ERR_NOTFOUND && act[0] == 0 && (r = link_look(my->c->store,
	    my->code, LINK_ALL, my->c->now, &my->link)) == BW_OK)
		r = exchange(my);
	if (r == BW_OK)
		r = load(my);
	if (r == BW_ERR_NOTFOUND)
		unknown(my, act[0] != 0);
	else if (r != BW_OK)
		my_failed(my->c, r);
	else if (act[0] == 0)
		my_all(my);
	else
		my_act(my, act);
}

/* Who types an address where the code belongs wants the link. */
static bool
is_address(struct call *c)
{
	char typed[TYPED_MAX], mail[ABOUT_MAIL_MAX];
	bool is = http_form(c->in, "code", typed, sizeof(typed)) == BW_OK &&
	    about_mail(typed, mail) == BW_OK;

	explicit_bzero(typed, sizeof(typed));
	explicit_bzero(mail, sizeof(mail));
	return is;
}

void
my_post(struct call *c)
{
	struct my my = { .c = c, .w = words_for(c->in) };
	char act[16];

	my.m = words_my(my.w);
	if (http_form(c->in, "act", act, sizeof(act)) != BW_OK)
		act[0] = 0;
	if (read_code(c, my.code) == BW_OK)
		serve(&my, act);
	else if (act[0] == 0 && is_address(c))
		my_ask(c);
	else
		unknown(&my, act[0] != 0);
	explicit_bzero(&my, sizeof(my));
}
