// SPDX-License-Identifier: Apache-2.0
#include "kiosk/ask.h"

#include <string.h>

#include "kiosk/fields.h"
#include "kiosk/i18n.h"
#include "kiosk/isolate.h"

#define NEVER 100000		/* px: a word is wider than the line */
#define TINY 8			/* px: rather than to cut a text off */

/* An address as people write it, without what every address has; it reads
 * from left to right everywhere. Its lines end behind these signs; inside a
 * word only where that is longer than a line. */
static void
plain(const char *url, char *out, size_t size)
{
	static const size_t mark = sizeof(I18N_ZWSP) - 1;
	char broken[(POLICY_URL_MAX + 1) * sizeof(I18N_ZWSP)];
	size_t n = 0;

	if (strncmp(url, "https://", 8) == 0)
		url += 8;
	for (; *url != '\0' && n + 1 + mark < sizeof(broken); url++) {
		broken[n++] = *url;
		if (strchr("/.-?", *url) == NULL || url[1] == '\0')
			continue;
		memcpy(broken + n, I18N_ZWSP, mark);
		n += mark;
	}
	broken[n] = '\0';
	isolate(out, size, I18N_LRI, broken);
}

void
ask_take(struct ask *a)
{
	const struct policy_notice *n = a->v->notice;
	const char *name = a->v->policy->sponsor.name;

	isolate_in(a->title, SENTENCE, n->title, name);
	isolate_in(a->purpose, SENTENCE, n->purpose, name);
	isolate_in(a->retention, SENTENCE, n->retention, name);
	isolate_in(a->withdraw, SENTENCE, n->withdraw, name);
	isolate_in(a->silence, SENTENCE, n->silence, name);
	plain(a->v->policy->sponsor.privacy_url, a->address,
	    sizeof(a->address));
}

static int
between(const struct ask *a, int least, int most)
{
	return least + (most - least) * a->step / STEPS;
}

static struct label
words(const struct ask *a, enum block b, int w)
{
	struct canvas *c = a->c;
	struct label l = { .top = true, .colour = c->theme->ink,
		.ground = c->theme->ground };

	l.px = between(a, scene_small(c), scene_must(c));
	switch (b) {
	case TITLE:
		l.s = a->title;
		l.bold = true;
		l.px = between(a, scene_fine(c), scene_must(c) * 11 / 10);
		break;
	case PURPOSE:
		l.s = a->purpose;
		break;
	case RETENTION:
	case WITHDRAW:
		l.s = b == RETENTION ? a->retention : a->withdraw;
		l.px = between(a, scene_least(c), scene_body(c));
		break;
	case FIELDS:
	case POLICY:
		return l;
	}
	/* The last resort for texts of a whole page and more. */
	if (a->step == 0)
		l.px = label_fit(a->c, &l, w, a->body.h, TINY);
	return l;
}

static void
plan_fields(const struct ask *a, int w, struct fields *f)
{
	fields_plan(a->c, a->v, w, between(a, scene_small(a->c),
	    scene_must(a->c)), f);
}

static int
code_side(const struct ask *a)
{
	return between(a, canvas_mm(a->c, 240), canvas_mm(a->c, 360));
}

static int
measure(const struct ask *a, enum block b, int w)
{
	struct label_size s;
	struct fields f;
	struct label l;

	if (b == FIELDS) {
		plan_fields(a, w, &f);
		return f.height;
	}
	if (b == POLICY)
		return code_flat_height(a->c, &a->code, w, code_side(a));
	l = words(a, b, w);
	s = label_size(a->c, &l, w);
	return s.w <= w ? s.h : NEVER;
}

int
ask_height(struct ask *a, enum block b, int w)
{
	size_t width = w == a->body.w ? 0 : a->column_w ==
	    canvas_mm(a->c, ASK_COLUMN_MM) ? 1 : 2;
	int *known = &a->known[width][a->step][b];

	if (*known == 0)
		*known = measure(a, b, w) + 1;
	return *known - 1;
}

void
ask_draw(const struct ask *a, enum block b, struct ui_box at)
{
	struct fields f;
	struct label l;

	if (b == FIELDS) {
		plan_fields(a, at.w, &f);
		if (f.height != 0)
			fields_draw(a->c, &f, at);
		return;
	}
	if (b == POLICY) {
		code_flat_draw(a->c, &a->code, at, code_side(a));
		return;
	}
	l = words(a, b, at.w);
	label_draw(a->c, &l, at);
}

int
ask_space(const struct ask *a, enum block b)
{
	int gap = scene_gap(a->c);

	switch (b) {
	case TITLE:
		return 0;
	case PURPOSE:
	case WITHDRAW:
		return gap / 2;
	case FIELDS:
	case RETENTION:
	case POLICY:
		return gap + gap / 2;
	}
	return gap;
}
