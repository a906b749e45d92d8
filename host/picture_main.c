// SPDX-License-Identifier: Apache-2.0
/*
 * badgeward-picture: a picture in, pixels out. What decodes it came from
 * somewhere, as the picture did; so before that begins this process gives up
 * all but its memory and its two pipes.
 */
#include <sys/resource.h>

#include <fontconfig/fontconfig.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "guard/guard.h"
#include "guard/guard_files.h"
#include "host/picture.h"

#define MEMORY ((rlim_t)512 * 1024 * 1024)
#define CPU_S 5
#define WALL_S 120u

static const char usage[] =
    "usage: badgeward-picture <PICTURE >PIXELS\n"
    "Decodes a PNG or SVG for \"badgeward policy\", which starts it.\n"
    "  --help     print this\n"
    "  --version  print the version\n";

static bw_err
bound(void)
{
	bw_err r = BW_OK;

	alarm(WALL_S);
	/* A font cache that is not there is not made. */
	signal(SIGXFSZ, SIG_IGN);
#ifndef BW_SANITIZE
	r = guard_limit(RLIMIT_AS, MEMORY);
#endif
	if (r == BW_OK && (r = guard_limit(RLIMIT_CPU, CPU_S)) == BW_OK)
		r = guard_limit(RLIMIT_FSIZE, 0);
	/* One thread beside this one is enough for what is so small. */
	return r == BW_OK && setenv("RAYON_NUM_THREADS", "1", 1) == 0 ?
	    BW_OK : BW_ERR_IO;
}

/* Fonts are what an SVG with letters may read, and nothing else. */
static enum picture_why
confine(bool letters)
{
	static const struct guard_place fonts[] = {
		{ "/usr/share/fonts", GUARD_READ },
		{ "/usr/local/share/fonts", GUARD_READ },
		{ "/var/cache/fontconfig", GUARD_READ },
	};
	bw_err r;

	if (letters && !FcInit())
		return PICTURE_UNGUARDED;
	r = guard_files(fonts, letters ? sizeof(fonts) / sizeof(fonts[0]) : 0);
	if (r == BW_ERR_NOTFOUND && letters)
		return PICTURE_SVG_TEXT;
	if (r != BW_OK && r != BW_ERR_NOTFOUND)
		return PICTURE_UNGUARDED;
	return guard_enter(letters ? GUARD_LETTERS : GUARD_PICTURE) == BW_OK ?
	    PICTURE_OK : PICTURE_UNGUARDED;
}

static enum picture_why
decode(const struct bw_buf *file, struct bw_buf *out)
{
	bool png = picture_is_png(file);
	struct picture p = { .rgba = NULL };
	enum picture_why why;

	if ((!png && (why = picture_svg_look(file)) != PICTURE_OK) ||
	    (why = confine(!png && picture_svg_has_text(file))) != PICTURE_OK)
		return why;
	why = png ? picture_png(file, &p) : picture_svg(file, &p);
	if (why == PICTURE_OK)
		why = picture_shrink(&p, out);
	free(p.rgba);
	return why;
}

static int
run(void)
{
	struct bw_buf file = BW_BUF_INIT(PICTURE_FILE_MAX);
	struct bw_buf out = BW_BUF_INIT(POLICY_LOGO_W * POLICY_LOGO_H * 4 + 8);
	enum picture_why why = PICTURE_UNGUARDED;

	if (bound() == BW_OK && file_drain(STDIN_FILENO, &file) == BW_OK &&
	    (why = decode(&file, &out)) == PICTURE_OK &&
	    file_pour(STDOUT_FILENO, out.ptr, out.len) != BW_OK)
		why = PICTURE_UNGUARDED;
	/* The libraries have ends of their own, with calls that are none of
	 * ours. */
	_exit((int)why);
}

int
main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'v' },
		{ NULL, 0, NULL, 0 }
	};
	int c;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1)
		switch (c) {
		case 'h':
			fputs(usage, stdout);
			return 0;
		case 'v':
			puts("badgeward-picture " BW_VERSION);
			return 0;
		default:
			fputs(usage, stderr);
			return 2;
		}
	if (optind == argc)
		return run();
	fputs("badgeward-picture: it takes no arguments\n", stderr);
	fputs(usage, stderr);
	return 2;
}
