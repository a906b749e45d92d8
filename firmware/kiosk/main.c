// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/notify.h"
#include "base/text.h"
#include "guard/guard.h"
#include "kiosk/enrol_run.h"
#include "kiosk/kiosk.h"
#include "kiosk/secret.h"
#include "kiosk/ui.h"
#include "reader/port.h"
#include "reader/spawn.h"

#define USAGE								\
	"usage: badgeward-kiosk -C STATE enrol ADDRESS [--yes] "	\
	"[--wait SECONDS]\n"						\
	"       badgeward-kiosk -C STATE --screen script|window "	\
	"[--size WxH]\n"						\
	"                       [--nfc CONNSTRING] [--lang LANG] "	\
	"[--debug]\n"							\
	"       badgeward-kiosk --help | --version\n"			\
	"  -C STATE           the device's state directory\n"		\
	"  --yes              enrol without asking back\n"		\
	"  --wait SECONDS     for the host's answer (default 60)\n"	\
	"  --screen WHICH     window, or script: commands on standard input\n" \
	"  --size WxH         of the screen (default 1024x600)\n"	\
	"  --nfc CONNSTRING   the reader, e.g. pn532_uart:/dev/ttyUSB0, or\n" \
	"                     unix:PATH of a reader's socket\n"	\
	"  --lang LANG        the language to begin with\n"		\
	"  --debug            say more\n"

struct args {
	struct kiosk_options kiosk;
	bool screen, yes, debug;
	int wait_ms;
};

static int
misused(const char *why)
{
	fprintf(stderr, "badgeward-kiosk: %s\n%s", why, USAGE);
	return 2;
}

static bool
read_size(const char *s, struct kiosk_options *o)
{
	char rest;

	return sscanf(s, "%4dx%4d%c", &o->width, &o->height, &rest) == 2 &&
	    o->width >= UI_SIDE_MIN && o->width <= UI_SIDE_MAX &&
	    o->height >= UI_SIDE_MIN && o->height <= UI_SIDE_MAX;
}

static bool
read_wait(const char *s, int *ms)
{
	uint64_t n;

	if (text_number(s, strlen(s), 3600, &n) != BW_OK || n == 0)
		return false;
	*ms = (int)n * 1000;
	return true;
}

/* -1: go on; else the exit code. */
static int
take(int option, struct args *a)
{
	switch (option) {
	case 'C':
		a->kiosk.state = optarg;
		return -1;
	case 's':
		a->screen = true;
		a->kiosk.window = strcmp(optarg, "window") == 0;
		if (!a->kiosk.window && strcmp(optarg, "script") != 0)
			return misused("--screen is script or window");
		return -1;
	case 'z':
		if (!read_size(optarg, &a->kiosk))
			return misused("--size is like 1024x600, each side "
			    "from 320 to 4096");
		return -1;
	case 'n':
		a->kiosk.nfc = optarg;
		if (!port_name_ok(optarg) && !spawn_is_socket(optarg))
			return misused("--nfc " PORT_NAME_WRONG);
		return -1;
	case 'l':
		a->kiosk.lang = optarg;
		return -1;
	case 'y':
		a->yes = true;
		return -1;
	case 'w':
		if (!read_wait(optarg, &a->wait_ms))
			return misused("--wait is from 1 to 3600 seconds");
		return -1;
	case 'd':
		a->debug = true;
		return -1;
	case 'h':
		fputs(USAGE, stdout);
		return 0;
	case 'v':
		puts("badgeward-kiosk " BW_VERSION);
		return 0;
	default:
		fputs(USAGE, stderr);
		return 2;
	}
}

static int
run(const struct args *a, int argc, char **argv)
{
	struct enrol_options e = { .state = a->kiosk.state, .yes = a->yes,
		.wait_ms = a->wait_ms, .in = stdin, .out = stdout };

	if (a->kiosk.state == NULL)
		return misused("-C STATE is missing");
	if (argc == 2 && strcmp(argv[0], "enrol") == 0 && !a->screen) {
		e.address = argv[1];
		if (guard_enter(GUARD_KIOSK) == BW_OK)
			return enrol_run(&e);
		log_error("the kernel refuses a filter of system calls");
		return 1;
	}
	if (argc > 0)
		return misused("there is only `enrol ADDRESS`");
	if (!a->screen)
		return misused("--screen is missing");
	if (a->yes)
		return misused("--yes goes with `enrol ADDRESS`");
	return kiosk_run(&a->kiosk);
}

int
main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "screen", required_argument, NULL, 's' },
		{ "size", required_argument, NULL, 'z' },
		{ "nfc", required_argument, NULL, 'n' },
		{ "lang", required_argument, NULL, 'l' },
		{ "yes", no_argument, NULL, 'y' },
		{ "wait", required_argument, NULL, 'w' },
		{ "debug", no_argument, NULL, 'd' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'v' },
		{ NULL, 0, NULL, 0 }
	};
	struct args a = { .kiosk = { .width = 1024, .height = 600 },
		.wait_ms = ENROL_WAIT_MS };
	int option, code = -1;

	log_open("badgeward-kiosk", LOG_LEVEL_INFO);
	secret_harden(argv);
	if (guard_local() != BW_OK) {
		log_error("the kernel refuses to keep the network away");
		return 1;
	}
	notify_open();
	while (code == -1 && (option = getopt_long(argc, argv, "C:", longs,
	    NULL)) != -1)
		code = take(option, &a);
	if (code != -1)
		return code;
	if (a.debug)
		log_open("badgeward-kiosk", LOG_LEVEL_DEBUG);
	umask(027);
	return run(&a, argc - optind, argv + optind);
}
