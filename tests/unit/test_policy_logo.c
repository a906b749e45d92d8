// SPDX-License-Identifier: Apache-2.0
/* A sponsor's logo, from the file beside the policy to the signed payload. */
#include "tests/support/unit.h"

#include <png.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "host/policyfile.h"
#include "tests/support/booth.h"

#define TOP "event = ev26\nvalid_from = 2026-06-01\n" \
	"valid_until = 2026-06-03\nretention_days = 30\nlanguages = { en }\n"
#define HEAD "sponsor acme {\nname = Acme\ncountry = IE\n" \
	"privacy_url = \"https://acme.example/p\"\ncontact = dpo\n" \
	"purpose {\nen = \"talk\"\n}\nrequired = { name }\n"

static char dir[64];

static void
put(const char *name, const void *ptr, size_t len)
{
	char path[FILE_PATH_MAX];

	assert_ok(file_path(path, dir, name));
	assert_ok(file_write(path, ptr, len, 0600));
}

/* Left half red and opaque, right half blue and clear. */
static void
put_png(const char *name, unsigned w, unsigned h)
{
	png_image image = { .version = PNG_IMAGE_VERSION, .width = w,
		.height = h, .format = PNG_FORMAT_RGBA };
	uint8_t *px = calloc((size_t)w * h, 4);
	char path[FILE_PATH_MAX];

	assert_non_null(px);
	for (size_t i = 0; i < (size_t)w * h; i++) {
		bool left = i % w < w / 2;

		px[4 * i] = left ? 255 : 0;
		px[4 * i + 2] = left ? 0 : 255;
		px[4 * i + 3] = left ? 255 : 0;
	}
	assert_ok(file_path(path, dir, name));
	assert_true(png_image_write_to_file(&image, path, 0, px, 0, NULL));
	free(px);
}

static int
set_up(void **state)
{
	static const char svg[] = "<svg xmlns='http://www.w3.org/2000/svg' "
	    "width='100' height='50'><image href='file:///etc/passwd'/>"
	    "<script>alert(1)</script></svg>";
	static const char good[] = "<svg xmlns='http://www.w3.org/2000/svg' "
	    "viewBox='0 0 48 12'><rect width='24' height='12' fill='red'/>"
	    "</svg>";
	static uint8_t big[512 * 1024 + 1];
	struct bw_buf b = BW_BUF_INIT(100000);
	char path[FILE_PATH_MAX];

	(void)state;
	snprintf(dir, sizeof(dir), "/tmp/badgeward-logo-XXXXXX");
	assert_non_null(mkdtemp(dir));
	put_png("good.png", 480, 120);
	put_png("small.png", 40, 20);
	put_png("tall.png", 100, 400);
	put_png("dot.png", 4, 4);
	put_png("long.png", 2049, 8);
	put_png("thin.png", 2048, 8);
	put("logo.svg", svg, sizeof(svg) - 1);
	put("good.svg", good, sizeof(good) - 1);
	put("empty.png", "", 0);
	put("big.png", big, sizeof(big));
	assert_ok(file_path(path, dir, "good.png"));
	assert_ok(file_read(path, &b));
	put("torn.png", b.ptr, b.len / 2);
	b.ptr[b.len / 2] ^= 0x10;
	put("bad.png", b.ptr, b.len);
	/* A header that promises 4 thousand million pixels. */
	memset(b.ptr + 16, 0, 8);
	b.ptr[17] = b.ptr[21] = 1;
	put("bomb.png", b.ptr, b.len);
	bw_buf_free(&b);
	return 0;
}

static int
tear_down(void **state)
{
	char cmd[128];

	(void)state;
	snprintf(cmd, sizeof(cmd), "rm -r '%s'", dir);
	return system(cmd);
}

/* The policy with that logo, or NULL and its fault. */
static struct policyfile *
with(const char *logo, struct fault_list *f)
{
	struct policyfile *p;
	char text[1000];

	memset(f, 0, sizeof(*f));
	snprintf(text, sizeof(text), TOP HEAD "logo = \"%s\"\n}\n", logo);
	if (policyfile_read(&p, text, strlen(text), NULL, f) == BW_OK &&
	    policyfile_logos(p, dir, f) != BW_OK)
		policyfile_free(&p);
	return p;
}

static void
a_logo_is_made_small(void **state)
{
	static const struct {
		const char *name;
		unsigned w, h;
	} rows[] = { { "good.png", 240, 60 }, { "small.png", 40, 20 },
		{ "tall.png", 20, 80 }, { "good.svg", 240, 60 } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fault_list f;
		struct policyfile *p = with(rows[i].name, &f);
		const uint8_t red[4] = { 255, 0, 0, 255 };
		const struct policy *o;

		assert_non_null(p);
		o = p->part[0];
		assert_int_equal(o->logo.w, rows[i].w);
		assert_int_equal(o->logo.h, rows[i].h);
		assert_int_equal(o->logo.rgba.len, rows[i].w * rows[i].h * 4);
		assert_memory_equal(o->logo.rgba.ptr, red, 4);
		assert_int_equal(o->logo.rgba.ptr[4 * rows[i].w - 1], 0);
		policyfile_free(&p);
	}
}

static void
what_is_no_logo_is_refused(void **state)
{
	static const struct {
		const char *name, *says;
	} rows[] = {
		{ "dot.png", "8 to 2048" }, { "long.png", "8 to 2048" },
		{ "thin.png", "too narrow" }, { "logo.svg", "not in its SVG" },
		{ "empty.png", "no PNG" }, { "big.png", "512 KiB" },
		{ "torn.png", "damaged" }, { "bad.png", "damaged" },
		{ "bomb.png", "PNG" }, { "gone.png", "cannot be read" },
		{ "../good.png", "beside this one" },
		{ "/etc/passwd", "beside this one" },
		{ "https://acme.example/l.png", "beside this one" },
		{ "", "beside this one" }, { "..", "beside this one" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fault_list f;

		assert_null(with(rows[i].name, &f));
		assert_int_equal(f.n, 1);
		assert_int_equal(f.one[0].line, 15);
		if (strstr(f.one[0].text, rows[i].says) == NULL &&
		    strcmp(rows[i].name, "bomb.png") != 0)
			fail_msg("%s: %s", rows[i].name, f.one[0].text);
	}
}

/* Whatever it was drawn with, the devices get the same. */
static void
an_svg_and_a_png_of_it_are_the_same(void **state)
{
	struct fault_list f;
	struct policyfile *p = with("good.svg", &f), *q = with("good.png", &f);

	(void)state;
	assert_non_null(p);
	assert_non_null(q);
	for (size_t i = 0; i < 240 * 60 * 4; i++)
		if (abs(p->part[0]->logo.rgba.ptr[i] -
		    q->part[0]->logo.rgba.ptr[i]) > 1)
			fail_msg("byte %zu", i);
	policyfile_free(&p);
	policyfile_free(&q);
}

static void
a_policy_carries_it(void **state)
{
	struct bw_buf json = BW_BUF_INIT(POLICY_MAX);
	struct bw_buf again = BW_BUF_INIT(POLICY_MAX);
	static struct policy p, q;
	uint8_t without[CRYPTO_HASH], px[8 * 10 * 4] = { 1, 2, 3, 4 };
	struct booth booth;

	(void)state;
	assert_ok(booth_open(&booth));
	booth_policy(&booth, 1778572800, &p);
	assert_ok(policy_sha256(&p, without));
	p.logo.w = 8;
	p.logo.h = 10;
	p.logo.rgba = BW_BUF_INIT(1000);
	assert_ok(bw_buf_put(&p.logo.rgba, px, sizeof(px)));
	assert_ok(policy_encode(&p, &json));
	assert_ok(policy_decode((const char *)json.ptr, json.len, &q));
	assert_int_equal(q.logo.h, 10);
	assert_memory_equal(q.logo.rgba.ptr, px, sizeof(px));
	assert_memory_not_equal(q.sha256, without, CRYPTO_HASH);
	assert_ok(policy_encode(&q, &again));
	assert_int_equal(again.len, json.len);
	policy_free(&q);
	/* Other sizes than there are pixels for. */
	for (unsigned w = 0; w <= POLICY_LOGO_W + 8; w++) {
		p.logo.w = w;
		bw_buf_reset(&json);
		if (w != 8)
			assert_err(policy_encode(&p, &json), BW_ERR_FORMAT);
	}
	policy_free(&p);
	booth_close(&booth);
	bw_buf_free(&json);
	bw_buf_free(&again);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_logo_is_made_small),
		cmocka_unit_test(what_is_no_logo_is_refused),
		cmocka_unit_test(an_svg_and_a_png_of_it_are_the_same),
		cmocka_unit_test(a_policy_carries_it),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
