// SPDX-License-Identifier: Apache-2.0
/* The draft as a request finds it, and how it is stored again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/audit.h"
#include "host/portal/draft.h"
#include "host/route.h"

static bw_err
take_logos(struct draft *d)
{
	struct policyfile *p = d->file;
	bw_err r = BW_OK;

	for (size_t i = 0; r == BW_OK && i < p->n; i++) {
		const struct policyfile_logo *l = &p->logo[i];

		if (l->name[0] == 0)
			continue;
		r = store_draft_logo_get(d->c->store, l->name,
		    &p->part[i]->logo);
		if (r != BW_ERR_NOTFOUND)
			continue;
		fault_add(&d->f, l->line, "the logo %s is not here; upload it "
		    "on the sponsor's page", l->name);
		r = BW_OK;
	}
	return r;
}

static bw_err
check(struct draft *d, const struct bw_buf *text)
{
	bw_err r;

	memset(&d->f, 0, sizeof(d->f));
	policyfile_free(&d->file);
	r = policyfile_read(&d->file, (const char *)text->ptr, text->len,
	    d->c->host->dir->config.event_id, &d->f);
	if (r == BW_OK)
		r = take_logos(d);
	if (d->f.n != 0)
		policyfile_free(&d->file);
	for (size_t i = 0; i < d->f.n; i++)
		fault_say(&d->f.one[i], catalogue_find, layout_language(d->c),
		    d->said[i]);
	return r == BW_ERR_FORMAT || r == BW_ERR_BOUND ? BW_OK : r;
}

bw_err
draft_check(struct draft *d)
{
	struct bw_buf text = BW_BUF_INIT(POLICYFILE_MAX + 1);
	bw_err r = policytree_write(d->tree, &text);

	if (r == BW_OK)
		r = check(d, &text);
	bw_buf_free(&text);
	return r;
}

static bw_err
load(struct draft *d, bool raw)
{
	const char *text;
	bw_err r;

	if ((r = store_draft_get(d->c->store, &d->d)) != BW_OK)
		return r;
	text = (const char *)d->d.source.ptr;
	if (d->d.source.len == 0)
		return check(d, &d->d.source);
	r = policytree_read(&d->tree, text, d->d.source.len, &d->f);
	if (r == BW_OK)
		r = policytree_comments(text, d->d.source.len, &d->comments);
	if (r == BW_OK && !raw)
		return draft_check(d);
	return r == BW_OK || r == BW_ERR_FORMAT || r == BW_ERR_BOUND ?
	    check(d, &d->d.source) : r;
}

struct draft *
draft_open(struct call *c, bool raw)
{
	struct draft *d = calloc(1, sizeof(*d));
	bw_err r = BW_ERR_NOMEM;

	if (d != NULL) {
		d->c = c;
		if ((r = load(d, raw)) == BW_OK)
			return d;
	}
	draft_close(&d);
	if (r == BW_ERR_NOTFOUND)
		layout_go(c, "/policy", NULL);
	else
		layout_failure(c, r);
	return NULL;
}

struct draft *
draft_open_tree(struct call *c)
{
	struct draft *d = draft_open(c, false);

	if (d == NULL || d->tree != NULL)
		return d;
	draft_close(&d);
	layout_go(c, "/policy/draft/text", NULL);
	return NULL;
}

void
draft_close(struct draft **d)
{
	if (*d == NULL)
		return;
	policytree_free(&(*d)->tree);
	policyfile_free(&(*d)->file);
	bw_buf_free(&(*d)->d.source);
	free(*d);
	*d = NULL;
}

struct policytree *
draft_sponsor_of(struct draft *d)
{
	char id[STRICT_TARGET_MAX + 1];
	struct policytree *s = NULL;

	route_part(d->c, 0, id);
	if (text_is_id(id, strlen(id)))
		s = policytree_section(d->tree, "sponsor", id);
	if (s == NULL)
		layout_failure(d->c, BW_ERR_NOTFOUND);
	return s;
}

static bw_err
store_it(struct draft *d, const void *text, size_t len, const char *what,
    const char *logo_name, const struct policy_logo *logo)
{
	struct call *c = d->c;
	char rev[24];
	uint64_t n;
	bw_err r;

	form_value(c, "rev", rev, sizeof(rev));
	if (rev[0] == 0)	/* a word was typed in place of it */
		n = d->d.rev;
	else if (text_number(rev, strlen(rev), INT64_MAX, &n) != BW_OK)
		n = 0;
	if ((r = store_begin(c->store)) != BW_OK)
		return r;
	if (logo != NULL)
		r = store_draft_logo_put(c->store, logo_name, logo);
	if (r == BW_OK)
		r = store_draft_put(c->store, n, text, len,
		    c->me->login.account.id, c->now);
	return audit_finish(c->store, r, c->now, c->me->actor, DID_DRAFT_SAVE,
	    "draft", what);
}

bw_err
draft_store_text(struct draft *d, const void *text, size_t len,
    const char *what)
{
	return store_it(d, text, len, what, NULL, NULL);
}

/* What could not be read again would shut staff out of their forms. */
bw_err
draft_store(struct draft *d, const char *what, const char *logo_name,
    const struct policy_logo *logo)
{
	struct bw_buf text = BW_BUF_INIT(POLICYFILE_MAX);
	struct policytree *again = NULL;
	struct fault_list *f = calloc(1, sizeof(*f));
	bw_err r = f != NULL ? BW_OK : BW_ERR_NOMEM;

	if (r == BW_OK)
		r = policytree_write(d->tree, &text);
	if (r == BW_OK)
		r = policytree_read(&again, (const char *)text.ptr, text.len,
		    f);
	if (r == BW_OK)
		r = store_it(d, text.ptr, text.len, what, logo_name, logo);
	policytree_free(&again);
	free(f);
	bw_buf_free(&text);
	return r;
}
