/* SPDX-License-Identifier: Apache-2.0 */
/*
 * leads_typed.h - the form in which a sponsor's people note on a lead: what was
 * typed, what is wrong with it.
 */
#ifndef HOST_PORTAL_LEADS_TYPED_H
#define HOST_PORTAL_LEADS_TYPED_H

#include "host/portal/form.h"
#include "host/portal/sponsor.h"

#define TYPED_TAGS_MAX 1024
#define TYPED_TEXT_MAX 4096

struct leads_typed {
	struct note note;		/* without faults: what is to be kept */
	char tags[TYPED_TAGS_MAX], text[TYPED_TEXT_MAX];	/* as typed */
	uint64_t version;		/* what it was typed over */
	/* English, or NULL. */
	const char *rating_fault, *tags_fault, *answers_fault, *text_fault;
	char answer_refused[TEXT_ID_MAX + 1];	/* answers_fault's question */
};
/* The policy that the lead was made under. Free it in any case; accepts NULL,
 * nulls. */
BW_MUST_USE bw_err leads_policy(const struct call *c,
    const struct leadlist_lead *l, struct policy **out);
void leads_policy_free(struct policy **p);
/* As it is kept. */
void leads_typed_from(const struct note *n, struct leads_typed *out);
/* As the request has it; a part that it lacks stays as the lead has it. Which
 * parts (MARK_BIT) are others than the lead's. */
unsigned leads_typed_read(const struct call *c,
    const struct leadlist_lead *l, struct leads_typed *out);
bool leads_typed_faults(const struct leads_typed *t);
/* The tags of a text between commas, each once. false: too many or too long. */
bool leads_typed_tags(const char *text, struct note *n);
void leads_typed_form(struct page *p, struct call *c,
    const struct leadlist_lead *l, const struct leads_typed *t,
    const char *action);

#endif
