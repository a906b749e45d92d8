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
#include "kiosk/foot.h"
#include "kiosk/i18n.h"

#define STEPS 12		/* sizes that are tried, 0 the least */
#define BLOCKS 6
#define WIDTHS 3		/* that text is tried in: two beside the code */
#define TINY 8			/* px: rather than to cut a text off */
#define LARGE_LEAST 6		/* in large mode nothing is under this step,
				 * as long as there is another way */

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
	int known[WIDTHS][STEPS + 1][BLOCKS];	/* heights; 0: not yet */
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
	{ { FIELDS, TITLE, PURPOSE, RETENTION, WITHDRAW, POLICY }, 1 },
};

/* The code beside the text: wide, else as narrow as it can be read. */
static const int columns_mm[] = { 400, 290 };

static int
least_step(const struct ask *a)
{
	return a->c->large ? LARGE_LEAST : 0;
}

static int
between(const struct ask *a, int least, int most)
{
	return least + (most - least) * a->step / STEPS;
}

static struct label
words(const struct ask *a, enum block b, int w)
{
	struct canvas *c = a->c;
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
		return l;
	}
	/* The last resort for texts of a whole page and more. */
	if (a->step == 0)
		l.px = label_fit(a->c, &l, w, a->body.h, TINY);
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
measure(const struct ask *a, enum block b, int w)
{
	struct fields f;
	struct label l;

	if (b == FIELDS) {
		plan_fields(a, w, &f);
		return f.height;
	}
	if (b == POLICY)
		return code_flat_height(a->c, &a->code, w, code_side(a));
	l = words(a, b, w);
	return label_size(a->c, &l, w).h;
}

/* Measuring is what costs time here: each height is taken once a frame. */
static int
height(struct ask *a, enum block b, int w)
{
	size_t width = w == a->body.w ? 0 : a->column_w ==
	    canvas_mm(a->c, columns_mm[0]) ? 1 : 2;
	int *known = &a->known[width][a->step][b];

	if (*known == 0)
		*known = measure(a, b, w) + 1;
	return *known - 1;
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
	l = words(a, b, at.w);
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
whole_height(struct ask *a)
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
	int no = STEPS + 1, yes = least_step(a) - 1;

	if (a->column && !code_fits(a->c, &a->code, a->column_w, a->body.h))
		return -1;
	while (no - yes > 1) {
		a->step = yes + (no - yes) / 2;
		if (whole_height(a) <= a->body.h)
			yes = a->step;
		else
			no = a->step;
	}
	if (yes < least_step(a))
		return -1;
	a->step = yes;
	return yes;
}

/* What is left over goes between the blocks, up to a little more than what
 * stands there already. */
static void
draw_whole(struct ask *a)
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
stack(struct ask *a, const struct order *o, size_t from, size_t to)
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
paginate(struct ask *a, struct pages *p)
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

static bool
first_fits(struct ask *a, const struct pages *p)
{
	return stack(a, p->order, 0, p->order->first) <= a->body.h;
}

/* The largest step from least on at which the first page of an order fits. */
static bool
fit_order(struct ask *a, struct pages *p, size_t i, int least)
{
	int yes = least - 1, no = STEPS + 1;

	p->order = &orders[i];
	while (no - yes > 1) {
		a->step = yes + (no - yes) / 2;
		if (first_fits(a, p))
			yes = a->step;
		else
			no = a->step;
	}
	p->first_step = yes;
	return yes >= least;
}

/* The first page as large as it fits: with title and purpose, if that goes in
 * letters of the size wanted, else with the title, in smaller ones if it must
 * be. Fields alone come last of all. */
static bool
fit_first(struct ask *a, struct pages *p, int least)
{
	for (int i = least; i >= 0; i--)
		if (fit_order(a, p, 0, i) || fit_order(a, p, 1, i))
			return true;
	return fit_order(a, p, 2, least) || fit_order(a, p, 2, 0);
}

/* The rest on as few pages as can be, and then as large as that allows. */
static bool
fit_rest(struct ask *a, struct pages *p, int least)
{
	int yes = least, no = STEPS + 1;
	unsigned n;

	a->step = least;
	if ((n = paginate(a, p)) == 0)
		return false;
	while (no - yes > 1) {
		a->step = yes + (no - yes) / 2;
		if (paginate(a, p) == n)
			yes = a->step;
		else
			no = a->step;
	}
	p->rest_step = a->step = yes;
	(void)paginate(a, p);
	return true;
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

/* True when all of it fits on one screen. */
static bool
plan_whole(struct ask *a)
{
	a->column = a->c->w > a->c->h;
	for (size_t i = 0; i < 2; i++) {
		a->column_w = canvas_mm(a->c, columns_mm[i]);
		if (fit(a) >= 0)
			return true;
	}
	a->column = false;
	return false;
}

static bool
plan_pages(struct ask *a, struct pages *p)
{
	int least = least_step(a);

	if (!fit_first(a, p, least))
		return false;
	while (least > 0 && !fit_rest(a, p, least))
		least--;
	return least > 0 || fit_rest(a, p, 0);
}

/* An address as people write it, without what every address has; it reads
 * from left to right everywhere. */
static void
plain(const char *url, char *out, size_t size)
{
	snprintf(out, size, I18N_LRI "%s" I18N_PDI,
	    strncmp(url, "https://", 8) == 0 ? url + 8 : url);
}

/* What is between the head and the foot for so many pages; the foot's box. */
static struct ui_box
make_room(struct ask *a, struct foot *f, struct ui_box all, unsigned pages)
{
	struct ui_box foot;

	f->pages = pages;
	foot = foot_plan(a->c, f, &all);
	box_top(&all, 0, scene_gap(a->c) / 2);
	a->body = all;
	memset(a->known, 0, sizeof(a->known));
	return foot;
}

/* True when it is drawn: on one page, or on several. */
static bool
draw_ask(struct ask *a, struct foot *f, struct ui_box all)
{
	struct pages p = { .n = 2 };
	struct ui_box foot = make_room(a, f, all, 1);

	if (plan_whole(a)) {
		draw_whole(a);
		foot_draw(a->c, f, foot);
		return true;
	}
	/* The number of pages is in the foot, whose height says how many there
	 * are: two rounds settle it. */
	for (int i = 0; i < 2; i++) {
		foot = make_room(a, f, all, p.n);
		if (!plan_pages(a, &p) && a->c->large)
			return false;
	}
	f->pages = p.n;
	draw_page(a, &p, a->v->page % p.n);
	foot_draw(a->c, f, foot);
	return true;
}

static void
answers(struct canvas *c, struct foot *f)
{
	f->first = foot_answer(c, "decline", _("No thanks"),
	    _("nothing is shared"), ICON_CROSS);
	f->second = foot_answer(c, "share", _("Share"),
	    _("then hold your badge here"), ICON_TICK);
}

void
scene_ask(struct canvas *c, const struct view *v)
{
	struct ask a = { .c = c, .v = v, .n = v->notice };
	struct foot f = { .v = v };
	char address[POLICY_URL_MAX + 8];
	struct ui_box all;

	if (v->notice == NULL || v->policy == NULL) {
		c->err = BW_ERR_ARG;
		return;
	}
	f.silence = v->notice->silence;
	plain(v->policy->sponsor.privacy_url, address, sizeof(address));
	a.code = (struct code){ .caption = _("Privacy policy"),
		.address = address, .px = scene_least(c) };
	/* An address too long for a code is still there as text. */
	if (qr_new(&a.code.qr, v->policy->sponsor.privacy_url) == BW_ERR_NOMEM)
		c->err = BW_ERR_NOMEM;
	all = scene_head(c, v, true);
	answers(c, &f);
	if (!draw_ask(&a, &f, all)) {
		/* So much text in large letters is more than this screen can
		 * show: as large as it goes then. */
		c->large = false;
		a.code.px = scene_least(c);
		answers(c, &f);
		(void)draw_ask(&a, &f, all);
	}
	scene_tools(c, v);
	qr_free(&a.code.qr);
}
