// SPDX-License-Identifier: Apache-2.0
/*
 * Where things are on a screen, whatever its language, size and text. In each
 * language and size a part of the views, as views_turn says; LONG=1 for all.
 */
#include "tests/support/frame.h"

#include <math.h>
#include <stdio.h>

#include "kiosk/i18n.h"
#include "kiosk/theme.h"

/* Texts may touch by so many pixels: accents reach out of their lines. */
#define TOUCH 2
#define GAP 8		/* pixels between two targets  */
#define TARGET_UM 9000

static const struct { int w, h; } sizes[] = { { 1024, 600 }, { 800, 480 },
	{ 600, 1024 }, { 480, 800 }, { 1280, 800 } };
#define SIZES (sizeof(sizes) / sizeof(sizes[0]))
static const char *const langs[] = { "en", "de", "fr", "es", "ja", "zh", "ar",
	"hi" };
#define LANGS (sizeof(langs) / sizeof(langs[0]))

static bool
inside(struct ui_box in, struct ui_box out, int slack)
{
	return in.x >= out.x - slack && in.y >= out.y - slack &&
	    in.x + in.w <= out.x + out.w + slack &&
	    in.y + in.h <= out.y + out.h + slack;
}

/* Pixels by which two boxes overlap, the lesser of both ways; <= 0: apart. */
static int
overlap(struct ui_box a, struct ui_box b)
{
	int right = a.x + a.w < b.x + b.w ? a.x + a.w : b.x + b.w;
	int low = a.y + a.h < b.y + b.h ? a.y + a.h : b.y + b.h;
	int dx = right - (a.x > b.x ? a.x : b.x);
	int dy = low - (a.y > b.y ? a.y : b.y);

	return dx < dy ? dx : dy;
}

/* Letters that reach far up or down stay in their button too. */
static void
check_ink(struct frame *f, const struct ui_text *t)
{
	for (size_t i = 0; i < f->nwidgets; i++)
		if (overlap(t->ink, f->widget[i].box) > 0 &&
		    !inside(t->ink, f->widget[i].box, -1))
			frame_bad("%s: \"%s\" is drawn over the edge of %s",
			    f->what, t->text, f->widget[i].name);
}

static void
check_text(struct frame *f, const struct ui_text *t)
{
	const struct ui_box all = { 0, 0, f->w, f->h };
	double capitals = t->px * 0.714 * ui_pitch(f->w, f->h);
	double degrees = atan(capitals / 400000) * 180 / M_PI;

	if (t->cut)
		frame_bad("%s: \"%s\" does not fit", f->what, t->text);
	if (!inside(t->box, all, 0))
		frame_bad("%s: \"%s\" leaves the screen", f->what, t->text);
	if (!inside(t->ink, all, 0))
		frame_bad("%s: \"%s\" is drawn beyond the screen", f->what,
		    t->text);
	if (t->unknown != 0 && !f->pictures)
		frame_bad("%s: \"%s\": no font has %d of its letters", f->what,
		    t->text, t->unknown);
	if (theme_ratio(t->colour, t->ground) <
	    (f->s.view.contrast ? 700u : 450u))
		frame_bad("%s: \"%s\" has too little contrast", f->what,
		    t->text);
	if (degrees < 0.405 && !f->hostile)
		frame_bad("%s: \"%s\" is %.2f degrees small", f->what, t->text,
		    degrees);
	for (size_t i = 0; i < f->nwidgets; i++)
		if (overlap(t->box, f->widget[i].box) > 0 &&
		    !inside(t->box, f->widget[i].box, TOUCH))
			frame_bad("%s: \"%s\" runs into %s", f->what, t->text,
			    f->widget[i].name);
	for (const struct ui_text *o = t + 1; o < f->text + f->ntexts; o++)
		if (overlap(t->box, o->box) > TOUCH)
			frame_bad("%s: \"%s\" and \"%s\" overlap", f->what,
			    t->text, o->text);
		else if (overlap(t->ink, o->ink) > 1 && !f->hostile)
			frame_bad("%s: letters of \"%s\" and \"%s\" meet",
			    f->what, t->text, o->text);
	check_ink(f, t);
}

static void
check_widget(struct frame *f, const struct ui_widget *w)
{
	const struct ui_box all = { 0, 0, f->w, f->h };
	struct ui_box wide = { w->box.x - GAP + 1, w->box.y - GAP + 1,
		w->box.w + 2 * (GAP - 1), w->box.h + 2 * (GAP - 1) };
	int pitch = ui_pitch(f->w, f->h);

	if (!inside(w->box, all, -FRAME_RING))
		frame_bad("%s: %s has no room for its ring", f->what, w->name);
	if (w->box.w * pitch < TARGET_UM || w->box.h * pitch < TARGET_UM)
		frame_bad("%s: %s is %d by %d", f->what, w->name, w->box.w,
		    w->box.h);
	for (const struct ui_widget *o = w + 1;
	     o < f->widget + f->nwidgets; o++) {
		if (overlap(wide, o->box) > 0)
			frame_bad("%s: %s is too near to %s", f->what, w->name,
			    o->name);
		if (strcmp(w->name, o->name) == 0)
			frame_bad("%s: two are called %s", f->what, w->name);
	}
}

/* Two answers are equal: the same size and height, and the same colours along
 * their edges and corners. */
static void
check_equal(struct frame *f, const char *a, const char *b)
{
	const struct ui_widget *v = ui_find(f->ui, a), *w = ui_find(f->ui, b);
	int before = frame_faults;

	if (v == NULL || w == NULL)
		return;
	if (v->box.w != w->box.w || v->box.h != w->box.h ||
	    (v->box.y != w->box.y && v->box.x != w->box.x) ||
	    v->enabled != w->enabled)
		frame_bad("%s: %s and %s differ", f->what, a, b);
	for (int x = 0; x < v->box.w && frame_faults == before; x++)
		for (int y = 0; y < v->box.h && frame_faults == before; y++)
			if ((y < 4 || y >= v->box.h - 4 || x < 6 ||
			    x >= v->box.w - 6) &&
			    frame_pixel(f, v->box.x + x, v->box.y + y) !=
			    frame_pixel(f, w->box.x + x, w->box.y + y))
				frame_bad("%s: %s and %s differ at %d,%d",
				    f->what, a, b, x, y);
}

static void
check_choices(struct frame *f)
{
	if (f->s.view.focus != NULL || f->s.view.pressed != NULL)
		return;
	check_equal(f, "decline", "share");
	if (f->s.view.state == STATE_ASK && ui_find(f->ui, "share") == NULL)
		check_equal(f, "decline", "page");
	check_equal(f, "undo", "done");
}

/* Without the zero-width spaces, which are not listed either. */
static void
visible(const char *text, char out[static POLICY_TEXT_MAX + 1])
{
	while (*text != '\0') {
		bool mark = strncmp(text, I18N_ZWSP, 3) == 0;

		*out = *text;
		out += mark ? 0 : 1;
		text += mark ? 3 : 1;
	}
	*out = '\0';
}

static bool
shows(const struct frame *f, const char *sentence)
{
	char text[POLICY_TEXT_MAX + 1];

	visible(sentence, text);
	for (size_t i = 0; i < f->ntexts; i++)
		if (strcmp(f->text[i].text, text) == 0)
			return true;
	return false;
}

#define MUST 5

/* A yes is possible only where all of the question has been seen, a no on
 * every page. */
static void
check_way_on(struct frame *f)
{
	bool last = f->s.view.page + 1 == ui_pages(f->ui);

	if ((ui_find(f->ui, "share") != NULL) != last)
		frame_bad("%s: \"Share\" is on page %u of %u", f->what,
		    f->s.view.page + 1, ui_pages(f->ui));
	if (ui_find(f->ui, "decline") == NULL)
		frame_bad("%s: there is no way to say no", f->what);
	if (!last && ui_find(f->ui, "page") == NULL)
		frame_bad("%s: there is no way on", f->what);
}

/* What of all that a yes rests on is on this page. */
static void
look_for(const struct frame *f, bool seen[static MUST])
{
	const struct policy_notice *n = &f->s.policy.notice[0];
	const char *const must[MUST] = { n->title, n->purpose, n->retention,
		n->withdraw, f->s.policy.sponsor.privacy_url + 8 };

	for (size_t i = 0; i < MUST; i++)
		seen[i] |= shows(f, must[i]);
}

/* Required fields are there and cannot be touched, optional ones can. */
static void
check_fields(struct frame *f)
{
	field_set all = f->s.policy.required | f->s.policy.optional;

	for (int i = FIELD_NAME; i <= FIELD_LOCATION; i++) {
		char name[UI_NAME_MAX];
		const struct ui_widget *w;

		snprintf(name, sizeof(name), "field:%d", i);
		w = ui_find(f->ui, name);
		if ((w != NULL) != ((all & FIELD_BIT(i)) != 0))
			frame_bad("%s: %s", f->what, name);
		if (w != NULL && w->enabled != ((f->s.policy.optional &
		    FIELD_BIT(i)) != 0))
			frame_bad("%s: %s enabled?", f->what, name);
	}
}

static void
check_frame(struct frame *f)
{
	for (size_t i = 0; i < f->ntexts; i++)
		check_text(f, &f->text[i]);
	for (size_t i = 0; i < f->nwidgets; i++)
		check_widget(f, &f->widget[i]);
	check_choices(f);
}

/* Every page of a view. */
static void
check_pages(struct frame *f, const char *what)
{
	bool ask = f->s.view.state == STATE_ASK && !f->s.view.language_list;
	bool seen[MUST] = { false };

	for (unsigned p = 0, n = 1; p < n; p++) {
		f->s.view.page = p;
		snprintf(f->what, sizeof(f->what), "%s page %u", what, p + 1);
		frame_draw(f);
		check_frame(f);
		look_for(f, seen);
		if (ask)
			check_way_on(f);
		if (ask && p == 0)
			check_fields(f);
		n = ui_pages(f->ui);
	}
	for (size_t i = 0; ask && !f->hostile && i < MUST; i++)
		if (!seen[i])
			frame_bad("%s: sentence %zu is on no page", what,
			    i + 1);
}

static void
check_views(struct frame *f, const char *lang, bool large, bool contrast)
{
	for (int i = 0; i < VIEWS_COUNT; i++) {
		char what[100];

		if (!views_turn())
			continue;
		views_make(&f->s, i, lang);
		f->s.view.large = large;
		f->s.view.contrast = contrast;
		snprintf(what, sizeof(what), "%s %dx%d %s%s%s", views_name(i),
		    f->w, f->h, lang, large ? " large" : "",
		    contrast ? " contrast" : "");
		check_pages(f, what);
	}
}

/* Every reason why a device was not enrolled is said, and has room. */
static void
check_whys(struct frame *f, const char *lang)
{
	for (int why = WHY_NOT + 1; why < WHY_COUNT; why++) {
		char what[100];

		if (!views_turn())
			continue;
		views_make(&f->s, views_find("enrol-failed"), lang);
		f->s.view.enrol_why = (enum enrol_why)why;
		snprintf(what, sizeof(what), "why %d %dx%d %s", why, f->w,
		    f->h, lang);
		check_pages(f, what);
		if (f->ntexts < 5)
			frame_bad("%s: it says no reason", what);
	}
}

static void
check_size(struct frame *f, const char *lang)
{
	check_whys(f, lang);
	check_views(f, lang, false, false);
	check_views(f, lang, true, true);
	if (strcmp(lang, "en") != 0 || f->w < f->h)
		return;
	check_views(f, lang, false, true);
	check_views(f, lang, true, false);
}

static void
test_everything_has_its_place(void **state)
{
	static struct frame f;

	(void)state;
	for (size_t i = 0; i < SIZES; i++) {
		f.w = sizes[i].w;
		f.h = sizes[i].h;
		assert_ok(ui_open(&f.ui, f.w, f.h, 0));
		for (size_t k = 0; k < LANGS; k++)
			check_size(&f, langs[k]);
		ui_close(&f.ui);
	}
}

/* What a sponsor may call itself. */
#define W40 "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW"
static const char widest[] = W40 W40 W40 W40;
static const char piled[] = "Z\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308"
    "\u0309\u030a\u030b\u030c\u0301\u0302\u0303\u0304\u0305\u0306lgo";
static const char *const names[] = {
	widest,
	"مؤسسةالتقنيةوالابتكاروالبحثالعلميوالتطويرالصناعيوالخدماتالعامة",
	"株式会社国際先端科学技術総合研究開発機構東日本事業本部展示会担当部門",
	piled,
	"good.example \u202eproC livE\u202c \u2067x\u2069\u2069 \u2028y",
	"👩\u200d🔬👩\u200d🔬👩\u200d🔬👩\u200d🔬👩\u200d🔬👩\u200d🔬👩\u200d🔬",
};

/* They overflow nothing and turn nothing but themselves. A picture sign has
 * no glyph where no font with pictures is installed. */
static void
check_name(struct frame *f, const char *name, const char *lang)
{
	static const char *const where[] = { "idle", "ask", "ask-six", "hold",
		"shared", "declined", "undone", "again" };

	for (size_t i = 0; i < sizeof(where) / sizeof(where[0]); i++) {
		char what[100];

		if (!views_turn())
			continue;
		views_make(&f->s, views_find(where[i]), lang);
		views_sponsor(&f->s, name);
		snprintf(what, sizeof(what), "%s %dx%d %s named %.20s",
		    where[i], f->w, f->h, lang, name);
		f->hostile = true;
		f->pictures = strncmp(name, "👩", 4) == 0;
		check_pages(f, what);
	}
	f->pictures = f->hostile = false;
}

static void
test_hostile_names(void **state)
{
	static const char *const in[] = { "en", "ja", "ar" };
	static struct frame f;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		f.w = sizes[i].w;
		f.h = sizes[i].h;
		assert_ok(ui_open(&f.ui, f.w, f.h, 0));
		for (size_t k = 0; k < sizeof(names) / sizeof(names[0]); k++)
			for (size_t l = 0; l < 3; l++)
				check_name(&f, names[k], in[l]);
		ui_close(&f.ui);
	}
}

/* Who asks once more stands there, in the head or below. */
static void
check_who(struct frame *f, const char *view, const char *lang, bool large)
{
	static const char name[] = "Fraunhofer-Gesellschaft zur Förderung der "
	    "angewandten Forschung e. V.";
	bool there = false;
	char what[100];

	views_make(&f->s, views_find(view), lang);
	views_sponsor(&f->s, name);
	f->s.view.large = large;
	snprintf(what, sizeof(what), "%s %dx%d %s%s", view, f->w, f->h, lang,
	    large ? " large" : "");
	check_pages(f, what);
	for (size_t i = 0; i < f->ntexts; i++)
		there = there || strstr(f->text[i].text, name) != NULL;
	if (!there)
		frame_bad("%s: nobody asks", what);
}

static void
test_who_asks_again(void **state)
{
	static struct frame f;

	(void)state;
	for (size_t i = 0; i < SIZES; i++) {
		f.w = sizes[i].w;
		f.h = sizes[i].h;
		assert_ok(ui_open(&f.ui, f.w, f.h, 0));
		for (size_t k = 0; k < LANGS; k++) {
			check_who(&f, "again", langs[k], false);
			check_who(&f, "again-six", langs[k], true);
		}
		ui_close(&f.ui);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FRAME_TEST(test_everything_has_its_place),
		FRAME_TEST(test_hostile_names),
		FRAME_TEST(test_who_asks_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
