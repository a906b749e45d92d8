/* SPDX-License-Identifier: Apache-2.0 */
/*
 * layout.h - what every page of the portal has around it, and the pieces that
 * pages are put together from. README.md says how a page is added.
 *
 * Sentences are English and are said in the reader's language (catalogue.h):
 * give literals, so that they are found. Values of others are escaped and keep
 * their own direction. A failure sticks to the page (page.h).
 */
#ifndef HOST_PORTAL_LAYOUT_H
#define HOST_PORTAL_LAYOUT_H

#include "host/account.h"
#include "host/page.h"
#include "host/person.h"
#include "host/portal/catalogue.h"

/* The language of a request: the account's, else Accept-Language; "en", "de". */
const char *layout_language(const struct call *c);

/* Begin with navigation, title and what ?done= says (layout_done). */
void layout_begin(struct page *p, struct call *c, unsigned status,
    const char *title);
/* The footer; the answer is complete. */
void layout_end(struct page *p, struct call *c);

/* A role's name, English. */
const char *layout_role(enum account_role role);
/* The first "*" of the path as a number; BW_ERR_NOTFOUND: it is none. */
BW_MUST_USE bw_err layout_id(const struct call *c, uint64_t *out);
/* The first page that a role sees. */
const char *layout_first(enum account_role role);

/* A whole page that says no, or where to go first. */
void layout_refuse(struct call *c, enum access_answer why);
/* A change came from elsewhere, or its form is too old. */
void layout_foreign(struct call *c);
/* What was sent is larger than these bytes. */
void layout_too_large(struct call *c, size_t most);
/* A whole page for a failure. NOTFOUND is 404, DENIED 403. */
void layout_failure(struct call *c, bw_err r);
/* 303 to a path after a change; done is a word of notices.c, or NULL. */
void layout_go(struct call *c, const char *path, const char *done);

/* ---- words ---- */

/* Escaped, without markup; with one %s a value in its place; one of two, with
 * a number for its %s. */
void say(struct page *p, const char *sentence);
void say_value(struct page *p, const char *sentence, const char *value);
void say_count(struct page *p, const char *one, const char *many,
    uint64_t n);
/* "<tag>" the sentence "</tag>". */
void say_in(struct page *p, const char *tag, const char *sentence);
/* Between <dl> and </dl>: a fact's name, behind which what it is and "</dd>"
 * follow; the same whole, with "–" for "", and with "never" for the time 0. */
void fact_begin(struct page *p, const char *name);
void fact_value(struct page *p, const char *name, const char *value);
void fact_time(struct page *p, const char *name, int64_t t);
void layout_link(struct page *p, const char *href, const char *sentence);
void layout_number(struct page *p, uint64_t n);
/* An actor of the audit: an account by its address, others, like "cli:anna", as
 * they stand. */
void layout_actor(struct call *c, const char *actor,
    char out[static ACCOUNT_MAIL_MAX + 1]);
/* A time where there is little room: "2026-06-01 09:30", by the page's clocks. */
void layout_when(struct page *p, int64_t t);
/* A box; kind is "success", "warning", "danger" or "info". */
void layout_note(struct page *p, const char *kind, const char *sentence);
/* There is nothing yet: why, and what to do next (href NULL: nothing). */
void layout_empty(struct page *p, const char *sentence, const char *href,
    const char *todo);

/* ---- live ---- */

/* What stands between the two is kept up to date by the script: when the store
 * has changed, and once a minute, it asks for the page again and says which
 * parts it has (Badgeward-Live); it is sent only those that differ. id: at most
 * 31 of [a-z-], once on a page. */
void live_begin(struct page *p, const char *id);
void live_end(struct page *p);

/* ---- tables ---- */

/* heads ends with NULL; "" is a column of buttons. */
void table_begin(struct page *p, const char *caption,
    const char *const *heads);
void table_row(struct page *p);
/* A row that is found again by its id. */
void table_row_as(struct page *p, const char *id);
/* What a row is called; its end is "</th>". */
void table_head(struct page *p);
/* A cell's begin; what follows is in it, until the next cell or row. It has
 * its column's head with it: on a telephone a row is a list of them. Further
 * attributes are markup. A row may begin with a "<th scope=row>" of its own. */
void table_cell(struct page *p);
void table_cell_with(struct page *p, const char *attributes);
void table_value(struct page *p, const char *value);
void table_number(struct page *p, uint64_t n);
/* "never" for 0. */
void table_time(struct page *p, int64_t t);
void table_end(struct page *p);
/* Links to the pages before and after; NULL: there is none. */
void layout_pager(struct page *p, const char *newer, const char *older);

#endif
