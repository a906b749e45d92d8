/* SPDX-License-Identifier: Apache-2.0 */
/*
 * enrolment.h - how a device is enrolled (FORMATS.md, Device and host), in
 * steps that never wait: for the command, which has nothing else to do, and
 * for the screen, which must go on.
 *
 * The kiosk checks everything itself: the uplink only carries messages and
 * never sees the code of the address. Each step leaves files behind from which
 * the next begin with the same address goes on: after a crash anywhere the
 * device is enrolled or it is not, and the host sees one pair of keys only.
 *
 *     1 the offer is asked for, checked under the pin, and confirmed
 *     2 enrol.json, log.key, seal.key
 *     3 journal.db with the open entry
 *     4 the POST's message, made from these, always the same
 *     5 policy.jws with the field keys: enrolled
 *     6 the messages go, the file that the address came from, enrol.json
 *
 * From step 4 on the address is not needed any more. Another address begins
 * anew once it is confirmed, for another name: a log that was opened but never
 * accepted holds no shares.
 */
#ifndef KIOSK_ENROLMENT_H
#define KIOSK_ENROLMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/enrol_why.h"
#include "kiosk/journal.h"
#include "kiosk/keys.h"
#include "kiosk/place.h"
#include "kiosk/rules.h"
#include "record/enrol.h"

enum enrolment_phase {
	ENROLMENT_NONE,		/* not begun, or ended */
	ENROLMENT_OFFER,	/* waits for the offer */
	ENROLMENT_CONFIRM,	/* offer and rules say for what: is it right? */
	ENROLMENT_IDENTITY,	/* waits for the uplink's key */
	ENROLMENT_ANSWER,	/* waits for the host to take the keys */
	ENROLMENT_DONE,
	ENROLMENT_FAILED	/* why says it; a sentence was logged */
};

struct enrolment_options {
	const char *state;	/* the state directory */
	/* Where an address may have come from, ended by NULL, or NULL: one
	 * that holds the address goes when the device is enrolled. */
	const char *const *files;
	int wait_ms;		/* for each answer */
	bool anew;		/* an earlier log that is sound has ended */
};

struct enrolment {
	struct enrolment_options o;
	enum enrolment_phase phase;
	enum enrol_why why;
	bool confirmed;		/* by an earlier one, in enrol.json */
	struct enrol_offer offer;	/* from ENROLMENT_CONFIRM on */
	struct rules *rules;	/* as offered, then as answered */

	/* its own */
	struct place place;
	int lock;		/* -1: not held */
	int64_t until;
	struct enrol_address address;	/* secret; blank: not known */
	char id[ENROL_ID_HEX];
	char other[ENROL_ID_HEX];	/* of an enrolment that was begun and
					 * is given up for this one */
	struct keys keys;
	struct journal *journal;
};

/* Begin, with whatever an earlier one left. address is not kept, only what it
 * says. now is of a clock in ms, the same for all calls. enrolment_end must
 * follow, whatever becomes of it. */
void enrolment_begin(struct enrolment *n, const struct enrolment_options *o,
    const char *address, size_t len, int64_t now);
/* Go on without the address, where the POST is on its way or was answered;
 * false, and nothing begun, where it is not so, or another enrols. */
bool enrolment_go_on(struct enrolment *n, const struct enrolment_options *o,
    int64_t now);
/* Something may have come into the inbox, or time has passed. */
void enrolment_step(struct enrolment *n, int64_t now);
/* In ENROLMENT_CONFIRM: it is right. */
void enrolment_confirm(struct enrolment *n, int64_t now);
/* Before that: it is not, or not wanted any more; no message stays. */
void enrolment_cancel(struct enrolment *n);
/* Close, wipe, let the lock go; what is on disk stays. */
void enrolment_end(struct enrolment *n);

bool enrolment_waits(const struct enrolment *n);

/* An enrolled device whose enrolment was cut short in its last step: do that.
 * The lock is the caller's. */
BW_MUST_USE bw_err enrolment_tidy(const struct place *p,
    const char *const *files);

#endif
