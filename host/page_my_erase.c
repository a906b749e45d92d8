// SPDX-License-Identifier: Apache-2.0
/* Erasure: what will happen, the plan, and calling it off. */
#include "base/log.h"
#include "host/case_erase.h"
#include "host/hold.h"
#include "host/page_my_parts.h"

/* The case is open until the erasure has taken effect. */
static bw_err
plan(struct my *my, int64_t *due)
{
	bw_err r = store_begin(my->c->store);

	if (r != BW_OK)
		return r;
	if ((r = my_case(my, CASE_ERASURE, NULL)) == BW_OK &&
	    (r = right_erase_plan(my->c->store, my->reg, my->case_num, NULL,
	    my->c->host->dir->config.erase_undo_hours, MY_ACTOR, my->c->now,
	    due)) == BW_OK)
		r = case_erase_tell(my->c->store, my->reg, my->c->now);
	return my_end(my, r, my->m->erase_noted);
}

bw_err
my_undo(struct my *my)
{
	struct right_state st;
	bw_err r = store_begin(my->c->store);

	if (r != BW_OK)
		return r;
	if ((r = right_look(my->c->store, my->reg, &st)) == BW_OK &&
	    (r = right_erase_undo(my->c->store, my->reg, MY_ACTOR,
	    my->c->now)) == BW_OK && st.erase_case != 0) {
		my->case_num = st.erase_case;
		if ((r = case_drop(my->c->store, my->case_num, MY_ACTOR,
		    my->c->now)) == BW_OK || r == BW_ERR_GONE)
			r = my_letter(my, LETTER_ERASE_UNDONE, 0);
	}
	/* Too late, of which the page tells. */
	return my_end(my, r == BW_ERR_GONE ? BW_ERR_EXISTS : r,
	    my->m->undone);
}

/* With no time to undo it is done before the answer. One that fails is tried
 * again by the host's next look: it is decided, and the page shows that. */
static bool
take_effect(struct my *my)
{
	bool erased;
	bw_err r = right_erase_one(my->c->host->dir->path, my->c->store,
	    my->reg, my->c->now, &erased);

	if (r != BW_OK)
		log_error("an erasure cannot be finished: %s", bw_strerror(r));
	return erased;
}

void
my_erase(struct my *my)
{
	int64_t due = 0;
	bw_err r = plan(my, &due);

	if (r != BW_OK)
		my_failed(my->c, r);
	else if (due <= my->c->now && take_effect(my))
		my_over(my->c, 200, my->m->ended_title, my->m->erased);
	else
		my_all(my);
}

void
my_ask_erase(struct my *my)
{
	int64_t undo = INT64_C(3600) *
	    my->c->host->dir->config.erase_undo_hours;
	struct page p;
	bool held;
	bw_err r = hold_any(my->c->store, my->reg, NULL, &held);

	if (r != BW_OK) {
		my_failed(my->c, r);
		return;
	}
	my_begin(my, &p, 200, my->m->erase_title);
	page_raw(&p, "<ol>\n");
	for (size_t i = 0; i < 5; i++)
		page_element(&p, "li", my->m->erase_what[i]);
	page_raw(&p, "</ol>\n");
	if (undo != 0)
		my_since(&p, my->m->erase_until, my->c->now + undo);
	if (held)
		page_element(&p, "p", my->m->held);
	page_raw(&p, "<div class=\"row\">\n");
	my_button(my, &p, "erase-yes", my->m->erase_yes, false);
	my_button(my, &p, "", my->m->back, true);
	page_raw(&p, "</div>\n");
	my_page_end(my, &p);
}
