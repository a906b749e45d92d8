/* SPDX-License-Identifier: Apache-2.0 */
/*
 * letter_words.h - the words of letter.h's letters, one file a language.
 *
 * Paragraphs, with an empty line between. {name} is replaced: person, event,
 * type, number, date, reason, likely, done, advice, complain, contact, link,
 * minutes, optout, fields, shares; when: dates from and until, or that they are not
 * known; page and undo are the title and the button
 * of /my/ as they stand there. A paragraph that names what is not given is left
 * out.
 */
#ifndef HOST_LETTER_WORDS_H
#define HOST_LETTER_WORDS_H

#include "host/letter.h"

struct letter_words {
	const char *lang;		/* as of words.h */
	const char *dear;		/* names person */
	const char *hello;		/* nobody's name is known */
	const char *regards;
	const char *contact;		/* paragraph: who answers */
	const char *complain;		/* paragraph: the right to complain */
	const char *may_complain;	/* the same, where nobody has said which
					 * authority it is */
	const char *comma;		/* between fields */
	const char *booth;		/* before a booth's name, with space */
	const char *unknown;		/* when something happened */
	const char *later;		/* behind a share that is checked, */
	const char *again;		/* or was, and is passed on again */
	const char *type[LETTER_TYPES_];
	const char *subject[LETTER_KINDS_];
	const char *text[LETTER_KINDS_];
};

extern const struct letter_words letter_en, letter_de, letter_fr, letter_es,
    letter_ja, letter_zh, letter_ar, letter_hi;

#endif
