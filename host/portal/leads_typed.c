// SPDX-License-Identifier: Apache-2.0
#include "host/portal/leads_typed.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/lead_answers.h"

#define TAGS \
	(sizeof(((struct note *)0)->tag) / sizeof(((struct note *)0)->tag[0]))
#define ANSWERS \
	(sizeof(((struct note *)0)->answer) / sizeof(struct note_answer))
#define NAME_SIZE (TEXT_ID_MAX + 8)

void
leads_typed_from(const struct note *n, struct leads_typed *t)
{
	size_t at = 0;

	memset(t, 0, sizeof(*t));
	t->note = *n;
	for (size_t i = 0; i < n->ntags; i++)
		at += (size_t)snprintf(t->tags + at, sizeof(t->tags) - at,
		    "%s%s", i != 0 ? ", " : "", n->tag[i]);
	snprintf(t->text, sizeof(t->text), "%s", n->text);
}

bool
leads_typed_faults(const struct leads_typed *t)
{
	return t->rating_fault != NULL || t->tags_fault != NULL ||
	    t->answers_fault != NULL || t->text_fault != NULL;
}

static bool
has_tag(const struct note *n, const char *tag)
{
	for (size_t i = 0; i < n->ntags; i++)
		if (strcmp(n->tag[i], tag) == 0)
			return true;
	return false;
}

static bool
add_tag(struct note *n, const char *tag, size_t len)
{
	char one[sizeof(n->tag[0])];

	while (len != 0 && *tag == ' ') {
		tag++;
		len--;
	}
	while (len != 0 && tag[len - 1] == ' ')
		len--;
	if (len >= sizeof(one))
		return false;
	memcpy(one, tag, len);
	one[len] = 0;
	if (len == 0 || has_tag(n, one))
		return true;
	if (n->ntags == TAGS)
		return false;
	memcpy(n->tag[n->ntags++], one, len + 1);
	return true;
}

bool
leads_typed_tags(const char *text, struct note *n)
{
	bool ok = true;

	n->ntags = 0;
	memset(n->tag, 0, sizeof(n->tag));
	for (; ok; text++) {
		size_t len = strcspn(text, ",");

		ok = add_tag(n, text, len);
		text += len;
		if (*text == 0)
			break;
	}
	return ok;
}

static void
read_rating(const struct call *c, struct leads_typed *t)
{
	char text[8];
	bw_err r = http_form(c->in, "rating", text, sizeof(text));

	if (r == BW_ERR_NOTFOUND)
		return;
	if (r == BW_OK && text[0] == 0)
		t->note.rating = -1;
	else if (r == BW_OK && text[0] >= '0' && text[0] <= '5' &&
	    text[1] == 0)
		t->note.rating = text[0] - '0';
	else
		t->rating_fault = N_("Choose one of these.");
}

/* Tags that were left as they stood are left alone: a program's or a booth's
 * may hold a comma. */
static void
read_tags(const struct call *c, struct leads_typed *t)
{
	char stood[TYPED_TAGS_MAX];
	bw_err r;

	memcpy(stood, t->tags, sizeof(stood));
	r = http_form(c->in, "tags", t->tags, sizeof(t->tags));
	if (r == BW_ERR_NOTFOUND)
		memcpy(t->tags, stood, sizeof(stood));
	else if (r == BW_OK && strcmp(t->tags, stood) == 0)
		return;
	else if (r != BW_OK || !text_is_clean(t->tags, strlen(t->tags)) ||
	    !leads_typed_tags(t->tags, &t->note))
		t->tags_fault = N_("At most 16 tags of 40 characters, with "
		    "commas between them.");
}

/* Line ends as one character; nothing else that is no text. */
static bool
tidy(char *s)
{
	char *to = s;

	if (!text_is_utf8(s, strlen(s)))
		return false;
	for (; *s != 0; s++)
		if (*s == '\n' || *s == '\t' || (unsigned char)*s >= 0x20)
			*to++ = *s;
	*to = 0;
	return true;
}

static void
read_text(const struct call *c, struct leads_typed *t)
{
	bw_err r = http_form(c->in, "text", t->text, sizeof(t->text));

	if (r == BW_ERR_NOTFOUND)
		snprintf(t->text, sizeof(t->text), "%s", t->note.text);
	else if (r != BW_OK || !tidy(t->text) ||
	    strlen(t->text) >= sizeof(t->note.text))
		t->text_fault = N_("The note is too long: at most 1,000 "
		    "characters, fewer with accents.");
	else
		memcpy(t->note.text, t->text, strlen(t->text) + 1);
}

static int
by_key(const void *a, const void *b)
{
	const struct note_answer *p = a, *q = b;
	size_t m = strlen(p->question), n = strlen(q->question);

	return m != n ? (m < n ? -1 : 1) : memcmp(p->question, q->question, m);
}

/* Its place; n->nanswers: there is none. */
static size_t
find_answer(const struct note *n, const char *question)
{
	size_t i = 0;

	while (i < n->nanswers && strcmp(n->answer[i].question, question) != 0)
		i++;
	return i;
}

static void
drop_answer(struct note *n, size_t at)
{
	struct note_answer *a = &n->answer[at];

	n->nanswers--;
	memmove(a, a + 1, (n->nanswers - at) * sizeof(*a));
	memset(&n->answer[n->nanswers], 0, sizeof(*a));
}

static bool
set_answer(struct note *n, const char *question, const char *answer)
{
	size_t at = find_answer(n, question);
	struct note_answer *a = &n->answer[at];

	if (answer[0] == 0) {
		if (at < n->nanswers)
			drop_answer(n, at);
		return true;
	}
	if (at == ANSWERS)
		return false;
	n->nanswers += at == n->nanswers;
	snprintf(a->question, sizeof(a->question), "%s", question);
	snprintf(a->answer, sizeof(a->answer), "%s", answer);
	return true;
}

bw_err
leads_policy(const struct call *c, const struct leadlist_lead *l,
    struct policy **out)
{
	*out = calloc(1, sizeof(**out));
	return *out == NULL ? BW_ERR_NOMEM :
	    lead_policy(c->store, sponsor_own(c), l, *out);
}

void
leads_policy_free(struct policy **p)
{
	if (*p != NULL)
		policy_free(*p);
	free(*p);
	*p = NULL;
}

static void
answer_name(const struct policy_question *q, char out[static NAME_SIZE])
{
	snprintf(out, NAME_SIZE, "answer-%s", q->id);
}

static void
refuse_answer(struct leads_typed *t, const char *question, const char *why)
{
	t->answers_fault = why;
	snprintf(t->answer_refused, sizeof(t->answer_refused), "%s", question);
}

static void
read_answers(const struct call *c, const struct leadlist_lead *l,
    struct leads_typed *t)
{
	char name[NAME_SIZE], text[sizeof(t->note.answer[0].answer)];
	const struct note_answer *unfit;
	struct policy *p;
	bw_err r = leads_policy(c, l, &p);

	for (size_t i = 0; r == BW_OK && i < p->nquestions; i++) {
		answer_name(&p->question[i], name);
		r = http_form(c->in, name, text, sizeof(text));
		if (r == BW_ERR_NOTFOUND) {
			r = BW_OK;
			continue;
		}
		if (r != BW_OK || !text_is_clean(text, strlen(text)) ||
		    !set_answer(&t->note, p->question[i].id, text))
			refuse_answer(t, p->question[i].id, N_("An answer is "
			    "too long: at most 200 characters, fewer with "
			    "accents."));
		r = BW_OK;
	}
	if (r == BW_OK && (unfit = lead_answers_unfit(p, &l->mark.note,
	    &t->note)) != NULL)
		refuse_answer(t, unfit->question, N_("Choose one of these."));
	qsort(t->note.answer, t->note.nanswers, sizeof(t->note.answer[0]),
	    by_key);
	explicit_bzero(text, sizeof(text));
	leads_policy_free(&p);
}

static unsigned
parts(const struct note *a, const struct note *b)
{
	unsigned set = 0;

	if (a->rating != b->rating)
		set |= MARK_BIT(MARK_RATING);
	if (a->ntags != b->ntags || memcmp(a->tag, b->tag, sizeof(a->tag)) != 0)
		set |= MARK_BIT(MARK_TAGS);
	if (a->nanswers != b->nanswers)
		set |= MARK_BIT(MARK_ANSWERS);
	for (size_t i = 0; i < a->nanswers && i < b->nanswers; i++)
		if (strcmp(a->answer[i].question, b->answer[i].question) != 0 ||
		    strcmp(a->answer[i].answer, b->answer[i].answer) != 0)
			set |= MARK_BIT(MARK_ANSWERS);
	if (strcmp(a->text, b->text) != 0)
		set |= MARK_BIT(MARK_TEXT);
	return set;
}

unsigned
leads_typed_read(const struct call *c, const struct leadlist_lead *l,
    struct leads_typed *t)
{
	char version[24];

	leads_typed_from(&l->mark.note, t);
	form_value(c, "version", version, sizeof(version));
	if (text_number(version, strlen(version), UINT64_MAX >> 1,
	    &t->version) != BW_OK)
		t->version = MARK_ANY - 1;
	read_tags(c, t);
	read_rating(c, t);
	read_answers(c, l, t);
	read_text(c, t);
	return parts(&t->note, &l->mark.note);
}

static void
rating(struct page *p, const struct leads_typed *t)
{
	char value[2] = { (char)(t->note.rating < 0 ? 0 :
	    '0' + t->note.rating), 0 };
	struct form_field f = { .name = "rating", .label = N_("Rating"),
		.value = value, .optional = true, .error = t->rating_fault };
	char one[2] = "5";

	form_select_begin(p, &f);
	form_option(p, &f, "", catalogue_find(p->w->lang, N_("none")));
	for (; one[0] >= (t->note.rating == 0 ? '0' : '1'); one[0]--)
		form_option(p, &f, one, one);
	form_select_end(p, &f);
}

static void
question(struct page *p, struct call *c, const struct policy_question *q,
    const struct leads_typed *t)
{
	size_t at = find_answer(&t->note, q->id);
	const char *fault = strcmp(t->answer_refused, q->id) == 0 ?
	    t->answers_fault : NULL;
	char name[NAME_SIZE];
	struct form_field f = { .name = name, .label = policy_question_text(q, p->w->lang),
		.value = at < t->note.nanswers ? t->note.answer[at].answer :
		"", .optional = true,
		.error = fault, .most = 200,
		.room = sizeof(t->note.answer[0].answer) - 1,
		.typed = t->answers_fault != NULL ? c : NULL };
	bool found = f.value[0] == 0;

	answer_name(q, name);
	if (q->nchoices == 0) {
		form_input(p, &f);
		return;
	}
	form_select_begin(p, &f);
	form_option(p, &f, "", catalogue_find(p->w->lang, N_("none")));
	for (size_t i = 0; i < q->nchoices; i++) {
		form_option(p, &f, q->choice[i], q->choice[i]);
		found |= strcmp(q->choice[i], f.value) == 0;
	}
	if (!found)
		form_option(p, &f, f.value, f.value);
	form_select_end(p, &f);
}

static void
questions(struct page *p, struct call *c, const struct leadlist_lead *l,
    const struct leads_typed *t)
{
	struct policy *policy;
	bw_err r = leads_policy(c, l, &policy);

	for (size_t i = 0; r == BW_OK && i < policy->nquestions; i++)
		question(p, c, &policy->question[i], t);
	leads_policy_free(&policy);
	if (p->r == BW_OK)
		p->r = r;
}

void
leads_typed_form(struct page *p, struct call *c,
    const struct leadlist_lead *l, const struct leads_typed *t,
    const char *action)
{
	char version[24];

	snprintf(version, sizeof(version), "%" PRIu64, l->mark.version);
	form_begin(p, c, action, false);
	form_hidden(p, "version", version);
	rating(p, t);
	form_input(p, &(struct form_field){ .name = "tags",
	    .label = N_("Tags"), .hint = N_("With commas between them."),
	    .value = t->tags, .error = t->tags_fault, .optional = true,
	    .room = TYPED_TAGS_MAX - 1,
	    .typed = t->tags_fault != NULL ? c : NULL });
	questions(p, c, l, t);
	form_area(p, &(struct form_field){ .name = "text",
	    .label = N_("Note"), .value = t->text, .error = t->text_fault,
	    .optional = true, .most = sizeof(t->note.text) - 1,
	    .room = sizeof(t->note.text) - 1,
	    .typed = t->text_fault != NULL ? c : NULL,
	    .hint = N_("The attendee can ask to see what you write here.") }, 4);
	form_end(p, N_("Save"));
}
