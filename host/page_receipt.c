// SPDX-License-Identifier: Apache-2.0
#include "host/page_receipt.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "host/not_me.h"
#include "host/page.h"
#include "host/page_share.h"
#include "host/receipt_give.h"
#include "host/right.h"
#include "host/words_my.h"
#include "record/receipt.h"

#define CODE_TEXT_MAX 4096	/* of a pasted code or address */
#define TYPED_MAX 64		/* of a wrong one, given back */

/* A code as it was posted. */
struct code {
	uint8_t rh[RECEIPT_RH];
	char text[RECEIPT_CODE + 1];	/* base32, for the next form */
};

/* What was typed, to be mended where it is wrong: plain text alone. */
static void
put_typed(struct page *p, const char *typed)
{
	size_t len = strlen(typed);

	for (size_t i = 0; i < len; i++)
		if (typed[i] < ' ' || typed[i] > '~')
			return;
	if (len == 0 || len > TYPED_MAX)
		return;
	page_raw(p, "value=\"");
	page_text(p, typed);
	page_raw(p, "\" ");
}

/* The box for a code; wrong: what was given instead of one, or NULL. */
static void
ask(struct call *c, unsigned status, const char *wrong)
{
	const struct words *w = words_for(c->in);
	struct page p;

	page_begin(&p, w, c->in, c->out, status, w->ask_title, NULL);
	page_element(&p, "p", w->ask_text);
	if (wrong != NULL) {
		page_raw(&p, "<p class=\"wrong\" role=\"alert\" id=\"wrong\">");
		page_text(&p, w->bad_code);
		page_raw(&p, "</p>\n");
	}
	page_raw(&p, "<form id=\"ask\" method=\"post\" action=\"/r/\">\n"
	    "<label for=\"code\">");
	page_text(&p, w->ask_label);
	page_raw(&p, "</label>\n<p><input type=\"text\" id=\"code\" "
	    "name=\"code\" required autocomplete=\"off\" "
	    "autocapitalize=\"characters\" spellcheck=\"false\" ");
	if (wrong != NULL)
		put_typed(&p, wrong);
	page_raw(&p, wrong != NULL ? "aria-invalid=\"true\" "
	    "aria-describedby=\"wrong hint\"" :
	    "aria-describedby=\"hint\"");
	page_raw(&p, "></p>\n<p class=\"quiet\" id=\"hint\">");
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
receipt_ask(struct call *c)
{
	ask(c, 200, NULL);
}

/* A page of two sentences and a way on; again: a button to withdraw. */
static void
say(struct call *c, unsigned status, const char *title, const char *text,
    const struct code *code, bool again)
{
	struct page p;

	page_begin(&p, words_for(c->in), c->in, c->out, status, title,
	    code != NULL ? code->text : NULL);
	page_raw(&p, "<p role=\"status\">");
	page_text(&p, text);
	page_raw(&p, "</p>\n");
	if (again)
		page_button(&p, "withdraw", p.w->unknown_button, false);
	page_raw(&p, "<p><a href=\"/r/\">");
	page_text(&p, p.w->back);
	page_raw(&p, "</a></p>\n");
	page_end(&p);
}

static void
failed(struct call *c, bw_err r)
{
	const struct words *w = words_for(c->in);

	http_failure(c->out, r);
	say(c, c->out->status, w->failed_title, w->failed_text, NULL,
	    false);
}

static void
unknown_page(struct call *c, const struct code *code)
{
	const struct words *w = words_for(c->in);
	struct page p;

	page_begin(&p, w, c->in, c->out, 404, w->unknown_title, code->text);
	page_element(&p, "p", w->unknown_text);
	page_button(&p, "withdraw", w->unknown_button, false);
	page_raw(&p, "<p><a href=\"/r/\">");
	page_text(&p, w->back);
	page_raw(&p, "</a></p>\n");
	page_end(&p);
}

/* A lookup that could not be made yet. */
static void
look_again(struct call *c, const struct code *code)
{
	const struct words *w = words_for(c->in);
	struct page p;

	http_failure(c->out, BW_ERR_BUSY);
	page_begin(&p, w, c->in, c->out, c->out->status, w->busy_title,
	    code->text);
	page_raw(&p, "<p role=\"status\">");
	page_text(&p, w->busy_text);
	page_raw(&p, "</p>\n");
	page_button(&p, "show", w->ask_button, false);
	page_end(&p);
}

static void
not_found(struct call *c, const struct code *code, bw_err r)
{
	if (r == BW_ERR_NOTFOUND)
		unknown_page(c, code);
	else if (r == BW_ERR_BUSY)
		look_again(c, code);
	else
		failed(c, r);
}

/* Withdraw inside a transaction, so that a share that arrives just now is
 * either found or finds the pending withdrawal. */
static bw_err
withdraw(struct call *c, const struct code *code, bool *pending)
{
	struct store_receipt r;
	bool moved = false;
	bw_err e;

	*pending = false;
	if ((e = store_begin(c->store)) != BW_OK)
		return e;
	e = store_receipt_get(c->store, code->rh, c->now, STORE_WAIT_MS, &r);
	if (e == BW_OK) {
		e = right_withdraw(c->store, r.lead.device, r.lead.seq,
		    "attendee", c->now, &moved);
	} else if (e == BW_ERR_NOTFOUND) {
		*pending = true;
		e = store_pending_add(c->store, code->rh, c->now);
	}
	if (e == BW_OK)
		e = store_commit(c->store);
	store_rollback(c->store);
	return e;
}

static void
slow(struct call *c, const struct code *code, bool withdraws, unsigned wait)
{
	const struct words *w = words_for(c->in);

	say(c, 429, w->slow_title, w->slow_text, code, withdraws);
	c->out->retry_after = wait;
}

static bool
may(struct call *c, struct throttle *t, const char *key,
    const struct code *code, bool withdraws)
{
	unsigned wait;

	if (throttle_take(t, key, clock_mono_ms(), &wait))
		return true;
	slow(c, code, withdraws, wait);
	return false;
}

static void
show(struct call *c, const struct code *code, bool just_now)
{
	struct share_facts f;
	bw_err e = share_facts_get(c, code->rh, &f);

	if (e != BW_OK)
		not_found(c, code, e);
	else
		page_share(c, code->text, &f, just_now &&
		    f.r.lead.state == LEAD_WITHDRAWN);
	share_facts_drop(&f);
}

static void
act_withdraw(struct call *c, const struct code *code)
{
	const struct words *w = words_for(c->in);
	struct store_receipt r;
	bool pending, known;
	bw_err e = store_receipt_get(c->store, code->rh, c->now, STORE_WAIT_MS,
	    &r);

	known = e == BW_OK;
	if (e != BW_OK && e != BW_ERR_NOTFOUND) {
		failed(c, e);
		return;
	}
	/* Only what would be kept for an unknown code is rationed. */
	if (!known && !may(c, c->host->receipts, c->in->source, code, true))
		return;
	if ((e = withdraw(c, code, &pending)) != BW_OK)
		failed(c, e);
	else if (pending)
		say(c, 200, w->pending_title, w->pending_text, code,
		    false);
	else
		show(c, code, true);
}

/* Whoever has the code may withdraw; that it was not the person, the one says
 * whose share it is, as far as the code shows that. */
static bw_err
disown(struct call *c, const struct code *code)
{
	struct case_new in = { .type = CASE_NOT_ME, .proof = PROOF_RECEIPT,
		.language = words_for(c->in)->lang };
	struct store_edition e;
	struct store_receipt r;
	uint64_t num;
	bw_err x;

	if ((x = store_begin(c->store)) != BW_OK)
		return x;
	if ((x = store_receipt_get(c->store, code->rh, c->now, STORE_WAIT_MS,
	    &r)) != BW_OK || (x = store_edition_get(c->store, r.lead.edition,
	    &e)) != BW_OK)
		goto out;
	explicit_bzero(&e.values, sizeof(e.values));
	in.registration = e.registration;
	in.device = r.lead.device;
	in.seq = r.lead.seq;
	if ((x = not_me_disown(c->store, &in, "attendee", c->now,
	    &num)) == BW_OK)
		x = store_commit(c->store);
out:
	store_rollback(c->store);
	return x;
}

/* What else it does stands there before it is done. */
static void
ask_not_me(struct call *c, const struct code *code)
{
	const struct words *w = words_for(c->in);
	struct page p;

	page_begin(&p, w, c->in, c->out, 200, w->daily_notme, code->text);
	page_element(&p, "p", w->daily_sure);
	page_raw(&p, "<div class=\"row\">\n");
	page_button(&p, "notme-sure", w->daily_sure_yes, false);
	page_button(&p, "", words_my(w)->back, true);
	page_raw(&p, "</div>\n");
	page_end(&p);
}

static void
act_not_me(struct call *c, const struct code *code)
{
	const struct words *w = words_for(c->in);
	bw_err x;

	if (!may(c, c->host->receipts, c->in->source, code, false))
		return;
	if ((x = disown(c, code)) != BW_OK)
		not_found(c, code, x);
	else
		say(c, 200, w->daily_noted_title, w->daily_noted, code, false);
}

static void
act_file(struct call *c, const struct code *code,
    const struct receipt_kind *kind)
{
	unsigned wait;
	bw_err e = receipt_give(c, kind, code->rh, &wait);

	if (e == BW_ERR_DENIED)
		slow(c, code, false, wait);
	else if (e != BW_OK)
		not_found(c, code, e);
}

/* The code in the form, as it was typed, pasted or scanned: `text`. */
static bw_err
read_code(struct call *c, struct code *out, char text[static CODE_TEXT_MAX])
{
	struct bw_buf promise = BW_BUF_INIT(1024), b32 = BW_BUF_INIT(64);
	uint8_t rc[RECEIPT_RC];
	bw_err e;

	memset(out, 0, sizeof(*out));
	if ((e = http_form(c->in, "code", text, CODE_TEXT_MAX)) != BW_OK ||
	    (e = receipt_parse(text, strlen(text), rc, &promise)) != BW_OK ||
	    (e = receipt_hash(rc, out->rh)) != BW_OK ||
	    (e = text_b32(&b32, rc, sizeof(rc))) != BW_OK)
		goto out;
	e = BW_ERR_FORMAT;
	if (b32.len != RECEIPT_CODE)
		goto out;
	memcpy(out->text, b32.ptr, RECEIPT_CODE);
	e = BW_OK;
out:
	explicit_bzero(rc, sizeof(rc));
	bw_buf_free(&promise);
	bw_buf_free(&b32);
	return e;
}

void
receipt_show(struct call *c)
{
	char text[CODE_TEXT_MAX], act[16];
	const struct receipt_kind *kind;
	struct code code;

	if (read_code(c, &code, text) != BW_OK) {
		ask(c, 422, text);
		goto out;
	}
	if (http_form(c->in, "act", act, sizeof(act)) != BW_OK)
		act[0] = 0;
	if (strcmp(act, "withdraw") == 0)
		act_withdraw(c, &code);
	else if (strcmp(act, "notme") == 0)
		ask_not_me(c, &code);
	else if (strcmp(act, "notme-sure") == 0)
		act_not_me(c, &code);
	else if ((kind = receipt_kind(act)) != NULL)
		act_file(c, &code, kind);
	else
		show(c, &code, false);
out:
	explicit_bzero(text, sizeof(text));
	explicit_bzero(&code, sizeof(code));
}
