// SPDX-License-Identifier: Apache-2.0
/* Staff mode: a PIN first, then how the device is. No personal data. */
#include <stdio.h>
#include <string.h>

#include "kiosk/i18n.h"
#include "kiosk/message.h"

#define DIGITS_MAX 12

static void
key(struct canvas *c, const char *name, const char *text, struct ui_box b)
{
	struct widget w = { .name = name, .text = text, .px = scene_must(c),
		.least = scene_least(c) };

	widget_button(c, &w, b);
}

/* 1 2 3 / 4 5 6 / 7 8 9 / back 0 clear, in every language: numbers are not
 * mirrored. */
static struct ui_box
place(const struct canvas *c, struct ui_box b, int at)
{
	int gap = scene_gap(c), column = c->rtl ? 2 - at % 3 : at % 3;

	return box_column(box_row(b, at / 3, 4, gap), column, 3, gap);
}

static void
pad(struct canvas *c, struct ui_box b)
{
	for (int i = 0; i < 10; i++) {
		char name[UI_NAME_MAX], digit[2] = { (char)('0' + i), 0 };

		snprintf(name, sizeof(name), "pin:%d", i);
		key(c, name, digit, place(c, b, i == 0 ? 10 : i - 1));
	}
	key(c, "pin:clear", _("Clear"), place(c, b, 11));
	key(c, "done", _("Back"), place(c, b, 9));
}

static void
pin(struct canvas *c, const struct view *v)
{
	char dots[DIGITS_MAX * 3 + 1] = "";
	struct label l = { .s = _("Staff: enter the PIN"), .bold = true,
		.px = scene_must(c), .colour = c->theme->ink,
		.ground = c->theme->ground, .align = LABEL_CENTRE };
	struct ui_box b = scene_head(c, v, false);

	box_bottom(&b, scene_margin(c), 0);
	box_top(&b, 0, scene_gap(c));
	if (v->pin_wrong)
		l.s = _("That was not the PIN. Try again.");
	label_draw_fit(c, &l, box_top(&b, scene_must(c) * 2, 0),
	    scene_least(c));
	for (size_t i = 0; i < v->pin_digits && i < DIGITS_MAX; i++)
		memcpy(dots + i * 3, "•", 4);
	l.s = dots;
	label_draw(c, &l, box_top(&b, scene_must(c) * 3 / 2, 0));
	pad(c, box_centre(b, c->w > c->h ? c->w / 2 : b.w, b.h));
}

void
scene_staff(struct canvas *c, const struct view *v)
{
	struct label l = { .px = scene_body(c), .top = true,
		.colour = c->theme->ink, .ground = c->theme->ground };
	struct foot f = { .v = v, .first = message_done(c) };
	struct ui_box body, foot;

	if (v->pin_asked) {
		pin(c, v);
		return;
	}
	body = scene_head(c, v, false);
	foot = foot_plan(c, &f, &body);
	box_top(&body, 0, scene_gap(c));
	for (size_t i = 0; i < v->nstaff_lines; i++) {
		int share = body.h / (int)(v->nstaff_lines - i);

		l.s = v->staff_line[i];
		l.px = label_fit(c, &l, body.w, share, scene_least(c));
		label_draw(c, &l, box_top(&body, label_size(c, &l, body.w).h,
		    0));
	}
	foot_draw(c, &f, foot);
}
