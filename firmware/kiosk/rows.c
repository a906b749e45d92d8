// SPDX-License-Identifier: Apache-2.0
#include "kiosk/rows.h"

#include <string.h>

#include "kiosk/i18n.h"
#include "kiosk/isolate.h"

/* A value with its direction marks around it. */
#define MARKED ((size_t)FIELD_VALUE_MAX * 2)

static struct label
name_label(const struct canvas *c, const struct rows *r, size_t i)
{
	int px = r->px * 8 / 10, least = scene_least(c);

	return (struct label){ .s = r->row[i].name, .top = true,
		.px = px > least ? px : least, .colour = c->theme->soft,
		.ground = c->theme->card };
}

static struct label
value_label(const struct canvas *c, const struct rows *r, size_t i,
    char marked[static MARKED])
{
	isolate(marked, MARKED, r->row[i].phone ? I18N_LRI : I18N_FSI,
	    r->row[i].value);
	return (struct label){ .s = marked, .bold = true, .anywhere = true,
		.top = true, .px = r->px, .colour = c->theme->ink,
		.ground = c->theme->card };
}

static int
pad(const struct canvas *c)
{
	return canvas_mm(c, 26);
}

/* The width of the column of names: what they need, at most half. */
static int
names_width(struct canvas *c, const struct rows *r, int w)
{
	int most = w / 2, need = 0;

	for (size_t i = 0; i < r->n; i++) {
		struct label l = name_label(c, r, i);
		struct label_size s = label_size(c, &l, most);

		need = s.w > need ? s.w : need;
	}
	return need;
}

int
rows_height(struct canvas *c, const struct rows *r, size_t i, int w)
{
	int names = names_width(c, r, w - 2 * pad(c));
	char marked[MARKED];
	struct label n = name_label(c, r, i);
	struct label v = value_label(c, r, i, marked);
	int hn = label_size(c, &n, names).h;
	int hv = label_size(c, &v, w - names - 3 * pad(c)).h;

	explicit_bzero(marked, sizeof(marked));
	return (hn > hv ? hn : hv) + 2 * canvas_mm(c, 7);
}

bool
rows_fit(struct canvas *c, struct rows *r, int w, int h, int most, int least)
{
	for (r->px = most; r->px >= least; r->px--) {
		int names = names_width(c, r, w - 2 * pad(c)), sum = 0;

		if (names > (w - 2 * pad(c)) / 2)
			continue;

		for (size_t i = 0; i < r->n; i++)
			sum += rows_height(c, r, i, w);
		if (sum <= h)
			return true;
	}
	r->px = least;
	return false;
}

static void
draw_row(struct canvas *c, const struct rows *r, size_t i, int names,
    struct ui_box b)
{
	char marked[MARKED];
	struct label n = name_label(c, r, i);
	struct label v = value_label(c, r, i, marked);
	int room = b.w - names - pad(c);
	/* A short name stands in the middle of its value's first line. */
	bool one = label_size(c, &v, room).h <= r->px * 2;

	n.top = v.top = !one;
	label_draw(c, &n, box_start(&b, names, pad(c)));
	label_draw(c, &v, b);
	explicit_bzero(marked, sizeof(marked));
}

void
rows_draw(struct canvas *c, const struct rows *r, size_t first, size_t n,
    struct ui_box b)
{
	int names = names_width(c, r, b.w - 2 * pad(c)), y = b.y;
	int radius = canvas_mm(c, 22);

	for (size_t i = first; i < first + n; i++)
		y += rows_height(c, r, i, b.w);
	canvas_round(c, box(b.x, b.y, b.w, y - b.y), radius, c->theme->card,
	    c->theme->rule, 2);
	for (size_t i = first; i < first + n; i++) {
		int h = rows_height(c, r, i, b.w);
		struct ui_box row = box_top(&b, h, 0);

		if (i > first)
			canvas_fill(c, box(row.x + pad(c), row.y, row.w -
			    2 * pad(c), 1), c->theme->rule);
		draw_row(c, r, i, names, box_inset(row, pad(c),
		    canvas_mm(c, 7)));
	}
}
