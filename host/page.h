/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page.h - HTML, put together with everything escaped that is not markup.
 *
 * A failure sticks: later calls do nothing, and page_end reports it.
 */
#ifndef HOST_PAGE_H
#define HOST_PAGE_H

#include "host/case_due.h"
#include "host/http.h"
#include "host/words.h"

struct store;

struct page {
	struct http_answer *out;
	const struct http_request *in;
	const struct words *w;
	const char *code;	/* repeated by the language buttons, or NULL */
	const char *action;	/* where forms with it go; NULL: /r/ */
	char zone[CASE_ZONE_MAX + 1];	/* that times are shown in; "": UTC */
	bw_err r;
	struct {		/* of portal/live.c */
		const char *had;	/* what the browser has; NULL: nothing */
		size_t kept, inside;	/* bytes of parts; where one begins */
		char id[32];
		bool any;
	} live;
	struct {		/* of portal/pieces.c: the table that is open */
		const char *const *heads;
		size_t at, row;	/* the next cell; bytes before its row's */
		size_t head;	/* bytes before the heads' */
	} table;
};

/* Begin a page in a language, with its heading. code: the code that
 * this page is about (it lives until page_end), so that another language can
 * be chosen without giving it again. */
void page_begin(struct page *p, const struct words *w,
    const struct http_request *in, struct http_answer *out, unsigned status,
    const char *title, const char *code);
/* Markup as it is; never give it what came from anywhere else. */
void page_raw(struct page *p, const char *markup);
/* Text, escaped for content and for attributes in double quotes. */
void page_text(struct page *p, const char *text);
/* What somebody else wrote, a name or an address: it keeps its own direction
 * and turns nothing around it. */
void page_value(struct page *p, const char *value);
/* "<tag>" text "</tag>". */
void page_element(struct page *p, const char *tag, const char *text);
/* A point in time, in words by the page's zone, which is named, and for machines
 * in UTC; to the minute, to the second, or its day alone, there. */
void page_time(struct page *p, int64_t t);
void page_second(struct page *p, int64_t t);
void page_day(struct page *p, int64_t t);
/* From here on times are the event's (case_zone), as on all pages of attendees. */
void page_in_zone(struct page *p, struct store *s);
/* The hidden fields of a form that posts the code back. */
void page_code_fields(struct page *p);
/* A form with one button that does something with the code; plain: not what
 * the page is there for. */
void page_button(struct page *p, const char *act, const char *text,
    bool plain);
/* The footer with the languages; the answer is complete. */
void page_end(struct page *p);

#endif
