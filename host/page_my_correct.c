// SPDX-License-Identifier: Apache-2.0
/* What a person corrects: at once, or as a case for staff. */
#include <stdio.h>
#include <string.h>

#include "host/case_letter.h"
#include "host/page_my_parts.h"
#include "host/right.h"
#include "host/store_about.h"

/* Another name or address would make the registration somebody else's: people
 * decide that. */
#define IDENTITY (FIELD_BIT(FIELD_NAME) | FIELD_BIT(FIELD_EMAIL))

#define WAS "was-"		/* before a field's name: what the page showed */

/* One field, and beside it what it is without a change. */
static void
put_field(struct page *p, enum field f, const char *value, const char *had,
    bool wrong)
{
	const char *name = field_name(f);

	page_raw(p, "<label for=\"");
	page_raw(p, name);
	page_raw(p, "\">");
	page_text(p, p->w->field[f]);
	page_raw(p, "</label>\n<input type=\"hidden\" name=\"" WAS);
	page_raw(p, name);
	page_raw(p, "\" value=\"");
	page_text(p, had);
	page_raw(p, "\">\n<p><input type=\"text\" dir=\"auto\" id=\"");
	page_raw(p, name);
	page_raw(p, "\" name=\"");
	page_raw(p, name);
	page_raw(p, "\" value=\"");
	page_text(p, value);
	page_raw(p, wrong ? "\" aria-invalid=\"true\" aria-describedby=\""
	    "wrong\"></p>\n" : "\"></p>\n");
}

/* wrong: fields whose new value cannot be stored. */
static void
ask_correct(struct my *my, const struct field_values *had,
    const struct field_values *v, field_set wrong)
{
	struct page p;

	my_begin(my, &p, wrong != 0 ? 422 : 200, my->m->correct_title);
	page_element(&p, "p", my->m->correct_text);
	if (wrong != 0) {
		page_raw(&p, "<p class=\"wrong\" role=\"alert\" id=\"wrong\">");
		page_text(&p, my->m->value_wrong);
		page_raw(&p, "</p>\n");
	}
	my_form(my, &p);
	for (int f = 1; f <= FIELD_COUNT; f++)
		put_field(&p, (enum field)f, v->v[f], had->v[f],
		    (wrong & FIELD_BIT(f)) != 0);
	page_raw(&p, "<button name=\"act\" value=\"save\">");
	page_text(&p, my->m->save);
	page_raw(&p, "</button></form>\n");
	my_button(my, &p, "", my->m->back, true);
	my_page_end(my, &p);
}

/* It was left as the page showed it, whatever the registration says by now. */
static bool
left_alone(struct my *my, enum field f, const char *value)
{
	char name[32], was[FIELD_VALUE_MAX + 1];
	bool same;

	snprintf(name, sizeof(name), WAS "%s", field_name(f));
	same = http_form(my->c->in, name, was, sizeof(was)) == BW_OK &&
	    strcmp(was, value) == 0;
	explicit_bzero(was, sizeof(was));
	return same;
}

/* Nobody is without a name or an address. */
static bool
may_be(enum field f, const char *value, const char *had)
{
	char mail[ABOUT_MAIL_MAX];
	bool ok;

	if (value[0] == 0)
		return had[0] == 0 || (IDENTITY & FIELD_BIT(f)) == 0;
	ok = field_value_ok(value, strlen(value)) && (f != FIELD_EMAIL ||
	    about_mail(value, mail) == BW_OK);
	explicit_bzero(mail, sizeof(mail));
	return ok;
}

/* What the form says; one that cannot be is in *wrong. */
static field_set
typed(struct my *my, const struct field_values *had,
    struct field_values *out, field_set *wrong)
{
	field_set changed = 0;

	*out = *had;
	*wrong = 0;
	for (int f = 1; f <= FIELD_COUNT; f++) {
		char *v = out->v[f];
		bw_err r = http_form(my->c->in, field_name((enum field)f), v,
		    FIELD_VALUE_MAX + 1);

		if (r == BW_ERR_NOTFOUND || (r == BW_OK &&
		    left_alone(my, (enum field)f, v)))
			memcpy(v, had->v[f], sizeof(out->v[f]));
		else if (r != BW_OK || !may_be((enum field)f, v, had->v[f]))
			*wrong |= FIELD_BIT(f);
		if (strcmp(v, had->v[f]) != 0)
			changed |= FIELD_BIT(f);
	}
	return changed;
}

static bw_err
correct(struct my *my, const struct field_values *v, field_set changed)
{
	bw_err r = my_case(my, CASE_CORRECTION, NULL);

	for (int f = 1; f <= FIELD_COUNT && r == BW_OK; f++)
		if ((changed & FIELD_BIT(f)) != 0)
			r = right_correct(my->c->store, my->reg,
			    (enum field)f, v->v[f], MY_ACTOR, my->c->now);
	return r == BW_OK ? my_case_done(my) : r;
}

static bw_err
wish(struct my *my, const struct field_values *v, field_set changed)
{
	char text[2 * (FIELD_VALUE_MAX + 16)];
	bool both = (changed & IDENTITY) == IDENTITY;
	bw_err r = my_case(my, CASE_CORRECTION, NULL);

	snprintf(text, sizeof(text), "%s%s%s%s%s",
	    (changed & FIELD_BIT(FIELD_NAME)) != 0 ? "name: " : "",
	    (changed & FIELD_BIT(FIELD_NAME)) != 0 ? v->v[FIELD_NAME] : "",
	    both ? "; " : "",
	    (changed & FIELD_BIT(FIELD_EMAIL)) != 0 ? "email: " : "",
	    (changed & FIELD_BIT(FIELD_EMAIL)) != 0 ? v->v[FIELD_EMAIL] : "");
	if (r == BW_OK)
		r = case_wish(my->c->store, my->case_num, text, MY_ACTOR,
		    my->c->now);
	if (r == BW_OK)
		r = case_mail(my->c->store, my->case_num, LETTER_RECEIVED,
		    my->c->now);
	explicit_bzero(text, sizeof(text));
	return r;
}

static bw_err
put(struct my *my, const struct field_values *v, field_set changed)
{
	field_set plain = changed & (field_set)~IDENTITY;
	bw_err r;

	if (changed == 0)
		return BW_OK;
	if ((r = store_begin(my->c->store)) != BW_OK)
		return r;
	if (plain != 0)
		r = correct(my, v, plain);
	if (r == BW_OK && (changed & IDENTITY) != 0)
		r = wish(my, v, changed);
	return my_end(my, r, (changed & IDENTITY) != 0 ? my->m->wished :
	    my->m->corrected);
}

void
my_correct(struct my *my, bool ask)
{
	struct registration reg;
	struct field_values new;
	field_set changed, wrong = 0;
	bw_err r = store_registration_get(my->c->store, my->reg, &reg);

	if (r == BW_OK && ask)
		ask_correct(my, &reg.values, &reg.values, 0);
	else if (r == BW_OK) {
		changed = typed(my, &reg.values, &new, &wrong);
		if (wrong != 0)
			ask_correct(my, &reg.values, &new, wrong);
		else if ((r = put(my, &new, changed)) == BW_OK)
			my_all(my);
	}
	if (r != BW_OK)
		my_failed(my->c, r);
	explicit_bzero(&reg, sizeof(reg));
	explicit_bzero(&new, sizeof(new));
}
