// SPDX-License-Identifier: Apache-2.0
/* The letters of a case, and what became of each: one that waits, or came back,
 * has told nobody. */
#include "host/portal/cases.h"
#include "host/portal/mails.h"

static const char *
kind(enum letter_kind k)
{
	static const char *const kinds[LETTER_KINDS_] = {
		[LETTER_RECEIVED] = N_("That it came, and until when it is "
		    "answered"),
		[LETTER_EXTENDED] = N_("That it takes longer, and why"),
		[LETTER_REFUSED] = N_("That it is refused, and why"),
		[LETTER_DONE] = N_("That it is done"),
		[LETTER_ERASE_PLANNED] = N_("For when the erasure is planned"),
		[LETTER_ERASE_UNDONE] = N_("That nothing is erased"),
		[LETTER_OBJECTION] = N_("That the objection is in force"),
		[LETTER_RESTRICTED] = N_("That the restriction is in force"),
		[LETTER_UNRESTRICTED] = N_("That the restriction ends"),
		[LETTER_DROPPED] = N_("That it is dropped, and why"),
		[LETTER_ERASE_HELD] = N_("That the erasure has to wait"),
		[LETTER_AGREED] = N_("That the objection is taken back, and "
		    "earlier shares are back"),
		[LETTER_AGREED_NEW] = N_("That the objection is taken back, "
		    "and earlier shares are withdrawn"),
	};

	return (unsigned)k < LETTER_KINDS_ && kinds[k] != NULL ? kinds[k] :
	    N_("Letter");
}

struct letters {
	struct page *p;
	unsigned n;
};

static bw_err
row(void *arg, const struct mail_row *m)
{
	static const char *const heads[] = { N_("When"), N_("Letter"),
		N_("State"), NULL };
	struct letters *l = arg;

	if (l->n++ == 0)
		table_begin(l->p, N_("Letters to the person"), heads);
	table_row(l->p);
	table_time(l->p, m->ended_at != 0 ? m->ended_at : m->queued_at);
	table_cell(l->p);
	say(l->p, kind(m->mail.letter));
	table_cell(l->p);
	mails_became(l->p, m);
	return l->p->r;
}

bw_err
cases_letters(struct page *p, struct call *c, const struct case_file *f)
{
	struct letters l = { p, 0 };
	bw_err r = BW_OK;

	if (f->registration != 0)
		r = mail_each_of_case(c->store, f->registration, f->num, row,
		    &l);
	if (l.n != 0)
		table_end(p);
	else if (r == BW_OK && f->registration != 0)
		say_in(p, "p", N_("No letter of this case is stored: none was "
		    "written, or its time is over."));
	return r;
}
