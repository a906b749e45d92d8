// SPDX-License-Identifier: Apache-2.0
#include "host/policytree.h"

#include <stdlib.h>
#include <string.h>

#include "host/policy_grammar.h"

static void
key_free(struct policytree_key *k)
{
	for (size_t i = 0; i < k->n; i++)
		free(k->value[i]);
	free(k->value);
	free(k->name);
}

void
policytree_free(struct policytree **t)
{
	struct policytree *o = *t;

	if (o == NULL)
		return;
	for (size_t i = 0; i < o->nkeys; i++)
		key_free(&o->keys[i]);
	for (size_t i = 0; i < o->nsections; i++)
		policytree_free(&o->section[i]);
	free(o->keys);
	free(o->section);
	free(o->key);
	free(o->title);
	free(o);
	*t = NULL;
}

static struct policytree_key *
find(const struct policytree *t, const char *name)
{
	for (size_t i = 0; i < t->nkeys; i++)
		if (strcmp(t->keys[i].name, name) == 0)
			return &t->keys[i];
	return NULL;
}

const struct policytree_key *
policytree_key(const struct policytree *t, const char *name)
{
	return find(t, name);
}

const char *
policytree_value(const struct policytree *t, const char *name)
{
	const struct policytree_key *k = find(t, name);

	return k != NULL && k->n != 0 ? k->value[0] : "";
}

static bool
is_section(const struct policytree *s, const char *key, const char *title)
{
	return strcmp(s->key, key) == 0 && (title == NULL ||
	    (s->title != NULL && strcmp(s->title, title) == 0));
}

struct policytree *
policytree_section(const struct policytree *t, const char *key,
    const char *title)
{
	for (size_t i = 0; i < t->nsections; i++)
		if (is_section(t->section[i], key, title))
			return t->section[i];
	return NULL;
}

static void
remove_key(struct policytree *t, const char *name)
{
	struct policytree_key *k = find(t, name);
	size_t at;

	if (k == NULL)
		return;
	at = (size_t)(k - t->keys);
	key_free(k);
	memmove(k, k + 1, (t->nkeys - at - 1) * sizeof(*k));
	t->nkeys--;
}

static bw_err
put(struct policytree *t, const char *name, bool list, size_t n,
    const char *const *values)
{
	struct policytree_key k = { .list = list }, *more;

	remove_key(t, name);
	if ((more = reallocarray(t->keys, t->nkeys + 1,
	    sizeof(*more))) == NULL)
		return BW_ERR_NOMEM;
	t->keys = more;
	if ((k.name = strdup(name)) == NULL ||
	    (k.value = calloc(n, sizeof(*k.value))) == NULL)
		goto fail;
	for (; k.n < n; k.n++)
		if ((k.value[k.n] = strdup(values[k.n])) == NULL)
			goto fail;
	t->keys[t->nkeys++] = k;
	return BW_OK;
fail:
	key_free(&k);
	return BW_ERR_NOMEM;
}

bw_err
policytree_set(struct policytree *t, const char *name, const char *value)
{
	if (value != NULL)
		return put(t, name, false, 1, &value);
	remove_key(t, name);
	return BW_OK;
}

bw_err
policytree_set_list(struct policytree *t, const char *name, size_t n,
    const char *const *values)
{
	if (n != 0)
		return put(t, name, true, n, values);
	remove_key(t, name);
	return BW_OK;
}

bw_err
policytree_make(struct policytree *t, const char *key, const char *title,
    struct policytree **out)
{
	struct policytree *s, **more;

	if ((*out = policytree_section(t, key, title)) != NULL)
		return BW_OK;
	/* NOLINTNEXTLINE(bugprone-sizeof-expression): they are pointers */
	more = reallocarray(t->section, t->nsections + 1, sizeof(*more));
	if (more == NULL)
		return BW_ERR_NOMEM;
	t->section = more;
	if ((s = calloc(1, sizeof(*s))) == NULL ||
	    (s->key = strdup(key)) == NULL || (title != NULL &&
	    (s->title = strdup(title)) == NULL)) {
		policytree_free(&s);
		return BW_ERR_NOMEM;
	}
	t->section[t->nsections++] = *out = s;
	return BW_OK;
}

void
policytree_remove(struct policytree *t, const char *key, const char *title)
{
	size_t kept = 0;

	for (size_t i = 0; i < t->nsections; i++)
		if (is_section(t->section[i], key, title))
			policytree_free(&t->section[i]);
		else
			t->section[kept++] = t->section[i];
	t->nsections = kept;
}

static bw_err take(struct policytree *t, cfg_t *cfg);

static bw_err
take_strings(struct policytree *t, cfg_opt_t *opt)
{
	unsigned n = cfg_opt_size(opt);
	const char **values;
	bw_err r;

	if (n == 0 || cfg_opt_getnstr(opt, 0) == NULL)
		return BW_OK;
	if ((values = calloc(n, sizeof(*values))) == NULL)
		return BW_ERR_NOMEM;
	for (unsigned i = 0; i < n; i++)
		values[i] = cfg_opt_getnstr(opt, i);
	r = put(t, opt->name, (opt->flags & CFGF_LIST) != 0, n, values);
	free(values);
	return r;
}

/* One that has no name is always there for libconfuse. */
static bw_err
take_sections(struct policytree *t, cfg_opt_t *opt)
{
	struct policytree *s;
	bw_err r = BW_OK;

	for (unsigned i = 0; r == BW_OK && i < cfg_opt_size(opt); i++) {
		cfg_t *sec = cfg_opt_getnsec(opt, i);

		r = policytree_make(t, opt->name, cfg_title(sec), &s);
		if (r == BW_OK)
			r = take(s, sec);
		if (r == BW_OK && s->title == NULL && s->nkeys == 0)
			policytree_remove(t, opt->name, NULL);
	}
	return r;
}

static bw_err
take(struct policytree *t, cfg_t *cfg)
{
	bw_err r = BW_OK;

	for (cfg_opt_t *o = cfg->opts; r == BW_OK && o->name != NULL; o++)
		r = o->type == CFGT_SEC ? take_sections(t, o) :
		    take_strings(t, o);
	return r;
}

static bw_err
take_file(struct reading *rd, cfg_t *cfg, void *arg)
{
	(void)rd;
	return take(arg, cfg);
}

bw_err
policytree_read(struct policytree **out, const char *text, size_t len,
    struct fault_list *f)
{
	struct reading rd = { .f = f };
	struct policytree *t = calloc(1, sizeof(*t));
	bw_err r;

	*out = NULL;
	if (t == NULL)
		return BW_ERR_NOMEM;
	if ((r = policy_parse(text, len, &rd, take_file, t)) == BW_OK)
		*out = t;
	else
		policytree_free(&t);
	return r;
}

/* The scan blanks comments, and changes nothing else of a good file. */
bw_err
policytree_comments(const char *text, size_t len, bool *has)
{
	struct fault_list *f = calloc(1, sizeof(*f));
	char *copy = malloc(len + 1);
	struct grammar g;
	bw_err r = BW_ERR_NOMEM;

	*has = false;
	if (f == NULL || copy == NULL)
		goto out;
	memcpy(copy, text, len);
	copy[len] = 0;
	grammar_init(&g);
	r = policy_scan(copy, len, g.top, f);
	*has = memcmp(copy, text, len) != 0;
out:
	free(copy);
	free(f);
	return r;
}
