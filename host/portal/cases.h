/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cases.h - pages about what people ask for: the queue, one case with the
 * person's data while it is open, what is done for it, and holds.
 */
#ifndef HOST_PORTAL_CASES_H
#define HOST_PORTAL_CASES_H

#include "host/case.h"
#include "host/portal/form.h"
#include "host/portal/proof.h"

/* Take a request in, without seeing any case. */
void cases_ask(struct call *c);
void cases_take(struct call *c);
/* The queue; and one, which is audited each time while it is open. */
void cases_list(struct call *c);
void cases_show(struct call *c);
/* Who is it? By name, mail address, key or number; and: it is this one. */
void cases_find(struct call *c);
void cases_match(struct call *c);
/* What is done for the person: cases_acts.c. */
void cases_correct(struct call *c);
void cases_share(struct call *c);
void cases_act(struct call *c);
void cases_copy(struct call *c);
/* Extend, refuse, done, dropped, a fee: the letter first, then the step. */
void cases_answer(struct call *c);

void holds_list(struct call *c);
/* A reason or a reviewer, as it was typed; or in words of ours (hold.h). */
void holds_said(struct page *p, const char *text);
void holds_add(struct call *c);
void holds_lift(struct call *c);

/* ---- pieces that they share ---- */

/* English. */
const char *cases_type(enum case_type t);
const char *cases_proof(enum case_proof p);
const char *cases_state(enum case_state st);
/* "3 days left", "over-due for 2 days": words, not colour alone. */
void cases_left(struct page *p, int64_t due, int64_t now);

/* The case of the path, which must be open; false: the answer is filled in.
 * Wipe *out in any case. */
bool cases_open_one(struct call *c, struct case_file *out);
/* Begin the write; and end it: back to the case with a word of notices.c, or
 * to what failed. BW_ERR_EXISTS and GONE: it has changed meanwhile. */
void cases_end(struct call *c, const struct case_file *f, bw_err r,
    const char *done);
/* Release, or withdraw, all that this "not me" holds, inside the write, which is
 * committed and begun again between its parts. What is done stays done where it
 * fails half way: the case has its step and shows what is left. BW_ERR_EXISTS:
 * nothing is held; BW_ERR_GONE: the case was closed meanwhile. */
BW_MUST_USE bw_err cases_each_held(struct call *c, const struct case_file *f,
    bool release);
/* A text of some lines (lines.h); false: empty, too long or no text (the form
 * shows what was typed and is too long by itself: form_field.typed). */
bool cases_text(const struct call *c, const char *name,
    char out[static CASE_TEXT_MAX + 1]);

/* The letters of it that are stored, and what became of them. */
BW_MUST_USE bw_err cases_letters(struct page *p, struct call *c,
    const struct case_file *f);

/* What a browser sends of FIELD_VALUE_MAX characters, and a field's number. */
#define CASES_VALUE_SIZE (3 * FIELD_VALUE_MAX + 1)
#define CASES_FIELD_SIZE 4

/* What was typed and is shown again, with what is wrong with it. */
struct cases_typed {
	const char *act;		/* of which answer; NULL: of none */
	const char *error[CASE_TEXTS];	/* English; NULL: nothing */
	char text[CASE_TEXTS][CASE_TEXT_MAX + 1];
	/* What is wrong with a correction, its field or its value, and what
	 * that was; empty: it was ticked that the value is taken away. */
	const char *no_field, *no_value;
	const char *field, *value;
	bool empty;
	const char *find;		/* who is looked for; "": nobody */
	const struct proof_faults *erase; /* of the password for an erasure */
};
/* The word to type before shares are withdrawn: how many of the person, or of
 * those held beside the case's share, are not at their end. */
BW_MUST_USE bw_err cases_word(struct call *c, const struct case_file *f,
    bool held, char out[static 24]);
/* The whole page of a case; typed may be NULL. */
void cases_page(struct call *c, unsigned status, const struct case_file *f,
    const struct cases_typed *typed);
/* Of it: the person, or who it may be. */
bw_err cases_person(struct page *p, struct call *c,
    const struct case_file *f, const struct cases_typed *typed);
/* Its shares with all sponsors; the share that the case is about, and what a
 * "not me" holds beside it. */
BW_MUST_USE bw_err cases_shares(struct page *p, struct call *c,
    const struct case_file *f);
BW_MUST_USE bw_err cases_beside(struct page *p, struct call *c,
    const struct case_file *f);
/* The form of an act that withdraws several: "withdraw-all", "withdraw-held",
 * "agree". */
BW_MUST_USE bw_err cases_withdraw(struct page *p, struct call *c,
    const struct case_file *f, const char *act);
/* A form of one button, for an act that can be undone. */
void cases_button(struct page *p, struct call *c, const char *path,
    const char *act, const char *text);

#endif
