// SPDX-License-Identifier: Apache-2.0
/* What a sponsor's program says of a lead: rating, tags, answers, a note. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/api/api.h"
#include "host/audit.h"
#include "host/lead_answers.h"
#include "host/route.h"

/* Clean text; of several lines where these may be. */
static bool
take_string(const json_t *v, bool lines, char *out, size_t size)
{
	size_t len = json_string_length(v);
	const char *p = json_string_value(v);

	if (p == NULL || len >= size)
		return false;
	while (*p != 0) {
		size_t n = lines ? strcspn(p, "\n") : strlen(p);

		if (!text_is_clean(p, n))
			return false;
		p += n + (p[n] != 0);
	}
	memcpy(out, json_string_value(v), len + 1);
	return true;
}

static bool
take_rating(const json_t *v, struct note *n)
{
	n->rating = -1;
	if (json_is_null(v))
		return true;
	if (!json_is_integer(v) || json_integer_value(v) < 0 ||
	    json_integer_value(v) > 5)
		return false;
	n->rating = (int)json_integer_value(v);
	return true;
}

static bool
take_tags(const json_t *v, struct note *n)
{
	size_t most = sizeof(n->tag) / sizeof(n->tag[0]);

	if (!json_is_array(v) || json_array_size(v) > most)
		return false;
	for (n->ntags = 0; n->ntags < json_array_size(v); n->ntags++)
		if (!take_string(json_array_get(v, n->ntags),
		    false, n->tag[n->ntags], sizeof(n->tag[0])) ||
		    n->tag[n->ntags][0] == 0)
			return false;
	return true;
}

/* As CBOR sorts keys: the shorter first. */
static int
compare(const void *a, const void *b)
{
	const struct note_answer *x = a, *y = b;
	size_t nx = strlen(x->question), ny = strlen(y->question);

	return nx != ny ? (nx < ny ? -1 : 1) :
	    strcmp(x->question, y->question);
}

static bool
take_answers(json_t *v, struct note *n)
{
	size_t most = sizeof(n->answer) / sizeof(n->answer[0]);
	const char *key;
	json_t *one;

	if (!json_is_object(v) || json_object_size(v) > most)
		return false;
	n->nanswers = 0;
	json_object_foreach(v, key, one) {
		struct note_answer *a = &n->answer[n->nanswers++];

		if (!text_is_id(key, strlen(key)) ||
		    !take_string(one, false, a->answer, sizeof(a->answer)))
			return false;
		memcpy(a->question, key, strlen(key) + 1);
	}
	qsort(n->answer, n->nanswers, sizeof(n->answer[0]), compare);
	return true;
}

static bool
take_text(const json_t *v, struct note *n)
{
	n->text[0] = 0;
	return json_is_null(v) || take_string(v, true, n->text,
	    sizeof(n->text));
}

/* What is wrong, a sentence; NULL: nothing. */
static const char *
take(json_t *o, struct note *n, unsigned *parts)
{
	const char *key;
	json_t *v;

	*n = (struct note){ .rating = -1 };
	*parts = 0;
	json_object_foreach(o, key, v) {
		if (strcmp(key, "rating") == 0) {
			*parts |= MARK_BIT(MARK_RATING);
			if (!take_rating(v, n))
				return "rating is 0 to 5, or null";
		} else if (strcmp(key, "tags") == 0) {
			*parts |= MARK_BIT(MARK_TAGS);
			if (!take_tags(v, n))
				return "tags are at most 16 texts of 40 bytes";
		} else if (strcmp(key, "answers") == 0) {
			*parts |= MARK_BIT(MARK_ANSWERS);
			if (!take_answers(v, n))
				return "answers are at most 16 texts of 200 "
				    "bytes, by the question's id";
		} else if (strcmp(key, "note") == 0) {
			*parts |= MARK_BIT(MARK_TEXT);
			if (!take_text(v, n))
				return "note is a text of at most 1000 bytes, "
				    "or null";
		} else
			return "rating, tags, answers and note can be "
			    "changed, nothing else";
	}
	return *parts != 0 ? NULL : "there is nothing to change";
}

/* If-Match: "*", a lead's ETag, or its version in quotes. */
static bool
take_match(struct call *c, uint64_t *expect)
{
	const char *m = strict_value(c->in->head, "If-Match");
	size_t len;

	*expect = MARK_ANY;
	if (m == NULL) {
		http_error(c->out, 428, "send If-Match with the ETag of the "
		    "lead that you have seen, or *");
		return false;
	}
	if (strcmp(m, "*") == 0)
		return true;
	len = m[0] == '"' ? strcspn(m + 1, "-\"") : 0;
	if (len != 0 && text_number(m + 1, len, UINT64_MAX - 1, expect) ==
	    BW_OK)
		return true;
	http_error(c->out, 412, "If-Match is no ETag of a lead");
	return false;
}

/* false: the answer says which question is not the policy's, or has another
 * choice; never what was answered. */
static bool
asked(struct call *c, const struct policy *p, const struct leadlist_lead *l,
    const struct note *n)
{
	const struct note_answer *a = lead_answers_unfit(p, &l->mark.note, n);
	char why[TEXT_ID_MAX + 80];

	if (a == NULL)
		return true;
	snprintf(why, sizeof(why), lead_question(p, a->question) == NULL ?
	    "answers: the lead's policy asks no \"%s\"" :
	    "answers: that is none of the choices of \"%s\"", a->question);
	http_error(c->out, 422, why);
	return false;
}

/* Whether the lead's policy has what is answered. false: the answer is made. */
static bool
answers_fit(struct call *c, const struct note *n)
{
	struct leadlist_lead *l = calloc(1, sizeof(*l));
	struct policy *p = calloc(1, sizeof(*p));
	uint64_t device, seq;
	bool ok = false;
	bw_err r = BW_ERR_NOMEM;

	if (l != NULL && p != NULL &&
	    (r = api_lead_id(c, &device, &seq)) == BW_OK &&
	    (r = leadlist_lead(c->store, c->me->sponsor, device, seq, c->now,
	    l)) == BW_OK)
		r = lead_policy(c->store, c->me->sponsor, l, p);
	if (r == BW_OK)
		ok = asked(c, p, l, n);
	else
		api_failure(c, r);
	if (l != NULL)
		explicit_bzero(l, sizeof(*l));
	if (p != NULL)
		policy_free(p);
	free(l);
	free(p);
	return ok;
}

static void
put(struct call *c, const struct note *n, unsigned parts, uint64_t expect)
{
	const struct person *me = c->me;
	bool program = me->who.token != NULL;
	const struct mark_source by = { .at = c->now,
		.account = program ? me->token.account : me->login.account.id,
		.token = program ? me->token.id : 0 };
	uint64_t device, seq;
	char id[STRICT_TARGET_MAX + 1], object[80];
	bw_err r;

	if ((r = api_lead_id(c, &device, &seq)) == BW_OK) {
		route_part(c, 1, id);
		snprintf(object, sizeof(object), "lead %.60s", id);
		if ((r = store_begin(c->store)) == BW_OK)
			r = store_mark_put(c->store, me->sponsor, device, seq,
			    parts, n, &by, expect);
		r = audit_finish(c->store, r, c->now, me->actor, DID_LEAD_NOTE,
		    object, "");
	}
	if (r == BW_ERR_OLD)
		http_error(c->out, 412, "somebody has changed the lead; get "
		    "it again");
	else if (r == BW_ERR_FORMAT || r == BW_ERR_BOUND)
		http_error(c->out, 422, "a text is not clean, or all of it is "
		    "too long");
	else if (r != BW_OK)
		api_failure(c, r);
	else if (access_ask(ACT_LEADS, &me->who, me->sponsor) == ACCESS_YES)
		api_lead(c);
	else
		http_text(c->out, 204, NULL, NULL, 0);
}

void
api_lead_patch(struct call *c)
{
	struct note *n = calloc(1, sizeof(*n));
	uint64_t expect;
	unsigned parts;
	const char *why;
	json_t *o = NULL;

	if (n == NULL)
		http_failure(c->out, BW_ERR_NOMEM);
	else if (take_match(c, &expect) && (o = api_body(c)) != NULL) {
		if ((why = take(o, n, &parts)) != NULL)
			http_error(c->out, 422, why);
		else if ((parts & MARK_BIT(MARK_ANSWERS)) == 0 ||
		    answers_fit(c, n))
			put(c, n, parts, expect);
	}
	json_decref(o);
	if (n != NULL)
		explicit_bzero(n, sizeof(*n));
	free(n);
}
