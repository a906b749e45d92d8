/* SPDX-License-Identifier: Apache-2.0 */
/*
 * disclosure_query.h - which disclosures staff look for: on the page that lists
 * them, and in the form that makes a file of these.
 */
#ifndef HOST_PORTAL_DISCLOSURE_QUERY_H
#define HOST_PORTAL_DISCLOSURE_QUERY_H

#include "host/portal/form.h"
#include "host/store_disclosure.h"

/* As it was typed; what is wrong with it, English, or NULL; q is of it. */
struct disclosure_asked {
	char text[DISCLOSURE_TEXT_MAX + 1], basis[16], person[24];
	char from[40], to[40];
	const char *person_fault, *from_fault, *to_fault;
	struct disclosure_query q;
};

/* Of the address, or of the form that it was in. false: something is wrong. q
 * points into *out. */
bool disclosure_ask(const struct call *c, bool form,
    struct disclosure_asked *out);
/* Whether it leaves any out. */
bool disclosure_filters(const struct disclosure_asked *a);
void disclosure_search(struct page *p, const struct disclosure_asked *a);
/* The address of the page of those below a number; 0: of the newest. */
void disclosure_address(const struct disclosure_asked *a, uint64_t before,
    char out[static STRICT_TARGET_MAX + 1]);
/* The button that makes a file of them. */
void disclosure_file_form(struct page *p, struct call *c,
    const struct disclosure_asked *a);

#endif
