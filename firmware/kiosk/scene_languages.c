// SPDX-License-Identifier: Apache-2.0
/* The languages to choose from, when there are too many for the head. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "kiosk/foot.h"
#include "kiosk/i18n.h"

static bool
has_font(struct canvas *c, const char *lang)
{
	const struct label name = { .s = i18n_name(lang), .lang = lang,
		.px = 20, .bold = true };
	size_t rank = i18n_rank(lang);

	if (rank >= I18N_LANGUAGES)
		return true;
	if (c->font[rank] == FONT_UNTRIED) {
		c->font[rank] = label_has_glyphs(c, &name) ? FONT_FOUND :
		    FONT_MISSING;
		if (c->font[rank] == FONT_MISSING)
			log_error("no font for the language %s: it is not "
			    "offered; install %s", lang, i18n_package(lang));
	}
	return c->font[rank] == FONT_FOUND;
}

static int
by_name(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;
	size_t i = i18n_rank(*x), k = i18n_rank(*y);

	return i != k ? (i > k) - (i < k) : strcmp(*x, *y);
}

size_t
scene_langs(struct canvas *c, const struct view *v,
    const char *out[static POLICY_LANGS])
{
	size_t n = 0;

	for (size_t i = 0; v->policy != NULL && i < v->policy->nlangs; i++)
		if (has_font(c, v->policy->lang[i]))
			out[n++] = v->policy->lang[i];
	qsort(out, n, sizeof(out[0]), by_name);
	return n;
}

/* As few columns as leave room for every row. */
static int
columns(const struct canvas *c, size_t n, struct ui_box b)
{
	int need = scene_must(c) * 3 / 2, target = scene_target(c), cols = 1;
	int row = (need > target ? need : target) + scene_gap(c);

	while ((int)(n + (size_t)cols - 1) / cols * row > b.h && cols < 5)
		cols++;
	return cols > 2 || n < 4 ? cols : 2;
}

static struct widget
button(const struct canvas *c, const char *lang, int px,
    char name[static UI_NAME_MAX])
{
	snprintf(name, UI_NAME_MAX, "lang:%.18s", lang);
	return (struct widget){ .name = name, .text = i18n_name(lang),
		.lang = lang, .px = px, .least = canvas_degrees(c, 42),
		.on = strcmp(lang, c->lang) == 0 };
}

/* In the strip letters are not larger in large mode, as in the head. */
static int
strip_px(const struct canvas *c)
{
	return canvas_degrees(c, 50);
}

/* As many side by side as have room for their names. */
static int
strip_columns(struct canvas *c, const char *const *lang, size_t n, int w)
{
	int gap = scene_gap(c), need = scene_target(c), cols, rows;

	for (size_t i = 0; i < n; i++) {
		char name[UI_NAME_MAX];
		struct widget b = button(c, lang[i], strip_px(c), name);
		int width = widget_width(c, &b);

		need = width > need ? width : need;
	}
	cols = (w + gap) / (need + gap);
	if (cols > (int)n)
		cols = (int)n;
	if (cols < 1)
		return 1;
	/* Eight in two rows of four, not in seven and one. */
	rows = ((int)n + cols - 1) / cols;
	return rows < 1 ? 1 : ((int)n + rows - 1) / rows;
}

/* What the globe at its start takes. */
static int
strip_icon(const struct canvas *c)
{
	return scene_target(c) * 3 / 4;
}

struct ui_box
scene_strip(struct canvas *c, const struct view *v, struct ui_box *body)
{
	const char *lang[POLICY_LANGS];
	int n = (int)scene_langs(c, v, lang), gap = scene_gap(c), cols, rows;

	if (n <= SCENE_DIRECT)
		return box(body->x, body->y, body->w, 0);
	cols = strip_columns(c, lang, (size_t)n, body->w - strip_icon(c) - gap);
	rows = (n + cols - 1) / cols;
	box_top(body, 0, gap);
	return box_top(body, rows * scene_target(c) + (rows - 1) * gap, gap);
}

void
scene_strip_draw(struct canvas *c, const struct view *v, struct ui_box b)
{
	const char *lang[POLICY_LANGS];
	int n = (int)scene_langs(c, v, lang), gap = scene_gap(c);
	int icon = strip_icon(c), cols, rows;

	if (b.h == 0)
		return;
	icon_draw(c, ICON_GLOBE, box_centre(box_start(&b, icon, gap), icon,
	    icon), c->theme->accent);
	cols = strip_columns(c, lang, (size_t)n, b.w);
	rows = (n + cols - 1) / cols;
	for (int i = 0; i < n; i++) {
		char name[UI_NAME_MAX];
		struct widget w = button(c, lang[i], strip_px(c), name);

		widget_button(c, &w, box_column(box_row(b, i / cols, rows,
		    gap), i % cols, cols, gap));
	}
}

void
scene_languages(struct canvas *c, const struct view *v)
{
	struct foot f = { .v = v };
	int gap = scene_gap(c), cols, rows;
	struct ui_box body = scene_head(c, v, false), foot;
	const char *lang[POLICY_LANGS];
	size_t n = scene_langs(c, v, lang);

	f.first = foot_answer(c, "cancel", _("Back"), NULL, ICON_NONE);
	foot = foot_plan(c, &f, &body);
	box_top(&body, 0, gap);
	cols = columns(c, n, body);
	rows = (int)(n + (size_t)cols - 1) / cols;
	/* Not higher than a hand: few languages do not fill the screen. */
	if (rows > 0 && body.h > rows * scene_target(c) * 2)
		body.h = rows * scene_target(c) * 2;
	for (int i = 0; i < (int)n; i++) {
		char name[UI_NAME_MAX];
		struct widget w = button(c, lang[i], scene_must(c), name);

		widget_button(c, &w, box_column(box_row(body, i / cols, rows,
		    gap), i % cols, cols, gap));
	}
	foot_draw(c, &f, foot);
}
