// SPDX-License-Identifier: Apache-2.0
/* A sponsor's logo comes into the draft: decoded by another program. */
#include <stdio.h>
#include <string.h>

#include "host/picture.h"
#include "host/portal/draft.h"

static void
back(struct draft *d, const struct policytree *s, const char *word)
{
	char to[96];

	snprintf(to, sizeof(to), "/policy/draft/sponsors/%s", s->title);
	layout_go(d->c, to, word);
}

/* Why it is not taken, on a page of its own. */
static void
refuse(struct draft *d, const struct policytree *s, const char *why)
{
	struct page p;
	char to[96];

	snprintf(to, sizeof(to), "/policy/draft/sponsors/%s", s->title);
	layout_begin(&p, d->c, 422, N_("The logo was not taken"));
	page_raw(&p, "<p class=\"error\">");
	say_value(&p, N_("The picture %s."), catalogue_find(
	    layout_language(d->c), why));
	page_raw(&p, "</p>\n<p>");
	layout_link(&p, to, N_("Back to the sponsor"));
	page_raw(&p, "</p>\n");
	layout_end(&p, d->c);
}

static void
store(struct draft *d, struct policytree *s, const char *name,
    const struct policy_logo *logo)
{
	bw_err r = policytree_set(s, "logo", name);

	if (r == BW_OK)
		r = draft_store(d, s->title, name, logo);
	if (r == BW_OK)
		back(d, s, "draft");
	else if (r == BW_ERR_EXISTS)
		back(d, s, "faster");
	else
		layout_failure(d->c, r);
}

static void
take(struct draft *d, struct policytree *s, const struct http_part *part)
{
	struct policy_logo logo = { 0, 0, BW_BUF_INIT(0) };
	struct bw_buf file = BW_BUF_INIT(PICTURE_FILE_MAX);
	char name[TEXT_ID_MAX + 8];
	enum picture_why why;

	if (bw_buf_put(&file, part->ptr, part->len) != BW_OK)
		refuse(d, s, "is over 512 KiB");
	else if ((why = picture_run(&file, &logo)) != PICTURE_OK)
		refuse(d, s, picture_says(why));
	else {
		snprintf(name, sizeof(name), "%s.%s", s->title,
		    part->ptr[0] == 0x89 ? "png" : "svg");
		store(d, s, name, &logo);
	}
	bw_buf_free(&file);
	bw_buf_free(&logo.rgba);
}

void
draft_sponsor_logo(struct call *c)
{
	struct draft *d = draft_open_tree(c);
	struct policytree *s;
	struct http_part part;
	char remove[8];

	if (d == NULL)
		return;
	if ((s = draft_sponsor_of(d)) == NULL) {
		draft_close(&d);
		return;
	}
	form_value(c, "remove", remove, sizeof(remove));
	if (remove[0] != 0)
		store(d, s, NULL, NULL);
	else if (http_part(c->in, "file", 0, &part) != BW_OK || part.len == 0)
		refuse(d, s, "is missing: choose a file");
	else
		take(d, s, &part);
	draft_close(&d);
}
