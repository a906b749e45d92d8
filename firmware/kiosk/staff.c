// SPDX-License-Identifier: Apache-2.0
#include "kiosk/staff.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/staff_keys.h"

void
staff_list_add(struct staff_list *l, const struct staff_share *s)
{
	if (l->n == STAFF_SHARES)
		l->n--;
	memmove(&l->share[1], &l->share[0], l->n * sizeof(l->share[0]));
	l->share[0] = *s;
	l->n++;
}

void
staff_list_drop(struct staff_list *l, uint64_t seq)
{
	size_t kept = 0;

	for (size_t i = 0; i < l->n; i++)
		if (l->share[i].seq != seq)
			l->share[kept++] = l->share[i];
	l->n = kept;
}

void
staff_list_age(struct staff_list *l, int64_t now)
{
	while (l->n > 0 && now - l->share[l->n - 1].since > STAFF_SHARE_MS)
		l->n--;
}

const char *
staff_tag(size_t i)
{
	static const char *const tags[STAFF_TAGS] = { "call-back",
		"send-information", "meeting", "quote", "partner", "press" };

	return tags[i];
}

/* The number behind "share:" in "share:3", below n; -1: it is another name. */
static int
number(const char *widget, const char *head, size_t n)
{
	size_t len = strlen(head);
	unsigned long i;
	char *end;

	if (strncmp(widget, head, len) != 0 || widget[len] == 0)
		return -1;
	i = strtoul(widget + len, &end, 10);
	return *end == 0 && i < n ? (int)i : -1;
}

static bool
is(const char *widget, const char *name)
{
	return strcmp(widget, name) == 0;
}

static enum staff_want
turn(struct staff *s, enum staff_page page)
{
	s->page = page;
	s->failed = s->symbols = false;
	return STAFF_TURN;
}

static enum staff_want
use_pin(struct staff *s, const char *widget)
{
	size_t n = strlen(s->pin);
	int digit = number(widget, "pin:", 10);

	if (is(widget, "done"))
		return STAFF_LEAVE;
	if (is(widget, "pin:ok"))
		return STAFF_TRY_PIN;
	if (is(widget, "pin:clear"))
		explicit_bzero(s->pin, sizeof(s->pin));
	else if (digit < 0)
		return STAFF_IGNORE;
	else if (n < PIN_DIGITS_MAX)
		s->pin[n] = (char)('0' + digit);
	s->wrong = false;
	return STAFF_STAY;
}

static enum staff_want
use_home(struct staff *s, const char *widget)
{
	if (is(widget, "done"))
		return STAFF_LEAVE;
	if (is(widget, "day") && !s->facts.over)
		return STAFF_DAY;
	if (is(widget, "anew") && s->facts.over)
		return turn(s, STAFF_ANEW);
	if (is(widget, "leads"))
		return turn(s, STAFF_LEADS);
	return STAFF_IGNORE;
}

static enum staff_want
use_anew(struct staff *s, const char *widget)
{
	if (is(widget, "back"))
		return turn(s, STAFF_HOME);
	return is(widget, "anew:yes") ? STAFF_ENROL : STAFF_IGNORE;
}

static void
new_card(struct staff *s, const struct staff_share *of)
{
	s->share = *of;
	s->rating = 0;
	s->tags = 0;
	explicit_bzero(s->text, sizeof(s->text));
}

static enum staff_want
use_leads(struct staff *s, const struct staff_list *l, const char *widget)
{
	int i = number(widget, "share:", l->n);

	if (is(widget, "back"))
		return turn(s, STAFF_HOME);
	if (i < 0)
		return STAFF_IGNORE;
	new_card(s, &l->share[i]);
	return turn(s, STAFF_CARD);
}

static enum staff_want
write_on(struct staff *s, unsigned question)
{
	s->question = question;
	s->shift = s->text[question][0] == 0;
	return turn(s, STAFF_TEXT);
}

static enum staff_want
use_card(struct staff *s, const struct policy *p, const char *widget)
{
	int i = number(widget, "ask:", p != NULL ? p->nquestions : 0);

	if (is(widget, "back"))
		return turn(s, STAFF_LEADS);
	if (is(widget, "rating"))
		return turn(s, STAFF_RATING);
	if (is(widget, "tags"))
		return turn(s, STAFF_TAGGING);
	if (is(widget, "note"))
		return write_on(s, STAFF_NOTE);
	if (is(widget, "save"))
		return staff_has_note(s) ? STAFF_SAVE : STAFF_IGNORE;
	if (i < 0 || p == NULL)
		return STAFF_IGNORE;
	if (p->question[i].nchoices == 0)
		return write_on(s, (unsigned)i);
	s->question = (unsigned)i;
	return turn(s, STAFF_ANSWER);
}

/* Choosing what is chosen takes it back. */
static enum staff_want
use_rating(struct staff *s, const char *widget)
{
	int i = number(widget, "rate:", 6);

	if (i >= 1)
		s->rating = i != s->rating ? i : 0;
	else if (!is(widget, "back"))
		return STAFF_IGNORE;
	return turn(s, STAFF_CARD);
}

static enum staff_want
use_tags(struct staff *s, const char *widget)
{
	int i = number(widget, "tag:", STAFF_TAGS);

	if (is(widget, "back"))
		return turn(s, STAFF_CARD);
	if (i < 0)
		return STAFF_IGNORE;
	s->tags ^= 1u << i;
	return STAFF_STAY;
}

static enum staff_want
use_answer(struct staff *s, const struct policy *p, const char *widget)
{
	const struct policy_question *q;
	char *text = s->text[s->question];
	int i;

	if (is(widget, "back"))
		return turn(s, STAFF_CARD);
	if (p == NULL || s->question >= p->nquestions)
		return STAFF_IGNORE;
	q = &p->question[s->question];
	if ((i = number(widget, "choice:", q->nchoices)) < 0)
		return STAFF_IGNORE;
	if (strcmp(text, q->choice[i]) == 0)
		text[0] = 0;
	else
		memcpy(text, q->choice[i], strlen(q->choice[i]) + 1);
	return turn(s, STAFF_CARD);
}

static void
erase_one(char *text)
{
	size_t n = strlen(text);

	while (n > 0 && ((uint8_t)text[n - 1] & 0xc0) == 0x80)
		text[--n] = 0;
	if (n > 0)
		text[n - 1] = 0;
}

static void
append(struct staff *s, const char *what)
{
	size_t most = s->question == STAFF_NOTE ? STAFF_TEXT_MAX :
	    STAFF_ANSWER_MAX;
	char *text = s->text[s->question];
	size_t n = strlen(text), more = strlen(what);

	if (n + more <= most)
		memcpy(text + n, what, more + 1);
	s->shift = false;
}

static enum staff_want
use_text(struct staff *s, const char *lang, const char *widget)
{
	char key[STAFF_KEY_MAX];
	unsigned row, column;
	char rest;

	if (is(widget, "back"))
		return turn(s, STAFF_CARD);
	if (is(widget, "key:shift"))
		s->shift = !s->shift;
	else if (is(widget, "key:symbols"))
		s->symbols = !s->symbols;
	else if (is(widget, "key:space"))
		append(s, " ");
	else if (is(widget, "key:erase"))
		erase_one(s->text[s->question]);
	else if (sscanf(widget, "key:%1u.%2u%c", &row, &column, &rest) == 2 &&
	    staff_key(lang, s->symbols, s->shift, row, column, key))
		append(s, key);
	else
		return STAFF_IGNORE;
	return STAFF_STAY;
}

enum staff_want
staff_use(struct staff *s, const struct staff_list *l,
    const struct policy *p, const char *lang, const char *widget)
{
	switch (s->page) {
	case STAFF_PIN:
		return use_pin(s, widget);
	case STAFF_HOME:
		return use_home(s, widget);
	case STAFF_ANEW:
		return use_anew(s, widget);
	case STAFF_LEADS:
		return use_leads(s, l, widget);
	case STAFF_CARD:
		return use_card(s, p, widget);
	case STAFF_RATING:
		return use_rating(s, widget);
	case STAFF_TAGGING:
		return use_tags(s, widget);
	case STAFF_ANSWER:
		return use_answer(s, p, widget);
	case STAFF_TEXT:
		return use_text(s, lang, widget);
	}
	return STAFF_IGNORE;
}

bool
staff_has_note(const struct staff *s)
{
	bool any = s->rating != 0 || s->tags != 0;

	for (size_t i = 0; i <= POLICY_QUESTIONS; i++)
		any = any || s->text[i][0] != 0;
	return any;
}

/* Shorter keys come first, then by bytes (FORMATS.md). */
static int
by_key(const void *a, const void *b)
{
	const struct note_answer *x = a, *y = b;
	size_t lx = strlen(x->question), ly = strlen(y->question);

	if (lx != ly)
		return lx < ly ? -1 : 1;
	return strcmp(x->question, y->question);
}

void
staff_note(const struct staff *s, const struct policy *p, struct note *out)
{
	memset(out, 0, sizeof(*out));
	out->rating = s->rating != 0 ? s->rating : -1;
	for (size_t i = 0; i < STAFF_TAGS; i++)
		if ((s->tags & 1u << i) != 0)
			strcpy(out->tag[out->ntags++], staff_tag(i));
	for (size_t i = 0; p != NULL && i < p->nquestions; i++) {
		struct note_answer *a = &out->answer[out->nanswers];

		if (s->text[i][0] == 0)
			continue;
		memcpy(a->question, p->question[i].id, sizeof(a->question));
		snprintf(a->answer, sizeof(a->answer), "%.*s",
		    STAFF_ANSWER_MAX, s->text[i]);
		out->nanswers++;
	}
	qsort(out->answer, out->nanswers, sizeof(out->answer[0]), by_key);
	memcpy(out->text, s->text[STAFF_NOTE], sizeof(out->text));
}
