// SPDX-License-Identifier: Apache-2.0
/*
 * The form of a policy file, before libconfuse sees it. Some mistakes it takes
 * in silence (bytes that are no UTF-8, variables of the environment inside
 * texts, a key that stands twice, empty lists), and at any other it stops. So
 * they are told here, in words for staff, and what is wrong is mended or
 * blanked, so that all the rest is still read and checked for its meaning.
 * Comments are blanked too, because its line numbers go wrong behind them.
 */
#include "host/policy_scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

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
	    "\"%s\" is near" : FAULT_PART("there is no key \"%s\" here"), word,
	    near);
}

/* As much of a word as a message can hold. */
static int
shown(size_t len)
{
	return (int)(len < 40 ? len : 40);
}
#define WORD(k) shown((k)->len), (k)->s

static bool
same_key(const struct key *a, const struct key *b)
{
	return a->section == b->section && a->len == b->len &&
	    memcmp(a->s, b->s, a->len) == 0 &&
	    a->title_len == b->title_len && (a->title_len == 0 ||
	    memcmp(a->title, b->title, a->title_len) == 0);
}

static const struct key *
find_same(const struct scan *sc, const struct key *k)
{
	for (size_t i = 0; i < sc->n; i++)
		if (same_key(&sc->keys[i], k))
			return &sc->keys[i];
	return NULL;
}

/* A second section of one name gets another, so that it is checked as well. */
static bool
rename_section(struct scan *sc, struct key *k)
{
	static const char other[] = "0123456789abcdefghijklmnopqrstuvwxyz";
	char *last = k->title + k->title_len - 1, was;

	if (k->len == strlen("notice") && memcmp(k->s, "notice", k->len) == 0)
		return false;	/* its name is a language */
	was = *last;
	for (const char *c = other; *c != 0; c++) {
		*last = *c;
		if (find_same(sc, k) == NULL)
			return true;
	}
	*last = was;
	return false;
}

static void
say_again(struct scan *sc, struct key *k, size_t before, bool *good)
{
	if (k->title_len == 0) {
		fault_add(sc->f, k->line, "\"%.*s\" stands here again, after "
		    "line %zu; a key is given once", WORD(k), before);
		*good = false;
		return;
	}
	fault_add(sc->f, k->line, "there is a %.*s \"%.*s\" already, in line "
	    "%zu; give this one another name", WORD(k),
	    shown(k->title_len), k->title, before);
	*good = rename_section(sc, k);
}

static const cfg_opt_t *
pending_opt(const struct scan *sc)
{
	const cfg_opt_t *opts = sc->opts[sc->depth];
	const struct key k = sc->pending;

	return opts != NULL ? scan_find_key(opts, &k) : NULL;
}

/* Is the pending key known here, *opt, and in this section for the first time?
 * Else it is said. Inside an unknown section all is. */
static bw_err
take_key(struct scan *sc, const cfg_opt_t **opt, bool *good)
{
	struct key *k = &sc->pending, *more;
	const struct key *same;

	*opt = pending_opt(sc);
	*good = sc->opts[sc->depth] == NULL || *opt != NULL;
	if (!*good) {
		say_unknown(sc, sc->opts[sc->depth]);
		return BW_OK;
	}
	k->section = sc->in[sc->depth];
	if ((same = find_same(sc, k)) != NULL)
		say_again(sc, k, same->line, good);
	if (!*good)
		return BW_OK;
	if (sc->keys == NULL || sc->n == sc->cap) {
		sc->cap = sc->cap == 0 ? 64 : sc->cap * 2;
		more = reallocarray(sc->keys, sc->cap, sizeof(*more));
		if (more == NULL)
			return BW_ERR_NOMEM;
		sc->keys = more;
	}
	sc->keys[sc->n++] = *k;
	return BW_OK;
}

/* A key, its "=" and its value. */
static bw_err
take_assignment(struct scan *sc)
{
	char *from = sc->pending.s != NULL ? sc->pending.s : sc->s;
	const cfg_opt_t *opt = NULL;
	bool good = sc->pending.s != NULL;
	bw_err r = BW_OK;

	if (*sc->s == '+') {
		fault_add(sc->f, sc->line, "\"+=\" has no meaning in a policy; "
		    "a key is given once, with \"=\"");
		good = false;
		scan_step(sc);
	} else if (!good)
		fault_add(sc->f, sc->line, "a key is missing in front of "
		    "\"=\"");
	else if ((opt = pending_opt(sc)) != NULL && opt->type == CFGT_SEC) {
		fault_add(sc->f, sc->line, "\"%s\" is a section: \"{\" stands "
		    "behind it, and no \"=\"", opt->name);
		*sc->s = ' ';
		return BW_OK;
	} else
		r = take_key(sc, &opt, &good);
	if (r == BW_OK)
		r = scan_value(sc, opt, &good);
	if (!good)
		scan_wipe(from, sc->s);
	sc->pending = (struct key){ 0 };
	return r;
}

/* A word that nothing follows, neither "=" nor "{". */
static bw_err
end_pending(struct scan *sc)
{
	const cfg_opt_t *opt;
	struct key *k = &sc->pending;
	bool section;

	if (k->s == NULL)
		return BW_OK;
	opt = pending_opt(sc);
	section = opt != NULL ? opt->type == CFGT_SEC : k->title != NULL;
	if (opt == NULL && sc->opts[sc->depth] != NULL)
		say_unknown(sc, sc->opts[sc->depth]);
	else
		fault_add(sc->f, k->line, "\"%s\" is missing behind \"%.*s\"",
		    section ? "{" : "=", WORD(k));
	scan_wipe(k->s, k->title != NULL ? k->title + k->title_len + 1 :
	    k->s + k->len);
	*k = (struct key){ 0 };
	/* Its "}" would close another one. */
	return section ? BW_ERR_FORMAT : BW_OK;
}

/* The second word behind a key that has a value: "=" was forgotten. */
static bw_err
take_unassigned(struct scan *sc, const cfg_opt_t *opt)
{
	char *behind = sc->pending.s + sc->pending.len;

	if (sc->pending.line != sc->line || !scan_mend(behind, '='))
		return end_pending(sc);
	fault_add(sc->f, sc->line, "\"=\" is missing behind \"%s\"",
	    opt->name);
	sc->s = behind;
	return take_assignment(sc);
}

static bw_err
take_title(struct scan *sc, const cfg_opt_t *opt)
{
	struct key *k = &sc->pending;
	char *from = sc->s;
	bool quoted = *from == '"' || *from == '\'';

	if (k->line != sc->line && (k->title != NULL || (opt != NULL &&
	    (opt->flags & CFGF_TITLE) == 0)))
		return end_pending(sc);
	scan_word(sc);
	if (opt != NULL && (opt->flags & CFGF_TITLE) == 0) {
		fault_add(sc->f, k->line, "a section \"%s\" has no name; "
		    "\"{\" stands right behind it", opt->name);
		scan_wipe(from, sc->s);
	} else if (k->title != NULL) {
		fault_add(sc->f, k->line, "the name of a \"%.*s\" is one word",
		    WORD(k));
		scan_wipe(from, sc->s);
	} else {
		k->title = from + quoted;
		k->title_len = (size_t)(sc->s - k->title);
		k->title_len -= quoted && k->title_len != 0;
	}
	return BW_OK;
}

static bw_err
take_word(struct scan *sc)
{
	const cfg_opt_t *opt;
	char *from = sc->s;
	size_t line = sc->line;

	if (sc->pending.s == NULL) {
		scan_word(sc);
		sc->pending = (struct key){ .s = from,
			.len = (size_t)(sc->s - from), .line = line };
		return BW_OK;
	}
	opt = pending_opt(sc);
	if (opt != NULL && opt->type != CFGT_SEC)
		return take_unassigned(sc, opt);
	return take_title(sc, opt);
}

static bw_err
open_section(struct scan *sc)
{
	struct key *k = &sc->pending;
	const cfg_opt_t *opt = NULL;
	bool good = k->s != NULL;
	char *from = good ? k->s : sc->s;
	bw_err r = BW_OK;

	if (!good)
		fault_add(sc->f, sc->line, "the name of a section is missing "
		    "in front of \"{\"");
	else
		r = take_key(sc, &opt, &good);
	if (opt != NULL && opt->type != CFGT_SEC) {
		fault_add(sc->f, k->line, "\"=\" is missing behind \"%s\"",
		    opt->name);
		scan_wipe(from, sc->s);
		return scan_list(sc, NULL, &good);
	}
	if (opt != NULL && (opt->flags & CFGF_TITLE) != 0 && k->title == NULL) {
		fault_add(sc->f, k->line, "a \"%s\" needs a name: %s NAME {",
		    opt->name, opt->name);
		good = false;
	}
	if (sc->depth + 1 == DEPTH_MAX) {
		fault_add(sc->f, sc->line, "a section stands too deep inside "
		    "others");
		return BW_ERR_FORMAT;
	}
	sc->in[++sc->depth] = ++sc->sections;
	sc->opened[sc->depth] = sc->line;
	sc->opts[sc->depth] = opt != NULL ? opt->subopts : NULL;
	sc->wrong[sc->depth] = good ? NULL : from;
	scan_step(sc);
	*k = (struct key){ 0 };
	return r;
}

static bw_err
close_section(struct scan *sc)
{
	char *from = sc->s, *wrong = sc->wrong[sc->depth];
	bw_err r = end_pending(sc);

	scan_step(sc);
	if (sc->depth == 0) {
		fault_add(sc->f, sc->line, "there is a \"}\" too many");
		scan_wipe(from, sc->s);
		return r;
	}
	if (wrong != NULL)
		scan_wipe(wrong, sc->s);
	sc->depth--;
	return r;
}

static bw_err
scan_one(struct scan *sc)
{
	if (scan_is_word(sc->s))
		return take_word(sc);
	if (*sc->s == '=' || *sc->s == '+')
		return take_assignment(sc);
	if (*sc->s == '{')
		return open_section(sc);
	if (*sc->s == '}')
		return close_section(sc);
	fault_add(sc->f, sc->line, "\"%c\" does not belong here", *sc->s);
	*sc->s = ' ';
	return BW_OK;
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
	for (scan_blank(&sc); r == BW_OK && *sc.s != 0; scan_blank(&sc))
		r = scan_one(&sc);
	if (r == BW_OK)
		r = end_pending(&sc);
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
	return r;
}
