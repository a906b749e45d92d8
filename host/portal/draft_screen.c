// SPDX-License-Identifier: Apache-2.0
/* The screens that the draft makes, drawn as the kiosk does it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/notice.h"
#include "host/portal/draft.h"
#include "host/preview.h"
#include "host/route.h"

static const char *const sizes[] = { "800x480", "480x800", "1024x600",
	"1280x800", "1920x1080" };

struct view {
	struct preview_want want;
	char size[12], id[TEXT_ID_MAX + 1];
	const struct policy *part;
};

/* What the query asks for, or the first of each. BW_ERR_NOTFOUND: no such
 * sponsor. */
static bw_err
look_up(struct call *c, const struct policyfile *file, struct view *v)
{
	char id[STRICT_TARGET_MAX + 1], idle[8];

	route_part(c, 0, id);
	for (size_t i = 0; i < file->n; i++)
		if (strcmp(file->part[i]->sponsor.id, id) == 0)
			v->part = file->part[i];
	if (v->part == NULL)
		return BW_ERR_NOTFOUND;
	memcpy(v->id, v->part->sponsor.id, sizeof(v->id));
	/* "lang" would be that of the page. */
	if (http_param(c->in, "in", v->want.lang, sizeof(v->want.lang)) !=
	    BW_OK || notice_language_name(v->want.lang) == NULL)
		snprintf(v->want.lang, sizeof(v->want.lang), "%s",
		    v->part->lang[0]);
	if (http_param(c->in, "size", v->size, sizeof(v->size)) != BW_OK ||
	    !preview_size(v->size, &v->want)) {
		snprintf(v->size, sizeof(v->size), "%s", sizes[0]);
		(void)preview_size(v->size, &v->want);
	}
	v->want.idle = http_param(c->in, "idle", idle, sizeof(idle)) == BW_OK;
	return BW_OK;
}

static bw_err
draw(struct draft *d, struct view *v, struct preview *out)
{
	struct bw_buf json = BW_BUF_INIT(POLICY_MAX);
	bw_err r;

	memset(out, 0, sizeof(*out));
	if ((r = look_up(d->c, d->file, v)) != BW_OK)
		return r;
	policyfile_fill(d->file, d->c->host->dir, "draft");
	if ((r = policy_encode(v->part, &json)) == BW_OK)
		r = preview_draw(d->c->host->previewer, json.ptr, json.len,
		    &v->want, out);
	bw_buf_free(&json);
	return r;
}

static void
choice(struct page *p, const struct view *v, const char *lang,
    const char *size, bool idle, const char *text)
{
	bool here = strcmp(lang, v->want.lang) == 0 &&
	    strcmp(size, v->size) == 0 && idle == v->want.idle;
	char to[160];

	snprintf(to, sizeof(to),
	    "/policy/draft/sponsors/%s/screen?in=%s&size=%s%s", v->id, lang,
	    size, idle ? "&idle=1" : "");
	page_raw(p, "<li><a href=\"");
	page_text(p, to);
	page_raw(p, here ? "\" aria-current=\"true\">" : "\">");
	page_text(p, text);
	page_raw(p, "</a></li>\n");
}

static void
choices(struct page *p, const struct view *v)
{
	page_raw(p, "<ul class=\"choices\">\n");
	for (size_t i = 0; i < v->part->nlangs; i++)
		choice(p, v, v->part->lang[i], v->size, v->want.idle,
		    draft_language(p, v->part->lang[i]));
	page_raw(p, "</ul>\n<ul class=\"choices\">\n");
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		choice(p, v, v->want.lang, sizes[i], v->want.idle, sizes[i]);
	page_raw(p, "</ul>\n<ul class=\"choices\">\n");
	choice(p, v, v->want.lang, v->size, false,
	    catalogue_find(p->w->lang, N_("The question")));
	choice(p, v, v->want.lang, v->size, true,
	    catalogue_find(p->w->lang, N_("The first screen")));
	page_raw(p, "</ul>\n");
}

static void
picture(struct page *p, const struct view *v, size_t page, size_t n)
{
	char src[200], number[48];

	snprintf(src, sizeof(src), "/policy/draft/sponsors/%s/screen/%zu?"
	    "in=%s&size=%s%s", v->id, page, v->want.lang, v->size,
	    v->want.idle ? "&idle=1" : "");
	snprintf(number, sizeof(number), "%zu/%zu", page, n);
	page_raw(p, "<figure>\n<img class=\"screen\" src=\"");
	page_text(p, src);
	page_raw(p, "\" alt=\"");
	say(p, N_("The device's screen. Its sentences are on the page with "
	    "what is new."));
	page_raw(p, "\">\n<figcaption>");
	say_value(p, N_("Page %s"), number);
	page_raw(p, "</figcaption>\n</figure>\n");
}

static void
show(struct draft *d)
{
	struct view v = { .part = NULL };
	struct preview pages;
	struct page p;
	bw_err r = draw(d, &v, &pages);

	if (v.part == NULL) {
		layout_failure(d->c, r);
		preview_free(&pages);
		return;
	}
	layout_begin(&p, d->c, 200, N_("Screens under the draft"));
	page_raw(&p, "<p>");
	page_value(&p, v.part->sponsor.name);
	page_raw(&p, " · ");
	layout_link(&p, "/policy/draft", N_("Back to the draft"));
	page_raw(&p, "</p>\n");
	say_in(&p, "p", N_("As a device will show them. No attendee sees them "
	    "before the draft is installed."));
	choices(&p, &v);
	if (r != BW_OK)
		layout_note(&p, "warning", r == BW_ERR_NOTFOUND ?
		    N_("Nothing can be drawn here: badgeward-preview is not "
		    "installed beside badgeward-host.") : N_("This could not "
		    "be drawn. Try another size, or again in a minute."));
	for (size_t i = 0; r == BW_OK && i < pages.n; i++)
		picture(&p, &v, i + 1, pages.n);
	layout_end(&p, d->c);
	preview_free(&pages);
}

/* The draft, if it is whole; NULL: the answer is filled in. */
static struct draft *
open_whole(struct call *c)
{
	struct draft *d = draft_open(c, true);
	struct page p;

	if (d != NULL && d->tree != NULL && draft_sponsor_of(d) == NULL)
		draft_close(&d);
	if (d == NULL || d->file != NULL)
		return d;
	layout_begin(&p, c, 200, N_("Screens under the draft"));
	layout_empty(&p, N_("Screens can be drawn when nothing is wrong with "
	    "the draft any more."), "/policy/draft", N_("Mend the draft"));
	layout_end(&p, c);
	draft_close(&d);
	return NULL;
}

void
draft_screen(struct call *c)
{
	struct draft *d = open_whole(c);

	if (d != NULL)
		show(d);
	draft_close(&d);
}

void
draft_picture(struct call *c)
{
	struct draft *d = open_whole(c);
	char part[STRICT_TARGET_MAX + 1];
	struct view v = { .part = NULL };
	struct preview pages;
	uint64_t n = 0;
	bw_err r;

	if (d == NULL)
		return;
	r = draw(d, &v, &pages);
	route_part(c, 1, part);
	if (r == BW_OK && (text_number(part, strlen(part), PREVIEW_PAGES,
	    &n) != BW_OK || n == 0 || n > pages.n))
		r = BW_ERR_NOTFOUND;
	if (r == BW_OK)
		http_text(c->out, 200, "image/png", pages.page[n - 1].ptr,
		    pages.page[n - 1].len);
	else
		layout_failure(c, r);
	preview_free(&pages);
	draft_close(&d);
}
