// SPDX-License-Identifier: Apache-2.0
/* A keyboard on the screen, and the text that is written with it. */
#include "kiosk/scene_staff.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/i18n.h"
#include "kiosk/isolate.h"
#include "kiosk/staff_keys.h"

#define SHOWN 160		/* bytes of the text's end that are shown */

struct ui_box
keyboard_column(const struct canvas *c, struct ui_box row, int i, int n)
{
	return box_column(row, c->rtl ? n - 1 - i : i, n, scene_gap(c));
}

int
keyboard_lines(const struct canvas *c, struct ui_box b, int columns)
{
	int fit = (b.w + scene_gap(c)) / (scene_target(c) + scene_gap(c));

	return fit >= columns ? 1 : (columns + fit - 1) / fit;
}

static void
letters(struct canvas *c, const struct view *v, size_t row, struct ui_box b)
{
	int lines = keyboard_lines(c, b, STAFF_COLUMNS);
	int n = (STAFF_COLUMNS + lines - 1) / lines;
	char name[UI_NAME_MAX] = "", letter[STAFF_KEY_MAX] = "";
	char text[STAFF_KEY_MAX + 8] = "";

	for (size_t i = 0; staff_key(v->lang, v->staff->symbols,
	    v->staff->shift, row, i, letter); i++) {
		struct widget w = staff_button(c, name, text);

		/* Else brackets would be turned round. */
		snprintf(text, sizeof(text), I18N_LRI "%s" I18N_PDI, letter);
		w.px = scene_body(c);
		w.tight = true;
		snprintf(name, sizeof(name), "key:%u.%u", (unsigned)row,
		    (unsigned)i);
		widget_button(c, &w, keyboard_column(c, box_row(b, (int)i / n,
		    lines, scene_gap(c)), (int)i % n, n));
	}
}

static void
controls(struct canvas *c, const struct view *v, struct ui_box b)
{
	const bool shift = v->staff->shift, symbols = v->staff->symbols;
	const struct { const char *name, *text; } key[] = {
		{ "key:shift", shift ? "abc" : "ABC" },
		{ "key:symbols", symbols ? "abc" : "123" },
		{ "key:space", _("Space") }, { "key:erase", _("Erase") },
		{ "back", _("OK") },
	};

	for (int i = 0; i < 5; i++) {
		struct widget w = staff_button(c, key[i].name, key[i].text);

		w.tight = true;
		widget_button(c, &w, keyboard_column(c, b, i, 5));
	}
}

/* Its last letters, with the place where the next one goes. */
static const char *
tail(const char *text, size_t shown, char *out, size_t size)
{
	size_t n = strlen(text), from = n > shown ? n - shown : 0;
	char part[SHOWN + 8];

	while (from < n && ((unsigned char)text[from] & 0xc0) == 0x80)
		from++;
	snprintf(part, sizeof(part), "%s|", text + from);
	isolate(out, size, I18N_FSI, part);
	explicit_bzero(part, sizeof(part));
	return out;
}

static void
written(struct canvas *c, const struct view *v, struct ui_box b)
{
	const char *text = v->staff->text[v->staff->question];
	char shown[SHOWN * 2 + 32];
	struct label l = { .s = shown, .px = scene_body(c), .anywhere = true,
		.colour = c->theme->ink, .ground = c->theme->card };
	struct ui_box in = box_inset(b, canvas_mm(c, 20), canvas_mm(c, 5));

	canvas_round(c, b, canvas_mm(c, 18), c->theme->card, c->theme->edge,
	    2);
	for (size_t n = SHOWN; n > 4; n -= 4) {
		tail(text, n, shown, sizeof(shown));
		if (label_fit(c, &l, in.w, in.h, scene_least(c)) >=
		    scene_least(c))
			break;
	}
	label_draw_fit(c, &l, in, scene_least(c));
	explicit_bzero(shown, sizeof(shown));
}

void
scene_keyboard(struct canvas *c, const struct view *v)
{
	struct foot f = { .v = v };
	struct ui_box foot, keys, b;
	int gap = scene_gap(c), most = scene_target(c) * 3 / 2;
	int lines, rows, h;

	b = staff_frame(c, v, staff_question(v), &f, &foot);
	lines = keyboard_lines(c, b, STAFF_COLUMNS);
	rows = STAFF_ROWS * lines + 1;
	h = rows * most + (rows - 1) * gap;
	if (h > b.h - label_line(c, scene_body(c)) * 2)
		h = rows * (scene_target(c) + gap) - gap;
	keys = box_bottom(&b, h, gap);
	written(c, v, b);
	h = (h + gap) / rows;
	controls(c, v, box_bottom(&keys, h - gap, gap));
	for (size_t i = 0; i < STAFF_ROWS; i++)
		letters(c, v, i, box_top(&keys, h * lines - gap, gap));
	foot_draw(c, &f, foot);
}
