// SPDX-License-Identifier: Apache-2.0
/*
 * spoken - what is said of every state in a language: one line each, the
 * state's name before it.
 *
 *	spoken LANG [kana]	kana: as the voice gets it, without kanji
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/spoken.h"
#include "speech/kana.h"
#include "tests/support/views.h"

static bool as_kana;

static void
must(bw_err r)
{
	if (r != BW_OK)
		exit(1);
}

/* A line, and the end of b. */
static void
print(const char *what, const char *lang, struct bw_buf *b)
{
	struct bw_buf read = BW_BUF_INIT(60000);
	const char *text;

	must(bw_buf_cstr(b, &text));
	if (as_kana) {
		must(kana(lang, text, &read));
		must(bw_buf_cstr(&read, &text));
	}
	printf("%s %s\n", what, text);
	bw_buf_free(&read);
	bw_buf_free(b);
}

static void
say(const struct ui *ui, const struct view *v, const char *what)
{
	struct bw_buf b = BW_BUF_INIT(60000);

	must(spoken_screen(v, ui, &b));
	print(what, v->lang, &b);
}

/* Every control once, as it is said when the focus comes to it. */
static void
say_controls(const struct ui *ui, const struct view *v, const char *what)
{
	const struct ui_widget *w;
	size_t n = ui_widgets(ui, &w);

	for (size_t i = 0; i < n; i++) {
		struct bw_buf b = BW_BUF_INIT(60000);
		char name[100];

		must(spoken_control(v, ui, w[i].name, &b));
		snprintf(name, sizeof(name), "%s/%s", what, w[i].name);
		print(name, v->lang, &b);
	}
}

int
main(int argc, char **argv)
{
	static struct views s;
	struct ui *ui;

	as_kana = argc == 3 && strcmp(argv[2], "kana") == 0;
	if (argc - as_kana != 2 || ui_open(&ui, 800, 480, 0) != BW_OK)
		return 2;
	for (int i = 0; i < VIEWS_COUNT; i++) {
		views_make(&s, i, argv[1]);
		s.view.speaking = true;
		must(ui_draw(ui, &s.view));
		say(ui, &s.view, views_name(i));
		if (i == views_find("idle") || i == views_find("ask-ticked") ||
		    i == views_find("languages"))
			say_controls(ui, &s.view, views_name(i));
	}
	ui_close(&ui);
	return 0;
}
