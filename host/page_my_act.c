// SPDX-License-Identifier: Apache-2.0
/* What a person does on the page of everything. Each act is a case that the
 * link has proved (PROOF_MAIL), done at once where no human is needed; what ends
 * an objection or a restriction stands with its case (my_copy.c). */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "host/case_stop.h"
#include "host/mail.h"
#include "host/not_me.h"
#include "host/once_form.h"
#include "host/page_my_parts.h"
#include "host/receipt_give.h"
#include "host/right.h"
#include "host/store_about.h"
#include "host/store_leadlist.h"

#define SHARE_MAX 64		/* bytes of a typed share id */

bw_err
my_case(struct my *my, enum case_type type, const struct store_lead *lead)
{
	const struct case_new in = { .type = type, .proof = PROOF_MAIL,
		.registration = my->reg,
		.device = lead != NULL ? lead->device : 0,
		.seq = lead != NULL ? lead->seq : 0, .language = my->w->lang };

	return case_open(my->c->store, &in, MY_ACTOR, my->c->now,
	    &my->case_num);
}

bw_err
my_case_done(struct my *my)
{
	return case_done(my->c->store, my->case_num, MY_ACTOR, my->c->now);
}

bw_err
my_letter(struct my *my, enum letter_kind kind, int64_t day)
{
	struct mail m = { .registration = my->reg, .kind = MAIL_LETTER,
		.letter = kind, .num = my->case_num, .day = day };

	snprintf(m.language, sizeof(m.language), "%s", my->w->lang);
	return mail_queue(my->c->store, &m, my->c->now);
}

bw_err
my_end(struct my *my, bw_err r, const char *note)
{
	if (r == BW_OK)
		r = store_commit(my->c->store);
	store_rollback(my->c->store);
	my->note = r == BW_OK ? note : my->m->unchanged;
	if (r != BW_OK)
		my->case_num = 0;
	return r == BW_ERR_EXISTS ? BW_OK : r;
}

/* The share that the form names, of this person. */
static bw_err
named(struct my *my, struct store_lead *out)
{
	struct store *s = my->c->store;
	char id[SHARE_MAX];
	uint64_t device, seq;
	bw_err r;

	if ((r = http_form(my->c->in, "share", id, sizeof(id))) != BW_OK ||
	    (r = leadlist_share_id(s, id, &device, &seq)) != BW_OK)
		return r;
	return about_lead(s, my->reg, device, seq, out);
}

/* It says so of a share that has ended too. */
static bw_err
not_me(struct my *my)
{
	struct case_new in = { .type = CASE_NOT_ME, .proof = PROOF_MAIL,
		.registration = my->reg, .language = my->w->lang };
	struct store_lead lead;
	bw_err r;

	if ((r = named(my, &lead)) != BW_OK ||
	    (r = store_begin(my->c->store)) != BW_OK)
		return r;
	in.device = lead.device;
	in.seq = lead.seq;
	r = not_me_disown(my->c->store, &in, MY_ACTOR, my->c->now,
	    &my->case_num);
	return my_end(my, r, my->w->daily_noted);
}

/* What else it does stands there before it is done. */
static void
ask_not_me(struct my *my)
{
	struct store_lead lead;
	char id[SHARE_MAX];
	struct page p;
	bw_err r = named(my, &lead);

	if (r == BW_OK)
		r = http_form(my->c->in, "share", id, sizeof(id));
	if (r != BW_OK) {
		my_failed(my->c, r);
		return;
	}
	my_begin(my, &p, 200, my->w->daily_notme);
	page_raw(&p, "<p>");
	page_value(&p, id);
	page_raw(&p, " · ");
	page_time(&p, lead.time);
	page_raw(&p, "</p>\n");
	page_element(&p, "p", my->w->daily_sure);
	page_raw(&p, "<div class=\"row\">\n");
	my_form(my, &p);
	page_raw(&p, "<input type=\"hidden\" name=\"share\" value=\"");
	page_text(&p, id);
	page_raw(&p, "\"><button name=\"act\" value=\"notme-sure\">");
	page_text(&p, my->w->daily_sure_yes);
	page_raw(&p, "</button></form>\n");
	my_button(my, &p, "", my->m->back, true);
	page_raw(&p, "</div>\n");
	my_page_end(my, &p);
}

static bw_err
withdraw(struct my *my)
{
	struct store *s = my->c->store;
	struct store_lead lead;
	bool moved;
	bw_err r;

	if ((r = named(my, &lead)) != BW_OK || (r = store_begin(s)) != BW_OK)
		return r;
	if ((r = my_case(my, CASE_WITHDRAWAL, &lead)) == BW_OK &&
	    (r = right_withdraw(s, lead.device, lead.seq, MY_ACTOR,
	    my->c->now, &moved)) == BW_OK)
		r = moved ? my_case_done(my) : BW_ERR_EXISTS;
	return my_end(my, r, my->m->withdrawn);
}

static bw_err
withdraw_all(struct my *my)
{
	uint64_t n;
	bw_err r = store_begin(my->c->store);

	if (r != BW_OK)
		return r;
	if ((r = my_case(my, CASE_WITHDRAWAL, NULL)) == BW_OK &&
	    (r = right_withdraw_all(my->c->store, my->reg, MY_ACTOR, my->c->now,
	    &n)) == BW_OK)
		r = my_case_done(my);
	return my_end(my, r, my->m->withdrawn);
}

static bw_err
stop(struct my *my, bool object)
{
	bool told;
	bw_err r = store_begin(my->c->store);

	if (r != BW_OK)
		return r;
	if ((r = my_case(my, object ? CASE_OBJECTION : CASE_RESTRICTION,
	    NULL)) == BW_OK && (r = case_withhold(my->c->store, my->reg,
	    my->case_num, object ? RIGHT_OBJECTED : RIGHT_RESTRICTED, "",
	    MY_ACTOR, my->c->now, &told)) == BW_OK)
		r = my_case_done(my);
	return my_end(my, r, object ? my->m->object_noted :
	    my->m->restrict_noted);
}

static bw_err
object(struct my *my)
{
	return stop(my, true);
}

static bw_err
restrict_(struct my *my)
{
	return stop(my, false);
}

static bw_err
lift(struct my *my)
{
	bw_err r = store_begin(my->c->store);

	if (r != BW_OK)
		return r;
	r = case_lift(my->c->store, my->reg, 0, MY_ACTOR, my->c->now);
	return my_end(my, r, my->m->lifted);
}

static bw_err
agree_with(struct my *my, bool leads)
{
	bw_err r = store_begin(my->c->store);

	if (r != BW_OK)
		return r;
	r = case_agree(my->c->store, my->reg, 0, leads, MY_ACTOR,
	    my->c->now);
	return my_end(my, r, my->m->lifted);
}

static bw_err
agree(struct my *my)
{
	return agree_with(my, true);
}

static bw_err
agree_new(struct my *my)
{
	return agree_with(my, false);
}

static void
give(struct my *my, const char *act)
{
	if (act[0] == 'r')
		my_read(my);
	else
		my_download(my, act);
}

static void
copy(struct my *my, const char *act)
{
	bw_err r = store_begin(my->c->store);

	if (r == BW_OK && (r = my_case(my, act[0] == 'r' ? CASE_ACCESS :
	    CASE_TRANSFER, NULL)) == BW_OK)
		r = my_case_done(my);
	if ((r = my_end(my, r, NULL)) != BW_OK)
		my_failed(my->c, r);
	else
		give(my, act);
}

static void
close_session(struct my *my)
{
	struct store *s = my->c->store;
	bw_err r = store_begin(s);

	if (r == BW_OK && (r = link_take(s, my->code, LINK_SESSION,
	    my->c->now, &my->link)) == BW_OK)
		r = store_commit(s);
	store_rollback(s);
	if (r != BW_OK)
		my_failed(my->c, r);
	else
		my_over(my->c, 200, my->m->ended_title, my->m->ended_text);
}

static const struct {
	const char *act;
	bw_err (*run)(struct my *my);
} acts[] = {
	{ "withdraw", withdraw },
	{ "notme-sure", not_me },
	{ "withdraw-all", withdraw_all },
	{ "object", object },
	{ "restrict", restrict_ },
	{ "lift", lift },
	{ "agree", agree },
	{ "agree-new", agree_new },
	{ "undo", my_undo },
};

static void
act_and_show(struct my *my, const char *act)
{
	bw_err r = BW_OK;

	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++)
		if (strcmp(act, acts[i].act) == 0)
			r = acts[i].run(my);
	if (r != BW_OK)
		my_failed(my->c, r);
	else
		my_all(my);
}

/* What makes a case, or ends what one asked for, each time that it is asked
 * for. One share is withdrawn once. */
static bool
makes_case(const char *act)
{
	static const char *const each[] = { "read", "zip", "json", "save",
		"withdraw-all", "object", "restrict", "lift", "agree",
		"agree-new", "erase-yes" };

	for (size_t i = 0; i < sizeof(each) / sizeof(each[0]); i++)
		if (strcmp(act, each[i]) == 0)
			return true;
	return false;
}

/* Each kind by itself, so that no other right waits for it. */
static bool
too_often(struct my *my, const char *act)
{
	char key[48];
	unsigned wait;

	snprintf(key, sizeof(key), "%" PRIu64 " %s", my->reg, act);
	if (throttle_take(my->c->host->wishes, key, clock_mono_ms(), &wait))
		return false;
	my_slow(my, wait);
	return true;
}

static bool
is_copy(const char *act)
{
	return strcmp(act, "read") == 0 || strcmp(act, "zip") == 0 ||
	    strcmp(act, "json") == 0;
}

/* The receipt of one share, as its own page gives it. */
static void
receipt(struct my *my, const struct receipt_kind *kind)
{
	struct store_lead lead;
	unsigned wait = 0;
	bw_err r = named(my, &lead);

	if (r == BW_OK)
		r = receipt_give(my->c, kind, lead.rh, &wait);
	if (r == BW_ERR_DENIED)
		my_slow(my, wait);
	else if (r != BW_OK)
		my_failed(my->c, r);
}

static void
run(struct my *my, const char *act)
{
	const struct receipt_kind *kind = receipt_kind(act);

	if (kind != NULL)
		receipt(my, kind);
	else if (is_copy(act))
		copy(my, act);
	else if (strcmp(act, "erase") == 0)
		my_ask_erase(my);
	else if (strcmp(act, "erase-yes") == 0)
		my_erase(my);
	else if (strcmp(act, "notme") == 0)
		ask_not_me(my);
	else if (strcmp(act, "correct") == 0 || strcmp(act, "save") == 0)
		my_correct(my, act[0] == 'c');
	else
		act_and_show(my, act);
}

/* It was done: the same is said again, the copy given again. said: the case's
 * number and the note, as first() has left them. */
static void
repeat(struct my *my, const char *act, const char *said)
{
	size_t digits = strspn(said, "0123456789");

	if (is_copy(act)) {
		if (!too_often(my, act))
			give(my, act);
		return;
	}
	if (text_number(said, digits, INT64_MAX, &my->case_num) != BW_OK)
		my->case_num = 0;
	if (said[digits] == ' ')
		my->note = said + digits + 1;
	my_all(my);
}

/* What it says to a repeat is put into said; false: nothing was done. */
static bool
first(struct my *my, const char *act, char said[static ONCE_TEXT_SIZE])
{
	if (too_often(my, act))
		return false;
	run(my, act);
	snprintf(said, ONCE_TEXT_SIZE, "%" PRIu64 "%s%s", my->case_num,
	    my->note != NULL ? " " : "", my->note != NULL ? my->note : "");
	return my->c->out->status == 200;
}

static void
run_once(struct my *my, const char *act)
{
	struct once *t = my->c->host->once;
	char said[ONCE_TEXT_SIZE];
	struct once_key key;
	bw_err r = once_read(my->c->in, my->code, &key);

	if (r == BW_ERR_NOTFOUND)
		(void)first(my, act, said);
	else if (r == BW_OK && (r = once_begin(t, &key, my->c->in,
	    said)) == BW_OK)
		once_end(t, &key, first(my, act, said) ? said : NULL);
	else if (r == BW_ERR_EXISTS)
		repeat(my, act, said);
	else if (r == BW_ERR_FORMAT)
		my_over(my->c, 403, my->m->over_title, my->m->over_text);
	else
		my_failed(my->c, r);
}

void
my_act(struct my *my, const char *act)
{
	if (strcmp(act, "end") == 0)
		close_session(my);
	else if (my->reg == 0)
		my_all(my);
	else if (makes_case(act))
		run_once(my, act);
	else
		run(my, act);
}
