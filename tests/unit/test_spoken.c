// SPDX-License-Identifier: Apache-2.0
/* What is said of a screen: all of it, in order, and nothing of a badge. */
#include "tests/support/frame.h"

#include <stdio.h>

#include "kiosk/i18n.h"
#include "kiosk/isolate.h"
#include "kiosk/spoken.h"

static const char *const langs[] = { "en", "de", "fr", "es", "ja", "zh", "ar",
	"hi" };
#define LANGS (sizeof(langs) / sizeof(langs[0]))

static char said[60001];

static void
keep(struct bw_buf *b)
{
	assert_true(b->len < sizeof(said));
	memcpy(said, b->ptr, b->len);
	said[b->len] = '\0';
	bw_buf_free(b);
}

static const char *
screen(struct frame *f)
{
	struct bw_buf b = BW_BUF_INIT(sizeof(said) - 1);

	frame_draw(f);
	assert_ok(spoken_screen(&f->s.view, f->ui, &b));
	keep(&b);
	return said;
}

static const char *
control(struct frame *f, const char *name)
{
	struct bw_buf b = BW_BUF_INIT(sizeof(said) - 1);

	frame_draw(f);
	assert_ok(spoken_control(&f->s.view, f->ui, name, &b));
	keep(&b);
	return said;
}

/* As it is said: without marks, the name in its voice. */
static void
as_said(const char *sentence, const char *name, const char *voice,
    char out[static 2048])
{
	size_t n = 0;

	while (*sentence != '\0') {
		size_t mark = isolate_mark(sentence);

		if (mark > 0) {
			sentence += mark;
		} else if (voice != NULL &&
		    strncmp(sentence, name, strlen(name)) == 0) {
			n += (size_t)snprintf(out + n, 2048 - n,
			    "<voice xml:lang=\"%s\">%s</voice>", voice, name);
			sentence += strlen(name);
		} else
			out[n++] = *sentence++;
	}
	out[n] = '\0';
}

/* Everything that a yes rests on, in the order of the screen; on whichever
 * page that is. The notice itself stays as it was signed. */
static void
test_the_question_is_whole(void **state)
{
	static struct frame f = { .w = 800, .h = 480 };

	(void)state;
	assert_ok(ui_open(&f.ui, f.w, f.h, 0));
	for (size_t i = unit_first(); i < LANGS * 2; i += unit_step()) {
		struct policy_notice *n = &f.s.policy.notice[0], before;
		const char *const must[] = { n->title, n->purpose,
			n->retention, n->withdraw, n->silence };
		const char *at;

		views_make(&f.s, views_find(i % 2 != 0 ? "ask-six" : "ask"),
		    langs[i / 2]);
		before = *n;
		f.s.view.page = i % 2;
		at = screen(&f);
		for (size_t k = 0; k < 5; k++) {
			char want[2048];

			as_said(must[k], "Example Corp", spoken_voice(
			    "Example Corp", "IE", langs[i / 2]), want);
			if ((at = strstr(at, want)) == NULL)
				fail_msg("%s: \"%s\" is not in its place in %s",
				    langs[i / 2], want, said);
		}
		assert_memory_equal(&before, n, sizeof(before));
	}
	ui_close(&f.ui);
}

static void
test_values_are_never_said(void **state)
{
	static struct frame f = { .w = 1024, .h = 600 };

	(void)state;
	assert_ok(ui_open(&f.ui, f.w, f.h, 0));
	for (unsigned i = unit_first(); i < VIEWS_COUNT; i += unit_step()) {
		const struct ui_widget *w;
		char name[UI_NAME_MAX];

		views_make(&f.s, (int)i, "en");
		f.s.view.values = &f.s.values;
		f.s.view.granted = FIELD_ALL;
		(void)screen(&f);
		for (size_t k = 0; k <= ui_widgets(f.ui, &w); k++) {
			for (int v = FIELD_NAME; v <= FIELD_LOCATION; v++)
				if (f.s.values.v[v][0] != '\0' &&
				    strstr(said, f.s.values.v[v]) != NULL)
					fail_msg("%s: says a value",
					    views_name((int)i));
			if (k < ui_widgets(f.ui, &w)) {
				memcpy(name, w[k].name, sizeof(name));
				(void)control(&f, name);
			}
		}
		if (f.s.view.receipt_url != NULL)
			assert_null(strstr(said, f.s.view.receipt_url));
	}
	ui_close(&f.ui);
}

static void
check_control(struct frame *f, const char *name, const char *want)
{
	char all[400];

	snprintf(all, sizeof(all), "<speak><s>%s</s></speak>", want);
	assert_string_equal(control(f, name), all);
}

static void
test_name_role_state(void **state)
{
	static struct frame f = { .w = 1024, .h = 600 };

	(void)state;
	assert_ok(ui_open(&f.ui, f.w, f.h, 0));
	views_make(&f.s, views_find("ask"), "en");
	check_control(&f, "field:3", "Company, optional, not chosen");
	check_control(&f, "share", "Share, then hold your badge here, button");
	check_control(&f, "more-time", "More time, button");
	check_control(&f, "size", "Large letters, button, off");
	check_control(&f, "contrast", "High contrast, button, off");
	check_control(&f, "speak", "Speech, button, off");
	check_control(&f, "lang:en", "English, button, chosen");
	check_control(&f, "lang:de",
	    "<voice xml:lang=\"de\">Deutsch</voice>, button");
	f.s.view.ticked |= FIELD_BIT(FIELD_COMPANY);
	f.s.view.large = f.s.view.contrast = f.s.view.speaking = true;
	check_control(&f, "field:3", "Company, optional, chosen");
	check_control(&f, "size", "Large letters, button, on");
	check_control(&f, "contrast", "High contrast, button, on");
	check_control(&f, "speak", "Speech, button, on");
	assert_string_equal(control(&f, "gone"), "<speak></speak>");
	/* The screen ends with where one is. */
	f.s.view.focus = "decline";
	assert_non_null(strstr(screen(&f), "<s>No thanks, nothing is shared, "
	    "button</s></speak>"));
	ui_close(&f.ui);
}

static void
test_markup_in_a_name(void **state)
{
	static struct frame f = { .w = 1024, .h = 600 };

	(void)state;
	assert_ok(ui_open(&f.ui, f.w, f.h, 0));
	views_make(&f.s, views_find("ask"), "de");
	views_sponsor(&f.s, "A<b>&C </speak>");
	assert_non_null(strstr(screen(&f), "<voice xml:lang=\"en\">"
	    "A&lt;b&gt;&amp;C &lt;/speak&gt;</voice>"));
	assert_null(strstr(strstr(said, "</speak>") + 1, "</speak>"));
	ui_close(&f.ui);
}

static void
test_whose_voice(void **state)
{
	static const struct {
		const char *name, *country, *lang, *voice;
	} rows[] = {
		{ "Example Corp", "IE", "en", NULL },
		{ "Example Corp", "IE", "ja", "en" },
		{ "Müller GmbH", "DE", "en", "de" },
		{ "Müller GmbH", "DE", "de-AT", NULL },
		{ "Société Générale", "FR", "ar", "fr" },
		{ "Compañía", "MX", "zh", "es" },
		{ "株式会社サンプル", "JP", "en", "ja" },
		{ "日本電気", "JP", "de", "ja" },
		{ "日本電気", "JP", "zh", NULL },
		{ "华为", "CN", "en", "cmn" },
		{ "华为", "CN", "ja", NULL },
		{ "شركة", "AE", "en", "ar" },
		{ "شركة", "AE", "ar", NULL },
		{ "कंपनी", "IN", "en", "hi" },
		{ "1&1", "DE", "en", NULL },
		{ "3M", "US", "de", "en" },
		{ "", "", "en", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *v = spoken_voice(rows[i].name, rows[i].country,
		    rows[i].lang);

		if (rows[i].voice == NULL)
			assert_null(v);
		else
			assert_string_equal(v, rows[i].voice);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_question_is_whole),
		cmocka_unit_test(test_values_are_never_said),
		cmocka_unit_test(test_name_role_state),
		cmocka_unit_test(test_markup_in_a_name),
		cmocka_unit_test(test_whose_voice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
