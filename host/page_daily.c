// SPDX-License-Identifier: Apache-2.0
#include "host/page_daily.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/not_me.h"
#include "host/page.h"
#include "host/right.h"
#include "host/route.h"
#include "host/store_daily.h"
#include "host/store_device.h"
#include "host/store_link.h"
#include "host/words_my.h"

#define CODE_TEXT_MAX 200	/* of a pasted code */
#define SHARE_MAX (TEXT_ID_MAX + 24)
#define SHARES "/my/shares/"
#define ACTOR "attendee"

static void
failed(struct call *c, bw_err r)
{
	const struct words *w = words_for(c->in);
	struct page p;

	http_failure(c->out, r);
	page_begin(&p, w, c->in, c->out, c->out->status, w->failed_title,
	    NULL);
	page_element(&p, "p", w->failed_text);
	page_end(&p);
}

/* The box for the code; wrong: what was given is none. */
static void
ask(struct call *c, bool wrong)
{
	const struct words *w = words_for(c->in);
	struct page p;

	page_begin(&p, w, c->in, c->out, wrong ? 404 : 200, w->daily_title,
	    NULL);
	p.action = SHARES;
	page_element(&p, "p", w->daily_ask);
	if (wrong) {
		page_raw(&p, "<p class=\"wrong\" role=\"alert\" id=\"wrong\">");
		page_text(&p, w->daily_none);
		page_raw(&p, "</p>\n");
	}
	page_raw(&p, "<form id=\"ask\" method=\"post\" action=\"" SHARES "\">\n"
	    "<label for=\"code\">");
	page_text(&p, w->ask_label);
	page_raw(&p, "</label>\n<p><input type=\"text\" id=\"code\" "
	    "name=\"code\" required autocomplete=\"off\" "
	    "autocapitalize=\"characters\" spellcheck=\"false\" "
	    "aria-describedby=\"hint\"></p>\n"
	    "<p class=\"quiet\" id=\"hint\">");
	page_text(&p, w->ask_hint);
	page_raw(&p, "</p>\n");
	page_code_fields(&p);
	page_raw(&p, "<button>");
	page_text(&p, w->ask_button);
	page_raw(&p, "</button>\n</form>\n"
	    "<script src=\"/receipt.js\"></script>\n");
	page_end(&p);
}

void
daily_ask(struct call *c)
{
	ask(c, false);
}

/* ---- the shares ---- */

static const char *
state_text(const struct words *w, const struct daily_share *d, bool over)
{
	if (d->state == LEAD_UNDONE)
		return w->undone;
	if (d->state == LEAD_WITHDRAWN)
		return w->withdrawn;
	if (over)
		return w->over;
	if (d->state != LEAD_LIVE)
		return w->checked;
	return reg_releases(d->status) ? w->live :
	    words_my(w)->lead[WORDS_WITHHELD];
}

static void
put_fields(struct page *p, field_set fields)
{
	page_raw(p, "<ul>\n");
	for (int f = 1; f <= FIELD_COUNT; f++)
		if ((fields & FIELD_BIT(f)) != 0)
			page_element(p, "li", p->w->field[f]);
	page_raw(p, "</ul>\n");
}

/* One button about one share. It says so to who only hears it. */
static void
put_button(struct page *p, const struct daily_share *d, const char *act,
    const char *text, bool plain)
{
	char share[SHARE_MAX];

	snprintf(share, sizeof(share), "%.32s-%" PRIu64, d->name, d->seq);
	page_raw(p, "<form method=\"post\" action=\"" SHARES "\">");
	page_code_fields(p);
	page_raw(p, "<input type=\"hidden\" name=\"share\" value=\"");
	page_text(p, share);
	page_raw(p, plain ? "\"><button class=\"plain\" " : "\"><button ");
	page_raw(p, "aria-describedby=\"s-");
	page_text(p, share);
	page_raw(p, "\" name=\"act\" value=\"");
	page_text(p, act);
	page_raw(p, "\">");
	page_text(p, text);
	page_raw(p, "</button></form>\n");
}

static void
put_head(struct page *p, const struct daily_share *d)
{
	char id[SHARE_MAX];

	snprintf(id, sizeof(id), "%.32s-%" PRIu64, d->name, d->seq);
	page_raw(p, "<h2 id=\"s-");
	page_text(p, id);
	page_raw(p, "\">");
	page_value(p, d->sponsor);
	page_raw(p, "</h2>\n<p>");
	page_time(p, d->time);
	if (d->booth[0] != 0) {
		page_raw(p, " · ");
		page_value(p, d->booth);
	}
	page_raw(p, "</p>\n");
}

struct listing {
	struct page *p;
	struct store *store;
	int64_t now;
};

static bw_err
on_share(void *arg, const struct daily_share *d)
{
	struct listing *l = arg;
	struct page *p = l->p;
	bool ended = d->state == LEAD_UNDONE || d->state == LEAD_WITHDRAWN;
	bool over = d->retain_days != 0 &&
	    share_is_over(d->time, d->retain_days, l->now);
	bool said;
	bw_err r = not_me_said(l->store, d->device, d->seq, &said);

	put_head(p, d);
	put_fields(p, d->fields);
	page_raw(p, "<p class=\"state\">");
	page_text(p, said && d->state == LEAD_WITHDRAWN ? p->w->daily_disowned :
	    state_text(p->w, d, over));
	page_raw(p, "</p>\n");
	page_raw(p, "<div class=\"row\">\n");
	if (!ended && !over)
		put_button(p, d, "withdraw", p->w->daily_withdraw, false);
	if (!said)
		put_button(p, d, "notme", p->w->daily_notme, true);
	page_raw(p, "</div>\n");
	return r != BW_OK ? r : p->r;
}

/* said: what was done just now, or NULL. */
static void
list(struct call *c, const char *code, const struct link *link,
    const char *title, const char *said)
{
	const struct words *w = words_for(c->in);
	struct listing l = { .store = c->store, .now = c->now };
	struct page p;
	bw_err r;

	page_begin(&p, w, c->in, c->out, 200, title, code);
	page_in_zone(&p, c->store);
	p.action = SHARES;
	l.p = &p;
	if (said != NULL) {
		page_raw(&p, "<p role=\"status\">");
		page_text(&p, said);
		page_raw(&p, "</p>\n");
	}
	if ((r = daily_each(c->store, link->num, on_share, &l)) != BW_OK &&
	    p.r == BW_OK)
		p.r = r;
	page_raw(&p, "<p class=\"quiet\">");
	page_text(&p, w->daily_hint);
	page_raw(&p, " ");
	page_text(&p, w->no_values);
	page_raw(&p, "</p>\n");
	page_end(&p);
}

/* ---- what is done with one ---- */

struct named {
	uint64_t device, seq;
};

/* A share that the form names, if the mail told it. */
static bw_err
find(struct call *c, const struct link *link, struct named *out)
{
	char name[SHARE_MAX], *dash;
	struct store_device d;
	bw_err r;

	if (http_form(c->in, "share", name, sizeof(name)) != BW_OK ||
	    (dash = strrchr(name, '-')) == NULL)
		return BW_ERR_NOTFOUND;
	*dash++ = 0;
	if (text_number(dash, strlen(dash), STORE_SEQ_MAX, &out->seq) != BW_OK)
		return BW_ERR_NOTFOUND;
	if ((r = store_device_get(c->store, name, &d)) != BW_OK)
		return r;
	out->device = d.num;
	return daily_has(c->store, link->num, d.num, out->seq);
}

struct asking {
	struct page *p;
	const struct named *n;
};

static bw_err
ask_share(void *arg, const struct daily_share *d)
{
	const struct asking *a = arg;
	struct page *p = a->p;

	if (d->device != a->n->device || d->seq != a->n->seq)
		return BW_OK;
	put_head(p, d);
	page_element(p, "p", p->w->daily_sure);
	page_raw(p, "<div class=\"row\">\n");
	put_button(p, d, "notme-sure", p->w->daily_sure_yes, false);
	put_button(p, d, "", words_my(p->w)->back, true);
	page_raw(p, "</div>\n");
	return p->r;
}

/* What else "not me" does stands there before it is done. */
static bw_err
ask_sure(struct call *c, const char *code, const struct link *link)
{
	const struct words *w = words_for(c->in);
	struct named n = { .seq = 0 };
	struct page p;
	struct asking a = { &p, &n };
	bw_err r = find(c, link, &n);

	if (r != BW_OK)
		return r;
	page_begin(&p, w, c->in, c->out, 200, w->daily_notme, code);
	page_in_zone(&p, c->store);
	r = daily_each(c->store, link->num, ask_share, &a);
	if (p.r == BW_OK)
		p.r = r;
	page_end(&p);
	return BW_OK;
}

/* Somebody looks into it, and what stands beside it waits for that. A second
 * time opens no second case. */
static bw_err
report(struct call *c, const struct link *link, const struct named *n)
{
	const struct case_new in = { .type = CASE_NOT_ME,
		.proof = PROOF_MAIL, .registration = link->registration,
		.device = n->device, .seq = n->seq,
		.language = words_for(c->in)->lang };
	uint64_t num;

	return not_me_disown(c->store, &in, ACTOR, c->now, &num);
}

static bw_err
act(struct call *c, const struct link *link, bool notme)
{
	struct named n = { .seq = 0 };
	bool moved = false;
	bw_err r;

	if ((r = store_begin(c->store)) != BW_OK)
		return r;
	if ((r = find(c, link, &n)) == BW_OK)
		r = notme ? report(c, link, &n) : right_withdraw(c->store,
		    n.device, n.seq, ACTOR, c->now, &moved);
	if (r == BW_OK)
		r = store_commit(c->store);
	store_rollback(c->store);
	return r;
}

static void
answer(struct call *c, const char *code, const struct link *link)
{
	const struct words *w = words_for(c->in);
	char what[16] = "";
	bool asked, notme;
	bw_err r;

	if (http_form(c->in, "act", what, sizeof(what)) != BW_OK ||
	    what[0] == 0) {
		list(c, code, link, w->daily_title, NULL);
		return;
	}
	asked = strcmp(what, "notme") == 0;
	notme = strcmp(what, "notme-sure") == 0;
	r = asked ? ask_sure(c, code, link) : notme ||
	    strcmp(what, "withdraw") == 0 ? act(c, link, notme) :
	    BW_ERR_NOTFOUND;
	if (r == BW_ERR_NOTFOUND)
		ask(c, true);
	else if (r != BW_OK)
		failed(c, r);
	else if (!asked)
		list(c, code, link, notme ? w->daily_noted_title :
		    w->withdrawn_title, notme ? w->daily_noted :
		    w->withdrawn_text);
}

void
daily_show(struct call *c)
{
	char code[CODE_TEXT_MAX] = "";
	struct link link;
	bw_err r = BW_ERR_NOTFOUND;

	if (http_form(c->in, "code", code, sizeof(code)) == BW_OK)
		r = link_look(c->store, code, LINK_SHARES, c->now, &link);
	if (r == BW_OK)
		answer(c, code, &link);
	else if (r == BW_ERR_NOTFOUND)
		ask(c, true);
	else
		failed(c, r);
	explicit_bzero(code, sizeof(code));
}

/* ---- no more of them ---- */

static void
say(struct call *c, unsigned status, const char *title, const char *text,
    bool button)
{
	struct page p;

	page_begin(&p, words_for(c->in), c->in, c->out, status, title, NULL);
	page_raw(&p, button ? "<p>" : "<p role=\"status\">");
	page_text(&p, text);
	page_raw(&p, "</p>\n");
	if (button) {
		page_raw(&p, "<form method=\"post\">");
		page_code_fields(&p);
		page_raw(&p, "<button>");
		page_text(&p, p.w->daily_stop_button);
		page_raw(&p, "</button></form>\n");
	}
	page_end(&p);
}

static bw_err
look(struct call *c, struct link *out)
{
	char code[STRICT_TARGET_MAX + 1];
	bw_err r;

	route_part(c, 0, code);
	r = link_look(c->store, code, LINK_OPTOUT, c->now, out);
	explicit_bzero(code, sizeof(code));
	return r;
}

static void
stop_failed(struct call *c, bw_err r)
{
	const struct words *w = words_for(c->in);

	if (r == BW_ERR_NOTFOUND)
		say(c, 404, w->daily_stop_title, w->daily_none, false);
	else
		failed(c, r);
}

void
daily_stop_ask(struct call *c)
{
	const struct words *w = words_for(c->in);
	struct link link;
	bw_err r = look(c, &link);

	if (r == BW_OK)
		say(c, 200, w->daily_stop_title, w->daily_stop, true);
	else
		stop_failed(c, r);
}

/* Once: who presses it again has had what was asked for. */
static bw_err
stop(struct call *c, const struct link *link)
{
	char object[40];
	bool stopped;
	bw_err r;

	snprintf(object, sizeof(object), "registration %" PRIu64,
	    link->registration);
	if ((r = store_begin(c->store)) != BW_OK)
		return r;
	if ((r = daily_stopped(c->store, link->registration,
	    &stopped)) == BW_OK && !stopped &&
	    (r = daily_stop(c->store, link->registration, c->now)) == BW_OK &&
	    (r = store_audit(c->store, c->now, ACTOR, DID_MAIL_STOP,
	    object)) == BW_OK)
		r = store_commit(c->store);
	store_rollback(c->store);
	return r;
}

void
daily_stop_now(struct call *c)
{
	const struct words *w = words_for(c->in);
	struct link link;
	bw_err r;

	if ((r = look(c, &link)) == BW_OK)
		r = stop(c, &link);
	if (r == BW_OK)
		say(c, 200, w->daily_stopped_title, w->daily_stopped, false);
	else
		stop_failed(c, r);
}
