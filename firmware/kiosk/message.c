// SPDX-License-Identifier: Apache-2.0
#include "kiosk/message.h"

#include "kiosk/i18n.h"

struct widget
message_done(const struct canvas *c)
{
	return foot_answer(c, "done", _("Done"), NULL, ICON_TICK);
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

/* The stack: the picture, then the texts. */
struct stack {
	struct label text[LINES];
	size_t n;
	int icon, height;
};

static bool
measure(struct canvas *c, struct stack *s, struct ui_box b)
{
	bool narrow = true;

	s->height = s->icon != 0 ? s->icon + scene_gap(c) : 0;
	for (size_t i = 0; i < s->n; i++) {
		struct label_size z = label_size(c, &s->text[i], b.w);

		narrow = narrow && z.w <= b.w;
		s->height += z.h + (i > 0 ? scene_gap(c) : 0);
	}
	return narrow && s->height <= b.h;
}

/* Words are worth more than the picture: it gets smaller first, and in large
 * mode it goes before they get smaller. */
static void
fit(struct canvas *c, const struct message *m, struct ui_box b,
    struct stack *s)
{
	int most = m->icon != ICON_NONE ? canvas_mm(c, 280) : 0;

	for (int percent = 100; percent >= 40; percent -= 4) {
		s->n = texts(c, m, percent, s->text);
		for (int part = 4; part >= 0; part--) {
			if (part == 0 && !c->large && percent > 70)
				continue;
			s->icon = most * part / 4;
			if (s->icon <= b.h / 3 && measure(c, s, b))
				return;
		}
	}
}

static void
draw_stack(struct canvas *c, const struct message *m, struct ui_box b)
{
	struct stack s = { .n = 0 };

	fit(c, m, b, &s);
	b = box_centre(b, b.w, s.height < b.h ? s.height : b.h);
	if (s.icon != 0)
		icon_draw(c, m->icon, box_top(&b, s.icon, scene_gap(c)),
		    c->theme->accent);
	for (size_t i = 0; i < s.n; i++)
		label_draw(c, &s.text[i], box_top(&b, label_size(c,
		    &s.text[i], b.w).h, scene_gap(c)));
}

void
message_draw(struct canvas *c, const struct message *m, struct ui_box body)
{
	struct foot f = m->foot;
	struct ui_box foot = foot_plan(c, &f, &body);
	int gap = scene_gap(c);

	draw_stack(c, m, box_inset(body, gap, gap));
	foot_draw(c, &f, foot);
}
