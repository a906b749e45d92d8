/* SPDX-License-Identifier: Apache-2.0 */
/*
 * search.h - what people type, looked for in texts: in any case, with or without
 * the marks of its letters ("soren weiss" is found in "Søren Weiß"), a German
 * "ue" for a "ü" too, and word by word: each must be in one of the texts, in any
 * order. Scripts without blanks are found as they stand within the text.
 */
#ifndef HOST_SEARCH_H
#define HOST_SEARCH_H

#include <stdbool.h>
#include <stddef.h>

#define SEARCH_WORDS_MAX 16u	/* more are not looked for */
#define SEARCH_QUERY_MAX 1024	/* bytes of all of them, folded */
#define SEARCH_TEXT_MAX 4096	/* of a text: what is behind is not seen */

struct search {
	char words[SEARCH_QUERY_MAX];	/* folded, a NUL behind each */
	char short_words[SEARCH_QUERY_MAX];	/* the same, "ue" as "u" */
	const char *word[SEARCH_WORDS_MAX], *short_word[SEARCH_WORDS_MAX];
	bool pairs;			/* the two differ */
	size_t n;			/* 0: everything is found */
	unsigned left;			/* a bit for each not yet found */
	char text[SEARCH_TEXT_MAX];	/* one that is looked in, folded */
};

/* query may be NULL. search_wipe when done: it holds what people typed, and of
 * what was searched the last text. It does not move in between. */
void search_take(struct search *s, const char *query);
void search_wipe(struct search *s);

/* For each that is searched: begin, then its texts one after another until it
 * is found. */
void search_begin(struct search *s);
/* true: with this text every word was found. */
bool search_in(struct search *s, const char *text);
/* The same of a text that a word must be, not be within: a number, of which a
 * part is another. */
bool search_is(struct search *s, const char *text);

#endif
