// SPDX-License-Identifier: Apache-2.0
/*
 * What was shared, with its values: the only scene that holds any. Whatever is
 * copied here is wiped before the function ends.
 */
#include "kiosk/scene.h"

#include <string.h>

#include "kiosk/code.h"
#include "kiosk/foot.h"
#include "kiosk/i18n.h"
#include "kiosk/rows.h"

#define TINY 10			/* px: rather than to cut a name off */

struct shared {
	struct canvas *c;
	const struct view *v;
	struct rows rows;
	unsigned page[ROWS_MAX];
	unsigned pages;
	bool fits;		/* no row is higher than a page */
};

static void
collect(struct shared *s)
{
	const struct view *v = s->v;

	for (int f = FIELD_NAME; v->values != NULL && f <= FIELD_LOCATION;
	     f++) {
		const char *value;

		if ((v->granted & FIELD_BIT(f)) == 0)
			continue;
		/* Not on the badge: the host takes it from the registration. */
		value = v->values->v[f][0] != '\0' ? v->values->v[f] :
		    _("as registered");
		s->rows.row[s->rows.n].name = scene_field((enum field)f);
		s->rows.row[s->rows.n].value = value;
		s->rows.row[s->rows.n].phone = f == FIELD_WORK_PHONE;
		s->rows.n++;
	}
}

/* In large mode values are never smaller than what must be read is else; they
 * rather go on to another page. */
static int
least_value(const struct canvas *c)
{
	return c->large ? scene_must(c) * 4 / 5 : scene_least(c);
}

/* Rows on pages at the size that they have; how many pages that makes. */
static unsigned
split(struct shared *s, struct ui_box b)
{
	int used = 0;

	s->pages = 1;
	s->fits = true;
	for (size_t i = 0; i < s->rows.n; i++) {
		int h = rows_height(s->c, &s->rows, i, b.w);

		if (used > 0 && used + h > b.h) {
			s->pages++;
			used = 0;
		}
		s->fits = s->fits && h <= b.h;
		used += h;
		s->page[i] = s->pages - 1;
	}
	return s->pages;
}

/* All on one page, else on as few as can be, and then as large as can be. */
static void
paginate(struct shared *s, struct ui_box b)
{
	int least = least_value(s->c), most = scene_must(s->c);
	unsigned pages;

	if (!rows_fit(s->c, &s->rows, b.w, b.h, most, least)) {
		pages = split(s, b);
		for (int px = most; s->fits && px > least; px--) {
			s->rows.px = px;
			if (split(s, b) == pages && s->fits)
				return;
			s->fits = true;
		}
		s->rows.px = least;
	}
	(void)split(s, b);
}

static void
draw_values(struct shared *s, struct ui_box b)
{
	unsigned wanted = s->v->page % s->pages;
	size_t first = 0, n = 0;

	while (first < s->rows.n && s->page[first] != wanted)
		first++;
	while (first + n < s->rows.n && s->page[first + n] == wanted)
		n++;
	if (n > 0)
		rows_draw(s->c, &s->rows, first, n, b);
}

/* Where everything goes, and the receipt's code. */
struct places {
	struct ui_box foot, headline, failure, receipt, note, values;
	struct label title, failed, noted;
	struct code code;
	bool tight;		/* the answers have one line each */
	enum { BELOW_CODE, BESIDE_CODE, BELOW_VALUES } form;
};

static int
code_width(const struct canvas *c)
{
	return canvas_mm(c, 440);
}

/* On a screen with room its sentence stands below the code, on a low one below
 * the values; on a narrow and high one both are below the values. */
static void
place_receipt(struct canvas *c, struct places *p, struct ui_box *body)
{
	struct code *k = &p->code;
	int w = code_width(c), side;

	k->px = scene_least(c);
	if (p->form == BESIDE_CODE) {
		p->receipt = box_bottom(body, code_flat_height(c, k, body->w,
		    w), scene_gap(c));
		return;
	}
	p->form = code_column_side(c, k, w, body->h) >= canvas_mm(c, 360) &&
	    code_fits(c, k, w, body->h) ? BELOW_CODE : BELOW_VALUES;
	if (p->form == BELOW_CODE) {
		while (k->px < scene_fine(c)) {
			k->px++;
			if (!code_fits(c, k, w, body->h)) {
				k->px--;
				break;
			}
		}
		p->receipt = box_end(body, w, 2 * scene_gap(c));
		return;
	}
	side = k->qr != NULL ? qr_side(k->qr, w < body->h ? w : body->h) : 0;
	p->receipt = box_end(body, side, 2 * scene_gap(c));
	p->noted.px = scene_least(c);
	p->note = box_bottom(body, label_size(c, &p->noted, body->w).h,
	    scene_gap(c));
}

/* A name of a hundred wide letters is rather small than over the values. */
static int
title_px(struct canvas *c, const struct label *title, int w, int h)
{
	int small = scene_small(c), px = label_fit(c, title, w, h, small);
	struct label l = *title;
	int most = h * 3 / 2 > small * 2 ? h * 3 / 2 : small * 2;

	l.px = small;
	if (px < small)
		px = label_size(c, &l, w).h <= most ? small :
		    label_fit(c, title, w, h, TINY);
	return px < TINY ? TINY : px;
}

static void
place(struct shared *s, struct foot *f, struct places *p, struct ui_box body)
{
	struct canvas *c = s->c;
	int gap = scene_gap(c);

	p->foot = foot_plan(c, f, &body);
	if (s->v->undo_failed)
		p->failure = box_bottom(&body, label_size(c, &p->failed,
		    body.w).h, gap);
	box_top(&body, 0, gap);
	p->form = c->w > c->h ? BELOW_CODE : BESIDE_CODE;
	if (p->form != BESIDE_CODE)
		place_receipt(c, p, &body);
	p->title.px = scene_must(c) * 11 / 10;
	p->title.px = title_px(c, &p->title, body.w, body.h / 3);
	p->headline = box_top(&body, label_size(c, &p->title, body.w).h, gap);
	if (p->form == BESIDE_CODE)
		place_receipt(c, p, &body);
	p->values = body;
	paginate(s, body);
	f->pages = s->pages;
}

static void
draw_receipt(struct canvas *c, const struct places *p)
{
	switch (p->form) {
	case BELOW_CODE:
		code_draw(c, &p->code, p->receipt);
		return;
	case BESIDE_CODE:
		code_flat_draw(c, &p->code, p->receipt, code_width(c));
		return;
	case BELOW_VALUES:
		label_draw(c, &p->noted, p->note);
		qr_draw(c, p->code.qr, p->receipt);
		return;
	}
}

static void
draw_places(struct shared *s, const struct foot *f, struct places *p)
{
	struct canvas *c = s->c;

	label_draw(c, &p->title, p->headline);
	draw_values(s, p->values);
	if (p->code.qr != NULL)
		draw_receipt(c, p);
	if (s->v->undo_failed)
		label_draw(c, &p->failed, p->failure);
	foot_draw(c, f, p->foot);
}

static struct label
bold(const struct canvas *c, const char *text, int px)
{
	return (struct label){ .s = text, .bold = true, .px = px,
		.colour = c->theme->ink, .ground = c->theme->ground };
}

/* Everything in its place, in the words of the language begun. */
static void
draw_shared(struct shared *s, struct places *p, struct ui_box body)
{
	struct canvas *c = s->c;
	struct foot f = { .v = s->v };

	f.silence = _("Then this screen clears itself.");
	f.first = foot_answer(c, "undo", _("Undo"),
	    _("share nothing after all"), ICON_UNDO);
	f.second = foot_answer(c, "done", _("Done"), _("clear this screen"),
	    ICON_TICK);
	if (p->tight)
		f.first.below = f.second.below = NULL;
	/* A failure is said in its place, above the buttons. */
	p->failed = bold(c, _("The undo could not be stored here. You can "
	    "withdraw with the code, or ask at the badge desk."),
	    scene_least(c));
	p->noted = bold(c, p->code.caption, 0);
	place(s, &f, p, body);
	if (s->pages > 1)
		place(s, &f, p, body);
	/* What large letters leave no room for is shown in normal ones, and
	 * what those do not, without what the answers mean. */
	if (!s->fits && (c->large || !p->tight)) {
		p->tight = !c->large;
		c->large = false;
		draw_shared(s, p, body);
		return;
	}
	draw_places(s, &f, p);
}

void
scene_shared(struct canvas *c, const struct view *v)
{
	char title[400];
	struct shared s = { .c = c, .v = v };
	struct places p = { .form = BELOW_CODE };
	struct ui_box body = scene_head(c, v, false);

	p.title = bold(c, scene_say(title, sizeof(title),
	    _("You shared with %s:"), scene_sponsor(v)), 0);
	p.code.caption = _("Your receipt. Whoever has this code can see and "
	    "withdraw this share.");
	if (v->receipt_url != NULL && qr_new(&p.code.qr, v->receipt_url) !=
	    BW_OK)
		c->err = BW_ERR_NOMEM;
	collect(&s);
	draw_shared(&s, &p, body);
	qr_free(&p.code.qr);
	explicit_bzero(&s.rows, sizeof(s.rows));
}
