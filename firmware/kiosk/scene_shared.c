// SPDX-License-Identifier: Apache-2.0
/*
 * What was shared, with its values: the only scene that holds any. Whatever is
 * copied here is wiped before the function ends.
 */
#include "kiosk/scene.h"

#include <string.h>

#include "kiosk/code.h"
#include "kiosk/i18n.h"
#include "kiosk/rows.h"

struct shared {
	struct canvas *c;
	const struct view *v;
	struct rows rows;
	unsigned page[ROWS_MAX];
	unsigned pages;
};

static void
collect(struct shared *s)
{
	const struct view *v = s->v;

	for (int f = FIELD_NAME; v->values != NULL && f <= FIELD_LOCATION;
	     f++) {
		const char *value;

		if ((v->released & FIELD_BIT(f)) == 0)
			continue;
		/* A pointer badge holds no values: the host knows them. */
		value = v->values->v[f][0] != '\0' ? v->values->v[f] :
		    _("as registered");
		s->rows.row[s->rows.n].name = scene_field((enum field)f);
		s->rows.row[s->rows.n].value = value;
		s->rows.row[s->rows.n].phone = f == FIELD_WORK_PHONE;
		s->rows.n++;
	}
}

static void
paginate(struct shared *s, struct ui_box b)
{
	int used = 0;

	s->pages = 1;
	if (rows_fit(s->c, &s->rows, b.w, b.h, scene_must(s->c) * 5 / 4,
	    scene_least(s->c)))
		return;
	for (size_t i = 0; i < s->rows.n; i++) {
		int h = rows_height(s->c, &s->rows, i, b.w);

		if (used > 0 && used + h > b.h) {
			s->pages++;
			used = 0;
		}
		used += h;
		s->page[i] = s->pages - 1;
	}
}

static void
draw_values(struct shared *s, struct ui_box b)
{
	unsigned wanted;
	size_t first = 0, n = 0;

	paginate(s, b);
	wanted = s->v->page % s->pages;
	while (first < s->rows.n && s->page[first] != wanted)
		first++;
	while (first + n < s->rows.n && s->page[first + n] == wanted)
		n++;
	if (n > 0)
		rows_draw(s->c, &s->rows, first, n, b);
}

static void
receipt(struct shared *s, struct ui_box *body)
{
	struct canvas *c = s->c;
	struct code k = { .caption = _("Your receipt. Whoever has this code "
		"can see and withdraw this share."),
		.px = scene_least(c) };
	int w = canvas_mm(c, 440);

	if (s->v->receipt_url == NULL)
		return;
	if (qr_new(&k.qr, s->v->receipt_url) != BW_OK)
		c->err = BW_ERR_NOMEM;
	while (k.px < scene_fine(c) && c->w > c->h) {
		k.px++;
		if (!code_fits(c, &k, w, body->h)) {
			k.px--;
			break;
		}
	}
	/* Narrow and high screens have it below the values. */
	if (c->w > c->h) {
		code_draw(c, &k, box_end(body, w, 2 * scene_gap(c)));
	} else {
		int h = code_flat_height(c, &k, body->w, w);

		code_flat_draw(c, &k, box_bottom(body, h, scene_gap(c)), w);
	}
	qr_free(&k.qr);
}

static void
headline(struct canvas *c, const struct view *v, struct ui_box *body)
{
	char text[400];
	struct label l = { .bold = true, .px = scene_must(c) * 11 / 10,
		.colour = c->theme->ink, .ground = c->theme->ground };
	int most = body->h / 4;

	l.s = scene_say(text, sizeof(text), _("You shared with %s:"),
	    scene_sponsor(v));
	l.px = label_fit(c, &l, body->w, most, scene_fine(c));
	label_draw(c, &l, box_top(body, label_size(c, &l, body->w).h,
	    scene_gap(c)));
}

/* An undo that could not be stored is said above the buttons. */
static void
failure(struct canvas *c, const struct view *v, struct ui_box *body)
{
	struct label l = { .s = _("The undo could not be stored here. You can "
		"withdraw with the code, or ask at the badge desk."),
		.bold = true, .px = scene_fine(c), .colour = c->theme->ink,
		.ground = c->theme->ground };
	int h;

	if (!v->undo_failed)
		return;
	h = label_size(c, &l, body->w).h;
	label_draw(c, &l, box_bottom(body, h, scene_gap(c)));
}

static void
answers(struct canvas *c, struct ui_box b)
{
	struct widget undo = { .name = "undo", .text = _("Undo"),
		.below = _("share nothing after all"), .icon = ICON_UNDO,
		.px = scene_must(c), .below_px = scene_body(c),
		.least = scene_least(c), .full = true };
	struct widget done = undo;

	done.name = "done";
	done.text = _("Done");
	done.below = _("clear this screen");
	done.icon = ICON_TICK;
	scene_choices(c, &undo, &done, b);
}

void
scene_shared(struct canvas *c, const struct view *v)
{
	struct shared s = { .c = c, .v = v };
	int gap = scene_gap(c);
	struct ui_box body = scene_head(c, v, false), row, choice;

	box_bottom(&body, canvas_mm(c, 12) + gap / 2, 0);
	row = box_bottom(&body, scene_row_height(c), gap);
	choice = box_bottom(&body, scene_choice_height(c), gap);
	failure(c, v, &body);
	box_top(&body, 0, gap);
	collect(&s);
	if (c->w > c->h) {
		struct ui_box text = body;

		box_end(&text, canvas_mm(c, 440), 2 * gap);
		headline(c, v, &text);
		draw_values(&s, text);
		receipt(&s, &body);
	} else {
		headline(c, v, &body);
		receipt(&s, &body);
		draw_values(&s, body);
	}
	answers(c, choice);
	scene_countdown(c, v, _("Then this screen clears itself."), s.pages,
	    row);
	explicit_bzero(&s.rows, sizeof(s.rows));
}
