// SPDX-License-Identifier: Apache-2.0
/*
 * golden - the pictures of every state: draw them, or compare them with those
 * that somebody has looked at.
 *
 *	golden draw DIR       write them into DIR; prints their names, and what
 *	                      their QR code says, if any
 *	golden turn DIR       the same for a part of them, as views_turn says
 *	golden compare DIR    exit 1 when one differs from the picture of its
 *	                      name in DIR; what was drawn is then in
 *	                      ./golden-differs
 *
 * Letters differ a little from one version of the font engine to the next, so
 * DIR/made-with names the versions; with others `compare` exits 77 (skipped).
 */
#include <cairo.h>
#include <pango/pango.h>
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "kiosk/ui.h"
#include "tests/support/views.h"

/* So many of 10,000 pixels may differ by more than this in a colour. */
#define PIXELS 4
#define CHANNEL 48

/* What stands for a state in every language; the rest are varieties. */
static const char *const states[] = { "idle", "idle-eight", "ask",
	"ask-six", "languages",
	"hold", "hold-removed", "reading", "again", "shared", "shared-six", "declined",
	"undone",
	"noanswer", "unread-no-badge", "trouble", "trouble-host",
	"trouble-log", "trouble-day",
	"staff-pin", "staff-home", "staff-leads", "staff-card", "staff-rating",
	"staff-tags", "staff-answer", "staff-text", "staff-symbols",
	"enrol-address", "enrol-type", "enrol-tag", "enrol-confirm",
	"enrol-failed" };
/* What most depends on the size of the screen and of the letters. */
static const char *const answers[] = { "ask", "shared", "hold", "again",
	"ask-logo" };

#define LIST(a) (a), sizeof(a) / sizeof((a)[0])
#define ALL "en de fr es ja zh ar hi"

static const struct {
	int w, h;
	const char *langs;
	bool large, contrast;
	const char *const *only;	/* NULL: all */
	size_t nonly;
} sets[] = {
	{ 1024, 600, "en", false, false, NULL, 0 },
	{ 1024, 600, "de fr es ja zh ar hi", false, false, LIST(states) },
	{ 800, 480, ALL, false, false, LIST(states) },
	{ 600, 1024, ALL, false, false, LIST(answers) },
	{ 1024, 600, ALL, true, false, LIST(answers) },
	{ 800, 480, "de ar", true, false, LIST(answers) },
	{ 1024, 600, "en ar", false, true, LIST(answers) },
};

struct run {
	struct ui *ui;
	const char *mode, *dir;
	int drawn, differ;
	struct views s;
};

#define COLOURS 256
#define STEPS 8
#define SIDE_MAX 1280

/* The colours of a picture in the order of their first pixels. */
struct palette {
	png_color colour[COLOURS];
	int n;
	int of[STEPS * STEPS * STEPS];	/* steps: its place and one */
};

static unsigned
step(uint32_t v, int shift)
{
	return ((v >> shift & 0xff) * (STEPS - 1) + 127) / 255;
}

static png_byte
level(unsigned step)
{
	return (png_byte)(step * 255 / (STEPS - 1));
}

/* Eight steps of each colour, nearest to what it was: nobody sees it, and a
 * byte is enough for a pixel. */
static png_byte
entry(struct palette *p, uint32_t v)
{
	unsigned r = step(v, 16), g = step(v, 8), b = step(v, 0);
	int *at = &p->of[(r * STEPS + g) * STEPS + b];

	if (*at == 0) {
		if (p->n == COLOURS)
			abort();
		p->colour[p->n++] = (png_color){ level(r), level(g),
			level(b) };
		*at = p->n;
	}
	return (png_byte)(*at - 1);
}

static void
write_png(const struct ui_image *m, const char *path)
{
	static png_byte px[SIDE_MAX * SIDE_MAX];
	struct palette p = { .n = 0 };
	png_image image = { .version = PNG_IMAGE_VERSION,
		.width = (png_uint_32)m->w, .height = (png_uint_32)m->h,
		.format = PNG_FORMAT_RGB_COLORMAP };

	for (int i = 0; i < m->w * m->h; i++)
		px[i] = entry(&p, m->px[(size_t)(i / m->w) *
		    (m->stride / 4) + (size_t)(i % m->w)]);
	image.colormap_entries = (png_uint_32)p.n;
	if (png_image_write_to_file(&image, path, 0, px, m->w,
	    p.colour) == 0) {
		fprintf(stderr, "%s cannot be written\n", path);
		exit(1);
	}
}

static bool
same(const struct ui_image *m, const char *path)
{
	cairo_surface_t *want = cairo_image_surface_create_from_png(path);
	const unsigned char *p = cairo_image_surface_get_data(want);
	long bad = 0;

	if (p == NULL || cairo_image_surface_get_width(want) != m->w ||
	    cairo_image_surface_get_height(want) != m->h) {
		cairo_surface_destroy(want);
		return false;
	}
	for (int y = 0; y < m->h; y++)
		for (int x = 0; x < m->w; x++) {
			uint32_t a = m->px[(size_t)y * (m->stride / 4) +
			    (size_t)x], b;

			memcpy(&b, p + y * cairo_image_surface_get_stride(want)
			    + x * 4, 4);
			for (int k = 0; k < 24; k += 8)
				if (abs((int)(a >> k & 0xff) -
				    (int)(b >> k & 0xff)) > CHANNEL) {
					bad++;
					break;
				}
		}
	cairo_surface_destroy(want);
	return bad * 10000 <= (long)m->w * m->h * PIXELS;
}

/* The question's code comes last, the receipt's is on every page. */
static const char *
code_of(const struct run *r)
{
	const struct view *v = &r->s.view;

	if (v->state == STATE_SHARED)
		return v->receipt_url;
	if (v->state == STATE_ASK && !v->language_list &&
	    v->page + 1 == ui_pages(r->ui))
		return v->policy->sponsor.privacy_url;
	return "";
}

static void
one(struct run *r, const char *name)
{
	char path[600];

	if (strcmp(r->mode, "compare") != 0)
		printf("%s %s\n", name, code_of(r));
	snprintf(path, sizeof(path), "%s/%s.png", r->dir, name);
	r->drawn++;
	if (strcmp(r->mode, "compare") == 0) {
		if (same(ui_image(r->ui), path))
			return;
		fprintf(stderr, "%s differs\n", path);
		r->differ++;
		(void)mkdir("golden-differs", 0777);
		snprintf(path, sizeof(path), "golden-differs/%s.png", name);
	}
	write_png(ui_image(r->ui), path);
}

static bool
in_set(size_t k, const char *name)
{
	for (size_t i = 0; i < sets[k].nonly; i++)
		if (strcmp(sets[k].only[i], name) == 0)
			return true;
	return sets[k].only == NULL;
}

/* What is compared is a part of them with sanitizers, which show other faults
 * than a picture. */
static bool
in_turn(const struct run *r)
{
	if (strcmp(r->mode, "turn") == 0)
		return views_turn();
	return strcmp(r->mode, "draw") == 0 || views_each();
}

static void
draw_set(struct run *r, size_t k, const char *lang)
{
	for (int i = 0; i < VIEWS_COUNT; i++) {
		char name[200];
		const char *what = views_name(i);

		if (!in_set(k, what) || !in_turn(r))
			continue;
		views_make(&r->s, i, lang);
		r->s.view.large = sets[k].large;
		r->s.view.contrast = sets[k].contrast;
		for (unsigned p = 0; p == 0 || p < ui_pages(r->ui); p++) {
			r->s.view.page = p;
			if (ui_draw(r->ui, &r->s.view) != BW_OK)
				exit(1);
			snprintf(name, sizeof(name), "%s%.0u-%s-%dx%d%s%s",
			    what, p > 0 ? p + 1 : 0, lang, sets[k].w, sets[k].h,
			    sets[k].large ? "-large" : "",
			    sets[k].contrast ? "-contrast" : "");
			one(r, name);
		}
	}
}

static void
draw_langs(struct run *r, size_t k)
{
	char lang[8];

	for (const char *l = sets[k].langs; *l != '\0'; l += strspn(l, " ")) {
		size_t n = strcspn(l, " ");

		snprintf(lang, sizeof(lang), "%.*s", (int)n, l);
		draw_set(r, k, lang);
		l += n;
	}
}

static void
versions(char *out, size_t size)
{
	snprintf(out, size, "pango %d.%d, cairo %d.%d\n",
	    pango_version() / 10000, pango_version() / 100 % 100,
	    cairo_version() / 10000, cairo_version() / 100 % 100);
}

/* True when DIR was made with the versions that run now, or is made now. */
static bool
made_with(const struct run *r)
{
	char path[600], now[80], then[80] = "";
	bool draw = strcmp(r->mode, "compare") != 0;
	FILE *f;

	versions(now, sizeof(now));
	snprintf(path, sizeof(path), "%s/made-with", r->dir);
	if ((f = fopen(path, draw ? "w" : "r")) == NULL) {
		perror(path);
		exit(1);
	}
	if (draw)
		fputs(now, f);
	else if (fgets(then, sizeof(then), f) == NULL)
		then[0] = '\0';
	fclose(f);
	if (draw || strcmp(now, then) == 0)
		return true;
	fprintf(stderr, "skipped: the pictures were made with %s", then);
	return false;
}

int
main(int argc, char **argv)
{
	static struct run r;

	if (argc != 3 || (strcmp(argv[1], "draw") != 0 &&
	    strcmp(argv[1], "turn") != 0 && strcmp(argv[1], "compare") != 0))
		return 2;
	r.mode = argv[1];
	r.dir = argv[2];
	if (!made_with(&r))
		return 77;
	for (size_t k = 0; k < sizeof(sets) / sizeof(sets[0]); k++) {
		if (ui_open(&r.ui, sets[k].w, sets[k].h, 0) != BW_OK)
			return 1;
		draw_langs(&r, k);
		ui_close(&r.ui);
	}
	return r.differ != 0;
}
