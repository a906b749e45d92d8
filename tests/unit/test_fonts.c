// SPDX-License-Identifier: Apache-2.0
/* A machine with one Latin font: languages that it cannot show are not
 * offered. */
#include "tests/support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "kiosk/ui.h"
#include "tests/support/views.h"

#define FONT "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf"

/* fontconfig reads where its fonts are before the first of them is asked
 * for: this program shows nothing else. */
static void
only_latin(const char *dir)
{
	char path[200], font[200];
	FILE *f;

	snprintf(font, sizeof(font), "%s/one.ttf", dir);
	assert_int_equal(symlink(FONT, font), 0);
	snprintf(path, sizeof(path), "%s/fonts.conf", dir);
	f = fopen(path, "w");
	assert_non_null(f);
	fprintf(f, "<?xml version=\"1.0\"?><fontconfig><dir>%s</dir>"
	    "<cachedir>%s</cachedir></fontconfig>\n", dir, dir);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(setenv("FONTCONFIG_FILE", path, 1), 0);
}

static void
check(struct ui *ui, struct views *s, const char *what)
{
	const struct ui_text *text;
	size_t n;

	views_make(s, views_find(what), "en");
	assert_ok(ui_draw(ui, &s->view));
	assert_non_null(ui_find(ui, "lang:en"));
	assert_non_null(ui_find(ui, "lang:fr"));
	assert_null(ui_find(ui, "lang:ja"));
	assert_null(ui_find(ui, "lang:zh"));
	assert_null(ui_find(ui, "lang:ar"));
	assert_null(ui_find(ui, "lang:hi"));
	n = ui_texts(ui, &text);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(text[i].unknown, 0);
}

static void
test_without_fonts(void **state)
{
	char dir[] = "/tmp/badgeward-fonts-XXXXXX", cmd[80];
	static struct views s;
	struct ui *ui;

	(void)state;
	if (access(FONT, R_OK) != 0)
		skip();
	assert_non_null(mkdtemp(dir));
	only_latin(dir);
	assert_ok(ui_open(&ui, 1024, 600, 0));
	check(ui, &s, "languages");
	check(ui, &s, "idle-eight");
	ui_close(&ui);
	snprintf(cmd, sizeof(cmd), "rm -r %s", dir);
	assert_int_equal(system(cmd), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_without_fonts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
