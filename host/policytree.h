/* SPDX-License-Identifier: Apache-2.0 */
/*
 * policytree.h - a policy file as its keys and sections, to be changed and
 * written again, where policyfile.h has what it means.
 *
 * Comments are not kept. Reading what was written gives the same tree, and
 * writing that the same text, whatever the values hold: what would be read in
 * another way stands behind a backslash.
 */
#ifndef HOST_POLICYTREE_H
#define HOST_POLICYTREE_H

#include <stdbool.h>

#include "base/buf.h"
#include "host/fault.h"

/* A section; the file is one without key and title. It owns all of it. It
 * is written in the order of the grammar, sections of a kind in theirs. */
struct policytree {
	char *key, *title;		/* title: NULL or a name */
	size_t line, end;		/* where it stands, once written */
	size_t nkeys;
	struct policytree_key {
		char *name;
		bool list;
		size_t n, line;
		char **value;
	} *keys;
	size_t nsections;
	struct policytree **section;
};

/* BW_ERR_FORMAT with what is wrong with the form of it in *f, BW_ERR_BOUND,
 * BW_ERR_NOMEM. What values mean is not looked at. */
BW_MUST_USE bw_err policytree_read(struct policytree **out, const char *text,
    size_t len, struct fault_list *f);
void policytree_free(struct policytree **t);
/* Append the file's text, and note each key's line; a key that the grammar has
 * not is left out. BW_ERR_FORMAT: a value is
 * not clean text (text.h); BW_ERR_BOUND, BW_ERR_NOMEM. */
BW_MUST_USE bw_err policytree_write(struct policytree *t, struct bw_buf *out);

/* Whether a file, which can be read, has comments. */
BW_MUST_USE bw_err policytree_comments(const char *text, size_t len,
    bool *has);

/* NULL when there is none. */
const struct policytree_key *policytree_key(const struct policytree *t,
    const char *name);
/* A key's (first) value; "" when there is none. */
const char *policytree_value(const struct policytree *t, const char *name);
/* The section of this kind and title (NULL: none has). NULL: there is none. */
struct policytree *policytree_section(const struct policytree *t,
    const char *key, const char *title);

/* Set a key; NULL takes it away. Of a list the n values; 0 takes it away.
 * BW_ERR_NOMEM. */
BW_MUST_USE bw_err policytree_set(struct policytree *t, const char *name,
    const char *value);
BW_MUST_USE bw_err policytree_set_list(struct policytree *t,
    const char *name, size_t n, const char *const *values);
/* The section, made when it is not there. BW_ERR_NOMEM. */
BW_MUST_USE bw_err policytree_make(struct policytree *t, const char *key,
    const char *title, struct policytree **out);
/* Take it away, if it is there; all of this kind when title is NULL. */
void policytree_remove(struct policytree *t, const char *key,
    const char *title);

#endif
