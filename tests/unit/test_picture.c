// SPDX-License-Identifier: Apache-2.0
/* Pictures that mean harm, through the program that decodes them. */
#include "tests/support/unit.h"

#include <sys/wait.h>

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "host/picture.h"

#define SVG(attributes) "<svg xmlns='http://www.w3.org/2000/svg' " \
	"xmlns:x='http://www.w3.org/1999/xlink' " attributes ">"
#define BOX SVG("viewBox='0 0 480 120'")
#define RED "<rect width='240' height='120' fill='red'/>"
#define END "</svg>"
#define ALL "<rect width='480' height='120' "

static enum picture_why
run(const void *ptr, size_t len, struct policy_logo *logo)
{
	struct bw_buf file = BW_BUF_INIT(PICTURE_FILE_MAX);
	enum picture_why why;

	memset(logo, 0, sizeof(*logo));
	assert_ok(bw_buf_put(&file, ptr, len));
	why = picture_run(&file, logo);
	assert_int_equal(why == PICTURE_OK, logo->rgba.len != 0);
	bw_buf_free(&file);
	return why;
}

/* Left red, right nothing: what else was in the picture left no trace. */
static bool
is_half_red(const struct policy_logo *l)
{
	const uint8_t red[4] = { 255, 0, 0, 255 };

	if (l->w != 240 || l->h != 60)
		return false;
	for (size_t i = 0; i < l->w * l->h; i++)
		if (i % 240 < 119 ? memcmp(l->rgba.ptr + 4 * i, red, 4) != 0 :
		    i % 240 > 120 && l->rgba.ptr[4 * i + 3] != 0)
			return false;
	return true;
}

/* The part stands there so many times. NULL: it is drawn, half red. */
static const struct row {
	const char *name, *says, *head, *part;
	unsigned times;
	const char *tail;
} rows[] = {
	{ "plain", NULL, BOX, RED, 1, END },
	{ "a document type", NULL, "<?xml version='1.0'?><!DOCTYPE svg PUBLIC "
	    "'-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/Graphics/SVG/1.1/"
	    "DTD/svg11.dtd'>" BOX, RED, 1, END },
	{ "script", NULL, BOX, "<script>while(1);</script>" RED, 1, END },
	{ "use of itself", NULL, BOX, "<g id='a'>" RED "<use x:href='#a'/></g>",
	    1, END },
	{ "foreign object", "shows nothing", BOX, "<foreignObject width='9' "
	    "height='9'><p xmlns='http://www.w3.org/1999/xhtml'>p</p>"
	    "</foreignObject>", 1, END },
	{ "entities", "entities", "<!DOCTYPE s [<!ENTITY a 'aaaaaaaaaa'>"
	    "<!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
	    "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]>" BOX, "&c;", 99,
	    END },
	{ "a file", "not in its SVG", BOX, "<image href='file:///etc/passwd' "
	    "width='9' height='9'/>", 1, END },
	{ "a relative file", "not in its SVG", BOX, "<image x:href = 'a.png' "
	    "width='9' height='9'/>", 1, END },
	{ "an address", "not in its SVG", BOX, "<use href='http://h.example/"
	    "a.svg#a'/>", 1, END },
	{ "data", "not in its SVG", BOX, "<image href='data:image/png;base64,"
	    "iVBORw0KGgo=' width='9' height='9'/>", 1, END },
	{ "style", "not in its SVG", BOX, "<style>@import 'a.css';</style>", 1,
	    END },
	{ "style before", "not in its SVG", "<?xml-stylesheet href='#a'?>"
	    BOX, RED, 1, END },
	{ "a paint", "not in its SVG", BOX, ALL "fill='url(h.svg#a)'/>", 1,
	    END },
	{ "inclusion", "not in its SVG", BOX, "<i:include xmlns:i='http://www."
	    "w3.org/2001/XInclude' parse='text'/>", 1, END },
	{ "deep", "drawn", BOX, "<g>", 20000, "" },
	{ "deep and clear", "drawn", BOX, "<g opacity='.9'>", 3000, "" },
	{ "endless filter", "too much", BOX "<filter id='f'>", "<feTurbulence "
	    "numOctaves='9999' baseFrequency='.1'/>", 500,
	    "</filter>" ALL "filter='url(#f)'/>" END },
	{ "no size", "viewBox", SVG(""), RED, 1, END },
	{ "no number", "viewBox", SVG("width='NaN' height='nan'"), RED, 1,
	    END },
	{ "zero", "viewBox", SVG("width='0' height='0'"), RED, 1, END },
	{ "endless", "viewBox", SVG("width='1e999' height='1'"), RED, 1, END },
	{ "negative", "viewBox", SVG("viewBox='0 0 -480 -120'"), RED, 1, END },
	{ "giant", "shows nothing", SVG("viewBox='0 0 4e30 1e30'"), RED, 1,
	    END },
	{ "long", "too narrow", SVG("width='4000' height='8'"), RED, 1, END },
	{ "large", "64 KiB", BOX, "<!-- -->", 9000, END },
	{ "torn", "drawn", BOX, RED, 1, "" },
	{ "another thing", "drawn", "<html>", "<p/>", 1, "</html>" },
	{ "packed", "compressed", "\x1f\x8b\x08", "x", 99, "" },
	{ "Latin-1", "drawn", BOX, "<text>\xe9</text>", 1, END },
	{ "no picture", "no PNG and no SVG", "%PDF-1.7", "x", 99, "" },
};

static void
what_means_harm_does_none(void **state)
{
	int wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct row *r = &rows[i];
		struct bw_buf b = BW_BUF_INIT(PICTURE_FILE_MAX);
		struct policy_logo logo;
		enum picture_why why;

		assert_ok(bw_buf_put_str(&b, r->head));
		for (unsigned n = 0; n < r->times; n++)
			assert_ok(bw_buf_put_str(&b, r->part));
		assert_ok(bw_buf_put_str(&b, r->tail));
		why = run(b.ptr, b.len, &logo);
		if (r->says == NULL ? why != PICTURE_OK ||
		    !is_half_red(&logo) :
		    strstr(picture_says(why), r->says) == NULL) {
			print_message("%s: %s\n", r->name, picture_says(why));
			wrong++;
		}
		bw_buf_free(&logo.rgba);
		bw_buf_free(&b);
	}
	assert_int_equal(wrong, 0);
}

/* Every paragraph of use ten times the one before: 10^12 rectangles. */
static void
a_bomb_of_uses(void **state)
{
	struct bw_buf b = BW_BUF_INIT(PICTURE_FILE_MAX);
	struct policy_logo logo;

	(void)state;
	assert_ok(bw_buf_put_str(&b, BOX "<defs><g id='a0'>" RED "</g>"));
	for (int i = 1; i <= 12; i++) {
		assert_ok(bw_buf_printf(&b, "<g id='a%d'>", i));
		for (int n = 0; n < 10; n++)
			assert_ok(bw_buf_printf(&b, "<use x:href='#a%d'/>",
			    i - 1));
		assert_ok(bw_buf_put_str(&b, "</g>"));
	}
	assert_ok(bw_buf_put_str(&b, "</defs><use x:href='#a12'/>" END));
	assert_non_null(strstr(picture_says(run(b.ptr, b.len, &logo)),
	    "drawn"));
	bw_buf_free(&b);
}

/* By fonts of the system, where the kernel can let only these be read. */
static void
text_is_drawn(void **state)
{
	static const char svg[] = BOX "<text y='100' font-size='90' "
	    "font-family='Noto Sans'>Acme</text>" END;
	struct policy_logo logo;
	enum picture_why why = run(svg, sizeof(svg) - 1, &logo);
	size_t inked = 0;

	(void)state;
	if (why == PICTURE_SVG_TEXT)
		skip();
	assert_int_equal(why, PICTURE_OK);
	for (size_t i = 0; i < logo.rgba.len; i += 4)
		inked += logo.rgba.ptr[i + 3] > 128;
	assert_in_range(inked, 500, 6000);
	bw_buf_free(&logo.rgba);
}

/* Is this process under a filter of system calls? */
static bool
is_filtered(pid_t pid)
{
	char path[64], text[4096] = "";
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/status", pid);
	if ((f = fopen(path, "r")) != NULL) {
		(void)!fread(text, 1, sizeof(text) - 1, f);
		fclose(f);
	}
	return strstr(text, "Seccomp:\t2") != NULL;
}

static void
it_is_confined_before_it_decodes(void **state)
{
	const char *filter = BOX "<filter id='f'>";
	bool filtered = false;
	int p[2], status = 0;
	pid_t pid;

	(void)state;
#ifdef BW_SANITIZE
	skip();
#endif
	assert_int_equal(pipe(p), 0);
	if ((pid = fork()) == 0) {
		dup2(p[0], STDIN_FILENO);
		close(p[1]);
		execl(getenv("BADGEWARD_PICTURE"), "picture", (char *)NULL);
		_exit(1);
	}
	close(p[0]);
	assert_int_equal(write(p[1], filter, strlen(filter)), strlen(filter));
	for (int i = 0; i < 500; i++)
		assert_int_equal(write(p[1], "<feTurbulence numOctaves='9999' "
		    "baseFrequency='.1'/>", 52), 52);
	filter = "</filter>" ALL "filter='url(#f)'/>" END;
	assert_int_equal(write(p[1], filter, strlen(filter)), strlen(filter));
	close(p[1]);
	/* It decodes until its time is over. */
	while (!filtered && waitpid(pid, &status, WNOHANG) == 0)
		filtered = is_filtered(pid);
	assert_true(filtered);
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
}

static void
without_the_program(void **state)
{
	char *path = strdup(getenv("BADGEWARD_PICTURE"));
	struct policy_logo logo;

	(void)state;
	assert_non_null(path);
	setenv("BADGEWARD_PICTURE", "/nonexistent", 1);
	assert_int_equal(run(BOX RED END, strlen(BOX RED END), &logo),
	    PICTURE_UNGUARDED);
	/* One that takes nothing and says nothing. */
	setenv("BADGEWARD_PICTURE", "/bin/true", 1);
	assert_int_equal(run(BOX RED END, strlen(BOX RED END), &logo),
	    PICTURE_ENDED);
	/* One that says too much: it ends when nobody listens. */
	setenv("BADGEWARD_PICTURE", "/usr/bin/yes", 1);
	assert_int_equal(run(BOX RED END, strlen(BOX RED END), &logo),
	    PICTURE_ENDED);
	setenv("BADGEWARD_PICTURE", path, 1);
	free(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_means_harm_does_none),
		cmocka_unit_test(a_bomb_of_uses),
		cmocka_unit_test(text_is_drawn),
		cmocka_unit_test(it_is_confined_before_it_decodes),
		cmocka_unit_test(without_the_program),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
