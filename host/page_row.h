/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_row.h - rows of the lists (<dl>) on attendees' pages: a name and what
 * it is.
 */
#ifndef HOST_PAGE_ROW_H
#define HOST_PAGE_ROW_H

#include "host/page.h"
#include "record/policy.h"

void row_begin(struct page *p, const char *name);
void row_end(struct page *p);
/* No row when the text is empty. */
void row_text(struct page *p, const char *name, const char *text);
void row_fields(struct page *p, const char *name, field_set fields);
/* An address to follow, if it is one of the web. */
void row_url(struct page *p, const char *name, const char *url);
/* A plain address of mail can be tapped. */
void row_contact(struct page *p, const char *name, const char *contact);
/* In the page's language, else in lang, the language it was read in. */
void row_purpose(struct page *p, const struct policy *pol, const char *lang);
/* By its name in the page's language; its two letters when it has none. */
void row_country(struct page *p, const char *code);

#endif
