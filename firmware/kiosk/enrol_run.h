/* SPDX-License-Identifier: Apache-2.0 */
/*
 * enrol_run.h - `badgeward-kiosk -C STATE enrol ADDRESS`: an enrolment
 * (enrolment.h) from the command line.
 */
#ifndef KIOSK_ENROL_RUN_H
#define KIOSK_ENROL_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define ENROL_WAIT_MS 60000

struct enrol_options {
	const char *state;	/* the state directory */
	char *address;		/* wiped once it was read */
	bool yes;		/* do not ask */
	int wait_ms;		/* for each answer */
	FILE *in, *out;		/* where to ask and tell */
};

/* 0 when enrolled; else, with a sentence on standard error, 2 when the address
 * is none and 1 for anything else. */
int enrol_run(const struct enrol_options *o);

#endif
