// SPDX-License-Identifier: Apache-2.0
/*
 * What libconfuse would take in silence: bytes that are no UTF-8, variables of
 * the environment inside texts, a key that stands twice, "+=", empty lists and
 * bare backslashes (which its scanner prints).
 * Comments are blanked here, because its line numbers go wrong behind them.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "host/policy_grammar.h"

#define DEPTH_MAX 8

/* A key where it stands: in the how-manieth section of the file. */
struct key {
	size_t section;
	char *s;
	size_t len, line;
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
	bool titled;			/* and another one behind it */
	size_t backslash;		/* its line, outside of quotes; 0 */
	size_t unclosed;		/* the line of a quote, or 0 */
};

static void
step(struct scan *sc)
{
	if (*sc->s == '\n')
		sc->line++;
	if (*sc->s != 0)
		sc->s++;
}

static void
wipe(char *from, const char *to)
{
	for (; from < to && *from != 0; from++)
		if (*from != '\n')
			*from = ' ';
}

static void
blank(struct scan *sc)
{
	if (*sc->s != '\n' && *sc->s != 0)
		*sc->s = ' ';
	step(sc);
}

/* Past blanks and comments, which become blanks. */
static void
skip_blank(struct scan *sc)
{
	for (;;) {
		if (*sc->s == '#' || strncmp(sc->s, "//", 2) == 0)
			while (*sc->s != 0 && *sc->s != '\n')
				blank(sc);
		else if (strncmp(sc->s, "/*", 2) == 0) {
			while (*sc->s != 0 && strncmp(sc->s, "*/", 2) != 0)
				blank(sc);
			blank(sc);
			blank(sc);
		} else if (*sc->s != 0 && strchr(" \t\r\n", *sc->s) != NULL)
			step(sc);
		else
			return;
	}
}

/* Past a word, or a quoted text up to its end (or the file's). */
static void
skip_word(struct scan *sc)
{
	char quote = *sc->s;
	size_t line;

	if (quote != '"' && quote != '\'') {
		while (*sc->s != 0 && strncmp(sc->s, "+=", 2) != 0 &&
		    strchr(" \t\r\n\"'#={}(),", *sc->s) == NULL) {
			if (*sc->s == '\\' && sc->backslash == 0)
				sc->backslash = sc->line;
			step(sc);
		}
		return;
	}
	line = sc->line;
	step(sc);
	while (*sc->s != 0 && *sc->s != quote) {
		if (*sc->s == '\\')
			step(sc);
		step(sc);
	}
	if (*sc->s == 0 && sc->unclosed == 0)
		sc->unclosed = line;
	step(sc);
}

static bool
is_word(const char *s)
{
	return *s != 0 && strchr(" \t\r\n#={}(),", *s) == NULL &&
	    strncmp(s, "+=", 2) != 0;
}

static const cfg_opt_t *
find_key(const cfg_opt_t *opts, const struct key *k)
{
	for (; opts->name != NULL; opts++)
		if (strlen(opts->name) == k->len &&
		    memcmp(opts->name, k->s, k->len) == 0)
			return opts;
	return NULL;
}

static void
say_unknown(struct scan *sc, const cfg_opt_t *opts)
{
	const struct key *k = &sc->pending;
	const char *name[32], *near;
	char word[61];
	size_t n = 0;

	for (; opts->name != NULL && n < 32; opts++)
		name[n++] = opts->name;
	snprintf(word, sizeof(word), "%.*s", (int)(k->len < 60 ? k->len : 60),
	    k->s);
	near = fault_nearest(word, name, n);
	fault_add(sc->f, k->line, near != NULL ? "there is no key \"%s\" here; "
	    "\"%s\" is near" : "there is no key \"%s\" here", word, near);
}

/* Is the pending key known here, *opt, and in this section for the first time?
 * Else it is said. Inside an unknown section all is. */
static bw_err
take_key(struct scan *sc, bool once, const cfg_opt_t **opt, bool *good)
{
	struct key *k = &sc->pending, *more;
	const cfg_opt_t *opts = sc->opts[sc->depth];

	*opt = opts != NULL ? find_key(opts, k) : NULL;
	*good = opts == NULL || *opt != NULL;
	if (!*good)
		say_unknown(sc, opts);
	k->section = sc->in[sc->depth];
	for (size_t i = 0; *good && once && i < sc->n; i++)
		if (sc->keys[i].section == k->section &&
		    sc->keys[i].len == k->len &&
		    memcmp(sc->keys[i].s, k->s, k->len) == 0) {
			fault_add(sc->f, k->line, "\"%.*s\" stands here again, "
			    "after line %zu; a key is given once",
			    (int)(k->len < 40 ? k->len : 40), k->s,
			    sc->keys[i].line);
			*good = false;
		}
	if (!*good || !once)
		return BW_OK;
	if (sc->n == sc->cap) {
		sc->cap = sc->cap == 0 ? 64 : sc->cap * 2;
		more = reallocarray(sc->keys, sc->cap, sizeof(*more));
		if (more == NULL)
			return BW_ERR_NOMEM;
		sc->keys = more;
	}
	sc->keys[sc->n++] = *k;
	return BW_OK;
}

/* Past the value behind "="; it is to be blanked when it is not good. */
static void
take_value(struct scan *sc, bool *good)
{
	step(sc);
	skip_blank(sc);
	if (*sc->s != '{') {
		skip_word(sc);
		return;
	}
	step(sc);
	skip_blank(sc);
	if (*sc->s == '}') {
		fault_add(sc->f, sc->line, "this list is empty; leave its key "
		    "out instead");
		*good = false;
	}
	while (*sc->s != 0 && *sc->s != '}') {
		if (is_word(sc->s))
			skip_word(sc);
		else
			step(sc);
		skip_blank(sc);
	}
	step(sc);
}

/* A key, its "=" and its value. */
static bw_err
take_assignment(struct scan *sc)
{
	const cfg_opt_t *opt;
	bool good = true;
	bw_err r = BW_OK;

	if (sc->pending.s != NULL)
		r = take_key(sc, true, &opt, &good);
	take_value(sc, &good);
	if (!good && sc->pending.s != NULL)
		wipe(sc->pending.s, sc->s);
	return r;
}

static bw_err
take_word(struct scan *sc)
{
	char *from = sc->s;
	size_t line = sc->line;

	skip_word(sc);
	if (sc->pending.s != NULL)
		sc->titled = true;
	else
		sc->pending = (struct key){ 0, from, (size_t)(sc->s - from),
		    line };
	return BW_OK;
}

static bw_err
open_section(struct scan *sc)
{
	const cfg_opt_t *opt = NULL;
	bool good = true;
	bw_err r = BW_OK;

	if (sc->pending.s != NULL)
		r = take_key(sc, !sc->titled, &opt, &good);
	if (sc->depth + 1 == DEPTH_MAX) {
		fault_add(sc->f, sc->line, "a section stands too deep inside "
		    "others");
		return BW_ERR_FORMAT;
	}
	sc->in[++sc->depth] = ++sc->sections;
	sc->opened[sc->depth] = sc->line;
	sc->opts[sc->depth] = opt != NULL ? opt->subopts : NULL;
	sc->wrong[sc->depth] = good ? NULL : sc->pending.s;
	step(sc);
	return r;
}

static void
close_section(struct scan *sc)
{
	char *wrong = sc->wrong[sc->depth];

	step(sc);
	if (sc->depth == 0)
		return;
	if (wrong != NULL)
		wipe(wrong, sc->s);
	sc->depth--;
}

static bw_err
scan_one(struct scan *sc)
{
	bw_err r = BW_OK;

	if (is_word(sc->s))
		return take_word(sc);
	if (strncmp(sc->s, "+=", 2) == 0) {
		fault_add(sc->f, sc->line, "\"+=\" has no meaning in a policy; "
		    "a key is given once, with \"=\"");
		return BW_ERR_FORMAT;
	}
	if (*sc->s == '=')
		r = take_assignment(sc);
	else if (*sc->s == '{')
		r = open_section(sc);
	else if (*sc->s == '}')
		close_section(sc);
	else
		step(sc);
	sc->pending.s = NULL;
	sc->titled = false;
	return r;
}

/* The first line with a byte that does not belong into text; 0: none. */
static size_t
bad_line(const char *text, size_t len)
{
	size_t line = 1;

	while (len != 0) {
		const char *nl = memchr(text, '\n', len);
		size_t n = nl != NULL ? (size_t)(nl - text) + 1 : len;

		if (memchr(text, 0, n) != NULL || !text_is_utf8(text, n))
			return line;
		text += n;
		len -= n;
		line++;
	}
	return 0;
}

bw_err
policy_scan(char *text, size_t len, const cfg_opt_t *opts,
    struct fault_list *f)
{
	struct scan sc = { .s = text, .line = 1, .f = f, .opts = { opts } };
	size_t line = bad_line(text, len);
	bw_err r = BW_OK;

	if (line != 0) {
		fault_add(f, line, "it is not UTF-8 text");
		return BW_ERR_FORMAT;
	}
	for (skip_blank(&sc); r == BW_OK && *sc.s != 0; skip_blank(&sc))
		r = scan_one(&sc);
	free(sc.keys);
	if (r == BW_OK && sc.unclosed != 0) {
		fault_add(f, sc.unclosed, "the quote that opens here is never "
		    "closed");
		r = BW_ERR_FORMAT;
	}
	if (r == BW_OK && sc.depth != 0) {
		fault_add(f, sc.opened[sc.depth], "the section that begins "
		    "here is never closed with \"}\"");
		r = BW_ERR_FORMAT;
	}
	if (r == BW_OK && sc.backslash != 0) {
		fault_add(f, sc.backslash, "a backslash has a meaning inside "
		    "quotes only");
		r = BW_ERR_FORMAT;
	}
	if (r == BW_OK && strstr(text, "${") != NULL) {
		for (line = 1; strncmp(text, "${", 2) != 0; text++)
			line += *text == '\n';
		fault_add(f, line, "\"${\" has no meaning in a policy; write "
		    "the text itself");
		r = BW_ERR_FORMAT;
	}
	return r;
}
