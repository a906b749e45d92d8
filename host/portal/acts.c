// SPDX-License-Identifier: Apache-2.0
#include "host/portal/acts.h"

#include <stdio.h>
#include <string.h>

#include "host/portal/import.h"
#include "host/portal/registrations.h"
#include "host/route.h"
#include "host/store_device.h"
#include "host/token.h"
#include "host/when.h"

void
acts_said(struct page *p, const struct audit_row *a)
{
	const char *sentence = audit_said(a->act, a->detail);

	if (sentence != NULL)
		say(p, sentence);
	else
		page_value(p, a->act);
}

/* BW_ERR_NOTFOUND: it is no token, or none that is known. */
static bw_err
token_of(struct call *c, const char *actor, struct token *out)
{
	static const char what[] = "token:";
	const char *s = actor + sizeof(what) - 1;
	uint64_t n;

	if (strncmp(actor, what, sizeof(what) - 1) != 0 ||
	    text_number(s, strlen(s), INT64_MAX, &n) != BW_OK)
		return BW_ERR_NOTFOUND;
	return token_get(c->store, n, out);
}

static void
token_said(struct page *p, struct call *c, const struct token *t)
{
	struct account a;

	say(p, N_("a program, by its token"));
	page_raw(p, " ");
	page_value(p, t->name);
	page_raw(p, " · ");
	if (t->account != 0 && account_get(c->store, t->account, &a) == BW_OK)
		page_value(p, a.mail);
	else
		say(p, N_("the command line"));
}

bool
acts_who(struct page *p, struct call *c, const char *actor)
{
	char who[ACCOUNT_MAIL_MAX + 1];
	struct token t;

	table_cell(p);
	if (token_of(c, actor, &t) == BW_OK)
		token_said(p, c, &t);
	else if (strcmp(actor, "attendee") == 0)
		say(p, N_("the attendee"));
	else if (strcmp(actor, "host") == 0)
		say(p, N_("the host"));
	else {
		layout_actor(c, actor, who);
		page_value(p, who);
		return strcmp(who, actor) != 0;
	}
	return true;
}

/* ---- details ---- */

/* The first time in a text, or NULL. */
static const char *
time_in(const char *text, uint64_t *t)
{
	char word[WHEN_SIZE];

	for (; strlen(text) >= WHEN_SIZE - 1; text++) {
		snprintf(word, sizeof(word), "%.*s", WHEN_SIZE - 1, text);
		if (word[WHEN_SIZE - 2] == 'Z' &&
		    when_parse(word, false, t) == BW_OK)
			return text;
	}
	return NULL;
}

/* A text with its times in words. */
static void
times(struct page *p, const char *text)
{
	char before[AUDIT_TEXT_MAX + 1];
	const char *at;
	uint64_t t;

	while ((at = time_in(text, &t)) != NULL) {
		snprintf(before, sizeof(before), "%.*s", (int)(at - text),
		    text);
		page_text(p, before);
		page_time(p, (int64_t)t);
		text = at + WHEN_SIZE - 1;
	}
	page_value(p, text);
}

/* Why staff withheld or released it. */
static bool
reason(struct page *p, const char *text)
{
	static const struct form_choice *const lists[] = {
		regs_withhold_reasons, regs_release_reasons,
		minors_release_reasons };

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		for (const struct form_choice *f = lists[i]; f->value != NULL;
		    f++)
			if (strcmp(f->value, text) == 0) {
				say(p, f->text);
				return true;
			}
	return strcmp(text, "minor") == 0;	/* as the act says already */
}

/* Where a badge was ordered, and what becomes of an earlier one. */
static bool
station(struct page *p, const char *text)
{
	static const struct { const char *end, *said; } orders[] = {
		{ ", reissue, over", N_("station %s; the earlier badge was "
		    "blocked, and the tag written over") },
		{ ", reissue", N_("station %s; the earlier badge was "
		    "blocked") },
		{ ", over", N_("station %s; the tag was written over") },
		{ "", N_("station %s") } };
	char name[TEXT_ID_MAX + 1];
	size_t len = strcspn(text, ",");

	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++)
		if (strcmp(text + len, orders[i].end) == 0) {
			snprintf(name, sizeof(name), "%.*s", (int)len, text);
			say_value(p, orders[i].said, name);
			return true;
		}
	return false;
}

static bool
field(struct page *p, const char *text)
{
	int f = field_from_name(text, strlen(text));

	if (f > 0)
		page_text(p, p->w->field[f]);
	return f > 0;
}

static bool
api(struct page *p, const char *text)
{
	if (text[0] == 0)
		say(p, N_("read through the API"));
	return text[0] == 0;
}

/* Behind the word a time or a day, and more. */
static bool
due(struct page *p, const char *text)
{
	say(p, N_("due"));
	page_raw(p, " ");
	times(p, text);
	return true;
}

static bool
skipped(struct page *p, const char *text)
{
	say_value(p, N_("skipped rows of the file: %s"), text);
	return true;
}

static const struct {
	const char *word;
	bool (*say)(struct page *p, const char *text);
} details[] = {
	{ "reason ", reason },
	{ "station ", station },
	{ "field ", field },
	{ "due ", due },
	{ "correct ", field },
	{ "api", api },
	{ IMPORT_SKIPPED, skipped },
};

void
acts_detail(struct page *p, const char *detail)
{
	size_t len;

	for (size_t i = 0; i < sizeof(details) / sizeof(details[0]); i++) {
		len = strlen(details[i].word);
		if (strncmp(detail, details[i].word, len) == 0 &&
		    details[i].say(p, detail + len))
			return;
	}
	times(p, detail);
}

/* ---- objects ---- */

#define LEAD "lead "

struct thing {
	const char *word, *said, *page;
	enum access_act see;
};

static const struct thing things[] = {
	{ "registration ", N_("Registration %s"), "/registrations/",
	    ACT_REGISTRATIONS },
	{ "case ", N_("Case %s"), "/cases/", ACT_CASE },
	{ "incident ", N_("Incident %s"), "/duties/incidents/", ACT_INCIDENTS },
	{ "account ", N_("Account %s"), "/people/", ACT_PEOPLE },
	{ "token ", N_("Token %s"), NULL, ACT_NONE },
	{ "hold ", N_("Hold %s"), NULL, ACT_NONE },
	{ "disclosure ", N_("Disclosure %s"), NULL, ACT_NONE },
	{ "notice ", N_("Notice %s"), NULL, ACT_NONE },
	{ "mail ", N_("Mail %s"), NULL, ACT_NONE },
};
static const struct thing device = { "", N_("Device %s"), "/devices/",
	ACT_DEVICES };

/* A number behind a word, or what is a device's name; NULL: it is neither. */
static const struct thing *
thing(const struct audit_row *a)
{
	enum audit_act act;
	const char *num;
	size_t len;

	for (size_t i = 0; i < sizeof(things) / sizeof(things[0]); i++) {
		len = strlen(things[i].word);
		num = a->object + len;
		if (strncmp(a->object, things[i].word, len) == 0 &&
		    num[0] != 0 && num[strspn(num, "0123456789")] == 0)
			return &things[i];
	}
	return audit_act_find(a->act, &act) == BW_OK &&
	    audit_act_kind(act) == AUDIT_OF_DEVICE &&
	    text_is_id(a->object, strlen(a->object)) ? &device : NULL;
}

/* "lead 3-17" has the device's number, where everything else has its name. */
static void
share(struct page *p, struct call *c, const char *object)
{
	struct store_device d;
	char id[TEXT_ID_MAX + 24];
	const char *dash = strchr(object, '-');
	uint64_t num;

	snprintf(id, sizeof(id), "%s", object);
	if (dash != NULL && text_number(object, (size_t)(dash - object),
	    INT64_MAX, &num) == BW_OK &&
	    store_device_num(c->store, num, &d) == BW_OK)
		snprintf(id, sizeof(id), "%s%s", d.name, dash);
	say_value(p, N_("Share %s"), id);
}

/* Whether an act names a share so. */
static bool
by_number(const struct audit_row *a)
{
	return strncmp(a->object, LEAD, strlen(LEAD)) == 0 &&
	    (audit_did(a, DID_LEAD_NOT_ME) || audit_did(a, DID_LEAD_RELEASE) ||
	    audit_did(a, DID_LEAD_WITHDRAW));
}

static bool
of_export(const struct audit_row *a)
{
	enum audit_act act;

	return audit_act_find(a->act, &act) == BW_OK &&
	    audit_act_kind(act) == AUDIT_OF_EXPORT &&
	    act != DID_AGGREGATES;
}

/* "acme 12", "audit 40" or "12" (export_record.h): of what, and how many. */
static void
export(struct page *p, const char *object)
{
	const char *n = strrchr(object, ' ');
	char of[AUDIT_TEXT_MAX + 1];

	if (n == NULL && object[strspn(object, "0123456789")] != 0) {
		page_value(p, object);		/* of what was read */
		return;
	}
	snprintf(of, sizeof(of), "%.*s", n != NULL ? (int)(n - object) : 0,
	    object);
	if (of[0] != 0 && strcmp(of, "audit") != 0) {
		page_value(p, of);
		page_raw(p, " · ");
	}
	say_value(p, N_("%s in it"), n != NULL ? n + 1 : object);
}

void
acts_object(struct page *p, struct call *c, const struct audit_row *a)
{
	const struct thing *t = thing(a);
	const char *id = a->object + (t != NULL ? strlen(t->word) : 0);
	bool may = t != NULL && t->page != NULL && access_may(t->see,
	    c->me->login.account.role);

	if (by_number(a)) {
		share(p, c, a->object + strlen(LEAD));
		return;
	}
	if (of_export(a)) {
		export(p, a->object);
		return;
	}
	if (audit_did(a, DID_IMPORT_EVENTBRITE) ||
	    audit_did(a, DID_IMPORT_PRETIX)) {
		import_said(p, a->object);
		return;
	}
	if (may) {
		page_raw(p, "<a href=\"");
		page_raw(p, t->page);
		page_text(p, id);
		page_raw(p, "\">");
	}
	if (t != NULL)
		say_value(p, t->said, id);
	else
		page_value(p, id);
	if (may)
		page_raw(p, "</a>");
}
