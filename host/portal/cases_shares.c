// SPDX-License-Identifier: Apache-2.0
/* The shares of a case that is open, and what ends them. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/case_share.h"
#include "host/not_me.h"
#include "host/portal/cases.h"
#include "host/portal/registrations.h"

void
cases_button(struct page *p, struct call *c, const char *path, const char *act,
    const char *text)
{
	form_begin(p, c, path, false);
	form_hidden(p, "do", act);
	page_raw(p, "<button class=\"btn btn-outline-secondary btn-sm\">");
	say(p, text);
	page_raw(p, "</button>\n</form>\n");
}

struct walk {
	struct page *p;
	struct call *c;
	const struct case_file *f;
	const char *caption;
	unsigned n;
	unsigned most;		/* rows; 0: all */
	uint64_t other;		/* a case that holds them too; 0 */
};

static const char *
share_state(const struct case_share *h)
{
	switch (h->state) {
	case LEAD_LIVE:
		return N_("shared");
	case LEAD_UNDONE:
		return N_("taken back at the booth");
	case LEAD_WITHDRAWN:
		return N_("withdrawn");
	case LEAD_HELD:
		return h->reason == ODD_NOT_ME ?
		    N_("held until it was looked at") : N_("held");
	case LEAD_QUARANTINED:
		return N_("kept apart");
	}
	return "";
}

static void
share_buttons(struct walk *w, const struct case_share *h, const char *id)
{
	bool ours = h->state == LEAD_HELD && h->reason == ODD_NOT_ME;
	char to[48], one[TEXT_ID_MAX + 72];

	if (h->state == LEAD_UNDONE || h->state == LEAD_WITHDRAWN)
		return;
	snprintf(to, sizeof(to), "/cases/%" PRIu64 "/share", w->f->num);
	if (ours && w->other == 0) {
		form_begin(w->p, w->c, to, false);
		form_hidden(w->p, "share", id);
		form_hidden(w->p, "do", "release");
		page_raw(w->p, "<button class=\"btn btn-outline-secondary "
		    "btn-sm\">");
		say(w->p, N_("Release"));
		page_raw(w->p, "</button>\n</form>\n");
	}
	snprintf(one, sizeof(one), "%s#%s", to, id);
	form_danger_begin(w->p, w->c, one, N_("Withdraw"), N_("The share is "
	    "gone from the sponsor's lists, and the sponsor is told at once to "
	    "delete it. Nothing brings it back."));
	form_hidden(w->p, "share", id);
	form_hidden(w->p, "do", "withdraw");
	form_danger_end(w->p, N_("Withdraw"), id);
}

static bw_err
share(void *arg, const struct case_share *h)
{
	static const char *const heads[] = { N_("Share"), N_("Sponsor"),
		N_("When"), N_("What was shared"), N_("State"), "", NULL };
	struct walk *w = arg;
	char id[TEXT_ID_MAX + 24];

	if (w->n++ == 0)
		table_begin(w->p, w->caption, heads);
	if (w->most != 0 && w->n > w->most)
		return BW_OK;
	snprintf(id, sizeof(id), "%s-%" PRIu64, h->device, h->seq);
	table_row(w->p);
	page_raw(w->p, "<th scope=\"row\" class=\"text-nowrap\">");
	page_value(w->p, id);
	page_raw(w->p, "</th>");
	table_value(w->p, h->sponsor);
	table_time(w->p, h->time);
	table_cell(w->p);
	regs_fields(w->p, h->granted);
	table_cell(w->p);
	say(w->p, share_state(h));
	table_cell(w->p);
	share_buttons(w, h, id);
	return w->p->r;
}

struct counting {
	bool held;
	uint64_t n;
};

static bw_err
count(void *arg, const struct case_share *h)
{
	struct counting *k = arg;

	k->n += k->held ? h->reason == ODD_NOT_ME :
	    h->state != LEAD_UNDONE && h->state != LEAD_WITHDRAWN;
	return BW_OK;
}

bw_err
cases_word(struct call *c, const struct case_file *f, bool held,
    char out[static 24])
{
	struct counting k = { held, 0 };
	bw_err r = held ? case_share_beside(c->store, f->device,
	    f->quarter, f->seq,
	    count, &k) : case_share_each(c->store, f->registration, count,
	    &k);

	snprintf(out, 24, "%" PRIu64, k.n);
	return r;
}

/* What withdraws several at once, and says how many. */
static const struct { const char *act, *button, *happens; } withdrawing[] = {
	{ "withdraw-all", N_("Withdraw all"), N_("All of these are gone from "
	    "the sponsors' lists, also what devices bring later, and the "
	    "sponsors are told at once to delete them. Nothing brings them "
	    "back. The number to type is how many they are.") },
	{ "withdraw-held", N_("Withdraw all of these"), N_("The sponsor is "
	    "told at once to delete them. Nothing brings them back. The "
	    "number to type is how many they are.") },
	{ "agree", N_("The objection is taken back, earlier shares stay "
	    "away"), N_("Earlier shares are withdrawn: their sponsors are told "
	    "at once to delete them, and nothing brings them back. The number "
	    "to type is how many they are.") },
};

bw_err
cases_withdraw(struct page *p, struct call *c, const struct case_file *f,
    const char *act)
{
	char to[64], word[24];
	size_t i = 0;
	bw_err r = cases_word(c, f, strcmp(act, "withdraw-held") == 0, word);

	if (r != BW_OK)
		return r;
	while (strcmp(withdrawing[i].act, act) != 0)
		i++;
	snprintf(to, sizeof(to), "/cases/%" PRIu64 "/act#%s", f->num, act);
	form_danger_begin(p, c, to, withdrawing[i].button,
	    withdrawing[i].happens);
	form_hidden(p, "do", act);
	form_danger_end(p, withdrawing[i].button, word);
	return p->r;
}

bw_err
cases_shares(struct page *p, struct call *c, const struct case_file *f)
{
	struct walk w = { p, c, f, N_("Shares with all sponsors"), 0, 0, 0 };
	bw_err r;

	say_in(p, "h3", N_("Shares with all sponsors"));
	r = case_share_each(c->store, f->registration, share, &w);
	if (w.n != 0)
		table_end(p);
	else
		say_in(p, "p", N_("There are none."));
	if (r == BW_OK && w.n != 0)
		r = cases_withdraw(p, c, f, "withdraw-all");
	return r;
}

/* A row has forms of its own: some hundreds are no page to work with. */
#define HELD_SHOWN 50

/* How many of how many stand there, and where all do. */
static void
held_more(const struct walk *w)
{
	char n[24], to[48];

	if (w->most == 0 || w->n <= w->most)
		return;
	snprintf(n, sizeof(n), "%u", w->n);
	snprintf(to, sizeof(to), "/cases/%" PRIu64 "?held=all", w->f->num);
	page_raw(w->p, "<p>");
	say_value(w->p, N_("These are the first 50 of %s."), n);
	page_raw(w->p, " ");
	layout_link(w->p, to, N_("Show all that are held"));
	page_raw(w->p, "</p>\n");
}

/* Its time may be over before that of the case. */
static bw_err
the_share(struct walk *w)
{
	bw_err r = w->f->seq == 0 ? BW_ERR_NOTFOUND : case_share_get(
	    w->c->store, w->f->device, w->f->seq, share, w);

	if (w->n != 0)
		table_end(w->p);
	if (r != BW_ERR_NOTFOUND)
		return r;
	say_in(w->p, "p", w->f->seq == 0 ? N_("The person was erased: which "
	    "share it was is not known any more. What the device recorded "
	    "beside it waits below.") : N_("This share is not stored any "
	    "more: its time is over."));
	return BW_OK;
}

static void
release_all(const struct walk *w)
{
	char to[48], n[24];

	if (w->other != 0) {
		snprintf(n, sizeof(n), "%" PRIu64, w->other);
		page_raw(w->p, "<p>");
		say_value(w->p, N_("Case %s holds these too: they can be "
		    "released here when it is closed."), n);
		page_raw(w->p, "</p>\n");
		return;
	}
	snprintf(to, sizeof(to), "/cases/%" PRIu64 "/act", w->f->num);
	page_raw(w->p, "<div class=\"acts\">\n");
	cases_button(w->p, w->c, to, "release-held",
	    N_("Release all of these"));
	page_raw(w->p, "</div>\n");
}

bw_err
cases_beside(struct page *p, struct call *c, const struct case_file *f)
{
	struct walk w = { p, c, f, N_("The share"), 0, 0, 0 };
	struct counting k = { true, 0 };
	char all[8];
	bw_err r;

	say_in(p, "h2", N_("The share that it is about"));
	if (f->type == CASE_NOT_ME && (r = not_me_other(c->store, f->device,
	    f->quarter, f->num, &w.other)) != BW_OK)
		return r;
	r = the_share(&w);
	if (f->type != CASE_NOT_ME)
		return r;
	w.n = 0;
	if (r == BW_OK)
		r = case_share_beside(c->store, f->device, f->quarter, f->seq,
		    count, &k);
	w.most = http_param(c->in, "held", all, sizeof(all)) == BW_OK &&
	    strcmp(all, "all") == 0 ? 0 : HELD_SHOWN;
	w.caption = N_("Held of the same quarter hour");
	say_in(p, "h3", w.caption);
	/* Above the rows: there may be many. */
	if (k.n != 0) {
		release_all(&w);
		if (r == BW_OK)
			r = cases_withdraw(p, c, f, "withdraw-held");
	}
	if (r == BW_OK)
		r = case_share_beside(c->store, f->device, f->quarter, f->seq,
		    share, &w);
	if (w.n == 0) {
		say_in(p, "p", N_("The device recorded nothing else then that "
		    "is held."));
		return r;
	}
	table_end(p);
	held_more(&w);
	return r;
}
