// SPDX-License-Identifier: Apache-2.0
/* One sponsor's part of the draft. */
#include <stdio.h>
#include <string.h>

#include "host/picture.h"
#include "host/portal/draft.h"
#include "record/pin.h"

static bool
holds(const struct policytree *s, const char *key, const char *name)
{
	const struct policytree_key *k = policytree_key(s, key);

	for (size_t i = 0; k != NULL && i < k->n; i++)
		if (strcmp(k->value[i], name) == 0)
			return true;
	return false;
}

static void
fields(struct page *p, struct draft *d, const struct policytree *s)
{
	static const struct form_choice choices[] = {
		{ "never", N_("never") },
		{ "optional", N_("only if the attendee ticks it") },
		{ "required", N_("always") },
		{ NULL, NULL } };
	const char *wrong = draft_error(d, "", s, "required"), *also =
	    draft_error(d, "", s, "optional");

	say_in(p, "h2", N_("What it gets with a share"));
	for (int f = 1; f <= FIELD_COUNT; f++) {
		char name[32];

		snprintf(name, sizeof(name), "field_%s",
		    field_name((enum field)f));
		form_select(p, &(struct form_field){ .name = name,
		    .label = p->w->field[f], .error = f > 1 ? NULL :
		    wrong != NULL ? wrong : also,
		    .value = holds(s, "required", field_name((enum field)f)) ?
		    "required" : holds(s, "optional",
		    field_name((enum field)f)) ? "optional" : "never" },
		    choices);
	}
}

static void
purposes(struct page *p, struct draft *d, const struct policytree *s)
{
	const struct policytree *texts = policytree_section(s, "purpose",
	    NULL), none = { .key = NULL };
	const char *lang[POLICY_LANGS];
	size_t n = draft_languages(d, lang);

	if (texts == NULL)
		texts = &none;
	say_in(p, "h2", N_("What for"));
	page_raw(p, "<p class=\"hint\">");
	say(p, N_("The end of the sentence that begins with its name and "
	    "\"wants to\", for example: contact you about its products. Look "
	    "at its screens to see the whole sentence."));
	page_raw(p, "</p>\n");
	if (n == 0)
		layout_empty(p, N_("The event has no languages yet."),
		    "/policy/draft/event", N_("Choose its languages"));
	for (size_t i = 0; i < n; i++) {
		char name[32];

		snprintf(name, sizeof(name), "purpose_%s", lang[i]);
		form_input(p, &(struct form_field){ .name = name,
		    .label = draft_language(p, lang[i]),
		    .value = policytree_value(texts, lang[i]),
		    .error = draft_error(d, name, texts, lang[i]),
		    DRAFT_TYPED(d) });
	}
}

static void
input(struct page *p, struct draft *d, const struct policytree *s,
    const char *key, const char *label, const char *hint)
{
	form_input(p, &(struct form_field){ .name = key, .label = label,
	    .hint = hint, .value = policytree_value(s, key),
	    .optional = strcmp(key, "retention_days") == 0,
	    .error = draft_error(d, key, s, key), DRAFT_TYPED(d) });
}

static void
form(struct page *p, struct draft *d, const struct policytree *s,
    const char *path)
{
	draft_form(p, d, path, false);
	input(p, d, s, "name", N_("Name, as the attendee reads it"), NULL);
	input(p, d, s, "country", N_("Country where it is established"),
	    N_("Two capital letters, for example DE."));
	input(p, d, s, "privacy_url", N_("Address of its privacy policy"),
	    N_("It begins with https://"));
	input(p, d, s, "contact", N_("Where rights requests go"),
	    N_("A mail address or a postal address."));
	input(p, d, s, "retention_days", N_("For how many days it may keep a "
	    "share"), N_("Fewer than the event's; empty means the event's."));
	purposes(p, d, s);
	fields(p, d, s);
	form_end(p, N_("Save in the draft"));
}

static void
pin(struct page *p, struct draft *d, const struct policytree *s,
    const char *path)
{
	bool has = policytree_value(s, "staff_pin")[0] != 0;
	char to[128];

	say_in(p, "h2", N_("PIN of its staff"));
	say_in(p, "p", has ? N_("There is one. It opens the staff's screens "
	    "of its devices; nobody can read it here.") : N_("There is none, "
	    "so its devices have no screens for its staff."));
	snprintf(to, sizeof(to), "%s/pin", path);
	draft_form(p, d, to, false);
	form_input(p, &(struct form_field){ .name = "pin", .type = "password",
	    .label = has ? N_("Another PIN") : N_("A PIN"),
	    .hint = N_("6 to 12 digits, of something that opens nothing "
	    "else."), .optional = true, .complete = "new-password",
	    .error = draft_error(d, "pin", s, "staff_pin") });
	if (has)
		form_check(p, &(struct form_field){ .name = "remove",
		    .label = N_("Take the PIN away") }, "pin", false);
	form_end(p, N_("Save the PIN in the draft"));
}

static void
logo(struct page *p, struct draft *d, const struct policytree *s,
    const char *path)
{
	const char *name = policytree_value(s, "logo");
	char to[128];

	say_in(p, "h2", N_("Logo"));
	page_raw(p, "<p>");
	if (name[0] != 0)
		say_value(p, N_("It has one, %s. Its screens show it."), name);
	else
		say(p, N_("It has none."));
	page_raw(p, "</p>\n");
	snprintf(to, sizeof(to), "%s/logo", path);
	draft_form(p, d, to, true);
	form_input(p, &(struct form_field){ .name = "file", .type = "file",
	    .label = N_("A picture"), .optional = true,
	    .hint = N_("A PNG of at most 512 KiB and 2048 pixels either way, "
	    "or an SVG of at most 64 KiB that holds all it shows. It is made "
	    "small, to at most 240x80 pixels."),
	    .error = draft_error(d, "file", s, "logo") });
	if (name[0] != 0)
		form_check(p, &(struct form_field){ .name = "remove",
		    .label = N_("Take the logo away") }, "logo", false);
	form_end(p, N_("Save the logo in the draft"));
}

static void
show(struct draft *d, const struct policytree *s, unsigned status)
{
	char path[96], to[128];
	struct page p;

	snprintf(path, sizeof(path), "/policy/draft/sponsors/%s", s->title);
	layout_begin(&p, d->c, status, N_("A sponsor in the draft"));
	page_raw(&p, "<p>");
	page_value(&p, s->title);
	page_raw(&p, " · ");
	snprintf(to, sizeof(to), "%s/screen", path);
	layout_link(&p, to, N_("Screens"));
	page_raw(&p, " · ");
	snprintf(to, sizeof(to), "%s/texts", path);
	layout_link(&p, to, N_("Notices and questions"));
	page_raw(&p, " · ");
	layout_link(&p, "/policy/draft", N_("Back to the draft"));
	page_raw(&p, "</p>\n");
	draft_notes(&p, d);
	draft_faults(&p, d, s->line, s->end);
	form(&p, d, s, path);
	logo(&p, d, s, path);
	pin(&p, d, s, path);
	say_in(&p, "h2", N_("Remove"));
	snprintf(to, sizeof(to), "%s/remove", path);
	form_danger(&p, d->c, to, N_("Remove the sponsor from the draft"),
	    N_("Its texts leave the draft. Once that is installed, its "
	    "devices go on with the version that they have until that ends; "
	    "revoke them if they must stop."), s->title);
	layout_end(&p, d->c);
}

/* The draft and its sponsor; NULL: the answer is filled in. */
static struct draft *
open_sponsor(struct call *c, struct policytree **s)
{
	struct draft *d = draft_open_tree(c);

	if (d != NULL && (*s = draft_sponsor_of(d)) == NULL)
		draft_close(&d);
	return d;
}

void
draft_sponsor(struct call *c)
{
	struct policytree *s;
	struct draft *d = open_sponsor(c, &s);

	if (d != NULL)
		show(d, s, 200);
	draft_close(&d);
}

static bw_err
take_fields(struct draft *d, struct policytree *s)
{
	static const char *const keys[] = { "required", "optional" };
	bw_err r = BW_OK;

	for (size_t k = 0; r == BW_OK && k < 2; k++) {
		const char *list[FIELD_COUNT];
		size_t n = 0;

		for (int f = 1; f <= FIELD_COUNT; f++) {
			char name[32], value[16];

			snprintf(name, sizeof(name), "field_%s",
			    field_name((enum field)f));
			form_value(d->c, name, value, sizeof(value));
			if (strcmp(value, keys[k]) == 0)
				list[n++] = field_name((enum field)f);
		}
		r = policytree_set_list(s, keys[k], n, list);
	}
	return r;
}

static bw_err
take_purposes(struct draft *d, struct policytree *s)
{
	const char *lang[POLICY_LANGS];
	size_t n = draft_languages(d, lang);
	struct policytree *texts;
	bw_err r = policytree_make(s, "purpose", NULL, &texts);

	for (size_t i = 0; r == BW_OK && i < n; i++) {
		char name[32];

		snprintf(name, sizeof(name), "purpose_%s", lang[i]);
		draft_take(d, texts, name, lang[i], true);
	}
	return r;
}

static void
done(struct draft *d, struct policytree *s)
{
	char to[128];
	unsigned status;

	snprintf(to, sizeof(to), "/policy/draft/sponsors/%s", s->title);
	if (!draft_done(d, s->title, to, &status))
		show(d, s, status);
}

void
draft_sponsor_save(struct call *c)
{
	static const char *const keys[] = { "name", "country", "privacy_url",
		"contact", "retention_days" };
	struct policytree *s;
	struct draft *d = open_sponsor(c, &s);
	bw_err r;

	if (d == NULL)
		return;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		draft_take(d, s, keys[i], keys[i], i < 4);
	if ((r = take_purposes(d, s)) == BW_OK &&
	    (r = take_fields(d, s)) == BW_OK)
		done(d, s);
	else
		layout_failure(c, r);
	draft_close(&d);
}

void
draft_sponsor_remove(struct call *c)
{
	struct policytree *s;
	struct draft *d = open_sponsor(c, &s);
	char id[TEXT_ID_MAX + 1], page[TEXT_ID_MAX + 32];
	unsigned status;

	if (d == NULL)
		return;
	snprintf(id, sizeof(id), "%s", s->title);
	if (!form_confirmed(c, id)) {
		snprintf(page, sizeof(page), "/policy/draft/sponsors/%s", id);
		form_unconfirmed(c, page, "word", NULL);
		draft_close(&d);
		return;
	}
	policytree_remove(d->tree, "sponsor", id);
	if (!draft_done(d, id, "/policy/draft", &status))
		layout_go(c, "/policy/draft", "faster");
	draft_close(&d);
}

static void
take_pin(struct draft *d, struct policytree *s)
{
	char digits[64], text[PIN_TEXT_MAX + 1], remove[8];
	uint8_t salt[PIN_SALT];
	bw_err r;

	form_value(d->c, "remove", remove, sizeof(remove));
	form_value(d->c, "pin", digits, sizeof(digits));
	if (remove[0] != 0)
		r = policytree_set(s, "staff_pin", NULL);
	else if (!pin_ok(digits, strlen(digits))) {
		draft_refuse(d, "pin", N_("A PIN is 6 to 12 digits."));
		r = BW_OK;
	} else if ((r = bw_random(salt, sizeof(salt))) == BW_OK &&
	    (r = pin_make(digits, strlen(digits), salt, text)) == BW_OK)
		r = policytree_set(s, "staff_pin", text);
	explicit_bzero(digits, sizeof(digits));
	if (r != BW_OK)
		draft_refuse(d, "pin", N_("There is no memory for this."));
}

void
draft_sponsor_pin(struct call *c)
{
	struct policytree *s;
	struct draft *d = open_sponsor(c, &s);

	if (d == NULL)
		return;
	take_pin(d, s);
	done(d, s);
	draft_close(&d);
}
