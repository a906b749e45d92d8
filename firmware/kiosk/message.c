// SPDX-License-Identifier: Apache-2.0
#include "kiosk/message.h"

#include "kiosk/i18n.h"

struct widget
message_done(const struct canvas *c)
{
	return (struct widget){ .name = "done", .text = _("Done"),
		.icon = ICON_TICK, .px = scene_must(c),
		.least = scene_least(c), .full = true };
}

static struct label
words(const struct canvas *c, const char *s, int px, bool bold)
{
	return (struct label){ .s = s, .px = px, .bold = bold, .top = true,
		.align = LABEL_CENTRE, .colour = c->theme->ink,
		.ground = c->theme->ground };
}

#define LINES 3

/* The three texts at one scale, in percent of their full sizes. */
static size_t
texts(const struct canvas *c, const struct message *m, int percent,
    struct label out[static LINES])
{
	int most[LINES] = { scene_must(c) * 14 / 10, scene_must(c),
		scene_body(c) };
	const char *s[LINES] = { m->headline, m->text, m->more };
	size_t n = 0;

	for (size_t i = 0; i < LINES; i++) {
		int px = most[i] * percent / 100, least = scene_least(c);

		if (s[i] != NULL)
			out[n++] = words(c, s[i], px > least ? px : least,
			    i == 0);
	}
	return n;
}

static int
stack_height(struct canvas *c, const struct label *l, size_t n, int w,
    int icon)
{
	int h = icon != 0 ? icon + scene_gap(c) : 0;

	for (size_t i = 0; i < n; i++)
		h += label_size(c, &l[i], w).h + (i > 0 ? scene_gap(c) : 0);
	return h;
}

static void
draw_stack(struct canvas *c, const struct message *m, struct ui_box b)
{
	int icon = m->icon != ICON_NONE ? canvas_mm(c, 280) : 0;
	struct label l[LINES];
	size_t n = 0;
	int percent, h = 0;

	if (icon > b.h / 3)
		icon = b.h / 3;
	for (percent = 100; percent >= 40; percent -= 5) {
		n = texts(c, m, percent, l);
		h = stack_height(c, l, n, b.w, icon);
		if (h <= b.h)
			break;
	}
	b = box_centre(b, b.w, h < b.h ? h : b.h);
	if (icon != 0)
		icon_draw(c, m->icon, box_top(&b, icon, scene_gap(c)),
		    c->theme->accent);
	for (size_t i = 0; i < n; i++)
		label_draw(c, &l[i], box_top(&b, label_size(c, &l[i], b.w).h,
		    scene_gap(c)));
}

static void
draw_buttons(struct canvas *c, const struct message *m, struct ui_box b)
{
	if (m->other.name != NULL)
		scene_choices(c, &m->button, &m->other, b);
	else
		widget_button(c, &m->button, box_centre(b, b.w / 2, b.h));
}

void
message_draw(struct canvas *c, const struct view *v, const struct message *m,
    struct ui_box body)
{
	int gap = scene_gap(c);

	box_bottom(&body, canvas_mm(c, 12) + 2 * gap, 0);
	if (m->button.name != NULL) {
		struct ui_box b = box_bottom(&body, scene_choice_height(c),
		    gap);

		draw_stack(c, m, box_inset(body, gap, gap));
		draw_buttons(c, m, b);
	} else {
		draw_stack(c, m, box_inset(body, gap, gap));
	}
	scene_time_bar(c, v);
}
