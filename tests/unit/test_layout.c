// SPDX-License-Identifier: Apache-2.0
/* What holds on every screen, whatever its language, size and text. */
#include "tests/support/unit.h"

#include <math.h>
#include <stdio.h>

#include "kiosk/i18n.h"
#include "kiosk/theme.h"
#include "kiosk/ui.h"
#include "tests/support/views.h"

/* Texts may touch by so many pixels: accents reach out of their lines. */
#define TOUCH 2
#define GAP 8		/* pixels between two targets  */
#define TARGET_UM 9000
#define RING 7		/* how far the focus ring reaches */

static const struct { int w, h; } sizes[] = { { 1024, 600 }, { 800, 480 },
	{ 600, 1024 }, { 480, 800 }, { 1280, 800 } };
#define SIZES (sizeof(sizes) / sizeof(sizes[0]))
static const char *const langs[] = { "en", "de", "fr", "es", "ja", "zh", "ar",
	"hi" };
#define LANGS (sizeof(langs) / sizeof(langs[0]))

/* All faults are told before a test fails. */
static int faults;
#define bad(...) (faults++, print_error(__VA_ARGS__), print_error("\n"))

struct frame {
	struct ui *ui;
	struct views s;
	int w, h;
	char what[160];
	bool pictures;		/* signs without a glyph are no fault */
	bool hostile;		/* nor are small letters; and not all of a text
				 * is shown as it is */
	const struct ui_widget *widget;
	const struct ui_text *text;
	size_t nwidgets, ntexts;
};

static void
draw(struct frame *f)
{
	if (ui_draw(f->ui, &f->s.view) != BW_OK)
		fail_msg("%s: not drawn", f->what);
	f->nwidgets = ui_widgets(f->ui, &f->widget);
	f->ntexts = ui_texts(f->ui, &f->text);
}

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
			bad("%s: \"%s\" is drawn over the edge of %s", f->what,
			    t->text, f->widget[i].name);
}

static void
check_text(struct frame *f, const struct ui_text *t)
{
	const struct ui_box all = { 0, 0, f->w, f->h };
	double capitals = t->px * 0.714 * ui_pitch(f->w, f->h);
	double degrees = atan(capitals / 400000) * 180 / M_PI;

	if (t->cut)
		bad("%s: \"%s\" does not fit", f->what, t->text);
	if (!inside(t->box, all, 0))
		bad("%s: \"%s\" leaves the screen", f->what, t->text);
	if (!inside(t->ink, all, 0))
		bad("%s: \"%s\" is drawn beyond the screen", f->what, t->text);
	if (t->unknown != 0 && !f->pictures)
		bad("%s: \"%s\": no font has %d of its letters", f->what,
		    t->text, t->unknown);
	if (theme_ratio(t->colour, t->ground) < 450)
		bad("%s: \"%s\" has too little contrast", f->what,
		    t->text);
	if (degrees < 0.405 && !f->hostile)
		bad("%s: \"%s\" is %.2f degrees small", f->what, t->text,
		    degrees);
	for (size_t i = 0; i < f->nwidgets; i++)
		if (overlap(t->box, f->widget[i].box) > 0 &&
		    !inside(t->box, f->widget[i].box, TOUCH))
			bad("%s: \"%s\" runs into %s", f->what, t->text,
			    f->widget[i].name);
	for (const struct ui_text *o = t + 1; o < f->text + f->ntexts; o++)
		if (overlap(t->box, o->box) > TOUCH)
			bad("%s: \"%s\" and \"%s\" overlap", f->what,
			    t->text, o->text);
		else if (overlap(t->ink, o->ink) > 1 && !f->hostile)
			bad("%s: letters of \"%s\" and \"%s\" meet", f->what,
			    t->text, o->text);
	check_ink(f, t);
}

static void
check_widget(struct frame *f, const struct ui_widget *w)
{
	const struct ui_box all = { 0, 0, f->w, f->h };
	struct ui_box wide = { w->box.x - GAP + 1, w->box.y - GAP + 1,
		w->box.w + 2 * (GAP - 1), w->box.h + 2 * (GAP - 1) };
	int pitch = ui_pitch(f->w, f->h);

	if (!inside(w->box, all, -RING))
		bad("%s: %s has no room for its ring", f->what, w->name);
	if (w->box.w * pitch < TARGET_UM || w->box.h * pitch < TARGET_UM)
		bad("%s: %s is %d by %d", f->what, w->name, w->box.w,
		    w->box.h);
	for (const struct ui_widget *o = w + 1;
	     o < f->widget + f->nwidgets; o++) {
		if (overlap(wide, o->box) > 0)
			bad("%s: %s is too near to %s", f->what, w->name,
			    o->name);
		if (strcmp(w->name, o->name) == 0)
			bad("%s: two are called %s", f->what, w->name);
	}
}

static int
no_faults(void **state)
{
	(void)state;
	faults = 0;
	return 0;
}

static int
had_faults(void **state)
{
	(void)state;
	return faults;
}

static uint32_t
pixel(const struct frame *f, int x, int y)
{
	const struct ui_image *m = ui_image(f->ui);

	return m->px[(size_t)y * (m->stride / 4) + (size_t)x] & 0xffffff;
}

/* Two answers are equal: the same size and height, and the same colours along
 * their edges and corners. */
static void
check_equal(struct frame *f, const char *a, const char *b)
{
	const struct ui_widget *v = ui_find(f->ui, a), *w = ui_find(f->ui, b);
	int before = faults;

	if (v == NULL || w == NULL)
		return;
	if (v->box.w != w->box.w || v->box.h != w->box.h ||
	    (v->box.y != w->box.y && v->box.x != w->box.x) ||
	    v->enabled != w->enabled)
		bad("%s: %s and %s differ", f->what, a, b);
	for (int x = 0; x < v->box.w && faults == before; x++)
		for (int y = 0; y < v->box.h && faults == before; y++)
			if ((y < 4 || y >= v->box.h - 4 || x < 6 ||
			    x >= v->box.w - 6) &&
			    pixel(f, v->box.x + x, v->box.y + y) !=
			    pixel(f, w->box.x + x, w->box.y + y))
				bad("%s: %s and %s differ at %d,%d",
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

/* Nobody is nudged by green or red. */
static void
check_hues(struct frame *f)
{
	for (int y = 0; y < f->h; y += 2)
		for (int x = 0; x < f->w; x += 2) {
			uint32_t p = pixel(f, x, y);
			int r = p >> 16 & 0xff, g = p >> 8 & 0xff;
			int b = p & 0xff;

			if (g > r + 40 && g > b + 40)
				bad("%s: green at %d,%d", f->what, x, y);
			if (r > g + 120 && r > b + 120)
				bad("%s: red at %d,%d", f->what, x, y);
		}
}

static void
test_no_colour_nudges(void **state)
{
	static struct frame f = { .w = 1024, .h = 600 };

	(void)state;
	assert_ok(ui_open(&f.ui, f.w, f.h, 0));
	for (int i = 0; i < VIEWS_COUNT * 2; i++) {
		views_make(&f.s, i / 2, "en");
		f.s.view.contrast = i % 2 != 0;
		f.s.view.focus = f.s.view.pressed = NULL;
		snprintf(f.what, sizeof(f.what), "%s", views_name(i / 2));
		draw(&f);
		check_hues(&f);
	}
	ui_close(&f.ui);
}

/* Around the focused widget, and only there, is a ring that stands out from
 * what is next to it on both sides. */
static void
check_ring(struct frame *f, const struct ui_widget *w)
{
	int x = w->box.x + w->box.w / 2, low = w->box.y + w->box.h;
	uint32_t in = pixel(f, x, low), ring = pixel(f, x, low + 4);
	uint32_t out = pixel(f, x, low + RING);

	if (theme_ratio(ring, out) < 300 || theme_ratio(ring, in) < 300)
		bad("%s: the ring of %s is %06x on %06x and %06x",
		    f->what, w->name, ring, out, in);
}

static void
test_focus_is_visible(void **state)
{
	static struct frame f;

	(void)state;
	for (int k = 0; k < VIEWS_COUNT * 4; k++) {
		const char *name = NULL;
		size_t n;

		f.w = k % 2 != 0 ? 800 : 1024;
		f.h = k % 2 != 0 ? 480 : 600;
		assert_ok(ui_open(&f.ui, f.w, f.h, 0));
		views_make(&f.s, k / 4, "en");
		f.s.view.contrast = k % 4 >= 2;
		f.s.view.pressed = f.s.view.focus = NULL;
		snprintf(f.what, sizeof(f.what), "%s %dx%d",
		    views_name(k / 4), f.w, f.h);
		draw(&f);
		n = f.nwidgets;
		for (size_t i = 0; i < n; i++) {
			char next[UI_NAME_MAX] = "";

			if ((name = ui_focus_next(f.ui, name)) == NULL)
				break;
			memcpy(next, name, sizeof(next));
			f.s.view.focus = name = next;
			draw(&f);
			check_ring(&f, ui_find(f.ui, next));
			f.s.view.focus = NULL;
			name = ui_find(f.ui, next)->name;
		}
		ui_close(&f.ui);
	}
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
		bad("%s: \"Share\" is on page %u of %u", f->what,
		    f->s.view.page + 1, ui_pages(f->ui));
	if (ui_find(f->ui, "decline") == NULL)
		bad("%s: there is no way to say no", f->what);
	if (!last && ui_find(f->ui, "page") == NULL)
		bad("%s: there is no way on", f->what);
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
			bad("%s: %s", f->what, name);
		if (w != NULL && w->enabled != ((f->s.policy.optional &
		    FIELD_BIT(i)) != 0))
			bad("%s: %s enabled?", f->what, name);
	}
}

/* Values are on no screen but that of what was shared. */
static void
check_values(struct frame *f)
{
	for (size_t i = 0; i < f->ntexts; i++)
		for (int k = FIELD_NAME; k <= FIELD_LOCATION; k++)
			if (f->s.values.v[k][0] != '\0' &&
			    f->s.view.state != STATE_SHARED &&
			    strstr(f->text[i].text, f->s.values.v[k]) != NULL)
				bad("%s: shows a value", f->what);
}

static void
test_values_only_when_shared(void **state)
{
	static struct frame f = { .w = 1024, .h = 600 };

	(void)state;
	assert_ok(ui_open(&f.ui, f.w, f.h, 0));
	for (int i = 0; i < VIEWS_COUNT; i++) {
		views_make(&f.s, i, "en");
		f.s.view.values = &f.s.values;
		f.s.view.released = FIELD_ALL;
		snprintf(f.what, sizeof(f.what), "%s", views_name(i));
		draw(&f);
		check_values(&f);
	}
	ui_close(&f.ui);
}

/* Large mode is larger: on every screen, for every text that is in both. */
static void
test_large_is_larger(void **state)
{
	static struct frame f;
	static int px[128];
	static char text[128][700];

	(void)state;
	for (int k = 0; k < VIEWS_COUNT * 2; k++) {
		size_t n;

		f.w = k % 2 != 0 ? 800 : 1024;
		f.h = k % 2 != 0 ? 480 : 600;
		assert_ok(ui_open(&f.ui, f.w, f.h, 0));
		views_make(&f.s, k / 2, "en");
		draw(&f);
		n = f.ntexts;
		for (size_t i = 0; i < n; i++) {
			px[i] = f.text[i].px;
			snprintf(text[i], sizeof(text[i]), "%s",
			    f.text[i].text);
		}
		f.s.view.large = true;
		draw(&f);
		for (size_t i = 0; i < f.ntexts; i++)
			for (size_t j = 0; j < n; j++)
				if (strcmp(f.text[i].text, text[j]) == 0 &&
				    f.text[i].px < px[j])
					bad("%s %dx%d: \"%s\" is %d, "
					    "large %d", views_name(k / 2), f.w,
					    f.h, text[j], px[j],
					    f.text[i].px);
		ui_close(&f.ui);
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
		draw(f);
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
			bad("%s: sentence %zu is on no page", what, i + 1);
}

static void
check_views(struct frame *f, const char *lang, bool large, bool contrast)
{
	for (int i = 0; i < VIEWS_COUNT; i++) {
		char what[100];

		views_make(&f->s, i, lang);
		f->s.view.large = large;
		f->s.view.contrast = contrast;
		snprintf(what, sizeof(what), "%s %dx%d %s%s%s", views_name(i),
		    f->w, f->h, lang, large ? " large" : "",
		    contrast ? " contrast" : "");
		check_pages(f, what);
	}
}

static void
check_size(struct frame *f, const char *lang)
{
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

static void
check_theme(const struct theme *t)
{
	assert_true(theme_ratio(t->ink, t->ground) >= 450);
	assert_true(theme_ratio(t->ink, t->bar) >= 450);
	assert_true(theme_ratio(t->ink, t->card) >= 450);
	assert_true(theme_ratio(t->soft, t->card) >= 450);
	assert_true(theme_ratio(t->soft, t->ground) >= 450);
	assert_true(theme_ratio(t->on_fill, t->fill) >= 450);
	assert_true(theme_ratio(t->on_held, t->held) >= 450);
	assert_true(theme_ratio(t->accent, t->card) >= 450);
	/* Controls, ticks and the focus. */
	assert_true(theme_ratio(t->edge, t->ground) >= 300);
	assert_true(theme_ratio(t->edge, t->card) >= 300);
	assert_true(theme_ratio(t->fill, t->ground) >= 300);
	assert_true(theme_ratio(t->ring, t->ground) >= 300);
	assert_true(theme_ratio(t->ring, t->bar) >= 300);
	assert_true(theme_ratio(t->accent, t->track) >= 300);
}

static void
test_themes(void **state)
{
	(void)state;
	assert_int_equal(theme_ratio(0x000000, 0xffffff), 2100);
	assert_int_equal(theme_ratio(0x777777, 0xffffff), 447);
	check_theme(&theme_quiet);
	check_theme(&theme_contrast);
}

static void
test_focus_goes_round(void **state)
{
	static struct frame f = { .w = 1024, .h = 600 };
	const char *first, *last;

	(void)state;
	assert_ok(ui_open(&f.ui, f.w, f.h, 0));
	views_make(&f.s, views_find("ask"), "en");
	draw(&f);
	first = ui_focus_next(f.ui, NULL);
	last = ui_focus_prev(f.ui, NULL);
	/* Required fields are passed over. */
	assert_string_equal(first, "field:3");
	assert_string_equal(last, "lang:en");
	assert_string_equal(ui_focus_next(f.ui, last), first);
	assert_string_equal(ui_focus_prev(f.ui, first), last);
	assert_string_equal(ui_focus_next(f.ui, "gone"), first);
	assert_string_equal(ui_focus_next(f.ui, first), "decline");
	views_make(&f.s, views_find("reading"), "en");
	draw(&f);
	assert_null(ui_focus_next(f.ui, NULL));
	assert_null(ui_hit(f.ui, 10, 10));
	ui_close(&f.ui);
	assert_err(ui_open(&f.ui, 100, 600, 0), BW_ERR_BOUND);
	assert_null(f.ui);
}

/* The other way round in Arabic, and the same in every other way. */
static void
test_mirrored(void **state)
{
	static struct frame f = { .w = 1024, .h = 600 };
	static const char *const order[] = { "field:3", "decline", "share",
		"more-time", "size", "contrast", "lang:de", "lang:en" };

	(void)state;
	assert_ok(ui_open(&f.ui, f.w, f.h, 0));
	for (int rtl = 0; rtl < 2; rtl++) {
		const char *at = NULL;

		views_make(&f.s, views_find("ask"), rtl ? "ar" : "en");
		draw(&f);
		for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
			at = ui_focus_next(f.ui, at);
			assert_string_equal(at, order[i]);
		}
		assert_int_equal(ui_find(f.ui, "decline")->box.x >
		    ui_find(f.ui, "share")->box.x, rtl);
		assert_int_equal(ui_find(f.ui, "size")->box.x < f.w / 2, rtl);
		assert_int_equal(ui_find(f.ui, "field:1")->box.x >
		    ui_find(f.ui, "field:2")->box.x, rtl);
		assert_int_equal(ui_find(f.ui, "more-time")->box.x < f.w / 2,
		    rtl);
		/* But the digits stand as on every keypad. */
		views_make(&f.s, views_find("staff-pin"), rtl ? "ar" : "en");
		draw(&f);
		assert_true(ui_find(f.ui, "pin:1")->box.x <
		    ui_find(f.ui, "pin:3")->box.x);
		/* The countdown runs out towards the end of the line. */
		views_make(&f.s, views_find("hold"), rtl ? "ar" : "en");
		draw(&f);
		assert_int_equal(pixel(&f, 2, f.h - 2) ==
		    theme_quiet.accent, !rtl);
		assert_int_equal(pixel(&f, f.w - 2, f.h - 2) ==
		    theme_quiet.accent, rtl);
	}
	ui_close(&f.ui);
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
		"shared", "declined", "undone" };

	for (size_t i = 0; i < sizeof(where) / sizeof(where[0]); i++) {
		char what[100];

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

#define T(f) cmocka_unit_test_setup_teardown(f, no_faults, had_faults)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_themes),
		T(test_everything_has_its_place),
		T(test_no_colour_nudges),
		T(test_focus_is_visible),
		T(test_values_only_when_shared),
		T(test_large_is_larger),
		T(test_focus_goes_round),
		T(test_mirrored),
		T(test_hostile_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
