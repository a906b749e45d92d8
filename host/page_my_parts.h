/* SPDX-License-Identifier: Apache-2.0 */
/* page_my_parts.h - what page_my*.c share: a session, as one request has it. */
#ifndef HOST_PAGE_MY_PARTS_H
#define HOST_PAGE_MY_PARTS_H

#include <jansson.h>

#include "host/case.h"
#include "host/letter.h"
#include "host/page.h"
#include "host/page_my.h"
#include "host/store_link.h"
#include "host/words_my.h"

#define MY_REGS 32	/* registrations that one address shows */

struct my {
	struct call *c;
	const struct words *w;
	const struct words_my *m;
	char code[LINK_CODE];		/* the session's secret */
	struct link link;
	/* Those with the same address; `reg`, one of them, is chosen, or 0. */
	uint64_t id[MY_REGS], reg;
	size_t n;
	const char *note;		/* what was just done, or NULL */
	uint64_t case_num;		/* its case, or 0 */
};

/* A page of the session, in its language, whose forms go to /my/. */
void my_begin(struct my *my, struct page *p, unsigned status,
    const char *title);
/* "<form ...>" with what each of them repeats; the rest is the caller's. */
void my_form(struct my *my, struct page *p);
/* Until when the session is open, who can use it meanwhile, and the button that
 * ends it at once: each page has it. */
void my_open(struct my *my, struct page *p);
/* The same, and the end of the page. */
void my_page_end(struct my *my, struct page *p);
/* A form with one button. */
void my_button(struct my *my, struct page *p, const char *act,
    const char *text, bool plain);
/* A page of two sentences and the way to a new link. */
void my_say(struct call *c, unsigned status, const char *title,
    const char *text);
/* The same, and the session is no more: the browser forgets it too. */
void my_over(struct call *c, unsigned status, const char *title,
    const char *text);
void my_failed(struct call *c, bw_err r);
/* Whether it was said of a share of the copy that it was not the person. */
bool my_disowned(struct my *my, struct page *p, const json_t *share);
/* Too often; the way back is within the session. wait: seconds. */
void my_slow(struct my *my, unsigned wait);

/* The page of everything; or where the several registrations are chosen. */
void my_all(struct my *my);
/* Do what the form says, and answer. */
void my_act(struct my *my, const char *act);
void my_correct(struct my *my, bool ask);
void my_ask_erase(struct my *my);
void my_erase(struct my *my);
BW_MUST_USE bw_err my_undo(struct my *my);
/* For these, inside a transaction: the case, which the link has proved, its
 * end, and a letter about it. */
#define MY_ACTOR "attendee"
BW_MUST_USE bw_err my_case(struct my *my, enum case_type type,
    const struct store_lead *lead);
BW_MUST_USE bw_err my_case_done(struct my *my);
BW_MUST_USE bw_err my_letter(struct my *my, enum letter_kind kind,
    int64_t day);
/* Commit, or roll back. note: what the page says then, NULL for one that shows
 * it. BW_ERR_EXISTS, what is asked for is so already, is BW_OK: the page says
 * that nothing was done, and no case tells of it. */
BW_MUST_USE bw_err my_end(struct my *my, bw_err r, const char *note);
/* The copy to read, and as a file ("zip", "json"). */
void my_read(struct my *my);
void my_download(struct my *my, const char *act);

/* Parts that the pages share (page_my_rows.c). */
const char *my_text(const json_t *o, const char *key);	/* "" if none */
int64_t my_at(const json_t *o, const char *key);	/* 0 if none */
/* A heading: the sponsor of a share, or of what is kept of one. */
void my_sponsor(struct page *p, const json_t *of);
void my_row_time(struct page *p, const char *name, int64_t t);
/* A box: what holds, and since or until when. */
void my_since(struct page *p, const char *text, int64_t t);
void my_row_values(struct page *p, const json_t *values);
void my_row_fields(struct page *p, const char *name, const json_t *fields);
void my_registration(struct my *my, struct page *p, const json_t *copy);
/* What is the same of a share in both pages: when, what, its state. */
void my_share(struct my *my, struct page *p, const json_t *share);
void my_cases(struct my *my, struct page *p, const json_t *copy);

#endif
