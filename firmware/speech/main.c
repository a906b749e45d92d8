// SPDX-License-Identifier: Apache-2.0
/*
 * badgeward-speech: one text aloud, in a process of its own. Killing it is how
 * speech is stopped.
 */
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "speech/confine.h"
#include "speech/kana.h"
#include "speech/say.h"

#define TEXT_MAX ((size_t)64 * 1024)

static const char usage[] =
    "usage: badgeward-speech [--stdout] LANG\n"
    "Says the SSML on standard input in a language, e.g. de.\n"
    "  --stdout   write it to standard output, as a WAV file\n"
    "  --help     print this\n"
    "  --version  print the version\n";

static int
speak(const char *lang, int wav)
{
	struct bw_buf text = BW_BUF_INIT(TEXT_MAX), out = BW_BUF_INIT(TEXT_MAX);
	const char *s;
	bw_err r;

	if ((r = file_drain(STDIN_FILENO, &text)) == BW_OK &&
	    (r = bw_buf_cstr(&text, &s)) == BW_OK &&
	    (r = kana(lang, s, &out)) != BW_OK)
		log_error("Japanese cannot be read: %s; is kakasi installed?",
		    bw_strerror(r));
	if (r == BW_OK && (r = bw_buf_cstr(&out, &s)) == BW_OK &&
	    (r = say(lang, s, wav)) != BW_OK)
		log_error("speech is not to be had: %s%s", bw_strerror(r),
		    r == BW_ERR_GONE ? "; is there a sound card?" : "");
	bw_buf_free(&text);
	bw_buf_free(&out);
	return r == BW_OK ? 0 : 1;
}

/* -1: go on; else the exit code. */
static int
parse(int argc, char **argv, int *wav)
{
	static const struct option options[] = {
		{ "stdout", no_argument, NULL, 's' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'v' },
		{ NULL, 0, NULL, 0 }
	};
	int c;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1)
		switch (c) {
		case 's':
			*wav = STDOUT_FILENO;
			break;
		case 'h':
			fputs(usage, stdout);
			return 0;
		case 'v':
			puts("badgeward-speech " BW_VERSION);
			return 0;
		default:
			fputs(usage, stderr);
			return 2;
		}
	if (optind + 1 == argc)
		return -1;
	fputs(usage, stderr);
	return 2;
}

int
main(int argc, char **argv)
{
	int wav = -1, status;
	bw_err r;

	log_open("badgeward-speech", LOG_LEVEL_INFO);
	if ((status = parse(argc, argv, &wav)) != -1)
		return status;
	if ((r = confine()) == BW_ERR_NOTFOUND)
		log_debug("the kernel has no Landlock");
	else if (r != BW_OK) {
		log_error("what is not needed cannot be given up");
		return 1;
	}
	return speak(argv[optind], wav);
}
