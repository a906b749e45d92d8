/* SPDX-License-Identifier: Apache-2.0 */
/*
 * enrol_run.h - `badgeward-kiosk -C STATE enrol ADDRESS`: how a device is
 * enrolled (FORMATS.md, Device and host).
 *
 * The kiosk checks everything itself: the uplink only carries messages and
 * never sees the code of the address. Each step leaves files behind from which
 * the next run of the same command goes on: after a crash anywhere the device
 * is enrolled or it is not, and the host sees one pair of keys only.
 *
 *     1 the offer is asked for, checked under the pin, and confirmed
 *     2 enrol.json, log.key, seal.key
 *     3 journal.db with the open entry
 *     4 the POST's message, made from these, always the same
 *     5 policy.jws with the field keys: enrolled
 *
 * Another address begins anew, for another name: a log that was opened but
 * never accepted holds no shares.
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
