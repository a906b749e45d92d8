// SPDX-License-Identifier: Apache-2.0
/* What is done for the person of an open case. Each is a step of the case, in
 * the transaction of what it does. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/case_erase.h"
#include "host/case_letter.h"
#include "host/case_share.h"
#include "host/case_stop.h"
#include "host/not_me.h"
#include "host/page_my.h"
#include "host/portal/cases.h"
#include "host/right.h"
#include "host/store_device.h"

struct act {
	struct call *c;
	const struct case_file *f;
};

static bw_err
step(const struct act *a, const char *detail)
{
	return case_step(a->c->store, a->f->num, DID_CASE_ACT, detail,
	    a->c->me->actor, a->c->now);
}

static bw_err
withdraw_all(const struct act *a)
{
	uint64_t n;

	return right_withdraw_all(a->c->store, a->f->registration,
	    a->c->me->actor, a->c->now, &n);
}

static bw_err
withhold(const struct act *a, enum right_why why)
{
	bool told;

	return case_withhold(a->c->store, a->f->registration, a->f->num, why,
	    "", a->c->me->actor, a->c->now, &told);
}

static bw_err
restrict_it(const struct act *a)
{
	return withhold(a, RIGHT_RESTRICTED);
}

static bw_err
lift(const struct act *a)
{
	return case_lift(a->c->store, a->f->registration, a->f->num,
	    a->c->me->actor, a->c->now);
}

static bw_err
object(const struct act *a)
{
	return withhold(a, RIGHT_OBJECTED);
}

static bw_err
agree(const struct act *a)
{
	return case_agree(a->c->store, a->f->registration, a->f->num, false,
	    a->c->me->actor, a->c->now);
}

static bw_err
agree_leads(const struct act *a)
{
	return case_agree(a->c->store, a->f->registration, a->f->num, true,
	    a->c->me->actor, a->c->now);
}

static bw_err
erase(const struct act *a)
{
	struct call *c = a->c;
	int64_t due;

	return case_erase(c->store, a->f->registration, a->f->num,
	    c->host->dir->config.erase_undo_hours, c->me->actor, c->now, &due);
}

static bw_err
erase_undo(const struct act *a)
{
	bool told;

	return case_erase_undo(a->c->store, a->f->registration, a->f->num,
	    a->c->me->actor, a->c->now, &told);
}

static bw_err
release_held(const struct act *a)
{
	return cases_each_held(a->c, a->f, true);
}

static bw_err
withdraw_held(const struct act *a)
{
	return cases_each_held(a->c, a->f, false);
}

static const struct {
	const char *name;
	bool person;			/* it needs to be known who it is */
	bool steps;			/* it writes its own step */
	bw_err (*run)(const struct act *a);
} acts[] = {
	{ "withdraw-all", true, false, withdraw_all },
	{ "restrict", true, false, restrict_it },
	{ "lift", true, false, lift },
	{ "object", true, false, object },
	{ "agree", true, false, agree },
	{ "agree-leads", true, false, agree_leads },
	{ "erase", true, true, erase },
	{ "erase-undo", true, true, erase_undo },
	{ "release-held", false, false, release_held },
	{ "withdraw-held", false, false, withdraw_held },
};

static bw_err
run(const struct act *a, const char *name)
{
	bw_err r;

	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
		if (strcmp(acts[i].name, name) != 0)
			continue;
		if (acts[i].person && a->f->registration == 0)
			return BW_ERR_GONE;
		if ((r = store_begin(a->c->store)) != BW_OK ||
		    (!acts[i].steps && (r = step(a, name)) != BW_OK))
			return r;
		return acts[i].run(a);
	}
	return BW_ERR_NOTFOUND;
}

/* An erasure asks for the password again, and not of who has not shown to be
 * this person; false: the answer is filled in. */
static bool
proved(struct call *c, const struct case_file *f, const char *name)
{
	struct proof_faults faults;
	const struct cases_typed typed = { .erase = &faults };
	char path[40];

	if (strcmp(name, "erase") != 0)
		return true;
	if (f->proof == PROOF_NONE) {
		snprintf(path, sizeof(path), "/cases/%" PRIu64, f->num);
		layout_go(c, path, "case-unshown");
		return false;
	}
	if (proof_given(c, &faults))
		return true;
	if (faults.password != NULL || faults.code != NULL)
		cases_page(c, 422, f, &typed);
	return false;
}

/* Sponsors are told at once, and delete: the number stands there and is typed.
 * false: the answer is filled in. */
static bool
typed(struct call *c, const struct case_file *f, const char *name)
{
	bool held = strcmp(name, "withdraw-held") == 0;
	char word[24], path[40];
	bw_err r;

	if (!held && strcmp(name, "withdraw-all") != 0 &&
	    strcmp(name, "agree") != 0)
		return true;
	r = cases_word(c, f, held, word);
	snprintf(path, sizeof(path), "/cases/%" PRIu64, f->num);
	if (r != BW_OK)
		layout_failure(c, r);
	else if (!form_confirmed(c, word))
		form_unconfirmed(c, path, "word", name);
	else
		return true;
	return false;
}

/* cases_end; another case may stand against a release. */
static void
end_act(struct call *c, const struct case_file *f, bw_err r, bool release)
{
	char path[40];

	if (r != BW_ERR_DENIED || !release) {
		cases_end(c, f, r, "case-act");
		return;
	}
	store_rollback(c->store);
	snprintf(path, sizeof(path), "/cases/%" PRIu64, f->num);
	layout_go(c, path, "case-held-too");
}

void
cases_act(struct call *c)
{
	struct case_file f;
	struct act a = { c, &f };
	char name[24];

	form_value(c, "do", name, sizeof(name));
	if (cases_open_one(c, &f) && typed(c, &f, name) &&
	    proved(c, &f, name))
		end_act(c, &f, run(&a, name), strcmp(name,
		    "release-held") == 0);
	explicit_bzero(&f, sizeof(f));
}

/* ---- one share ---- */

struct one {
	uint64_t device, seq, registration;
	enum odd_reason reason;
	enum lead_state state;
	char name[TEXT_ID_MAX + 1];
};

static bw_err
take_one(void *arg, const struct case_share *h)
{
	struct one *o = arg;

	*o = (struct one){ h->num, h->seq, h->registration, h->reason,
		h->state, "" };
	snprintf(o->name, sizeof(o->name), "%s", h->device);
	return BW_OK;
}

/* "k07-12" */
static bw_err
find(struct call *c, char *id, struct one *out)
{
	char *dash = strrchr(id, '-');
	struct store_device d;
	uint64_t seq;
	bw_err r;

	memset(out, 0, sizeof(*out));
	if (dash == NULL || text_number(dash + 1, strlen(dash + 1),
	    STORE_SEQ_MAX, &seq) != BW_OK)
		return BW_ERR_NOTFOUND;
	*dash = 0;
	if ((r = store_device_get(c->store, id, &d)) != BW_OK)
		return r;
	return case_share_get(c->store, d.num, seq, take_one, out);
}

static bw_err
take_beside(void *arg, const struct case_share *h)
{
	struct one *o = arg;

	if (h->num == o->device && h->seq == o->seq)
		o->name[0] = 0;
	return BW_OK;
}

/* The person's, the one that the case is about, or one that a "not me" holds
 * beside that. */
static bw_err
of_case(const struct act *a, const struct one *o)
{
	const struct case_file *f = a->f;
	struct one look = *o;
	bw_err r;

	if ((f->registration != 0 && o->registration == f->registration) ||
	    (f->seq != 0 && o->device == f->device && o->seq == f->seq))
		return BW_OK;
	if (f->seq == 0 || f->type != CASE_NOT_ME)
		return BW_ERR_NOTFOUND;
	r = case_share_beside(a->c->store, f->device, f->quarter, f->seq, take_beside,
	    &look);
	return r != BW_OK ? r : look.name[0] == 0 ? BW_OK : BW_ERR_NOTFOUND;
}

static bw_err
share(const struct act *a, const struct one *o, bool release)
{
	struct call *c = a->c;
	bool ours = o->state == LEAD_HELD && o->reason == ODD_NOT_ME;
	bool moved = true;
	bw_err r;

	/* Which share is not said: the case would list a person's shares with
	 * all sponsors for good. The share has a row of its own. */
	if ((r = store_begin(c->store)) != BW_OK ||
	    (r = step(a, release ? "release" : "withdraw")) != BW_OK)
		return r;
	if (release)
		return not_me_release(c->store, o->device, o->seq,
		    a->f->num, c->me->actor, c->now);
	if (ours)
		return not_me_withdraw(c->store, o->device, o->seq,
		    c->me->actor, c->now);
	r = right_withdraw(c->store, o->device, o->seq, c->me->actor, c->now,
	    &moved);
	return r != BW_OK ? r : moved ? BW_OK : BW_ERR_EXISTS;
}

void
cases_share(struct call *c)
{
	char id[TEXT_ID_MAX + 24], of[TEXT_ID_MAX + 24], name[16], path[40];
	struct case_file f;
	struct act a = { c, &f };
	struct one o;
	bool sure, release;
	bw_err r;

	form_value(c, "share", id, sizeof(id));
	form_value(c, "do", name, sizeof(name));
	release = strcmp(name, "release") == 0;
	sure = release || form_confirmed(c, id);
	memcpy(of, id, sizeof(of));	/* find cuts it */
	if (cases_open_one(c, &f)) {
		r = find(c, id, &o);
		if (r == BW_OK)
			r = of_case(&a, &o);
		if (r == BW_OK && !release && strcmp(name, "withdraw") != 0)
			r = BW_ERR_NOTFOUND;
		snprintf(path, sizeof(path), "/cases/%" PRIu64, f.num);
		if (r == BW_OK && !sure)
			form_unconfirmed(c, path, "word", of);
		else
			end_act(c, &f, r == BW_OK ? share(&a, &o, release) :
			    r, release);
	}
	explicit_bzero(&f, sizeof(f));
}

/* ---- a correction ---- */

static bw_err
correct(const struct act *a, enum field field, const char *value)
{
	char detail[32];
	bw_err r;

	snprintf(detail, sizeof(detail), "correct %s", field_name(field));
	if ((r = store_begin(a->c->store)) != BW_OK ||
	    (r = step(a, detail)) != BW_OK)
		return r;
	return right_correct(a->c->store, a->f->registration, field, value,
	    a->c->me->actor, a->c->now);
}

/* A value is taken away only where that is ticked, and what cannot be kept
 * takes none away. *t: what was typed, and what is wrong with it if this is
 * BW_ERR_ARG or BW_ERR_EXISTS. */
static bw_err
take_correction(const struct act *a, char *which, char *value,
    struct cases_typed *t)
{
	bool whole = form_value(a->c, "value", value, CASES_VALUE_SIZE);
	char empty[4];
	uint64_t field;

	form_value(a->c, "empty", empty, sizeof(empty));
	form_value(a->c, "field", which, CASES_FIELD_SIZE);
	t->field = which;
	t->value = value;
	t->empty = strcmp(empty, "1") == 0;
	if (a->f->registration == 0)
		return BW_ERR_NOTFOUND;
	if (text_number(which, strlen(which), FIELD_COUNT, &field) != BW_OK ||
	    field == 0) {
		t->no_field = N_("Choose one of these.");
		return BW_ERR_ARG;
	}
	t->no_value = N_("No registration can have this value, or it has it "
	    "already.");
	if (!whole)
		return BW_ERR_ARG;
	if (t->empty && (field == FIELD_NAME || field == FIELD_EMAIL))
		t->no_value = N_("Nobody is without a name or an address: type "
		    "the right one, or restrict the data until it is known.");
	else if (t->empty != (value[0] == 0))
		t->no_value = N_("Type the new value, or tick that this one is "
		    "taken away.");
	else
		return correct(a, (enum field)field, value);
	return BW_ERR_ARG;
}

void
cases_correct(struct call *c)
{
	char value[CASES_VALUE_SIZE], which[CASES_FIELD_SIZE];
	struct cases_typed typed = { .empty = false };
	struct case_file f;
	struct act a = { c, &f };
	bw_err r;

	if (cases_open_one(c, &f)) {
		r = take_correction(&a, which, value, &typed);
		if (r == BW_ERR_ARG || r == BW_ERR_EXISTS) {
			store_rollback(c->store);
			cases_page(c, 422, &f, &typed);
		} else
			cases_end(c, &f, r, "case-act");
		explicit_bzero(value, sizeof(value));
	}
	explicit_bzero(&f, sizeof(f));
}

/* ---- a copy ---- */

/* All that the person itself would get; the step is kept before it goes. */
void
cases_copy(struct call *c)
{
	struct case_file f;
	struct act a = { c, &f };
	bw_err r = BW_ERR_DENIED;

	if (!cases_open_one(c, &f))
		goto out;
	if (f.registration != 0 && f.proof != PROOF_NONE &&
	    (r = store_begin(c->store)) == BW_OK &&
	    (r = step(&a, "copy")) == BW_OK)
		r = store_commit(c->store);
	if (r == BW_OK)
		my_copy_for(c, f.registration, f.language);
	else
		cases_end(c, &f, r, NULL);
out:
	explicit_bzero(&f, sizeof(f));
}
