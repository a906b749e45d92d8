// SPDX-License-Identifier: Apache-2.0
/* A request comes by letter, by telephone or at the desk: it becomes a case. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/case_letter.h"
#include "host/not_me.h"
#include "host/portal/cases.h"
#include "host/portal/zone.h"
#include "host/store_device.h"

struct asked {
	char type[16], proof[16], registration[24], share[TEXT_ID_MAX + 24];
	char language[BODY_LANG_MAX + 1], received[24];
	const char *wrong_type, *wrong_registration, *wrong_share,
	    *wrong_language, *wrong_received, *wrong_wish;
	char wish[CASE_TEXT_MAX + 1];
	struct case_new in;
	uint64_t beside;	/* others that it holds, or another case */
};

static void
types(struct page *p, const struct asked *a)
{
	const struct form_field f = { .name = "type",
		.label = N_("What does the person ask for?"),
		.value = a->type, .error = a->wrong_type };

	form_select_begin(p, &f);
	form_option(p, &f, "", catalogue_find(p->w->lang, N_("Choose")));
	for (unsigned t = 1; t <= CASE_TYPES; t++)
		if (t != CASE_BREACH)
			form_option(p, &f, case_type_name((enum case_type)t),
			    catalogue_find(p->w->lang,
			    cases_type((enum case_type)t)));
	form_select_end(p, &f);
}

static void
proofs(struct page *p, const struct asked *a)
{
	const struct form_field f = { .name = "proof",
		.label = N_("How did the person show who it is?"),
		.hint = N_("Ask for no more than is needed. Never keep a copy "
		    "of an identity card."), .value = a->proof };

	form_select_begin(p, &f);
	for (unsigned i = 0; i < CASE_PROOFS; i++)
		form_option(p, &f, case_proof_name((enum case_proof)i),
		    catalogue_find(p->w->lang,
		    cases_proof((enum case_proof)i)));
	form_select_end(p, &f);
}

static void
languages(struct page *p, const struct asked *a)
{
	const struct form_field f = { .name = "language",
		.label = N_("Language of the answer"), .value = a->language,
		.error = a->wrong_language };
	const struct words *w;

	form_select_begin(p, &f);
	for (size_t i = 0; (w = words_at(i)) != NULL; i++)
		form_option(p, &f, w->lang, w->own);
	form_select_end(p, &f);
}

/* The number of the case, which the person is told. */
static void
opened(struct page *p, struct call *c)
{
	char num[24], path[48];
	uint64_t n;

	if (http_param(c->in, "opened", num, sizeof(num)) != BW_OK ||
	    text_number(num, strlen(num), INT64_MAX, &n) != BW_OK)
		return;
	page_raw(p, "<div class=\"note note-success\" role=\"status\"><p>");
	say_value(p, N_("This is case %s. Give the person this number: an "
	    "answer comes within one month."), num);
	page_raw(p, "</p>\n");
	if (access_may(ACT_CASE, c->me->login.account.role)) {
		snprintf(path, sizeof(path), "/cases/%" PRIu64, n);
		page_raw(p, "<p class=\"no-paper\">");
		layout_link(p, path, N_("To the case"));
		page_raw(p, "</p>\n");
	}
	page_raw(p, "</div>\n");
}

/* What the share takes from its sponsor with it, before it does. */
static void
said(struct page *p, const struct asked *a)
{
	char n[24];

	snprintf(n, sizeof(n), "%" PRIu64, a->beside);
	page_raw(p, "<div class=\"note note-warning\" role=\"alert\"><p>");
	say_value(p, N_("With this share, all that its device recorded in the "
	    "same quarter hour is held: other shares, %s. The sponsor is told "
	    "not to use them until the privacy officer has looked at them. "
	    "Whose share it is, this page does not say: if it is not this "
	    "registration's, nothing is held before the privacy officer has "
	    "found whose it is. What was released after it had been held for "
	    "this share is not held again."), n);
	page_raw(p, "</p></div>\n");
	form_hidden(p, "beside", n);
}

static void
show(struct call *c, unsigned status, const struct asked *a)
{
	struct page p;

	layout_begin(&p, c, status, N_("Take in a request"));
	opened(&p, c);
	say_in(&p, "p", N_("The month begins when the request reaches anybody "
	    "of the event, in whatever form and words. The privacy officer "
	    "answers it."));
	form_begin(&p, c, "/requests", false);
	types(&p, a);
	proofs(&p, a);
	form_input(&p, &(struct form_field){ .name = "registration",
	    .label = N_("Number of the registration, if it is known"),
	    .hint = N_("Else leave it empty: in the case the privacy officer "
	    "finds the person by name, mail address or the shop's key."),
	    .value = a->registration, .error = a->wrong_registration,
	    .optional = true, .most = 20 });
	form_input(&p, &(struct form_field){ .name = "share",
	    .label = N_("Number of a share, if it is about one"),
	    .hint = N_("As it stands on the receipt, for example k07-12"),
	    .value = a->share, .error = a->wrong_share, .optional = true,
	    .most = TEXT_ID_MAX + 20 });
	form_area(&p, &(struct form_field){ .name = "wish",
	    .label = N_("What does the person want, in its own words?"),
	    .hint = N_("Which value is to be which, or what it is about. It is "
	    "kept with the case and wiped with it, or when the person is "
	    "erased; the audit does not have it."), .value = a->wish,
	    .error = a->wrong_wish, .optional = true, .room = CASE_TEXT_MAX,
	    .lines = true, .typed = a->wrong_wish != NULL ? c : NULL }, 4);
	languages(&p, a);
	form_day(&p, &(struct form_field){ .name = "received",
	    .label = N_("Day on which it came, if not today"),
	    .value = a->received, .error = a->wrong_received,
	    .optional = true });
	if (a->beside != 0)
		said(&p, a);
	form_end(&p, a->beside != 0 ? N_("Open the case and hold them") :
	    N_("Open a case"));
	layout_end(&p, c);
}

void
cases_ask(struct call *c)
{
	struct asked a = { 0 };

	snprintf(a.language, sizeof(a.language), "%s", layout_language(c));
	if (c->me->login.account.role == ROLE_DESK)
		snprintf(a.proof, sizeof(a.proof), "desk");
	show(c, 200, &a);
}

/* "k07-12" */
static bool
share(struct call *c, struct asked *a)
{
	char name[sizeof(a->share)];
	char *dash;
	struct store_device d;

	if (a->share[0] == 0)
		return true;
	snprintf(name, sizeof(name), "%s", a->share);
	if ((dash = strrchr(name, '-')) == NULL)
		return false;
	*dash = 0;
	if (text_number(dash + 1, strlen(dash + 1), STORE_SEQ_MAX,
	    &a->in.seq) != BW_OK || a->in.seq == 0 ||
	    store_device_get(c->store, name, &d) != BW_OK)
		return false;
	a->in.device = d.num;
	return true;
}

static bool
registration(struct call *c, struct asked *a)
{
	struct registration r;
	bool there;

	if (a->registration[0] == 0)
		return true;
	if (text_number(a->registration, strlen(a->registration), INT64_MAX,
	    &a->in.registration) != BW_OK)
		return false;
	there = store_registration_get(c->store, a->in.registration, &r) ==
	    BW_OK;
	explicit_bzero(&r, sizeof(r));
	return there;
}

/* Until when it must be answered is counted from that day. */
static bool
received(struct call *c, struct asked *a)
{
	int64_t at = 0;

	if (!form_value(c, "received", a->received, sizeof(a->received)))
		return false;
	if (a->received[0] != 0 && (zone_parse(c, a->received, false, &at) !=
	    BW_OK || at > c->now))
		return false;
	a->in.received = at;
	return true;
}

static bool
wish(struct call *c, struct asked *a)
{
	char first[2];
	bw_err r;

	if (cases_text(c, "wish", a->wish))
		return true;
	r = http_form(c->in, "wish", first, sizeof(first));
	return r == BW_ERR_NOTFOUND || (r == BW_OK && first[0] == 0);
}

static bool
read_form(struct call *c, struct asked *a)
{
	form_value(c, "type", a->type, sizeof(a->type));
	form_value(c, "proof", a->proof, sizeof(a->proof));
	form_value(c, "language", a->language, sizeof(a->language));
	if (case_type_parse(a->type, &a->in.type) != BW_OK ||
	    a->in.type == CASE_BREACH)
		a->wrong_type = N_("Choose what it is about.");
	if (case_proof_parse(a->proof, &a->in.proof) != BW_OK)
		a->in.proof = PROOF_NONE;
	if (!form_value(c, "registration", a->registration,
	    sizeof(a->registration)) || !registration(c, a))
		a->wrong_registration = N_("There is no such registration.");
	if (!form_value(c, "share", a->share, sizeof(a->share)) ||
	    !share(c, a))
		a->wrong_share = N_("There is no such share.");
	if (words_named(a->language) == NULL)
		a->wrong_language = N_("Choose one of these.");
	a->in.language = a->language;
	if (!received(c, a))
		a->wrong_received = N_("This is no day up to today.");
	if (!wish(c, a))
		a->wrong_wish = N_("Text of 1 to 4000 bytes, or nothing.");
	return a->wrong_wish == NULL && a->wrong_type == NULL && a->wrong_registration == NULL &&
	    a->wrong_share == NULL && a->wrong_language == NULL &&
	    a->wrong_received == NULL;
}

/* The case; and how many others there are that it holds, or would, or another has:
 * whose the share is, nobody learns here, and what was asked leaves a case. */
static bw_err
take(struct call *c, struct asked *a, uint64_t *num)
{
	bw_err r = store_begin(c->store);

	return r != BW_OK ? r : not_me_take(c->store, &a->in, c->me->actor,
	    c->now, num, &a->beside);
}

/* Whether it stood there how many those are. */
static bool
beside_said(const struct call *c, const struct asked *a)
{
	char was[24], n[24];

	form_value(c, "beside", was, sizeof(was));
	snprintf(n, sizeof(n), "%" PRIu64, a->beside);
	return a->beside == 0 || strcmp(was, n) == 0;
}

void
cases_take(struct call *c)
{
	struct asked a = { 0 };
	char path[48];
	uint64_t num = 0;
	bw_err r;

	if (!read_form(c, &a)) {
		show(c, 422, &a);
		return;
	}
	r = take(c, &a, &num);
	if (r == BW_OK && !beside_said(c, &a)) {
		store_rollback(c->store);
		show(c, 200, &a);
		return;
	}
	if ((r == BW_ERR_NOTFOUND && a.in.seq != 0) || r == BW_ERR_DENIED) {
		store_rollback(c->store);
		if (r == BW_ERR_DENIED)
			a.wrong_registration = N_("Say whose share it is.");
		else
			a.wrong_share = N_("There is no such share.");
		show(c, 422, &a);
		return;
	}
	if (r == BW_OK && a.wish[0] != 0)
		r = case_wish(c->store, num, a.wish, c->me->actor, c->now);
	explicit_bzero(a.wish, sizeof(a.wish));
	if (r == BW_OK)
		r = case_mail(c->store, num, LETTER_RECEIVED, c->now);
	if (r == BW_OK)
		r = store_commit(c->store);
	snprintf(path, sizeof(path), "/requests?opened=%" PRIu64, num);
	if (r == BW_OK)
		layout_go(c, path, NULL);
	else {
		store_rollback(c->store);
		layout_failure(c, r);
	}
}
