// SPDX-License-Identifier: Apache-2.0
/*
 * The question. Everything that a yes rests on is on one screen, in the
 * largest size that fits; when even the least size does not (long texts, large
 * mode on a small screen), it is on pages, of which the first has the title
 * and the fields, and the answers stay below each.
 */
#include "kiosk/ask.h"

#include <string.h>

#include "kiosk/foot.h"
#include "kiosk/i18n.h"
#include "kiosk/logo.h"

#define LARGE_LEAST 6		/* in large mode nothing is under this step,
				 * as long as there is another way */

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

static const int columns_mm[] = { ASK_COLUMN_MM, ASK_COLUMN_NARROW_MM };

static int
least_step(const struct ask *a)
{
	return a->c->large ? LARGE_LEAST : 0;
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
		h += ask_space(a, b[i]) + ask_height(a, b[i], text_width(a));
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

/* The height that the logo takes where the head had no room for it: of what is
 * left over alone, and of nothing else. */
static int
logo_alone(const struct ask *a, int left)
{
	int h = logo_height(a->c);

	return a->column || a->c->has_logo || logo_width(a->v, h) == 0 ||
	    logo_width(a->v, h) > a->body.w ? left : h + scene_gap(a->c);
}

static void
draw_logo(const struct ask *a, struct ui_box b)
{
	b.w = logo_width(a->v, b.h);
	logo_draw(a->c, a->v, b);
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
	int alone = logo_alone(a, left);

	extra = extra < most ? extra : most;
	if (alone < left) {
		draw_logo(a, box_top(&at, logo_height(a->c), scene_gap(a->c)));
		extra = (left - alone) / (int)n < most ?
		    (left - alone) / (int)n : most;
	}
	at.w = text_width(a);
	for (size_t i = 0; i < n; i++) {
		int h = ask_height(a, b[i], at.w);

		at.y += ask_space(a, b[i]) + (i > 0 ? extra : extra / 2);
		at.h = h;
		ask_draw(a, b[i], at);
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
		h += ask_height(a, o->block[i], a->body.w) +
		    (i > from ? ask_space(a, o->block[i]) : 0);
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
 * be. Fields alone come last of all. In large mode nothing gets smaller. */
static bool
fit_first(struct ask *a, struct pages *p, int least)
{
	int lowest = a->c->large ? least : 0;

	for (int i = least; i >= lowest; i--)
		if (fit_order(a, p, 0, i) || fit_order(a, p, 1, i))
			return true;
	return fit_order(a, p, 2, lowest);
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
			at.y += ask_space(a, b);
		at.h = ask_height(a, b, at.w);
		ask_draw(a, b, at);
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

/* The foot with "Share", and the one that leads to the next page instead. */
struct feet {
	struct foot share, read_on;
	char text[80];		/* of the way to the next page */
	/* They are planned for these: the plan is the same on every page and
	 * at every second. */
	struct view first, last;
	struct ui_box at;
};

/* What is between the head and the feet for so many pages: as much on each,
 * whichever of the two feet it has. */
static void
make_room(struct ask *a, struct feet *f, struct ui_box all, unsigned pages)
{
	struct ui_box other = all, at;

	f->share.pages = f->read_on.pages = pages;
	f->last.page = pages - 1;
	f->at = foot_plan(a->c, &f->share, &all);
	if (pages > 1) {
		foot_read_on(a->c, &f->read_on, f->text);
		at = foot_plan(a->c, &f->read_on, &other);
		if (other.h < all.h) {
			all = other;
			f->at = at;
		}
	}
	box_top(&all, 0, scene_gap(a->c) / 2);
	a->body = all;
	memset(a->known, 0, sizeof(a->known));
}

/* "Share" is there only when all of the question has been on the screen. */
static void
draw_foot(const struct ask *a, struct feet *f, unsigned page,
    unsigned pages)
{
	struct foot *which = page + 1 < pages ? &f->read_on : &f->share;

	which->v = a->v;
	if (which->read_on)
		foot_page_text(which, false, f->text);
	foot_draw(a->c, which, f->at);
}

/* True when it is drawn: on one page, or on several. */
static bool
draw_ask(struct ask *a, struct feet *f, struct ui_box all)
{
	struct pages p = { .order = &orders[0], .n = 2 };
	unsigned page;

	make_room(a, f, all, 1);
	if (plan_whole(a)) {
		draw_whole(a);
		draw_foot(a, f, 0, 1);
		return true;
	}
	/* The number of pages is in the foot, whose height says how many there
	 * are: a round or two settle it. */
	for (int i = 0; i < 3 && p.n != f->share.pages; i++) {
		make_room(a, f, all, p.n);
		if (!plan_pages(a, &p) && a->c->large)
			return false;
	}
	page = a->v->page % p.n;
	draw_page(a, &p, page);
	draw_foot(a, f, page, p.n);
	return true;
}

static void
answers(const struct ask *a, struct feet *f)
{
	struct canvas *c = a->c;

	*f = (struct feet){ .first = *a->v, .last = *a->v,
		.share = { .v = &f->last, .silence = a->silence } };
	f->first.page = 0;
	f->first.seconds_left = f->last.seconds_left = a->v->seconds_total;
	f->share.first = foot_answer(c, "decline", _("No thanks"),
	    _("nothing is shared"), ICON_CROSS);
	f->read_on = f->share;
	f->read_on.v = &f->first;
	f->share.second = foot_answer(c, "share", _("Share"),
	    _("then hold your badge here"), ICON_TICK);
}

void
scene_ask(struct canvas *c, const struct view *v)
{
	struct ask a = { .c = c, .v = v };
	struct feet f;
	struct ui_box all;

	if (v->notice == NULL || v->policy == NULL) {
		c->err = BW_ERR_ARG;
		return;
	}
	ask_take(&a);
	a.code = (struct code){ .caption = _("Privacy policy"),
		.address = a.address, .px = scene_least(c) };
	/* An address too long for a code is still there as text. */
	if (qr_new(&a.code.qr, v->policy->sponsor.privacy_url) == BW_ERR_NOMEM)
		c->err = BW_ERR_NOMEM;
	all = scene_head(c, v, true);
	answers(&a, &f);
	if (!draw_ask(&a, &f, all)) {
		/* So much text in large letters is more than this screen can
		 * show: as large as it goes then. */
		c->large = false;
		a.code.px = scene_least(c);
		answers(&a, &f);
		(void)draw_ask(&a, &f, all);
	}
	scene_tools(c, v);
	qr_free(&a.code.qr);
}
