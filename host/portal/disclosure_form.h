/* SPDX-License-Identifier: Apache-2.0 */
/* disclosure_form.h - the form in which a disclosure is recorded or corrected. */
#ifndef HOST_PORTAL_DISCLOSURE_FORM_H
#define HOST_PORTAL_DISCLOSURE_FORM_H

#include "host/portal/form.h"
#include "host/store_disclosure.h"

#define DISCLOSURES_PATH "/duties/disclosures"

/* What was typed, to be shown again beside what is wrong with it; a text that
 * does not fit is shown from the request. */
struct disclosure_typed {
	char basis[16], asked[DISCLOSURE_WHO_MAX + 1];
	char decided[DISCLOSURE_WHO_MAX + 1];
	char reason[DISCLOSURE_REASON_MAX + 1];
	char registration[24], sponsor[TEXT_ID_MAX + 1], at[40], secret[40];
	char since[40], until[40];
	field_set fields;
	bool none, sure;	/* no field; that it was checked */
	uint64_t corrects;
	const char *basis_fault, *asked_fault, *decided_fault, *reason_fault;
	const char *registration_fault, *sponsor_fault, *at_fault;
	const char *secret_fault, *since_fault, *until_fault;
	const char *fields_fault, *sure_fault;
	const struct call *typed;	/* NULL: nothing was typed yet */
};

/* What is recorded, or corrects disclosure t->corrects, if that is not 0. */
void disclosure_form(struct page *p, struct call *c,
    const struct disclosure_typed *t);
/* English. */
const char *disclosure_basis(enum disclosure_basis b);
/* A sentence with a disclosure's number in it. */
void disclosure_number(struct page *p, const char *sentence, uint64_t id);

#endif
