// SPDX-License-Identifier: Apache-2.0
/* An enrol address that is being typed, and a keyboard with just its signs. */
#include "kiosk/scene_staff.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/i18n.h"
#include "kiosk/isolate.h"

#define SHOWN (2 * ENROL_ADDRESS_MAX)

static void
signs(struct canvas *c, size_t row, struct ui_box b)
{
	int lines = keyboard_lines(c, b, FIRST_COLUMNS);
	int n = (FIRST_COLUMNS + lines - 1) / lines;
	char name[UI_NAME_MAX] = "", text[16] = "";
	char key;

	for (int i = 0; (key = first_key(row, (size_t)i)) != 0; i++) {
		struct widget w = staff_button(c, name, text);

		snprintf(text, sizeof(text), I18N_LRI "%c" I18N_PDI, key);
		w.px = scene_body(c);
		w.tight = true;
		snprintf(name, sizeof(name), "key:%u.%u", (unsigned)row,
		    (unsigned)i);
		widget_button(c, &w, keyboard_column(c, box_row(b, i / n,
		    lines, scene_gap(c)), i % n, n));
	}
}

static void
controls(struct canvas *c, struct ui_box b)
{
	const struct { const char *name, *text; } key[] = {
		{ "key:path", I18N_LRI "/enrol#" I18N_PDI },
		{ "key:erase", _("Erase") }, { "cancel", _("Back") },
		{ "take", _("OK") },
	};

	for (int i = 0; i < 4; i++) {
		struct widget w = staff_button(c, key[i].name, key[i].text);

		w.tight = true;
		widget_button(c, &w, keyboard_column(c, b, i, 4));
	}
}

/* Its last signs when not all have room, with the place of the next one. */
static void
written(struct canvas *c, const struct view *v, struct ui_box b)
{
	const char *text = v->enrol_typed != NULL ? v->enrol_typed : "";
	char shown[SHOWN], part[ENROL_ADDRESS_MAX + 2];
	struct label l = { .s = shown, .px = scene_body(c), .anywhere = true,
		.colour = c->theme->ink, .ground = c->theme->card };
	struct ui_box in = box_inset(b, canvas_mm(c, 20), canvas_mm(c, 5));
	int least = scene_least(c);

	canvas_round(c, b, canvas_mm(c, 18), c->theme->card, c->theme->edge,
	    2);
	for (size_t n = strlen(text), from = 0; from <= n; from += 4) {
		snprintf(part, sizeof(part), "%s|", text + from);
		isolate(shown, sizeof(shown), I18N_LRI, part);
		if (label_fit(c, &l, in.w, in.h, least) >= least)
			break;
	}
	label_draw_fit(c, &l, in, least);
	explicit_bzero(shown, sizeof(shown));
	explicit_bzero(part, sizeof(part));
}

void
scene_address(struct canvas *c, const struct view *v)
{
	int gap = scene_gap(c), most = scene_target(c) * 3 / 2;
	struct ui_box b, keys;
	int lines, rows, h;

	c->large = false;
	b = scene_head(c, v, false);
	box_top(&b, 0, gap);
	box_bottom(&b, 0, gap);
	lines = keyboard_lines(c, b, FIRST_COLUMNS);
	rows = FIRST_ROWS * lines + 1;
	h = rows * (most + gap) - gap;
	if (h > b.h - label_line(c, scene_body(c)) * 3)
		h = rows * (scene_target(c) + gap) - gap;
	keys = box_bottom(&b, h, gap);
	written(c, v, b);
	h = (h + gap) / rows;
	for (size_t i = 0; i < FIRST_ROWS; i++)
		signs(c, i, box_top(&keys, h * lines - gap, gap));
	controls(c, keys);
}
