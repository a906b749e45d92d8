// SPDX-License-Identifier: Apache-2.0
/*
 * reader_drive CONNSTRING - a kiosk that is nothing but its reader.
 *
 * Standard input: "read MS" or "cancel"; the end of it ends the program
 * as a kiosk ends. Standard output: one line an event, stamped with
 * CLOCK_MONOTONIC in microseconds, as the simulator's trace is.
 */
#include <inttypes.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "reader/reader_client.h"

static void
print_event(const struct reader_event *ev)
{
	static char hex[TEXT_HEX_SIZE(NDEF_TAG_MAX)];
	char uid[TEXT_HEX_SIZE(BADGE_UID)];

	printf("%" PRId64 " ", clock_mono_us());
	switch (ev->type) {
	case READER_READY:
		puts("ready");
		break;
	case READER_MISSING:
		printf("missing %d\n", (int)ev->cause);
		break;
	case READER_SEEN:
		puts("seen");
		break;
	case READER_BADGE:
		text_hex(ev->uid, sizeof(ev->uid), uid);
		text_hex(ev->ndef, ev->ndef_len, hex);
		printf("badge %s %s\n", uid, hex);
		break;
	case READER_UNREAD:
		printf("unread %d\n", (int)ev->reason);
		break;
	}
	fflush(stdout);
}

static void
print_result(const char *what, bw_err r)
{
	printf("%" PRId64 " %s %s\n", clock_mono_us(), what,
	    r == BW_OK ? "ok" : bw_strerror(r));
	fflush(stdout);
}

/* False at the end of input. */
static bool
command(struct reader_client *c)
{
	char line[64];
	ssize_t n = read(STDIN_FILENO, line, sizeof(line) - 1);

	if (n <= 0)
		return false;
	line[n] = '\0';
	if (strncmp(line, "read ", 5) == 0)
		print_result("read", reader_client_read(c,
		    (uint32_t)strtoul(line + 5, NULL, 10), clock_mono_ms()));
	else if (strncmp(line, "cancel", 6) == 0) {
		reader_client_cancel(c, clock_mono_ms());
		print_result("cancel", BW_OK);
	} else
		print_result("what?", BW_ERR_ARG);
	return true;
}

int
main(int argc, char **argv)
{
	struct reader_client *c;
	struct reader_event ev;
	bool on = true;

	if (argc != 2 ||
	    reader_client_open(&c, argv[1], clock_mono_ms()) != BW_OK)
		return 2;
	log_open("reader_drive", LOG_LEVEL_INFO);
	while (on) {
		while (reader_client_step(c, clock_mono_ms(), &ev))
			print_event(&ev);
		int64_t in = reader_client_wake(c) - clock_mono_ms();
		struct pollfd p[] = {
			{ STDIN_FILENO, POLLIN, 0 },
			{ reader_client_fd(c), POLLIN, 0 },
		};
		if (poll(p, 2, in < 0 ? 0 : (int)in) > 0 && p[0].revents != 0)
			on = command(c);
	}
	reader_client_close(&c);
	print_result("closed", BW_OK);
	return 0;
}
