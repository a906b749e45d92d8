// SPDX-License-Identifier: Apache-2.0
/* The pad on which staff enter their PIN. */
#include "kiosk/scene_staff.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/i18n.h"

#define TEXT 700		/* bytes of a line */

static void
key(struct canvas *c, const char *name, const char *text, struct ui_box b)
{
	struct widget w = { .name = name, .text = text, .px = scene_body(c),
		.least = scene_least(c) };

	widget_button(c, &w, b);
}

/* 1 2 3 clear / 4 5 6 back / 7 8 9 / 0 OK, in every language: numbers are not
 * mirrored. */
static struct ui_box
place(const struct canvas *c, struct ui_box b, int row, int column)
{
	int gap = scene_gap(c);

	return box_column(box_row(b, row, 4, gap), c->rtl ? 3 - column :
	    column, 4, gap);
}

static void
pad(struct canvas *c, struct ui_box b)
{
	for (int i = 0; i < 10; i++) {
		char name[UI_NAME_MAX] = "", digit[2] = { (char)('0' + i), 0 };
		int at = i == 0 ? 10 : i - 1;

		snprintf(name, sizeof(name), "pin:%d", i);
		key(c, name, digit, place(c, b, at / 3, at % 3));
	}
	key(c, "pin:ok", _("OK"), place(c, b, 3, 3));
	key(c, "pin:clear", _("Clear"), place(c, b, 0, 3));
	key(c, "done", _("Back"), place(c, b, 1, 3));
}

static const char *
pin_title(const struct view *v, char buf[static TEXT])
{
	if (v->staff_wait > 0) {
		snprintf(buf, TEXT, i18n_count("Too many wrong PINs. Wait "
		    "%u minute.", "Too many wrong PINs. Wait %u minutes.",
		    v->staff_wait), v->staff_wait);
		return buf;
	}
	if (v->staff->wrong)
		return _("That was not the PIN. Try again.");
	return _("Staff: enter the PIN");
}

void
scene_pin(struct canvas *c, const struct view *v)
{
	char dots[PIN_DIGITS_MAX * 3 + 1] = "", text[TEXT] = "";
	struct label l = { .s = pin_title(v, text), .bold = true,
		.px = scene_must(c), .colour = c->theme->ink,
		.ground = c->theme->ground, .align = LABEL_CENTRE };
	struct foot f = { .v = v };
	struct ui_box b = scene_head(c, v, false), foot;

	foot = foot_plan(c, &f, &b);
	box_top(&b, 0, scene_gap(c));
	label_draw_fit(c, &l, box_top(&b, scene_must(c) * 3 / 2, 0),
	    scene_least(c));
	for (size_t i = 0; i < strlen(v->staff->pin); i++)
		memcpy(dots + i * 3, "•", 4);
	l.s = dots;
	label_draw_fit(c, &l, box_top(&b, scene_must(c) * 5 / 4,
	    scene_gap(c) / 2), scene_least(c));
	pad(c, box_centre(b, c->w > c->h ? c->w * 2 / 3 : b.w, b.h));
	foot_draw(c, &f, foot);
}
