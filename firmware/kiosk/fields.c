// SPDX-License-Identifier: Apache-2.0
#include "kiosk/fields.h"

#include <stdio.h>

#include "kiosk/i18n.h"

#define COLUMNS_MAX 3

static struct widget_tick
tick(const struct fields *f, enum field field, char name[static UI_NAME_MAX])
{
	bool required = (f->required & FIELD_BIT(field)) != 0;

	snprintf(name, UI_NAME_MAX, "field:%d", (int)field);
	return (struct widget_tick){ .name = name,
		.text = scene_field(field),
		.note = required ? _("required") : _("optional"),
		.px = f->px, .note_px = f->note_px,
		.ticked = required || (f->ticked & FIELD_BIT(field)) != 0,
		.enabled = !required, .note_below = f->note_below };
}

static int
count(field_set s)
{
	return __builtin_popcount(s & FIELD_ALL);
}

/* The room that the largest of them needs. */
static struct label_size
need(struct canvas *c, const struct fields *f)
{
	struct label_size all = { 0, scene_target(c) };
	char name[UI_NAME_MAX];

	for (int i = FIELD_NAME; i <= FIELD_LOCATION; i++) {
		struct widget_tick w = tick(f, (enum field)i, name);
		struct label_size s;

		if (((f->required | f->optional) & FIELD_BIT(i)) == 0)
			continue;
		s = widget_tick_size(c, &w);
		all.w = s.w > all.w ? s.w : all.w;
		all.h = s.h > all.h ? s.h : all.h;
	}
	return all;
}

/* f with this form of note, if it is lower than what there is. */
static void
try_form(struct canvas *c, struct fields f, int w, struct fields *best)
{
	int n = count(f.required | f.optional), gap = scene_gap(c), rows;
	struct label_size s = need(c, &f);

	for (f.columns = COLUMNS_MAX; f.columns > 1; f.columns--)
		if (s.w * f.columns + gap * (f.columns - 1) <= w)
			break;
	if (f.columns > n)
		f.columns = n;
	rows = (n + f.columns - 1) / f.columns;
	/* Four in two rows of two, not in three and one. */
	f.columns = (n + rows - 1) / rows;
	f.row = s.h;
	f.height = rows * s.h + (rows - 1) * gap;
	if (s.w <= w && (best->height == 0 || f.height < best->height))
		*best = f;
}

void
fields_plan(struct canvas *c, const struct view *v, int w, int px,
    struct fields *out)
{
	struct fields f = { .ticked = v->ticked, .px = px,
		.note_px = scene_least(c) };

	*out = f;
	if (v->policy == NULL)
		return;
	f.required = out->required = v->policy->required;
	f.optional = out->optional = v->policy->optional;
	if (count(f.required | f.optional) == 0)
		return;
	if (f.note_px > px)
		f.note_px = px;
	try_form(c, f, w, out);
	f.note_below = true;
	try_form(c, f, w, out);
}

void
fields_draw(struct canvas *c, const struct fields *f, struct ui_box b)
{
	int gap = scene_gap(c), i = 0;

	for (int k = FIELD_NAME; k <= FIELD_LOCATION; k++) {
		char name[UI_NAME_MAX];
		struct widget_tick w = tick(f, (enum field)k, name);
		struct ui_box row = b;

		if (((f->required | f->optional) & FIELD_BIT(k)) == 0)
			continue;
		row.y += i / f->columns * (f->row + gap);
		row.h = f->row;
		widget_tick(c, &w, box_column(row, i % f->columns,
		    f->columns, gap));
		i++;
	}
}
