// SPDX-License-Identifier: Apache-2.0
#include "kiosk/foot.h"

#include <stdio.h>

#include "kiosk/i18n.h"

#define TEXT (POLICY_TEXT_MAX * 2 + 200)	/* bytes beside the buttons */
#define WIDE 10000	/* px: one line, however long */

struct widget
foot_answer(const struct canvas *c, const char *name, const char *text,
    const char *below, enum icon icon)
{
	return (struct widget){ .name = name, .text = text, .below = below,
		.icon = icon, .px = scene_must(c), .below_px = scene_fine(c),
		.least = scene_least(c), .full = true };
}

static int
gap_of(const struct canvas *c)
{
	return scene_gap(c) * 3 / 2;
}

static bool
two(const struct foot *f)
{
	return f->second.name != NULL;
}

static bool
too_wide(struct canvas *c, const struct foot *f, int w)
{
	return widget_width(c, &f->first) > w ||
	    (two(f) && widget_width(c, &f->second) > w);
}

static bool
below_too_wide(struct canvas *c, const struct foot *f, int w)
{
	return widget_below_size(c, &f->first, WIDE).w > w ||
	    (two(f) && widget_below_size(c, &f->second, WIDE).w > w);
}

/* The same sizes of letters in both, the largest that fit into a width; false
 * when the least does not. */
static bool
level(struct canvas *c, struct foot *f, int w)
{
	int px = scene_must(c), below = scene_fine(c);

	for (; px > scene_fine(c) && too_wide(c, f, w); px--)
		f->first.px = f->second.px = px - 1;
	for (; below > scene_least(c) && below_too_wide(c, f,
	    w - 2 * widget_pad(c)); below--)
		f->first.below_px = f->second.below_px = below - 1;
	return !too_wide(c, f, w);
}

static int
answer_height(struct canvas *c, const struct foot *f, int w)
{
	int a = widget_height(c, &f->first, w);
	int b = two(f) ? widget_height(c, &f->second, w) : 0;

	a = a > b ? a : b;
	return a > scene_target(c) ? a : scene_target(c);
}

static int
column_width(const struct canvas *c, int w)
{
	return (w - gap_of(c)) / 2;
}

static int
plan_answers(struct canvas *c, struct foot *f, int w)
{
	struct foot full = *f;

	if (f->first.name == NULL)
		return 0;
	f->answers_stacked = !level(c, f, column_width(c, w));
	if (f->answers_stacked) {
		*f = full;
		f->answers_stacked = true;
		(void)level(c, f, w);
		f->answer = answer_height(c, f, w);
		return two(f) ? 2 * f->answer + gap_of(c) : f->answer;
	}
	f->answer = answer_height(c, f, column_width(c, w));
	return f->answer;
}

/* "60 seconds left." and what the end of it means, as one text. */
static void
left_text(const struct foot *f, char *buf, size_t size)
{
	unsigned n = f->v->seconds_left;
	char left[120];

	snprintf(left, sizeof(left), i18n_count("%u second left.",
	    "%u seconds left.", n), n);
	snprintf(buf, size, "%s %s", left, f->silence);
}

static bool
has_text(const struct foot *f)
{
	return f->silence != NULL && f->v->seconds_total != 0;
}

static struct widget
more_time(const struct canvas *c)
{
	return (struct widget){ .name = "more-time", .text = _("More time"),
		.px = scene_fine(c), .least = scene_least(c) };
}

void
foot_page_text(const struct foot *f, bool brief, char text[static 80])
{
	unsigned at = f->v->page % f->pages + 1;

	if (brief)
		snprintf(text, 80, "%u/%u", at, f->pages);
	else if (at < f->pages)
		snprintf(text, 80, _("Read on %u/%u"), at, f->pages);
	else
		snprintf(text, 80, "%s", _("First page"));
}

static struct widget
next_page(const struct canvas *c, const struct foot *f, bool brief,
    char text[static 80])
{
	foot_page_text(f, brief, text);
	return (struct widget){ .name = "page", .text = text,
		.icon = ICON_NEXT, .px = scene_fine(c),
		.least = scene_least(c) };
}

void
foot_read_on(const struct canvas *c, struct foot *f, char text[static 80])
{
	foot_page_text(f, false, text);
	f->second = foot_answer(c, "page", text, _("read first, then decide"),
	    ICON_NEXT);
	f->read_on = true;
}

/* The row has a button for the next page. */
static bool
turns(const struct foot *f)
{
	return f->pages > 1 && !f->read_on;
}

/* The width that the buttons of the row need, with a gap before each. */
static int
buttons_width(struct canvas *c, const struct foot *f, bool brief)
{
	struct widget more = more_time(c);
	char text[80];
	int w = 0;

	if (f->v->may_extend)
		w += widget_width(c, &more) + scene_gap(c);
	if (turns(f)) {
		struct widget page = next_page(c, f, brief, text);

		w += widget_width(c, &page) + scene_gap(c);
	}
	return w;
}

/* Two lines at most stand beside the buttons. */
static bool
text_fits(struct canvas *c, const struct foot *f, int w)
{
	char text[TEXT];
	struct label l = { .s = text, .px = scene_least(c) };
	struct label_size s;

	left_text(f, text, sizeof(text));
	s = label_size(c, &l, w);
	return s.w <= w && s.h <= f->row;
}

static int
plan_row(struct canvas *c, struct foot *f, int w)
{
	int lines = 2 * label_line(c, scene_least(c)) + 1;

	f->row = lines > scene_target(c) ? lines : scene_target(c);
	f->row_stacked = f->page_brief = false;
	if (!has_text(f))
		return buttons_width(c, f, false) > 0 ? f->row : 0;
	if (text_fits(c, f, w - buttons_width(c, f, false)))
		return f->row;
	f->page_brief = turns(f);
	if (text_fits(c, f, w - buttons_width(c, f, true)))
		return f->row;
	f->page_brief = buttons_width(c, f, false) > w;
	f->row_stacked = true;
	for (; !text_fits(c, f, w) && f->row < c->h / 4; f->row++)
		;
	return buttons_width(c, f, true) == 0 ? f->row :
	    f->row + scene_gap(c) + scene_target(c);
}

static int
bar_height(const struct canvas *c, const struct foot *f)
{
	return f->v->seconds_total != 0 ? canvas_mm(c, 12) : 0;
}

struct ui_box
foot_plan(struct canvas *c, struct foot *f, struct ui_box *body)
{
	int answers = plan_answers(c, f, body->w);
	int row = plan_row(c, f, body->w);
	int edge = bar_height(c, f) + scene_gap(c) / 2;

	/* Without a row the answers stand off the edge for their ring. */
	if (row == 0)
		edge = bar_height(c, f) + 2 * scene_gap(c);
	f->height = answers + (answers > 0 && row > 0 ? scene_gap(c) : 0) +
	    row;
	box_bottom(body, edge, 0);
	return box_bottom(body, f->height, scene_gap(c));
}

static void
draw_answers(struct canvas *c, const struct foot *f, struct ui_box *b)
{
	struct ui_box at;

	if (f->first.name == NULL)
		return;
	at = box_top(b, f->answer, gap_of(c));
	if (two(f) && !f->answers_stacked) {
		widget_button(c, &f->first, box_column(at, 0, 2, gap_of(c)));
		widget_button(c, &f->second, box_column(at, 1, 2, gap_of(c)));
		return;
	}
	if (!f->answers_stacked)
		at = box_centre(at, column_width(c, at.w), at.h);
	widget_button(c, &f->first, at);
	if (two(f))
		widget_button(c, &f->second, box_top(b, f->answer,
		    gap_of(c)));
}

static void
row_button(struct canvas *c, const struct widget *w, struct ui_box *row)
{
	struct ui_box b = box_end(row, widget_width(c, w), scene_gap(c));

	widget_button(c, w, box_centre(b, b.w, scene_target(c)));
}

static void
draw_row(struct canvas *c, const struct foot *f, struct ui_box b)
{
	struct widget more = more_time(c), page;
	char left[TEXT], number[80];
	struct label l = { .s = left, .px = scene_fine(c),
		.colour = c->theme->ink, .ground = c->theme->ground };
	struct ui_box text = b;

	if (f->row_stacked)
		text = box_top(&b, f->row, scene_gap(c));
	if (f->v->may_extend)
		row_button(c, &more, &b);
	if (turns(f)) {
		page = next_page(c, f, f->page_brief, number);
		row_button(c, &page, &b);
	}
	if (!f->row_stacked)
		text = b;
	if (has_text(f)) {
		left_text(f, left, sizeof(left));
		label_draw_fit(c, &l, text, scene_least(c));
	}
}

/* How much of the time is left, along the lower edge of the screen. It moves:
 * with high contrast there is the text alone. */
static void
draw_bar(struct canvas *c, const struct foot *f)
{
	int h = bar_height(c, f);
	struct ui_box b = box(0, c->h - h, c->w, h);
	unsigned total = f->v->seconds_total, left = f->v->seconds_left;

	if (total == 0 || f->v->contrast)
		return;
	canvas_fill(c, b, c->theme->track);
	b.w = (int)((unsigned)b.w * (left < total ? left : total) / total);
	canvas_fill(c, b, c->theme->accent);
}

void
foot_draw(struct canvas *c, const struct foot *f, struct ui_box b)
{
	int h = f->row;
	struct ui_box row;

	c->pages = f->pages > 1 ? f->pages : 1;
	if (f->row_stacked && buttons_width(c, f, true) > 0)
		h += scene_gap(c) + scene_target(c);
	row = box_bottom(&b, h, scene_gap(c));
	draw_answers(c, f, &b);
	if (has_text(f) || buttons_width(c, f, false) > 0)
		draw_row(c, f, row);
	draw_bar(c, f);
}
