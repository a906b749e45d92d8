// SPDX-License-Identifier: Apache-2.0
#include "host/lead_answers.h"

#include <string.h>

bw_err
lead_policy(struct store *s, const char *sponsor,
    const struct leadlist_lead *l, struct policy *out)
{
	struct bw_buf json = BW_BUF_INIT(POLICY_MAX);
	bw_err r;

	memset(out, 0, sizeof(*out));
	r = store_policy_part(s, l->version, sponsor, &json);
	if (r == BW_OK)
		r = policy_decode((const char *)json.ptr, json.len, out);
	bw_buf_free(&json);
	return r;
}

const struct policy_question *
lead_question(const struct policy *p, const char *id)
{
	for (size_t i = 0; i < p->nquestions; i++)
		if (strcmp(p->question[i].id, id) == 0)
			return &p->question[i];
	return NULL;
}

/* Any text, or one of the choices. */
static bool
takes(const struct policy_question *q, const char *answer)
{
	for (size_t i = 0; i < q->nchoices; i++)
		if (strcmp(q->choice[i], answer) == 0)
			return true;
	return q->nchoices == 0;
}

static bool
stands(const struct note *n, const struct note_answer *a)
{
	for (size_t i = 0; i < n->nanswers; i++)
		if (strcmp(n->answer[i].question, a->question) == 0)
			return strcmp(n->answer[i].answer, a->answer) == 0;
	return false;
}

const struct note_answer *
lead_answers_unfit(const struct policy *p, const struct note *stood,
    const struct note *n)
{
	for (size_t i = 0; i < n->nanswers; i++) {
		const struct note_answer *a = &n->answer[i];
		const struct policy_question *q =
		    lead_question(p, a->question);

		if ((q == NULL || !takes(q, a->answer)) && !stands(stood, a))
			return a;
	}
	return NULL;
}
