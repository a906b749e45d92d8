// SPDX-License-Identifier: Apache-2.0
#include "host/portal/form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/lines.h"
#include "host/once_form.h"

static void
attribute(struct page *p, const char *name, const char *value)
{
	page_raw(p, " ");
	page_raw(p, name);
	page_raw(p, "=\"");
	page_text(p, value);
	page_raw(p, "\"");
}

void
form_hidden(struct page *p, const char *name, const char *value)
{
	page_raw(p, "<input type=\"hidden\"");
	attribute(p, "name", name);
	attribute(p, "value", value);
	page_raw(p, ">\n");
}

void
form_begin(struct page *p, struct call *c, const char *action, bool upload)
{
	page_raw(p, "<form method=\"post\"");
	attribute(p, "action", action);
	page_raw(p, upload ? " enctype=\"multipart/form-data\">\n" : ">\n");
	if (c->me == NULL || c->me->csrf[0] == 0)
		return;
	form_hidden(p, PERSON_CSRF_FIELD, c->me->csrf);
	once_put(p);
}

void
form_ask(struct page *p, const char *action)
{
	page_raw(p, "<form method=\"get\"");
	attribute(p, "action", action);
	page_raw(p, ">\n");
}

/* Before the control: its label. */
static void
label(struct page *p, const struct form_field *f)
{
	page_raw(p, "<div class=\"field\">\n<label");
	attribute(p, "for", f->name);
	page_raw(p, ">");
	say(p, f->label);
	if (f->optional) {
		page_raw(p, " <span class=\"optional\">");
		say(p, N_("(optional)"));
		page_raw(p, "</span>");
	}
	page_raw(p, "</label>\n");
}

/* What was typed and did not fit, so that nobody loses it. */
struct excess {
	char *text;		/* NULL: it fits */
	uint64_t over;		/* characters behind those that fit */
};

static void
excess_free(struct excess *e)
{
	if (e->text != NULL)
		explicit_bzero(e->text, strlen(e->text));
	free(e->text);
	e->text = NULL;
}

/* Not the first byte of a character. */
static bool
within(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

static struct excess
excess_of(const struct form_field *f)
{
	struct excess e = { NULL, 0 };
	size_t n, at;

	if (f->typed == NULL || f->typed->in->body_len <= f->room ||
	    (e.text = malloc(f->typed->in->body_len + 1)) == NULL)
		return e;
	e.text[0] = 0;
	if (http_form(f->typed->in, f->name, e.text,
	    f->typed->in->body_len + 1) != BW_OK ||
	    !text_is_utf8(e.text, strlen(e.text)) || (n = f->lines ?
	    lines_clean(e.text) : strlen(e.text)) <= f->room) {
		excess_free(&e);
		return e;
	}
	/* The one that is cut by the end does not fit. */
	for (at = f->room; at > 0 && within(e.text[at]); at--)
		;
	for (; at < n; at++)
		e.over += !within(e.text[at]);
	return e;
}

/* What both kinds of control have: names, and where hint and error stand. */
static void
common(struct page *p, const struct form_field *f)
{
	attribute(p, "id", f->name);
	attribute(p, "name", f->name);
	if (f->hint != NULL || f->error != NULL) {
		page_raw(p, " aria-describedby=\"");
		if (f->error != NULL) {
			page_text(p, f->name);
			page_raw(p, "-error ");
		}
		if (f->hint != NULL) {
			page_text(p, f->name);
			page_raw(p, "-hint");
		}
		page_raw(p, "\"");
	}
	if (f->error != NULL)
		page_raw(p, " aria-invalid=\"true\"");
	if (!f->optional && !f->unmarked)
		page_raw(p, " required");
}

static void
error(struct page *p, const struct form_field *f, uint64_t over)
{
	page_raw(p, "<p class=\"error\" id=\"");
	page_text(p, f->name);
	page_raw(p, "-error\">");
	if (over != 0)
		say_count(p, N_("This text is too long by %s character."),
		    N_("This text is too long by %s characters."), over);
	else
		say(p, f->error);
	page_raw(p, "</p>\n");
}

/* After the control; over: by how many characters it is too long. */
static void
beside(struct page *p, const struct form_field *f, uint64_t over)
{
	if (f->error != NULL)
		error(p, f, over);
	if (f->hint != NULL) {
		page_raw(p, "<p class=\"hint\" id=\"");
		page_text(p, f->name);
		page_raw(p, "-hint\">");
		say(p, f->hint);
		page_raw(p, "</p>\n");
	}
	page_raw(p, "</div>\n");
}

/* The field as it is shown. */
static const struct form_field *
with(struct form_field *f, const struct excess *e)
{
	if (e->text != NULL) {
		f->value = e->text;
		f->error = "";
	}
	return f;
}

void
form_input(struct page *p, const struct form_field *f)
{
	struct form_field own = *f;
	struct excess e = excess_of(f);
	char most[16];

	f = with(&own, &e);
	label(p, f);
	page_raw(p, "<input class=\"form-control\"");
	attribute(p, "type", f->type != NULL ? f->type : "text");
	common(p, f);
	attribute(p, "autocomplete", f->complete != NULL ? f->complete :
	    "off");
	if (f->most != 0) {
		snprintf(most, sizeof(most), "%u", f->most);
		attribute(p, "maxlength", most);
	}
	if (f->value != NULL)
		attribute(p, "value", f->value);
	page_raw(p, ">\n");
	beside(p, f, e.over);
	excess_free(&e);
}

void
form_day(struct page *p, const struct form_field *f)
{
	struct form_field own = *f;

	own.type = NULL;
	own.hint = f->optional ? N_("A day like 2026-06-01; may be empty") :
	    N_("A day like 2026-06-01");
	own.most = 10;
	form_input(p, &own);
}

/* A line end behind the tag is not of the value. */
void
form_area(struct page *p, const struct form_field *f, unsigned rows)
{
	struct form_field own = *f;
	struct excess e = excess_of(f);
	char text[16];

	f = with(&own, &e);
	label(p, f);
	page_raw(p, "<textarea class=\"form-control\"");
	common(p, f);
	snprintf(text, sizeof(text), "%u", rows);
	attribute(p, "rows", text);
	if (f->most != 0) {
		snprintf(text, sizeof(text), "%u", f->most);
		attribute(p, "maxlength", text);
	}
	page_raw(p, " autocomplete=\"off\" spellcheck=\"false\">\n");
	page_text(p, f->value != NULL ? f->value : "");
	page_raw(p, "</textarea>\n");
	beside(p, f, e.over);
	excess_free(&e);
}

void
form_check(struct page *p, const struct form_field *f, const char *value,
    bool on)
{
	page_raw(p, "<div class=\"form-check\">\n<input class=\""
	    "form-check-input\" type=\"checkbox\" id=\"");
	page_text(p, f->name);
	page_raw(p, "-");
	page_text(p, value);
	page_raw(p, "\"");
	attribute(p, "name", f->name);
	attribute(p, "value", value);
	page_raw(p, on ? " checked>\n<label class=\"form-check-label\" for=\"" :
	    ">\n<label class=\"form-check-label\" for=\"");
	page_text(p, f->name);
	page_raw(p, "-");
	page_text(p, value);
	page_raw(p, "\">");
	say(p, f->label);
	page_raw(p, "</label>\n</div>\n");
}

void
form_select_begin(struct page *p, const struct form_field *f)
{
	label(p, f);
	page_raw(p, "<select class=\"form-select\"");
	common(p, f);
	page_raw(p, ">\n");
}

void
form_option(struct page *p, const struct form_field *f, const char *value,
    const char *text)
{
	page_raw(p, "<option");
	attribute(p, "value", value);
	if (f->value != NULL && strcmp(f->value, value) == 0)
		page_raw(p, " selected");
	page_raw(p, ">");
	page_text(p, text);
	page_raw(p, "</option>\n");
}

void
form_options_begin(struct page *p, const char *title)
{
	page_raw(p, "<optgroup");
	attribute(p, "label", catalogue_find(p->w->lang, title));
	page_raw(p, ">\n");
}

void
form_options_end(struct page *p)
{
	page_raw(p, "</optgroup>\n");
}

void
form_select_end(struct page *p, const struct form_field *f)
{
	page_raw(p, "</select>\n");
	beside(p, f, 0);
}

void
form_select(struct page *p, const struct form_field *f,
    const struct form_choice *choices)
{
	form_select_begin(p, f);
	for (; choices->value != NULL; choices++)
		form_option(p, f, choices->value,
		    catalogue_find(p->w->lang, choices->text));
	form_select_end(p, f);
}

struct choosing {
	struct page *p;
	const struct form_field *f;
};

static bw_err
sponsor_option(void *arg, const char *id, const char *name)
{
	const struct choosing *s = arg;

	form_option(s->p, s->f, id, name);
	return s->p->r;
}

void
form_sponsor(struct page *p, struct call *c, const struct form_field *f)
{
	struct choosing s = { p, f };
	bw_err r;

	form_select_begin(p, f);
	if (f->optional || f->unmarked)
		form_option(p, f, "", "–");
	r = store_sponsor_each(c->store, sponsor_option, &s);
	form_select_end(p, f);
	if (p->r == BW_OK)
		p->r = r;
}

static void
button(struct page *p, const char *kind, const char *text)
{
	page_raw(p, "<button class=\"btn ");
	page_raw(p, kind);
	page_raw(p, "\">");
	say(p, text);
	page_raw(p, "</button>\n</form>\n");
}

void
form_end(struct page *p, const char *text)
{
	button(p, "btn-primary", text);
}

void
form_button(struct page *p, struct call *c, const char *action,
    const char *text)
{
	form_begin(p, c, action, false);
	button(p, "btn-outline-secondary btn-sm", text);
}

/* Its word was not typed right, and this is the page again. */
static bool
was_unconfirmed(const struct call *c, const char *action)
{
	char open[STRICT_TARGET_MAX + 1];

	return http_param(c->in, "open", open, sizeof(open)) == BW_OK &&
	    strcmp(open, action) == 0;
}

void
form_danger_begin(struct page *p, struct call *c, const char *action,
    const char *text, const char *happens)
{
	page_raw(p, was_unconfirmed(c, action) ?
	    "<details class=\"danger\" open>\n<summary>" :
	    "<details class=\"danger\">\n<summary>");
	say(p, text);
	page_raw(p, "</summary>\n");
	say_in(p, "p", happens);
	form_begin(p, c, action, false);
}

void
form_danger_end_as(struct page *p, const char *text, const char *sentence,
    const char *word)
{
	page_raw(p, "<label>");
	say_value(p, sentence, word);
	page_raw(p, "<input class=\"form-control\" name=\"confirm\" "
	    "autocomplete=\"off\" required></label>\n");
	form_danger_end(p, text, NULL);
}

void
form_danger_end(struct page *p, const char *text, const char *word)
{
	if (word != NULL) {
		form_danger_end_as(p, text, N_("To do this, type %s"), word);
		return;
	}
	button(p, "btn-danger", text);
	page_raw(p, "</details>\n");
}

void
form_danger(struct page *p, struct call *c, const char *action,
    const char *text, const char *happens, const char *word)
{
	form_danger_begin(p, c, action, text, happens);
	form_danger_end(p, text, word);
}

bool
form_confirmed(const struct call *c, const char *word)
{
	char given[64];

	form_value(c, "confirm", given, sizeof(given));
	return strcmp(given, word) == 0;
}

void
form_unconfirmed(struct call *c, const char *page, const char *done,
    const char *of)
{
	char to[2 * STRICT_TARGET_MAX];

	snprintf(to, sizeof(to), "%s?done=%s&open=%s%s%s", page, done,
	    c->in->path, of != NULL ? "%23" : "", of != NULL ? of : "");
	http_go(c->out, to);
}

bool
form_fits(const struct call *c, const char *name, unsigned room)
{
	struct excess e = excess_of(&(struct form_field){ .name = name,
	    .room = room, .typed = c });
	bool fits = e.text == NULL;

	excess_free(&e);
	return fits;
}

bool
form_value(const struct call *c, const char *name, char *out, size_t size)
{
	bw_err r = http_form(c->in, name, out, size);
	bool fine = r == BW_ERR_NOTFOUND ||
	    (r == BW_OK && text_is_clean(out, strlen(out)));
	size_t from, len;

	if (!fine)
		out[0] = 0;
	from = strspn(out, " ");
	len = strlen(out + from);
	memmove(out, out + from, len + 1);
	while (len > 0 && out[len - 1] == ' ')
		out[--len] = 0;
	return fine;
}
