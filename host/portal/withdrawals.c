// SPDX-License-Identifier: Apache-2.0
/* What happened to leads that a sponsor has had, and must say that it has
 * seen. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/portal/form.h"
#include "host/portal/sponsor.h"
#include "host/store_ack.h"

#define SHOWN 100
#define THESE_SIZE (SHOWN * 20 + 1)

struct walk {
	struct page *p;
	struct call *c;
	bool open, any, more;
	unsigned n;
	struct ack_place last;		/* of those shown */
	char these[THESE_SIZE];		/* their numbers, each with a blank */
};

struct happening {
	const char *what, *todo;
};
static const struct happening kinds[] = {
	[ACK_WITHDRAWN] = { N_("Withdrawn by the attendee"),
	    N_("Delete what you have of this share: in your address book, in "
	    "mailing lists, in files that you exported.") },
	[ACK_UNDONE] = { N_("Taken back at the booth"),
	    N_("Delete what you have of this share.") },
	[ACK_CORRECTED] = { N_("Corrected"),
	    N_("Export the lead again and replace what you have.") },
	[ACK_ERASED] = { N_("To be erased"),
	    N_("The attendee's data were erased here. Erase what you have of "
	    "this share, backups and exported files too.") },
	[ACK_WITHHELD] = { N_("No longer passed on: withheld for its attendee"),
	    N_("Use nothing that you have of this share, also in your address "
	    "book and in mailing lists, and write to nobody by it. It may come "
	    "back; it stands among your leads again then.") },
	[ACK_RETURNED] = { N_("Passed on again"),
	    N_("What this share was withheld for is over: it stands among your "
	    "leads again, and you may use it.") },
};
/* Of the last, while somebody disowns a share beside it. */
static const struct happening held = {
	N_("No longer passed on: held for review"),
	N_("Somebody says of a share at that booth that it was not theirs. "
	"Put what you have of this one aside until that was looked at: then it "
	"stands among your leads again, or here as withdrawn.") };

static const struct happening *
happening(const struct store_ack *a)
{
	return a->held ? &held : &kinds[a->kind];
}

static void
begin(struct walk *w)
{
	static const char *const open[] = { N_("Share"), N_("What happened"),
		N_("In the quarter hour from"), N_("What to do"), "", NULL };
	static const char *const done[] = { N_("Share"), N_("What happened"),
		N_("In the quarter hour from"), N_("Acknowledged"), N_("By"),
		NULL };

	if (!w->any)
		table_begin(w->p, w->open ? N_("To acknowledge") :
		    N_("Acknowledged"), w->open ? open : done);
	w->any = true;
}

static void
what_to_do(struct walk *w, const struct store_ack *a)
{
	char action[48];

	snprintf(action, sizeof(action), "/withdrawals/%" PRIu64, a->place.id);
	table_cell(w->p);
	say(w->p, happening(a)->todo);
	table_cell(w->p);
	if (access_may(ACT_ACK, w->c->me->login.account.role))
		form_button(w->p, w->c, action, N_("Acknowledge"));
}

static void
keep(struct walk *w, const struct ack_place *place)
{
	size_t had = strlen(w->these);

	w->last = *place;
	snprintf(w->these + had, sizeof(w->these) - had, "%" PRIu64 " ",
	    place->id);
}

static bw_err
row(void *arg, const struct store_ack *a)
{
	struct walk *w = arg;
	char id[TEXT_ID_MAX + 24];

	if (w->n++ == SHOWN) {
		w->more = true;
		return BW_OK;
	}
	if ((unsigned)a->kind >= sizeof(kinds) / sizeof(kinds[0]))
		return BW_ERR_FORMAT;
	begin(w);
	keep(w, &a->place);
	snprintf(id, sizeof(id), "%s-%" PRIu64, a->device, a->seq);
	table_row(w->p);
	page_raw(w->p, "<th scope=\"row\" class=\"text-nowrap\">");
	page_value(w->p, id);
	page_raw(w->p, "</th>");
	table_cell(w->p);
	say(w->p, happening(a)->what);
	table_time(w->p, a->place.at);
	if (w->open)
		what_to_do(w, a);
	else {
		table_time(w->p, a->acked_at);
		table_cell(w->p);
		sponsor_who(w->p, w->c, a->account);
	}
	return w->p->r;
}

static bw_err
list(struct walk *w, const struct ack_place *before)
{
	bw_err r = store_ack_each(w->c->store, sponsor_own(w->c), w->open,
	    before, SHOWN + 1, row, w);

	if (w->any)
		table_end(w->p);
	return r;
}

/* All that stand here, and no other that came meanwhile: it may stand between
 * them. */
static void
all_button(struct page *p, struct call *c, const struct walk *w)
{
	if (w->n < 2 || !access_may(ACT_ACK, c->me->login.account.role))
		return;
	form_begin(p, c, "/withdrawals", false);
	form_hidden(p, "these", w->these);
	form_end(p, N_("Acknowledge all that stand here"));
}

void
withdrawals_list(struct call *c)
{
	struct page p;
	struct walk w = { .p = &p, .c = c, .open = true };
	struct walk old = { .p = &p, .c = c };
	char text[ACK_PLACE_SIZE], older[80];
	struct ack_place before;
	bool from = http_param(c->in, "before", text, sizeof(text)) == BW_OK &&
	    ack_place_parse(text, &before) == BW_OK;
	bw_err r;

	layout_begin(&p, c, 200, N_("Changed leads"));
	say_in(&p, "p", access_may(ACT_ACK, c->me->login.account.role) ?
	    N_("In your exports you find a share by its number, share_id. "
	    "Acknowledge it when you have done what stands there.") :
	    N_("Do what stands there with what you noted or copied yourself. "
	    "Your manager acknowledges it."));
	r = list(&w, NULL);
	if (!w.any)
		layout_empty(&p, N_("Nothing waits for you."), NULL, NULL);
	all_button(&p, c, &w);
	say_in(&p, "h2", N_("Acknowledged"));
	if (r == BW_OK)
		r = list(&old, from ? &before : NULL);
	if (!old.any)
		layout_empty(&p, N_("Nothing was acknowledged yet."), NULL,
		    NULL);
	ack_place_put(&old.last, text);
	snprintf(older, sizeof(older), "/withdrawals?before=%s", text);
	layout_pager(&p, NULL, old.more ? older : NULL);
	if (p.r == BW_OK)
		p.r = r;
	layout_end(&p, c);
}

static bw_err
done(struct call *c, uint64_t id)
{
	return store_ack_done(c->store, sponsor_own(c), id,
	    c->me->login.account.id, c->me->actor, c->now);
}

static void
finish(struct call *c, bw_err r)
{
	if (r == BW_OK)
		r = store_commit(c->store);
	if (r == BW_OK)
		layout_go(c, "/withdrawals", "acknowledged");
	else {
		store_rollback(c->store);
		layout_failure(c, r);
	}
}

void
withdrawals_one(struct call *c)
{
	uint64_t id;
	bw_err r = layout_id(c, &id);

	if (r == BW_OK && (r = store_begin(c->store)) == BW_OK)
		r = done(c, id);
	finish(c, r);
}

/* One that is not there any more is seen so. */
static bw_err
done_these(struct call *c, const char *these)
{
	bw_err r = BW_OK;

	while (*these != 0 && (r == BW_OK || r == BW_ERR_NOTFOUND)) {
		size_t len = strcspn(these, " ");
		uint64_t id;

		if ((r = text_number(these, len, INT64_MAX, &id)) == BW_OK)
			r = done(c, id);
		these += len + (these[len] == ' ');
	}
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

void
withdrawals_all(struct call *c)
{
	char these[THESE_SIZE];
	bw_err r = BW_ERR_NOTFOUND;

	if (form_value(c, "these", these, sizeof(these)) && these[0] != 0 &&
	    (r = store_begin(c->store)) == BW_OK)
		r = done_these(c, these);
	finish(c, r);
}
