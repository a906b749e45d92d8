// SPDX-License-Identifier: Apache-2.0
/* The head of the screen: who asks, and the buttons that are always there. */
#include "kiosk/scene.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/i18n.h"
#include "kiosk/isolate.h"
#include "kiosk/logo.h"

#define TOOLS (SCENE_DIRECT + 4)

struct tool {
	struct widget w;
	char name[UI_NAME_MAX];
	char brief[8];
	int width;
};

struct tools {
	struct tool t[TOOLS];
	size_t n;
	int width;		/* of all, gaps included */
};

static int
head_height(const struct canvas *c)
{
	return scene_target(c) + 2 * (WIDGET_RING + 1);
}

static int
tool_px(const struct canvas *c)
{
	/* Not larger in large mode: there would be no room to switch back. */
	return canvas_degrees(c, 50);
}

static struct tool *
add(struct canvas *c, struct tools *s, const char *name)
{
	struct tool *t = &s->t[s->n++];

	snprintf(t->name, sizeof(t->name), "%s", name);
	t->w = (struct widget){ .px = tool_px(c),
		.least = canvas_degrees(c, 42) };
	return t;
}

/* Its width, now that it has its text or icon. */
static void
settle(struct canvas *c, struct tools *s, struct tool *t)
{
	int least = scene_target(c) * 11 / 10;

	t->w.name = t->name;
	t->width = widget_width(c, &t->w);
	if (t->width < least || t->w.text == NULL)
		t->width = least;
	s->width += t->width + (s->n > 1 ? scene_gap(c) : 0);
}

static void
add_settings(struct canvas *c, const struct view *v, struct tools *s)
{
	struct tool *t;

	if (v->can_speak) {
		t = add(c, s, "speak");
		t->w.icon = ICON_SPEAKER;
		t->w.on = v->speaking;
		settle(c, s, t);
	}
	t = add(c, s, "size");
	t->w.text = v->large ? I18N_LRI "A−" I18N_PDI :
	    I18N_LRI "A+" I18N_PDI;
	settle(c, s, t);
	t = add(c, s, "contrast");
	t->w.icon = ICON_CONTRAST;
	t->w.on = v->contrast;
	settle(c, s, t);
}

enum form { IN_FULL, IN_BRIEF, AS_LIST };

static void
add_languages(struct canvas *c, const struct view *v, struct tools *s,
    enum form form)
{
	const char *lang[POLICY_LANGS];
	size_t n = scene_langs(c, v, lang);
	bool brief = form != IN_FULL;
	struct tool *t;

	/* One is no choice; and the first screen has a strip for many. */
	if (n < 2 || (n > SCENE_DIRECT && v->state == STATE_IDLE))
		return;
	if (n > SCENE_DIRECT || form == AS_LIST) {
		t = add(c, s, "languages");
		t->w.icon = ICON_GLOBE;
		t->w.text = brief ? i18n_short_name(c->lang, t->brief) :
		    i18n_name(c->lang);
		settle(c, s, t);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		char name[UI_NAME_MAX];

		snprintf(name, sizeof(name), "lang:%.18s", lang[i]);
		t = add(c, s, name);
		t->w.text = brief ? i18n_short_name(lang[i], t->brief) :
		    i18n_name(lang[i]);
		t->w.lang = lang[i];
		t->w.on = strcmp(lang[i], c->lang) == 0;
		settle(c, s, t);
	}
}

#define WHO 200			/* bytes of a sponsor's name, isolated */

static struct label
who(struct canvas *c, const struct view *v, char name[static WHO])
{
	const char *s = scene_sponsor(v);

	return (struct label){ .s = isolate(name, WHO, I18N_FSI, s[0] != '\0' ?
		s : "Badgeward"), .px = scene_body(c),
		.bold = true, .colour = c->theme->ink,
		.ground = c->theme->bar };
}

/* The languages in full when the name has room beside them, in brief when
 * they have room at all, else as a list. */
static void
plan(struct canvas *c, const struct view *v, struct tools *s)
{
	int room = c->w - 2 * scene_margin(c) - scene_gap(c) * 2;
	int px = tool_px(c);
	char name[WHO];
	struct label l = who(c, v, name);

	for (enum form form = IN_FULL; form <= AS_LIST; form++) {
		*s = (struct tools){ .n = 0 };
		add_settings(c, v, s);
		add_languages(c, v, s, form);
		if ((form > IN_FULL && s->width <= room) ||
		    label_fit(c, &l, room - s->width, head_height(c), px) >=
		    px)
			return;
	}
}

static struct ui_box
head_box(const struct canvas *c)
{
	struct ui_box b = box(0, 0, c->w, head_height(c));

	return box_inset(b, scene_margin(c), 0);
}

/* Before the name, where that needs neither smaller letters nor another line
 * for it. */
static void
head_logo(struct canvas *c, const struct view *v, const struct label *l,
    struct ui_box *b)
{
	int gap = scene_gap(c), most = b->h - 2 * WIDGET_RING;
	struct label_size all = label_size(c, l, b->w), less;

	for (int h = most; h >= most / 2; h -= 2) {
		int w = logo_width(v, h);

		if (w == 0 || w + gap >= b->w)
			continue;
		less = label_size(c, l, b->w - w - gap);
		if (less.h != all.h || less.w > b->w - w - gap)
			continue;
		logo_draw(c, v, box_centre(box_start(b, w, gap), w, h));
		return;
	}
}

struct ui_box
scene_head(struct canvas *c, const struct view *v, bool tools)
{
	int h = head_height(c), margin = scene_margin(c);
	struct ui_box b = head_box(c);
	char name[WHO];
	struct label l = who(c, v, name);
	struct tools s = { .n = 0 };

	canvas_fill(c, box(0, 0, c->w, h), c->theme->bar);
	canvas_fill(c, box(0, h, c->w, 2), c->theme->rule);
	if (tools) {
		plan(c, v, &s);
		b.w -= s.width + 2 * scene_gap(c);
	}
	/* Too long a name is left out here: the title says it, whole. */
	if ((l.px = label_fit(c, &l, b.w, b.h,
	    canvas_degrees(c, 42))) >= canvas_degrees(c, 42)) {
		head_logo(c, v, &l, &b);
		label_draw(c, &l, b);
	}
	return box(margin, h + 2, c->w - 2 * margin, c->h - h - 2);
}

void
scene_tools(struct canvas *c, const struct view *v)
{
	struct ui_box b = head_box(c), all;
	struct tools s;

	plan(c, v, &s);
	all = box_end(&b, s.width, 0);
	all = box_inset(all, 0, (all.h - scene_target(c)) / 2);
	for (size_t i = 0; i < s.n; i++) {
		s.t[i].w.name = s.t[i].name;
		widget_button(c, &s.t[i].w, box_start(&all, s.t[i].width,
		    scene_gap(c)));
	}
}
