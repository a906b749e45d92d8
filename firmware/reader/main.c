// SPDX-License-Identifier: Apache-2.0
/*
 * badgeward-reader: the NFC chip in a process of its own.
 */
#include <sys/socket.h>

#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/notify.h"
#include "guard/guard.h"
#include "reader/cause.h"
#include "reader/loop.h"
#include "reader/port.h"
#include "reader/reader_nfc.h"

static const char usage[] =
    "usage: badgeward-reader CONNSTRING\n"
    "       badgeward-reader --off CONNSTRING\n"
    "The kiosk or systemd starts the first form, with a socket as descriptor "
    "3.\n"
    "  --off      open the chip, switch its field off, say whether it "
    "answered\n"
    "  --help     print this\n"
    "  --version  print the version\n"
    "CONNSTRING is libnfc's, for example pn532_uart:/dev/ttyUSB0\n";

static void
on_signal(int sig)
{
	(void)sig;
	loop_stop();
}

static void
catch_signals(void)
{
	struct sigaction sa = { .sa_handler = on_signal };

	sigemptyset(&sa.sa_mask);
	sigaction(SIGTERM, &sa, NULL);
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGHUP, &sa, NULL);
	sa.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &sa, NULL);
}

/* libnfc cannot open a port while descriptor 0 is closed. */
static int
open_standard_descriptors(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd == -1)
		return -1;
	return close(fd);
}

/* Give up what the reader never needs, before libnfc does anything. A crash
 * inside it is expected, and a core of it would hold a badge. */
static bool
enter_guard(void)
{
	if (guard_enter(GUARD_READER) == BW_OK)
		return true;
	log_error("the kernel refuses a filter of system calls");
	return false;
}

static bool
has_socket(void)
{
	socklen_t len = sizeof(int);
	int type = 0;

	return getsockopt(IPC_FD, SOL_SOCKET, SO_TYPE, &type, &len) == 0 &&
	    type == SOCK_SEQPACKET;
}

static int
switch_off(struct chip *chip)
{
	enum reader_cause why;

	if (!enter_guard())
		return 1;
	if (chip->open(chip->tag.ctx, &why) != BW_OK) {
		log_error("%s", reader_cause_says(why));
		return 1;
	}
	printf("the chip answers; its field is off\n");
	return 0;
}

/* Its firmware looks for tags by itself until libnfc has opened it. */
static void
warn_of(const char *connstring)
{
	if (strncmp(connstring, "acr122_usb", strlen("acr122_usb")) == 0)
		log_warn("an ACR122U may switch its field on when it gets "
		    "power, before anybody said yes: for a booth take another "
		    "reader");
}

static int
serve(struct chip *chip)
{
	if (!has_socket()) {
		log_error("descriptor %d is no socket: badgeward-kiosk or "
		    "systemd starts this program", IPC_FD);
		return 2;
	}
	/* The kiosk's own output may be somebody's command channel. */
	if (freopen("/dev/null", "w", stdout) == NULL ||
	    close_range(IPC_FD + 1, ~0U, 0) == -1)
		return 1;
	notify_open();
	if (!enter_guard())
		return 1;
	return loop_run(IPC_FD, chip) == BW_OK ? 0 : 1;
}

static int
misused(const char *why, const char *more)
{
	fprintf(stderr, "badgeward-reader: %s\n%s", why, more);
	return 2;
}

static int
parse(int argc, char **argv, bool *off)
{
	static const struct option options[] = {
		{ "off", no_argument, NULL, 'o' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'v' },
		{ NULL, 0, NULL, 0 }
	};
	int c;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1)
		switch (c) {
		case 'o':
			*off = true;
			break;
		case 'h':
			fputs(usage, stdout);
			return 0;
		case 'v':
			puts("badgeward-reader " BW_VERSION);
			return 0;
		default:
			fputs(usage, stderr);
			return 2;
		}
	if (optind + 1 != argc)
		return misused("say which reader, once", usage);
	if (!port_name_ok(argv[optind]))
		return misused("this " PORT_NAME_WRONG, "");
	return -1;
}

int
main(int argc, char **argv)
{
	struct reader_nfc *nfc;
	struct chip chip;
	bool off = false;
	int status;

	if (open_standard_descriptors() == -1)
		return 1;
	log_open("badgeward-reader", LOG_LEVEL_INFO);
	if ((status = parse(argc, argv, &off)) != -1)
		return status;
	catch_signals();
	if (reader_nfc_open(&nfc, argv[optind], &chip) != BW_OK) {
		log_error("out of memory");
		return 1;
	}
	if (!off)
		warn_of(argv[optind]);
	status = off ? switch_off(&chip) : serve(&chip);
	reader_nfc_close(&nfc);
	return status;
}
