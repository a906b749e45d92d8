/* SPDX-License-Identifier: Apache-2.0 */
/*
 * policy_scan.h - reading on through a policy file that is wrong somewhere.
 * Between policy_scan.c, policy_word.c and policy_value.c only.
 *
 * What is wrong is told, and then mended or blanked in place: never a line end,
 * so that every line keeps its number.
 */
#ifndef HOST_POLICY_SCAN_H
#define HOST_POLICY_SCAN_H

#include <stdbool.h>

#include "host/policy_grammar.h"

#define DEPTH_MAX 8

/* A key where it stands: in the how-manieth section of the file. */
struct key {
	size_t section;
	char *s;
	size_t len, line;
	char *title;		/* the word behind it, without quotes; NULL */
	size_t title_len;
};

struct scan {
	char *s;
	size_t line;
	struct fault_list *f;
	struct key *keys;		/* owned */
	size_t n, cap;
	size_t sections;		/* begun so far */
	size_t depth;
	size_t in[DEPTH_MAX];		/* the open ones, from the outside */
	const cfg_opt_t *opts[DEPTH_MAX];	/* their keys; NULL: unknown */
	char *wrong[DEPTH_MAX];		/* where an unknown one begins */
	size_t opened[DEPTH_MAX];	/* the lines that they begin in */
	struct key pending;		/* a word that = or { must follow */
	size_t unclosed;		/* the line of a quote, or 0 */
};

/* policy_word.c: past one character, and blank what was passed. */
void scan_step(struct scan *sc);
void scan_wipe(char *from, const char *to);
/* Past blanks and comments, which become blanks. */
void scan_blank(struct scan *sc);
/* Past a word, or a quoted text up to its end (or the file's). */
void scan_word(struct scan *sc);
bool scan_is_word(const char *s);
/* Has the word that begins here "=" or "{" behind it? */
bool scan_is_assigned(const struct scan *sc);
/* Put a mark over a blank; false when there is none. */
bool scan_mend(char *at, char mark);
const cfg_opt_t *scan_find_key(const cfg_opt_t *opts, const struct key *k);

/* policy_value.c: past the list that begins here, or past the "=" and the value
 * behind it. opt is its key, NULL for none that is known; not *good: it is to
 * be blanked. BW_ERR_FORMAT when one cannot read on. */
BW_MUST_USE bw_err scan_list(struct scan *sc, const cfg_opt_t *opt,
    bool *good);
BW_MUST_USE bw_err scan_value(struct scan *sc, const cfg_opt_t *opt,
    bool *good);

#endif
