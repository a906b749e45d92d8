// SPDX-License-Identifier: Apache-2.0
#include "kiosk/scene.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/i18n.h"

static int
sized(const struct canvas *c, int hundredths)
{
	int px = canvas_degrees(c, hundredths);

	return c->large ? px * 5 / 4 : px;
}

int
scene_must(const struct canvas *c)
{
	return sized(c, 70);
}

int
scene_body(const struct canvas *c)
{
	return sized(c, 60);
}

int
scene_fine(const struct canvas *c)
{
	return sized(c, 50);
}

int
scene_small(const struct canvas *c)
{
	return sized(c, 46);
}

int
scene_least(const struct canvas *c)
{
	return sized(c, 42);
}

int
scene_target(const struct canvas *c)
{
	return canvas_mm(c, 91);
}

int
scene_gap(const struct canvas *c)
{
	int gap = canvas_mm(c, 17);

	return gap < 8 ? 8 : gap;
}

int
scene_margin(const struct canvas *c)
{
	return canvas_mm(c, 28);
}

int
scene_choice_height(const struct canvas *c)
{
	return scene_must(c) * 5 / 4 + scene_least(c) * 5 / 4 +
	    canvas_mm(c, 16);
}

int
scene_row_height(const struct canvas *c)
{
	int lines = 2 * (scene_least(c) * 5 / 4 + 1), target = scene_target(c);

	return lines > target ? lines : target;
}

void
scene_choices(struct canvas *c, const struct widget *first,
    const struct widget *second, struct ui_box b)
{
	int gap = scene_gap(c) * 3 / 2;

	widget_button(c, first, box_column(b, 0, 2, gap));
	widget_button(c, second, box_column(b, 1, 2, gap));
}

const char *
scene_field(enum field f)
{
	switch (f) {
	case FIELD_NAME:
		return _("Name");
	case FIELD_EMAIL:
		return _("Email");
	case FIELD_COMPANY:
		return _("Company");
	case FIELD_JOB_TITLE:
		return _("Job title");
	case FIELD_WORK_PHONE:
		return _("Work phone");
	case FIELD_LOCATION:
		return _("Location");
	}
	return "";
}

const char *
scene_say(char *buf, size_t size, const char *fmt, const char *value)
{
	const char *at = strstr(fmt, "%s");
	int before = at != NULL ? (int)(at - fmt) : (int)strlen(fmt);
	int n = snprintf(buf, size, "%.*s" I18N_FSI "%s" I18N_PDI "%s", before,
	    fmt, value, at != NULL ? at + 2 : "");

	if (n >= 0 && (size_t)n >= size) {
		n = (int)size - 1;
		while (n > 0 && ((unsigned char)buf[n - 1] & 0xc0) == 0x80)
			n--;
		buf[n > 0 ? n - 1 : 0] = '\0';
	}
	return buf;
}

const char *
scene_sponsor(const struct view *v)
{
	return v->policy != NULL ? v->policy->sponsor.name : "";
}

/* "60 seconds left." and what the end of it means, as one text. */
static void
left_text(char *buf, size_t size, const struct view *v, const char *silence)
{
	char left[120];

	snprintf(left, sizeof(left), i18n_count("%u second left.",
	    "%u seconds left.", v->seconds_left), v->seconds_left);
	snprintf(buf, size, "%s %s", left, silence);
}

void
scene_time_bar(struct canvas *c, const struct view *v)
{
	int h = canvas_mm(c, 12);
	struct ui_box b = box(0, c->h - h, c->w, h);
	unsigned total = v->seconds_total;

	if (total == 0)
		return;
	canvas_fill(c, b, c->theme->track);
	b.w = (int)((unsigned)b.w * (v->seconds_left < total ?
	    v->seconds_left : total) / total);
	canvas_fill(c, b, c->theme->accent);
}

static void
row_button(struct canvas *c, const struct widget *w, struct ui_box *row)
{
	struct ui_box b = box_end(row, widget_width(c, w), scene_gap(c));

	widget_button(c, w, box_centre(b, b.w, scene_target(c)));
}

void
scene_countdown(struct canvas *c, const struct view *v, const char *silence,
    unsigned pages, struct ui_box b)
{
	struct widget more = { .name = "more-time", .text = _("More time"),
		.px = scene_fine(c), .least = scene_least(c) };
	struct widget page = { .name = "page", .px = scene_fine(c),
		.icon = ICON_NEXT, .least = scene_least(c) };
	char left[900], number[80];
	struct label l = { .s = left, .px = scene_fine(c),
		.colour = c->theme->ink, .ground = c->theme->ground };

	if (v->may_extend)
		row_button(c, &more, &b);
	if (pages > 1) {
		snprintf(number, sizeof(number), _("Read on %u/%u"),
		    v->page % pages + 1, pages);
		page.text = v->page % pages + 1 < pages ? number :
		    _("First page");
		row_button(c, &page, &b);
	}
	if (v->seconds_total != 0) {
		left_text(left, sizeof(left), v, silence);
		label_draw_fit(c, &l, b, scene_least(c));
		scene_time_bar(c, v);
	}
}
