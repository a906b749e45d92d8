/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kiosk.h - the kiosk as a whole: screen, reader, log and policy around the
 * consent machine.
 */
#ifndef KIOSK_KIOSK_H
#define KIOSK_KIOSK_H

#include "kiosk/screen.h"

enum kiosk_screen { KIOSK_SCRIPT, KIOSK_WINDOW, KIOSK_DRM };

struct speech;

struct kiosk_options {
	const char *state;	/* the state directory */
	enum kiosk_screen screen;
	/* The image, and how it comes to the screen; w, h of 0: what a DRM
	 * output has, else 1024×600. */
	struct screen_drm_options drm;
	const char *nfc;	/* libnfc's connstring, or NULL: no reader */
	const char *lang;	/* the language to begin in, or NULL */
	struct speech *speech;	/* a voice, or NULL */
	/* Where an enrol address may lie; NULL: on the boot partition */
	const char *enrol_file;
};

/* Run until the screen says quit or SIGTERM comes. The program's exit code: 0,
 * or 1 with a sentence on standard error, or 2 for a wrong option. */
int kiosk_run(const struct kiosk_options *o);

#endif
