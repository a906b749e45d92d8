// SPDX-License-Identifier: Apache-2.0
/*
 * badgeward-preview: what a kiosk's screen would show under a policy, as
 * pictures. The kiosk's own drawing, in a process of its own that has nothing
 * else: what is in a policy was written by people.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "kiosk/i18n.h"
#include "kiosk/ui.h"
#include "preview/confine.h"

#define PNG_MAX ((size_t)64 << 20)
#define SECONDS 60	/* that an attendee has, when the question comes up */

static const char usage[] =
    "usage: badgeward-preview [--lang LANG] [--size WxH] [--idle] [--large]\n"
    "                         [--contrast] [--no-voice] [--page N]\n"
    "       badgeward-preview --help | --version\n"
    "Draws what a kiosk asks under the policy part on standard input, one PNG\n"
    "a page, one behind the other on standard output.\n"
    "  --lang LANG  the screen's language (default: the policy's first)\n"
    "  --size WxH   of the image (default 1024x600)\n"
    "  --idle       the screen that waits for somebody, not the question\n"
    "  --large      in large letters\n"
    "  --contrast   in high contrast\n"
    "  --no-voice   of a device that cannot speak\n"
    "  --page N     this page alone, from 1 on\n"
    "  --help       print this\n"
    "  --version    print the version\n";

struct args {
	const char *lang;
	int w, h;
	unsigned page;		/* 0: all */
	bool idle, large, contrast, mute;
};

static int
misused(const char *why)
{
	fprintf(stderr, "badgeward-preview: %s\n%s", why, usage);
	return 2;
}

static bool
read_size(const char *s, struct args *a)
{
	char rest;

	return sscanf(s, "%4dx%4d%c", &a->w, &a->h, &rest) == 2 &&
	    a->w >= UI_SIDE_MIN && a->w <= UI_SIDE_MAX &&
	    a->h >= UI_SIDE_MIN && a->h <= UI_SIDE_MAX;
}

static bool
read_page(const char *s, struct args *a)
{
	uint64_t n;

	if (text_number(s, strlen(s), 1000, &n) != BW_OK || n == 0)
		return false;
	a->page = (unsigned)n;
	return true;
}

/* -1: go on; else the exit code. */
static int
take(int option, struct args *a)
{
	switch (option) {
	case 'l':
		a->lang = optarg;
		return -1;
	case 'z':
		return read_size(optarg, a) ? -1 : misused("--size is like "
		    "1024x600, each side from 320 to 4096");
	case 'p':
		return read_page(optarg, a) ? -1 : misused("--page is a "
		    "number from 1 on");
	case 'i':
		a->idle = true;
		return -1;
	case 'b':
		a->large = true;
		return -1;
	case 'c':
		a->contrast = true;
		return -1;
	case 'n':
		a->mute = true;
		return -1;
	case 'h':
		fputs(usage, stdout);
		return 0;
	case 'v':
		puts("badgeward-preview " BW_VERSION);
		return 0;
	default:
		fputs(usage, stderr);
		return 2;
	}
}

/* As the kiosk has it when somebody has just touched the screen. */
static struct view
view_of(const struct args *a, const struct policy *p)
{
	struct view v = { .state = a->idle ? STATE_IDLE : STATE_ASK,
		.lang = a->lang, .large = a->large, .contrast = a->contrast,
		.can_speak = !a->mute, .policy = p, .ticked = p->required };

	v.notice = policy_notice(p, v.lang);
	if (!a->idle) {
		v.seconds_left = v.seconds_total = SECONDS;
		v.may_extend = true;
	}
	return v;
}

static bw_err
put_page(const struct ui *ui)
{
	struct bw_buf png = BW_BUF_INIT(PNG_MAX);
	bw_err r = ui_png(ui, &png);

	if (r == BW_OK)
		r = file_pour(STDOUT_FILENO, png.ptr, png.len);
	bw_buf_free(&png);
	return r;
}

/* BW_ERR_BOUND: it has no such page. */
static bw_err
draw(struct ui *ui, const struct args *a, struct view *v)
{
	unsigned from = a->page != 0 ? a->page - 1 : 0;
	bw_err r;

	v->page = from;
	do {
		if ((r = ui_draw(ui, v)) != BW_OK)
			return r;
		if (from >= ui_pages(ui))
			return BW_ERR_BOUND;
		r = put_page(ui);
	} while (r == BW_OK && a->page == 0 && ++v->page < ui_pages(ui));
	return r;
}

static int
show(const struct args *a, const struct policy *p)
{
	struct view v = view_of(a, p);
	struct ui *ui = NULL;
	bw_err r;

	if ((r = i18n_open()) != BW_OK)
		log_warn("no catalogues: the screen's words are English");
	if ((r = ui_open(&ui, a->w, a->h, 0)) != BW_OK)
		log_error("nothing can be drawn at %dx%d: %s. Are the Noto "
		    "fonts installed?", a->w, a->h, bw_strerror(r));
	else if ((r = draw(ui, a, &v)) == BW_ERR_BOUND)
		log_error("there is no page %u", a->page);
	else if (r != BW_OK)
		log_error("no picture: %s", bw_strerror(r));
	ui_close(&ui);
	i18n_close();
	return r == BW_OK ? 0 : 1;
}

static bool
has_language(const struct policy *p, const char *lang)
{
	for (size_t i = 0; i < p->nlangs; i++)
		if (strcmp(p->lang[i], lang) == 0)
			return true;
	return false;
}

static int
run(struct args *a)
{
	struct bw_buf json = BW_BUF_INIT(POLICY_MAX);
	struct policy *p = calloc(1, sizeof(*p));
	int code = 1;
	bw_err r = p != NULL ? BW_OK : BW_ERR_NOMEM;

	if (r == BW_OK && (r = file_drain(STDIN_FILENO, &json)) == BW_OK)
		r = policy_decode((const char *)json.ptr, json.len, p);
	if (r == BW_OK && a->lang == NULL)
		a->lang = p->lang[0];
	if (r != BW_OK)
		log_error("standard input is no part of a policy: %s",
		    bw_strerror(r));
	else if (!has_language(p, a->lang))
		log_error("the policy does not have the language \"%s\"",
		    a->lang);
	else
		code = show(a, p);
	if (p != NULL)
		policy_free(p);
	free(p);
	bw_buf_free(&json);
	return code;
}

int
main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "lang", required_argument, NULL, 'l' },
		{ "size", required_argument, NULL, 'z' },
		{ "page", required_argument, NULL, 'p' },
		{ "idle", no_argument, NULL, 'i' },
		{ "large", no_argument, NULL, 'b' },
		{ "contrast", no_argument, NULL, 'c' },
		{ "no-voice", no_argument, NULL, 'n' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'v' },
		{ NULL, 0, NULL, 0 }
	};
	struct args a = { .w = 1024, .h = 600 };
	int option, code;

	log_open("badgeward-preview", LOG_LEVEL_WARN);
	while ((option = getopt_long(argc, argv, "", longs, NULL)) != -1)
		if ((code = take(option, &a)) != -1)
			return code;
	if (optind != argc)
		return misused("it takes no argument but options");
	if (preview_confine() != BW_OK) {
		log_error("what is not needed cannot be given up");
		return 1;
	}
	return run(&a);
}
