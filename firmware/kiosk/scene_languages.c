// SPDX-License-Identifier: Apache-2.0
/* The list of languages, when there are too many for the head. */
#include <stdio.h>
#include <string.h>

#include "kiosk/foot.h"
#include "kiosk/i18n.h"

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

static void
one(struct canvas *c, const char *lang, struct ui_box b)
{
	char name[UI_NAME_MAX];
	struct widget w = { .name = name, .text = i18n_name(lang),
		.px = scene_must(c), .least = scene_least(c),
		.on = strcmp(lang, c->lang) == 0 };

	snprintf(name, sizeof(name), "lang:%.18s", lang);
	widget_button(c, &w, b);
}

void
scene_languages(struct canvas *c, const struct view *v)
{
	struct foot f = { .v = v };
	int gap = scene_gap(c), cols, rows;
	struct ui_box body = scene_head(c, v, false), foot;
	size_t n = v->policy != NULL ? v->policy->nlangs : 0;

	f.first = foot_answer(c, "cancel", _("Back"), NULL, ICON_NONE);
	foot = foot_plan(c, &f, &body);
	box_top(&body, 0, gap);
	cols = columns(c, n, body);
	rows = (int)(n + (size_t)cols - 1) / cols;
	/* Not higher than a hand: few languages do not fill the screen. */
	if (rows > 0 && body.h > rows * scene_target(c) * 2)
		body.h = rows * scene_target(c) * 2;
	for (int i = 0; i < (int)n; i++)
		one(c, v->policy->lang[i], box_column(box_row(body, i / cols,
		    rows, gap), i % cols, cols, gap));
	foot_draw(c, &f, foot);
}
