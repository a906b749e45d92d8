// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/notify.h"
#include "base/text.h"
#include "guard/guard.h"
#include "kiosk/enrol_run.h"
#include "kiosk/kiosk.h"
#include "kiosk/secret.h"
#include "kiosk/speech.h"
#include "kiosk/ui.h"
#include "reader/port.h"
#include "reader/spawn.h"

#define USAGE								\
	"usage: badgeward-kiosk -C STATE enrol ADDRESS [--yes] "	\
	"[--wait SECONDS]\n"						\
	"       badgeward-kiosk -C STATE --screen drm|script|window "	\
	"[--size WxH]\n"						\
	"                       [--output NAME] [--rotate DEGREES] "	\
	"[--nfc CONNSTRING]\n"						\
	"                       [--lang LANG] [--enrol-file FILE] "	\
	"[--debug]\n"							\
	"       badgeward-kiosk --help | --version\n"			\
	"  -C STATE           the device's state directory\n"		\
	"  ADDRESS            as \"device add\" prints it, or - for a line of "	\
	"standard\n"						\
	"                     input\n"					\
	"  --yes              enrol without asking back\n"		\
	"  --wait SECONDS     for the host's answer (default 60)\n"	\
	"  --screen WHICH     drm: the device's own; window: on a desktop; "	\
	"or script:\n"							\
	"                     commands on standard input\n"		\
	"  --size WxH         of the image (default 1024x600, with drm all "	\
	"of the screen)\n"						\
	"  --output NAME      of drm, e.g. HDMI-A-1 (default: what is "	\
	"connected)\n"							\
	"  --rotate DEGREES   of drm: turn the image clockwise by 90, 180 "	\
	"or 270\n"							\
	"  --nfc CONNSTRING   the reader, e.g. pn532_uart:/dev/ttyUSB0, or\n" \
	"                     unix:PATH of a reader's socket\n"	\
	"  --lang LANG        the language to begin with\n"		\
	"  --enrol-file FILE  holds the address of a device that is not "	\
	"enrolled\n"							\
	"                     (default: badgeward-enrol.txt on the boot "	\
	"partition)\n"							\
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
read_screen(const char *s, enum kiosk_screen *which)
{
	static const char *const names[] = { [KIOSK_SCRIPT] = "script",
		[KIOSK_WINDOW] = "window", [KIOSK_DRM] = "drm" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		*which = (enum kiosk_screen)i;
		if (strcmp(s, names[i]) == 0)
			return true;
	}
	return false;
}

static bool
read_size(const char *s, struct screen_drm_options *o)
{
	char rest;

	return sscanf(s, "%4dx%4d%c", &o->w, &o->h, &rest) == 2 &&
	    o->w >= UI_SIDE_MIN && o->w <= UI_SIDE_MAX &&
	    o->h >= UI_SIDE_MIN && o->h <= UI_SIDE_MAX;
}

static bool
read_turn(const char *s, int *degrees)
{
	uint64_t n;

	if (text_number(s, strlen(s), 270, &n) != BW_OK || n % 90 != 0)
		return false;
	*degrees = (int)n;
	return true;
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
		if (!read_screen(optarg, &a->kiosk.screen))
			return misused("--screen is drm, script or window");
		return -1;
	case 'o':
		a->kiosk.drm.output = optarg;
		return -1;
	case 'r':
		if (!read_turn(optarg, &a->kiosk.drm.rotate))
			return misused("--rotate is 0, 90, 180 or 270");
		return -1;
	case 'z':
		if (!read_size(optarg, &a->kiosk.drm))
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
	case 'f':
		a->kiosk.enrol_file = optarg;
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

/* One line of standard input, and no byte more is kept of it. */
static bool
read_address(char *line, size_t size)
{
	setvbuf(stdin, NULL, _IONBF, 0);
	if (fgets(line, (int)size, stdin) == NULL)
		return false;
	line[strcspn(line, "\r\n")] = '\0';
	return line[0] != '\0';
}

static int
run(const struct args *a, int argc, char **argv)
{
	struct enrol_options e = { .state = a->kiosk.state, .yes = a->yes,
		.wait_ms = a->wait_ms, .in = stdin, .out = stdout };

	if (a->kiosk.state == NULL)
		return misused("-C STATE is missing");
	if (argc > 0 && a->kiosk.enrol_file != NULL)
		return misused("--enrol-file goes with --screen");
	if (argc == 2 && strcmp(argv[0], "enrol") == 0 && !a->screen) {
		char line[ENROL_ADDRESS_MAX + 2] = "";

		e.address = argv[1];
		if (strcmp(argv[1], "-") == 0) {
			if (!read_address(line, sizeof(line)))
				return misused("no enrol address on standard "
				    "input");
			e.address = line;
		}
		if (guard_enter(GUARD_KIOSK) == BW_OK)
			return enrol_run(&e);
		explicit_bzero(line, sizeof(line));
		log_error("the kernel refuses a filter of system calls");
		return 1;
	}
	if (argc > 0)
		return misused("there is only `enrol ADDRESS`");
	if (!a->screen)
		return misused("--screen is missing");
	if (a->yes)
		return misused("--yes goes with `enrol ADDRESS`");
	if (a->kiosk.screen != KIOSK_DRM && (a->kiosk.drm.output != NULL ||
	    a->kiosk.drm.rotate != 0))
		return misused("--output and --rotate go with --screen drm");
	return kiosk_run(&a->kiosk);
}

int
main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "screen", required_argument, NULL, 's' },
		{ "size", required_argument, NULL, 'z' },
		{ "output", required_argument, NULL, 'o' },
		{ "rotate", required_argument, NULL, 'r' },
		{ "nfc", required_argument, NULL, 'n' },
		{ "lang", required_argument, NULL, 'l' },
		{ "enrol-file", required_argument, NULL, 'f' },
		{ "yes", no_argument, NULL, 'y' },
		{ "wait", required_argument, NULL, 'w' },
		{ "debug", no_argument, NULL, 'd' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'v' },
		{ NULL, 0, NULL, 0 }
	};
	struct args a = { .wait_ms = ENROL_WAIT_MS };
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
	if (a.screen && speech_open(&a.kiosk.speech, clock_mono_ms()) != BW_OK)
		log_warn("speech cannot be started");
	code = run(&a, argc - optind, argv + optind);
	speech_close(&a.kiosk.speech);
	return code;
}
