// SPDX-License-Identifier: Apache-2.0
/* The page of everything, with what can be done about it. */
#include <stdio.h>
#include <string.h>

#include "host/my_copy.h"
#include "host/page_my_parts.h"
#include "host/page_row.h"
#include "host/right.h"

static void
choose(struct my *my)
{
	struct registration reg;
	struct page p;
	uint64_t had = my->reg;
	bw_err r = BW_OK;

	my_begin(my, &p, 200, my->m->title);
	page_element(&p, "p", my->m->several);
	for (size_t i = 0; i < my->n && r == BW_OK; i++) {
		if ((r = store_registration_get(my->c->store, my->id[i],
		    &reg)) != BW_OK)
			break;
		my->reg = my->id[i];
		page_raw(&p, "<h2>");
		page_value(&p, reg.values.v[FIELD_NAME]);
		page_raw(&p, "</h2>\n<dl>\n");
		row_text(&p, my->m->number, reg.key);
		row_text(&p, my->w->field[FIELD_COMPANY],
		    reg.values.v[FIELD_COMPANY]);
		page_raw(&p, "</dl>\n");
		my_button(my, &p, "", my->m->show, false);
	}
	explicit_bzero(&reg, sizeof(reg));
	my->reg = had;
	my_page_end(my, &p);
	if (r != BW_OK)
		my_failed(my->c, r);
}

/* What was just done; case_num: the case that tells of it. */
static void
note(struct my *my, struct page *p)
{
	char num[32];

	if (my->note == NULL)
		return;
	page_raw(p, "<p class=\"state\" role=\"status\">");
	page_text(p, my->note);
	if (my->case_num != 0) {
		snprintf(num, sizeof(num), " %llu",
		    (unsigned long long)my->case_num);
		page_raw(p, "<br>");
		page_text(p, my->m->case_number);
		page_text(p, num);
	}
	page_raw(p, "</p>\n");
}

static bool
can_withdraw(const json_t *share)
{
	const char *st = my_text(share, "state");

	return strcmp(st, "live") == 0 || strcmp(st, "held") == 0 ||
	    strcmp(st, "withheld") == 0;
}

static void
share_form(struct my *my, struct page *p, const json_t *share,
    const char *act, const char *text)
{
	my_form(my, p);
	page_raw(p, "<input type=\"hidden\" name=\"share\" value=\"");
	page_text(p, my_text(share, "id"));
	page_raw(p, "\"><button class=\"plain\" name=\"act\" value=\"");
	page_text(p, act);
	page_raw(p, "\">");
	page_text(p, text);
	page_raw(p, "<span class=\"hidden\"> ");
	page_text(p, my_text(share, "id"));
	page_raw(p, "</span></button></form>\n");
}

/* To keep, as the share's own page has them; of a share whose policy is not known
 * there is the proof alone. */
static void
share_files(struct my *my, struct page *p, const json_t *share)
{
	page_raw(p, "<details><summary>");
	page_text(p, my->w->proof_title);
	page_raw(p, "</summary>\n");
	page_element(p, "p", my->w->proof_text);
	page_raw(p, "<div class=\"row\">\n");
	if (json_object_get(share, "kept_until") != NULL) {
		share_form(my, p, share, "paper", my->w->proof_paper);
		share_form(my, p, share, "receipt", my->w->proof_receipt);
	}
	share_form(my, p, share, "proof", my->w->proof_log);
	page_raw(p, "</div>\n</details>\n");
}

static void
shares(struct my *my, struct page *p, const json_t *copy)
{
	const json_t *list = json_object_get(copy, "shares"), *one;
	size_t i, open = 0;

	page_element(p, "h2", my->m->shares_title);
	if (json_array_size(list) == 0)
		page_element(p, "p", my->m->shares_none);
	json_array_foreach(list, i, one) {
		my_sponsor(p, one);
		page_raw(p, "<dl>\n");
		my_share(my, p, one);
		page_raw(p, "</dl>\n");
		page_raw(p, "<div class=\"row\">\n");
		if (can_withdraw(one)) {
			share_form(my, p, one, "withdraw", my->m->withdraw);
			open++;
		}
		if (!my_disowned(my, p, one))
			share_form(my, p, one, "notme", my->w->daily_notme);
		page_raw(p, "</div>\n");
		share_files(my, p, one);
	}
	if (open > 1)
		my_button(my, p, "withdraw-all", my->m->withdraw_all, false);
}

void
my_since(struct page *p, const char *text, int64_t t)
{
	page_raw(p, "<p class=\"state\">");
	page_text(p, text);
	page_raw(p, " ");
	page_time(p, t);
	page_raw(p, "</p>\n");
}

static void
stop(struct my *my, struct page *p, const json_t *reg)
{
	int64_t objected = my_at(reg, "objected_at");
	int64_t restricted = my_at(reg, "restricted_at");

	page_element(p, "h2", my->m->stop_title);
	if (objected != 0) {
		my_since(p, my->m->objected, objected);
		page_raw(p, "<div class=\"row\">\n");
		my_button(my, p, "agree", my->m->agree_button, true);
		my_button(my, p, "agree-new", my->m->agree_new_button, true);
		page_raw(p, "</div>\n");
	} else {
		page_element(p, "p", my->m->object_text);
		my_button(my, p, "object", my->m->object_button, false);
	}
	if (restricted != 0) {
		my_since(p, my->m->restricted, restricted);
		my_button(my, p, "lift", my->m->lift_button, true);
	} else {
		page_element(p, "p", my->m->restrict_text);
		my_button(my, p, "restrict", my->m->restrict_button, false);
	}
}

static void
take_copy(struct my *my, struct page *p)
{
	page_element(p, "h2", my->m->copy_title);
	page_element(p, "p", my->m->copy_text);
	page_raw(p, "<div class=\"row\">\n");
	my_button(my, p, "read", my->m->read, true);
	my_button(my, p, "zip", my->m->zip, true);
	my_button(my, p, "json", my->m->json, true);
	page_raw(p, "</div>\n");
}

static void
planned(struct my *my, struct page *p, int64_t due)
{
	struct right_state st;
	int64_t held = 0;
	bw_err r = right_look(my->c->store, my->reg, &st);

	if (r == BW_OK)
		r = right_held(my->c->store, &st, my->c->now, &held);
	if (p->r == BW_OK)
		p->r = r;
	if (!right_can_undo(&st)) {
		page_element(p, "p", my->m->erasing);
		return;
	}
	if (held == 0 && my->c->now < due)
		my_since(p, my->m->planned, due);
	else
		page_element(p, "p", held != 0 ? my->m->erase_held :
		    my->m->overdue);
	my_button(my, p, "undo", my->m->undo, false);
}

static void
erase(struct my *my, struct page *p, const json_t *reg)
{
	int64_t due = my_at(reg, "erasure_at");

	page_element(p, "h2", my->m->erase_title);
	if (due != 0) {
		planned(my, p, due);
		return;
	}
	page_element(p, "p", my->m->erase_text);
	my_button(my, p, "erase", my->m->erase_button, true);
}

static void
body(struct my *my, struct page *p, const json_t *copy)
{
	const json_t *reg = json_object_get(copy, "registration");

	note(my, p);
	my_open(my, p);
	page_element(p, "h2", my->m->reg_title);
	my_registration(my, p, copy);
	my_button(my, p, "correct", my->m->correct_button, true);
	shares(my, p, copy);
	stop(my, p, reg);
	take_copy(my, p);
	my_cases(my, p, copy);
	erase(my, p, reg);
}

void
my_all(struct my *my)
{
	struct page p;
	json_t *copy;
	bw_err r;

	if (my->reg == 0) {
		choose(my);
		return;
	}
	if ((r = my_copy(my->c, my->reg, my->w->lang, false, &copy)) != BW_OK) {
		my_failed(my->c, r);
		return;
	}
	my_begin(my, &p, 200, my->m->title);
	body(my, &p, copy);
	page_end(&p);
	json_decref(copy);
}
