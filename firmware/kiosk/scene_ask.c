// SPDX-License-Identifier: Apache-2.0
/*
 * The question. Everything that a yes rests on is on one screen, in the
 * largest size that fits; when even the least size does not (long texts, large
 * mode on a small screen), it is on pages, of which the first has the title
 * and the fields, and the answers stay below each.
 */
#include "kiosk/scene.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/code.h"
#include "kiosk/fields.h"
#include "kiosk/i18n.h"

#define STEPS 12		/* sizes that are tried, 0 the least */
#define BLOCKS 6

enum block { TITLE, PURPOSE, FIELDS, RETENTION, WITHDRAW, POLICY };

struct ask {
	struct canvas *c;
	const struct view *v;
	const struct policy_notice *n;
	struct ui_box body;	/* between the head and the answers */
	struct code code;
	bool column;		/* the code stands in a column at the end */
	int column_w;
	int step;
};

static const enum block whole[] = { TITLE, PURPOSE, FIELDS, RETENTION,
	WITHDRAW };
/* On pages; the first page holds the first so many of them. */
static const struct order {
	enum block block[BLOCKS];
	size_t first;
} orders[] = {
	{ { TITLE, PURPOSE, FIELDS, RETENTION, WITHDRAW, POLICY }, 3 },
	{ { TITLE, FIELDS, PURPOSE, RETENTION, WITHDRAW, POLICY }, 2 },
};
#define ORDERS (sizeof(orders) / sizeof(orders[0]))

static int
between(const struct ask *a, int least, int most)
{
	return least + (most - least) * a->step / STEPS;
}

static struct label
words(const struct ask *a, enum block b)
{
	const struct canvas *c = a->c;
	struct label l = { .top = true, .colour = c->theme->ink,
		.ground = c->theme->ground };

	l.px = between(a, scene_small(c), scene_must(c));
	switch (b) {
	case TITLE:
		l.s = a->n->title;
		l.bold = true;
		l.px = between(a, scene_fine(c), scene_must(c) * 11 / 10);
		break;
	case PURPOSE:
		l.s = a->n->purpose;
		break;
	case RETENTION:
	case WITHDRAW:
		l.s = b == RETENTION ? a->n->retention : a->n->withdraw;
		l.px = between(a, scene_least(c), scene_body(c));
		break;
	case FIELDS:
	case POLICY:
		break;
	}
	return l;
}

static void
plan_fields(const struct ask *a, int w, struct fields *f)
{
	fields_plan(a->c, a->v, w, between(a, scene_small(a->c),
	    scene_must(a->c)), f);
}

static int
code_side(const struct ask *a)
{
	return between(a, canvas_mm(a->c, 240), canvas_mm(a->c, 360));
}

static int
height(const struct ask *a, enum block b, int w)
{
	struct fields f;
	struct label l;

	if (b == FIELDS) {
		plan_fields(a, w, &f);
		return f.height;
	}
	if (b == POLICY)
		return code_flat_height(a->c, &a->code, w, code_side(a));
	l = words(a, b);
	return label_size(a->c, &l, w).h;
}

static void
draw(const struct ask *a, enum block b, struct ui_box at)
{
	struct fields f;
	struct label l;

	if (b == FIELDS) {
		plan_fields(a, at.w, &f);
		if (f.height != 0)
			fields_draw(a->c, &f, at);
		return;
	}
	if (b == POLICY) {
		code_flat_draw(a->c, &a->code, at, code_side(a));
		return;
	}
	l = words(a, b);
	label_draw(a->c, &l, at);
}

/* The space above a block: sentences that belong together stand close. */
static int
space(const struct ask *a, enum block b)
{
	int gap = scene_gap(a->c);

	switch (b) {
	case TITLE:
		return 0;
	case PURPOSE:
	case WITHDRAW:
		return gap / 2;
	case FIELDS:
	case RETENTION:
	case POLICY:
		return gap + gap / 2;
	}
	return gap;
}

static size_t
blocks_of_whole(const struct ask *a, enum block out[static BLOCKS])
{
	size_t n = sizeof(whole) / sizeof(whole[0]);

	memcpy(out, whole, sizeof(whole));
	if (!a->column)
		out[n++] = POLICY;
	return n;
}

static int
text_width(const struct ask *a)
{
	return a->column ? a->body.w - a->column_w - 2 * scene_gap(a->c) :
	    a->body.w;
}

static int
whole_height(const struct ask *a)
{
	enum block b[BLOCKS];
	size_t n = blocks_of_whole(a, b);
	int h = 0;

	for (size_t i = 0; i < n; i++)
		h += space(a, b[i]) + height(a, b[i], text_width(a));
	return h;
}

/* The largest step at which all of it fits on one screen; -1: none does. */
static int
fit(struct ask *a)
{
	int no = STEPS + 1, yes = -1;

	if (a->column && !code_fits(a->c, &a->code, a->column_w, a->body.h))
		return -1;
	while (no - yes > 1) {
		a->step = yes + (no - yes) / 2;
		if (whole_height(a) <= a->body.h)
			yes = a->step;
		else
			no = a->step;
	}
	a->step = yes;
	return yes;
}

/* What is left over goes between the blocks, up to a little more than what
 * stands there already. */
static void
draw_whole(const struct ask *a)
{
	int left = a->body.h - whole_height(a);
	struct ui_box at = a->body;
	enum block b[BLOCKS];
	size_t n = blocks_of_whole(a, b);
	int extra = left / (int)n, most = 2 * scene_gap(a->c);

	extra = extra < most ? extra : most;
	at.w = text_width(a);
	for (size_t i = 0; i < n; i++) {
		int h = height(a, b[i], at.w);

		at.y += space(a, b[i]) + (i > 0 ? extra : extra / 2);
		at.h = h;
		draw(a, b[i], at);
		at.y += h;
	}
	if (a->column) {
		at = a->body;
		at.y += extra / 2;
		at.h -= extra / 2;
		code_draw(a->c, &a->code, box_end(&at, a->column_w, 0));
	}
}

/* Blocks on pages of their own sizes. */
struct pages {
	const struct order *order;
	unsigned page[BLOCKS];	/* of each block */
	unsigned n;
	int first_step, rest_step;
};

/* The height of blocks [from, to) below each other. */
static int
stack(const struct ask *a, const struct order *o, size_t from, size_t to)
{
	int h = 0;

	for (size_t i = from; i < to; i++)
		h += height(a, o->block[i], a->body.w) +
		    (i > from ? space(a, o->block[i]) : 0);
	return h;
}

/* The blocks that the first page does not hold; how many pages that makes, 0
 * when a block is higher than a page. */
static unsigned
paginate(const struct ask *a, struct pages *p)
{
	size_t from = p->order->first;

	p->n = 2;
	for (size_t i = p->order->first; i < BLOCKS; i++) {
		if (i > from && stack(a, p->order, from, i + 1) > a->body.h) {
			p->n++;
			from = i;
		}
		if (stack(a, p->order, i, i + 1) > a->body.h)
			return 0;
		p->page[i] = p->n - 1;
	}
	return p->n;
}

/* The first page as large as it fits, in the better of the two orders. */
static void
fit_first(struct ask *a, struct pages *p)
{
	for (size_t i = 0; i < ORDERS; i++) {
		p->order = &orders[i];
		for (a->step = STEPS; a->step >= 0; a->step--) {
			p->first_step = a->step;
			if (stack(a, p->order, 0, p->order->first) <=
			    a->body.h)
				return;
		}
	}
}

/* The rest on as few pages as can be, and then as large as that allows. */
static void
fit_rest(struct ask *a, struct pages *p)
{
	unsigned least;

	a->step = 0;
	least = paginate(a, p);
	for (a->step = STEPS; a->step > 0; a->step--)
		if (paginate(a, p) == least)
			break;
	p->rest_step = a->step;
	(void)paginate(a, p);
}

static void
draw_page(struct ask *a, const struct pages *p, unsigned wanted)
{
	struct ui_box at = a->body;

	a->step = wanted == 0 ? p->first_step : p->rest_step;
	for (size_t i = 0; i < BLOCKS; i++) {
		enum block b = p->order->block[i];

		if (p->page[i] != wanted)
			continue;
		if (at.y > a->body.y)
			at.y += space(a, b);
		at.h = height(a, b, at.w);
		draw(a, b, at);
		at.y += at.h;
	}
}

/* The code beside the text: wide, else as narrow as it can be read. */
static const int columns_mm[] = { 400, 290 };

static unsigned
draw_body(struct ask *a)
{
	struct pages p = { .n = 0 };

	a->column = a->c->w > a->c->h;
	for (size_t i = 0; i < 2; i++) {
		a->column_w = canvas_mm(a->c, columns_mm[i]);
		if (fit(a) >= 0) {
			draw_whole(a);
			return 1;
		}
	}
	a->column = false;
	fit_first(a, &p);
	fit_rest(a, &p);
	draw_page(a, &p, a->v->page % p.n);
	return p.n;
}

static void
answers(struct canvas *c, struct ui_box b)
{
	struct widget no = { .name = "decline", .text = _("No thanks"),
		.below = _("nothing is shared"), .icon = ICON_CROSS,
		.px = scene_must(c), .below_px = scene_body(c),
		.least = scene_least(c), .full = true };
	struct widget yes = no;

	yes.name = "share";
	yes.text = _("Share");
	yes.below = _("then hold your badge here");
	yes.icon = ICON_TICK;
	scene_choices(c, &no, &yes, b);
}

/* An address as people write it, without what every address has. */
static const char *
plain(const char *url)
{
	return strncmp(url, "https://", 8) == 0 ? url + 8 : url;
}

void
scene_ask(struct canvas *c, const struct view *v)
{
	struct ask a = { .c = c, .v = v, .n = v->notice };
	int gap = scene_gap(c);
	struct ui_box row, choice;
	unsigned pages;

	if (v->notice == NULL || v->policy == NULL) {
		c->err = BW_ERR_ARG;
		return;
	}
	a.code = (struct code){ .caption = _("Privacy policy"),
		.address = plain(v->policy->sponsor.privacy_url),
		.px = scene_least(c) };
	/* An address too long for a code is still there as text. */
	if (qr_new(&a.code.qr, v->policy->sponsor.privacy_url) == BW_ERR_NOMEM)
		c->err = BW_ERR_NOMEM;
	a.body = scene_head(c, v, true);
	box_bottom(&a.body, canvas_mm(c, 12) + gap / 4, 0);
	row = box_bottom(&a.body, scene_row_height(c), gap);
	choice = box_bottom(&a.body, scene_choice_height(c), gap);
	box_top(&a.body, 0, gap / 2);
	pages = draw_body(&a);
	answers(c, choice);
	scene_countdown(c, v, v->notice->silence, pages, row);
	scene_tools(c, v);
	qr_free(&a.code.qr);
}
