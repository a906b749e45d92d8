// SPDX-License-Identifier: Apache-2.0
/* A policy's keys and sections as the text of its file. */
#include <string.h>

#include "base/text.h"
#include "host/policy_grammar.h"
#include "host/policytree.h"

struct writing {
	struct bw_buf *out;
	size_t line;
	unsigned depth;
	bw_err r;			/* the first failure */
};

static void
put(struct writing *w, const char *s)
{
	if (w->r == BW_OK)
		w->r = bw_buf_put(w->out, s, strlen(s));
}

static void
end_line(struct writing *w)
{
	put(w, "\n");
	w->line++;
}

static void
indent(struct writing *w)
{
	for (unsigned i = 0; i < w->depth; i++)
		put(w, "\t");
}

/* In double quotes. A dollar would begin the name of a variable. */
static void
quoted(struct writing *w, const char *s)
{
	if (!text_is_clean(s, strlen(s)))
		w->r = w->r == BW_OK ? BW_ERR_FORMAT : w->r;
	put(w, "\"");
	for (; w->r == BW_OK && *s != 0; s++) {
		char c[3] = { '\\', *s, 0 };

		put(w, strchr("\"\\$", *s) != NULL ? c : c + 1);
	}
	put(w, "\"");
}

/* An id needs no quotes. */
static void
word(struct writing *w, const char *s)
{
	if (text_is_id(s, strlen(s)))
		put(w, s);
	else
		quoted(w, s);
}

static void
write_key(struct writing *w, struct policytree_key *k)
{
	k->line = w->line;
	indent(w);
	put(w, k->name);
	put(w, k->list ? " = { " : " = ");
	for (size_t i = 0; i < k->n; i++) {
		put(w, i == 0 ? "" : ", ");
		word(w, k->value[i]);
	}
	put(w, k->list ? " }" : "");
	end_line(w);
}

static void write_all(struct writing *w, struct policytree *t,
    const cfg_opt_t *opts);

static void
write_section(struct writing *w, struct policytree *t, const cfg_opt_t *opts)
{
	if (w->depth == 0)
		end_line(w);
	t->line = w->line;
	indent(w);
	put(w, t->key);
	if (t->title != NULL) {
		put(w, " ");
		word(w, t->title);
	}
	put(w, " {");
	end_line(w);
	w->depth++;
	write_all(w, t, opts);
	w->depth--;
	t->end = w->line;
	indent(w);
	put(w, "}");
	end_line(w);
}

/* In the order of the grammar, whatever that of the changes was. */
static void
write_all(struct writing *w, struct policytree *t, const cfg_opt_t *opts)
{
	for (; opts->name != NULL; opts++) {
		for (size_t i = 0; i < t->nkeys; i++)
			if (strcmp(t->keys[i].name, opts->name) == 0)
				write_key(w, &t->keys[i]);
		for (size_t i = 0; i < t->nsections; i++)
			if (strcmp(t->section[i]->key, opts->name) == 0)
				write_section(w, t->section[i],
				    opts->subopts);
	}
}

bw_err
policytree_write(struct policytree *t, struct bw_buf *out)
{
	struct writing w = { .out = out, .line = 1, .r = BW_OK };
	struct grammar g;

	grammar_init(&g);
	write_all(&w, t, g.top);
	return w.r;
}
