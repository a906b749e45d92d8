// SPDX-License-Identifier: Apache-2.0
/* Mails to attendees, by the number of their registration: what became of
 * them, and those that failed tried again. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/portal/form.h"
#include "host/portal/mails.h"
#include "host/portal/registrations.h"

#define MAILS_PAGE 50

static const char *
kind(const struct mail *m)
{
	static const char *const kinds[MAIL_KINDS_] = {
		[MAIL_LINK] = N_("One-time link"),
		[MAIL_SHARES] = N_("Daily mail"),
		[MAIL_LETTER] = N_("Letter of a case"),
		[MAIL_BREACH] = N_("Notice of a breach") };

	return m->kind >= MAIL_LINK && m->kind < MAIL_KINDS_ ?
	    kinds[m->kind] : N_("Mail");
}

static const char *
state(enum mail_state st)
{
	static const char *const states[] = { N_("waits"),
		N_("is being sent"), N_("sent"), N_("failed") };

	return (unsigned)st < 4 ? states[st] : "";
}

void
mails_answer(struct page *p, unsigned answer)
{
	if (answer == MAIL_ANSWER_UNREACHED)
		say(p, N_("the server did not answer"));
	else if (answer == MAIL_ANSWER_ADDRESS)
		say(p, N_("no address that mail can go to"));
	else if (answer == MAIL_ANSWER_BOUNCED)
		say(p, N_("taken, and sent back later"));
	else if (answer == MAIL_ANSWER_UTF8)
		say(p, N_("the server takes no such address (SMTPUTF8)"));
	else if (answer != MAIL_ANSWER_NONE)
		layout_number(p, answer);
}

struct rows {
	struct page *p;
	struct call *c;
	uint64_t last, n;
	bool names;		/* may see registrations' pages */
};

static void
put_registration(const struct rows *r, uint64_t id)
{
	char href[48];

	snprintf(href, sizeof(href), "/registrations/%" PRIu64, id);
	if (!r->names) {
		table_number(r->p, id);
		return;
	}
	table_cell(r->p);
	page_raw(r->p, "<a href=\"");
	page_text(r->p, href);
	page_raw(r->p, "\">");
	layout_number(r->p, id);
	page_raw(r->p, "</a>");
}

static bw_err
on_mail(void *arg, const struct mail_row *m)
{
	struct rows *r = arg;
	char to[48];

	r->last = m->id;
	r->n++;
	table_row(r->p);
	page_raw(r->p, "<th scope=\"row\">");
	layout_number(r->p, m->id);
	page_raw(r->p, "</th>");
	put_registration(r, m->mail.registration);
	table_cell(r->p);
	say(r->p, kind(&m->mail));
	table_cell(r->p);
	say(r->p, state(m->state));
	table_cell(r->p);
	mails_answer(r->p, m->answer);
	table_number(r->p, m->tries);
	table_time(r->p, m->ended_at != 0 ? m->ended_at : m->queued_at);
	table_cell(r->p);
	if (m->state == MAIL_FAILED) {
		snprintf(to, sizeof(to), "/mail/%" PRIu64 "/retry", m->id);
		form_begin(r->p, r->c, to, false);
		form_end(r->p, N_("Try again"));
	}
	return r->p->r;
}

static void
put_counts(struct page *p, struct call *c)
{
	static const char *const heads[] = { N_("Waiting"),
		N_("Being sent"), N_("Sent"), N_("Failed"), NULL };
	uint64_t n[4];
	bw_err r = mail_count(c->store, n);

	if (r != BW_OK && p->r == BW_OK)
		p->r = r;
	table_begin(p, N_("Mails that are not deleted yet"), heads);
	table_row(p);
	for (size_t i = 0; i < 4; i++)
		table_number(p, n[i]);
	table_end(p);
	if (r == BW_OK && n[MAIL_FAILED] != 0) {
		form_begin(p, c, "/mail/retry", false);
		form_end(p, N_("Try all again that failed"));
	}
}

static void
put_list(struct page *p, struct call *c, const struct mail_query *q)
{
	static const char *const heads[] = { N_("Mail"), N_("Registration"),
		N_("Kind"), N_("State"), N_("Answer"), N_("Tries"),
		N_("When"), "", NULL };
	struct rows r = { .p = p, .c = c, .names =
		access_may(ACT_REGISTRATIONS, c->me->login.account.role) };
	char at[24], next[STRICT_TARGET_MAX + 1];
	bw_err e;

	table_begin(p, q->state == MAIL_FAILED ? N_("Failed") : N_("All"),
	    heads);
	if ((e = mail_each(c->store, q, on_mail, &r)) != BW_OK && p->r == BW_OK)
		p->r = e;
	table_end(p);
	snprintf(at, sizeof(at), "%" PRIu64, r.last);
	regs_link(next, "/mail", "before", at, "state",
	    q->state == MAIL_FAILED ? "failed" : NULL, NULL);
	layout_pager(p, NULL, r.n == q->most ? next : NULL);
}

void
mails_list(struct call *c)
{
	struct mail_query q = { .state = -1, .most = MAILS_PAGE };
	char at[24], st[16];
	struct page p;

	regs_param(c, "before", at, sizeof(at));
	if (text_number(at, strlen(at), INT64_MAX, &q.before) != BW_OK)
		q.before = 0;
	regs_param(c, "state", st, sizeof(st));
	if (strcmp(st, "failed") == 0)
		q.state = MAIL_FAILED;
	layout_begin(&p, c, 200, N_("Mail"));
	say_in(&p, "p", N_("Mail to attendees, by the number of their "
	    "registration. Addresses and texts are not kept. What failed was "
	    "refused for good or for four days, or came back: mend the address in the "
	    "shop, import it, and try again."));
	say_in(&p, "p", N_("Through which server mail goes is said on the "
	    "host's machine, with badgeward mail setup."));
	put_counts(&p, c);
	page_raw(&p, "<p class=\"hint\">");
	say(&p, N_("Those sent and failed are deleted when their time is over; "
	    "the page Duties counts them together."));
	page_raw(&p, "</p>\n<p>");
	if (q.state == MAIL_FAILED)
		layout_link(&p, "/mail", N_("Show all"));
	else
		layout_link(&p, "/mail?state=failed", N_("Only failed ones"));
	page_raw(&p, "</p>\n");
	put_list(&p, c, &q);
	layout_end(&p, c);
}

static void
retry(struct call *c, uint64_t id)
{
	char object[40];
	uint64_t n;
	bw_err r;

	snprintf(object, sizeof(object), "mail %" PRIu64, id);
	if ((r = store_begin(c->store)) == BW_OK &&
	    (r = mail_retry(c->store, id, c->now, &n)) == BW_OK &&
	    (r = store_audit(c->store, c->now, c->me->actor, DID_MAIL_RETRY,
	    id != 0 ? object : "mail")) == BW_OK)
		r = store_commit(c->store);
	store_rollback(c->store);
	if (r == BW_OK)
		layout_go(c, "/mail", "mail-again");
	else if (r == BW_ERR_NOTFOUND)
		layout_go(c, "/mail", "otherwise");
	else
		layout_failure(c, r);
}

void
mails_retry(struct call *c)
{
	uint64_t id;

	if (layout_id(c, &id) != BW_OK || id == 0)
		layout_failure(c, BW_ERR_NOTFOUND);
	else
		retry(c, id);
}

void
mails_retry_all(struct call *c)
{
	retry(c, 0);
}

void
mails_became(struct page *p, const struct mail_row *m)
{
	if (m->state != MAIL_FAILED) {
		say(p, m->state == MAIL_SENT ? N_("sent") :
		    N_("not sent yet"));
		return;
	}
	page_raw(p, "<strong class=\"over\">");
	say(p, N_("told nobody"));
	page_raw(p, "</strong>: ");
	mails_answer(p, m->answer);
}

void
mails_sign(struct page *p, struct call *c, uint64_t registration)
{
	bool fails;
	bw_err r = mail_fails(c->store, registration, &fails);

	if (r != BW_OK && p->r == BW_OK)
		p->r = r;
	if (r == BW_OK && fails)
		layout_note(p, "warning", N_("Mail to this address fails."));
}
