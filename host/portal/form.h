/* SPDX-License-Identifier: Apache-2.0 */
/*
 * form.h - forms of the portal: each carries its login's secret and counts
 * once (once_form.h), keeps what was typed when it comes back with an error, and
 * says the error beside the field.
 */
#ifndef HOST_PORTAL_FORM_H
#define HOST_PORTAL_FORM_H

#include "host/portal/layout.h"

#define FORM_MAX 8192u		/* bytes of a body without a file */
#define FORM_TEXTS_MAX (128u * 1024)	/* the same with texts of some lines */

struct form_field {
	const char *name;
	const char *label;		/* English, N_() */
	const char *hint;		/* English or NULL */
	const char *type;		/* NULL: "text" */
	const char *value;		/* or NULL; never a password */
	const char *error;		/* English or NULL */
	const char *complete;		/* autocomplete; NULL: "off" */
	bool optional;
	bool unmarked;			/* optional, which goes without saying */
	unsigned most;			/* characters; 0: not said */
	/* Bytes that the handler takes of what this request brings in the
	 * field: if it brings more, that is shown instead of the value, and
	 * by how much it is too long. */
	unsigned room;
	bool lines;			/* as lines_clean leaves it */
	const struct call *typed;	/* the request; NULL: room is not asked */
};
struct form_choice {
	const char *value, *text;	/* text is English, N_() */
};

/* A form that posts to a path; upload: it carries a file. */
void form_begin(struct page *p, struct call *c, const char *action,
    bool upload);
/* One that asks for a page and changes nothing (GET). */
void form_ask(struct page *p, const char *action);
void form_input(struct page *p, const struct form_field *f);
/* The same for a day, "2026-06-01", in whatever way the browser's language
 * writes dates: as it is typed on every page and shown everywhere, or as
 * when_dotted takes it. Its hint is that; f->hint and f->type are not looked at.
 * The browser is not told the form: it knows one of them, and could not say what
 * is wrong. */
void form_day(struct page *p, const struct form_field *f);
/* The same over some lines. */
void form_area(struct page *p, const struct form_field *f, unsigned rows);
/* A box to tick, which sends this value; f->value is not looked at. */
void form_check(struct page *p, const struct form_field *f,
    const char *value, bool on);
/* The same as input with choices; ends with a value that is NULL. */
void form_select(struct page *p, const struct form_field *f,
    const struct form_choice *choices);
/* Begin and end of one whose choices are values, by form_option. */
void form_select_begin(struct page *p, const struct form_field *f);
void form_option(struct page *p, const struct form_field *f,
    const char *value, const char *text);
/* Around some of these options, under a title, English. */
void form_options_begin(struct page *p, const char *title);
void form_options_end(struct page *p);
void form_select_end(struct page *p, const struct form_field *f);
/* A select of the sponsors of the policy in force; of none, if optional
 * or unmarked. */
void form_sponsor(struct page *p, struct call *c, const struct form_field *f);
void form_hidden(struct page *p, const char *name, const char *value);
/* The button; the form ends. */
void form_end(struct page *p, const char *button);
/* A whole form of one button, for what can be done again or undone. */
void form_button(struct page *p, struct call *c, const char *action,
    const char *button);
/* A button that opens what will happen and the button that does it; word: what
 * must be typed first, for what cannot be undone (NULL: nothing). The handler
 * asks form_confirmed. */
void form_danger(struct page *p, struct call *c, const char *action,
    const char *button, const char *happens, const char *word);
bool form_confirmed(const struct call *c, const char *word);
/* 303 back to the page when it is not: what done says (notices.c) stands on
 * top, and the form is open. of: what stands behind the "#" in the form's
 * action, which tells it from others with the same address; NULL: nothing. */
void form_unconfirmed(struct call *c, const char *page, const char *done,
    const char *of);
/* The same in two steps, between which the form gets its hidden fields. */
void form_danger_begin(struct page *p, struct call *c, const char *action,
    const char *button, const char *happens);
void form_danger_end(struct page *p, const char *button, const char *word);
/* With a sentence that says what the word is, English, with one %s. */
void form_danger_end_as(struct page *p, const char *button,
    const char *sentence, const char *word);

/* Whether what the request brings in the field has room in these bytes. */
bool form_fits(const struct call *c, const char *name, unsigned room);
/* A field of the request, trimmed of blanks at its ends; "" when it is not
 * there. false: it does not fit or is no clean text, and out is "" too: where
 * an empty field means something, it was not that which was typed. */
bool form_value(const struct call *c, const char *name, char *out,
    size_t size);

#endif
