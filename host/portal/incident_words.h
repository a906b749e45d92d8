/* SPDX-License-Identifier: Apache-2.0 */
/*
 * incident_words.h - the page of the letter to those whom an incident concerns:
 * its texts, how it goes out in each language that somebody reads, and the
 * button that sends it. Between incident_words.c, which shows it, and
 * incident_send.c, which saves the texts and sends.
 */
#ifndef HOST_PORTAL_INCIDENT_WORDS_H
#define HOST_PORTAL_INCIDENT_WORDS_H

#include "host/portal/duties.h"

#define LETTERS_LANGS 16

/* What the page is about. */
struct letters {
	const struct incident *i;
	const char *lang;		/* whose text; "": all others' */
	char text[INCIDENT_PARTS][INCIDENT_TEXT_MAX + 1];	/* as typed */
	const char *error[INCIDENT_PARTS];
	const char *no;			/* why nothing was done, or NULL */
	char seen[INCIDENT_SEEN_SIZE];	/* which texts the page shows */
	uint64_t n, in[LETTERS_LANGS];		/* letters; of words_at's languages */
	bool has[LETTERS_LANGS];		/* a text for its readers */
	field_set fields;
};

/* A part's name in the form. */
extern const char *const letters_part[INCIDENT_PARTS];

/* Answer with the page. Of l, the incident, the language, the texts with what is
 * wrong with them, and the state that they were read in are set. */
void letters_show(struct call *c, struct letters *l, unsigned status);

#endif
