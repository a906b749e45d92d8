/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kiosk.h - the kiosk as a whole: screen, reader, log and policy around the
 * consent machine.
 */
#ifndef KIOSK_KIOSK_H
#define KIOSK_KIOSK_H

#include <stdbool.h>

struct kiosk_options {
	const char *state;	/* the state directory */
	bool window;		/* a window; else the script screen */
	int width, height;
	const char *nfc;	/* libnfc's connstring, or NULL: no reader */
	const char *lang;	/* the language to begin in, or NULL */
};

/* Run until the screen says quit or SIGTERM comes. The program's exit code: 0,
 * or 1 with a sentence on standard error, or 2 for a wrong option. */
int kiosk_run(const struct kiosk_options *o);

#endif
