// SPDX-License-Identifier: Apache-2.0
/* Those whom the report says to be minors, without a name. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/portal/registrations.h"
#include "host/store_registration.h"

#define CHOOSE { "", N_("Choose a reason") }
#define AGE_WRONG { "age-wrong", N_("The age in the report is a mistake") }
#define MARK_WRONG { "mark-wrong", N_("It was marked by mistake") }
#define AGE_PROVED { "age-proved", \
	N_("Somebody of the team has seen a proof of age") }

/* The report first, which was found wrong, and then staff. */
const struct form_choice minors_release_reasons[] = { CHOOSE, AGE_WRONG,
	MARK_WRONG, AGE_PROVED, { NULL, NULL } };

/* By whom it is a minor's: the report, staff, or both. */
static const struct form_choice *
reasons(const struct registration *r)
{
	static const struct form_choice report[] = { CHOOSE, AGE_WRONG,
		AGE_PROVED, { NULL, NULL } };
	static const struct form_choice staff[] = { CHOOSE, MARK_WRONG,
		AGE_PROVED, { NULL, NULL } };

	return r->age == REG_AGE_NONE ? staff : r->released ?
	    minors_release_reasons : report;
}

static void
minors_row(struct page *p, const struct registration *r)
{
	char href[48];

	snprintf(href, sizeof(href), "/minors/%" PRIu64, r->id);
	table_row(p);
	page_raw(p, "<th scope=\"row\"><a href=\"");
	page_text(p, href);
	page_raw(p, "\">");
	layout_number(p, r->id);
	page_raw(p, "</a></th>");
	table_value(p, r->key);
	if (r->age >= 0)
		table_number(p, (uint64_t)r->age);
	else {
		table_cell(p);
		say(p, N_("marked by staff"));
	}
	table_time(p, r->changed_at);
}

/* To one that no report says to be a minor's. */
static void
find_form(struct page *p, const char *typed, const char *error)
{
	say_in(p, "h2", N_("Mark another registration"));
	page_raw(p, "<div class=\"search\" role=\"search\">\n");
	form_ask(p, "/minors");
	form_input(p, &(struct form_field){ .name = "number",
	    .label = N_("Number of the registration"), .value = typed,
	    .error = error, .hint = N_("As it stands in a case."),
	    .unmarked = true, .most = 20 });
	form_end(p, N_("Look it up"));
	page_raw(p, "</div>\n");
}

/* typed: the number of one that is not there, or "". */
static void
minors_page(struct call *c, const struct registration *r, size_t n, bool more,
    const char *typed)
{
	static const char *const heads[] = { N_("Number"),
		N_("Key of the shop"), N_("Age"), N_("Changed"), NULL };
	char at[24], next[STRICT_TARGET_MAX + 1];
	struct page p;

	layout_begin(&p, c, typed[0] != 0 ? 404 : 200, N_("Minors"));
	say_in(&p, "p", N_("By the report these are under 18, or staff marked "
	    "them. No badge is made for them; one that was made before is "
	    "blocked. Release one only if that is a mistake."));
	if (n == 0)
		layout_empty(&p, N_("There are none here."), NULL, NULL);
	else {
		table_begin(&p, N_("Minors"), heads);
		for (size_t i = 0; i < n; i++)
			minors_row(&p, &r[i]);
		table_end(&p);
		snprintf(at, sizeof(at), "%" PRIu64, r[n - 1].id);
		regs_link(next, "/minors", "behind", at, NULL);
		layout_pager(&p, NULL, more ? next : NULL);
	}
	find_form(&p, typed, typed[0] != 0 ?
	    N_("There is no such registration.") : NULL);
	layout_end(&p, c);
}

/* Whether it is there: the answer is to go to it. Blanks around the number,
 * which come with it when it is pasted, are none of it. */
static bool
found(struct call *c, const char *number)
{
	struct registration r;
	char path[48];
	uint64_t id;
	size_t len;
	bool there;

	number += strspn(number, " ");
	len = strcspn(number, " ");
	if (number[len + strspn(number + len, " ")] != 0 ||
	    text_number(number, len, INT64_MAX, &id) != BW_OK)
		return false;
	there = store_registration_get(c->store, id, &r) == BW_OK;
	explicit_bzero(&r, sizeof(r));
	snprintf(path, sizeof(path), "/minors/%" PRIu64, id);
	if (there)
		layout_go(c, path, NULL);
	return there;
}

void
minors_list(struct call *c)
{
	static const size_t size = REGS_PAGE * sizeof(struct registration);
	struct registration *r = calloc(1, size);
	struct reglist_query q = { .status = REG_MINOR };
	char at[24], number[24];
	size_t n;
	bool more;
	bw_err e = BW_ERR_NOMEM;

	regs_param(c, "number", number, sizeof(number));
	if (number[0] != 0 && found(c, number)) {
		free(r);
		return;
	}
	regs_param(c, "behind", at, sizeof(at));
	if (text_number(at, strlen(at), INT64_MAX, &q.behind) != BW_OK)
		q.behind = 0;
	if (r != NULL)
		e = store_reglist(c->store, &q, r, REGS_PAGE, &n, &more);
	if (e == BW_OK)
		minors_page(c, r, n, more, number);
	else
		layout_failure(c, e);
	if (r != NULL)
		explicit_bzero(r, size);
	free(r);
}

static void
age(struct page *p, const struct registration *r)
{
	if (r->age < 0) {
		say_in(p, "p", N_("Staff marked it as a minor's: the report "
		    "gives no age under 18."));
		return;
	}
	page_raw(p, "<p>");
	say_count(p, N_("By the report this person is %s year old."),
	    N_("By the report this person is %s years old."),
	    (uint64_t)r->age);
	page_raw(p, "</p>\n");
}

/* Whatever the report says. */
static void
mark(struct page *p, struct call *c, const struct registration *r)
{
	char to[48];

	snprintf(to, sizeof(to), "/minors/%" PRIu64 "/mark", r->id);
	form_danger(p, c, to, N_("Mark it as a minor's"), N_("No badge is "
	    "made, those there are blocked on every device, and its leads are "
	    "left out of exports. Imports do not lift it. You can release it "
	    "here again."), NULL);
}

static void
release(struct page *p, struct call *c, const struct registration *r,
    const char *error, const char *word_error)
{
	char to[48];

	snprintf(to, sizeof(to), "/minors/%" PRIu64 "/release", r->id);
	age(p, r);
	say_in(p, "p", N_("Once it is released it counts as an adult's: badges "
	    "are made, devices take them, and sponsors get what the person "
	    "shares. An import does not take this back until the age in the "
	    "report is another one. To stop it again, withhold the "
	    "registration."));
	form_begin(p, c, to, false);
	form_select(p, &(struct form_field){ .name = "reason",
	    .label = N_("Reason"), .error = error,
	    .hint = N_("It goes into the audit.") }, reasons(r));
	form_input(p, &(struct form_field){ .name = "confirm",
	    .label = N_("The registration's number, to confirm"),
	    .error = word_error, .most = 20 });
	form_end(p, N_("Release"));
}

/* Why it can be neither marked nor released here; NULL: it can. */
static const char *
neither(enum reg_status st)
{
	switch (st) {
	case REG_ATTENDING:
	case REG_CANCELLED:
	case REG_MINOR:
		return NULL;
	case REG_WITHHELD:
		return N_("It is withheld: no badge is made and its leads are "
		    "left out of exports, as for a minor. It can be marked as "
		    "a minor's when it is withheld no more.");
	case REG_DELETED:
		return N_("It was erased: nothing of the person is left to "
		    "mark or to release.");
	case REG_HANDED:
		return N_("Its ticket is another person's now, who has a "
		    "registration of their own: look that one up.");
	}
	return NULL;
}

static const char *
title(enum reg_status st)
{
	if (neither(st) != NULL)
		return N_("Registration");
	return st == REG_MINOR ? N_("Release a minor's registration") :
	    N_("Mark a registration as a minor's");
}

static void
minor_page(struct call *c, unsigned status, const struct registration *r,
    const char *error, const char *word_error)
{
	struct page p;
	char id[24];

	snprintf(id, sizeof(id), "%" PRIu64, r->id);
	layout_begin(&p, c, status, title(r->status));
	page_raw(&p, "<p>");
	say_value(&p, N_("Registration %s"), id);
	if (r->status != REG_DELETED) {
		page_raw(&p, " · ");
		page_value(&p, r->key);
	}
	page_raw(&p, "</p>\n");
	if (neither(r->status) != NULL)
		layout_empty(&p, neither(r->status), "/minors",
		    N_("Back to the list"));
	else if (r->status == REG_MINOR)
		release(&p, c, r, error, word_error);
	else
		mark(&p, c, r);
	layout_end(&p, c);
}

void
minors_show(struct call *c)
{
	struct registration r;

	if (regs_find(c, 0, &r))
		minor_page(c, 200, &r, NULL, NULL);
	explicit_bzero(&r, sizeof(r));
}

void
minors_release(struct call *c)
{
	struct registration r;
	char reason[24], id[24];
	bool why, word;
	bw_err e;

	if (!regs_find(c, 0, &r))
		return;
	snprintf(id, sizeof(id), "%" PRIu64, r.id);
	why = regs_reason(c, reasons(&r), reason);
	word = form_confirmed(c, id);
	if (r.status != REG_MINOR)
		layout_go(c, "/minors", "otherwise");
	else if (!why || !word)
		minor_page(c, 422, &r, why ? NULL : N_("Choose a reason."),
		    word ? NULL : N_("This is another number."));
	else if ((e = regs_change(c, &r, REG_ATTENDING,
	    DID_REGISTRATION_RELEASE, reason)) == BW_OK)
		layout_go(c, "/minors", "released");
	else if (e == BW_ERR_GONE)
		layout_go(c, "/minors", "otherwise");
	else
		layout_failure(c, e);
	explicit_bzero(&r, sizeof(r));
}

void
minors_mark(struct call *c)
{
	struct registration r;
	char path[48];
	bw_err e;

	if (!regs_find(c, 0, &r))
		return;
	snprintf(path, sizeof(path), "/minors/%" PRIu64, r.id);
	e = regs_change(c, &r, REG_MINOR, DID_REGISTRATION_MINOR, "minor");
	if (e == BW_OK)
		layout_go(c, path, "saved");
	else if (e == BW_ERR_GONE || e == BW_ERR_EXISTS)
		layout_go(c, path, "otherwise");
	else
		layout_failure(c, e);
	explicit_bzero(&r, sizeof(r));
}
