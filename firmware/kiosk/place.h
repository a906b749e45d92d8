/* SPDX-License-Identifier: Apache-2.0 */
/*
 * place.h - the state directory of a device: which folder and file is where.
 *
 *     STATE/kiosk/   the kiosk's alone: log.key seal.key journal.db
 *                    journal.db-undo policy.jws enrol.json (while enrolling) lock
 *                    host-lost revoked pin-tries day-over clock
 *                    aside-N/ (a log that must not be continued)
 *     STATE/outbox/  kiosk puts, uplink takes
 *     STATE/inbox/   uplink puts, kiosk takes
 */
#ifndef KIOSK_PLACE_H
#define KIOSK_PLACE_H

#include <stdbool.h>

#include "base/err.h"
#include "base/file.h"

struct place {
	char own[FILE_PATH_MAX];	/* STATE/kiosk */
	char outbox[FILE_PATH_MAX];
	char inbox[FILE_PATH_MAX];
	char journal[FILE_PATH_MAX];
	char policy[FILE_PATH_MAX];
	char enrol[FILE_PATH_MAX];
	char lock[FILE_PATH_MAX];
	char lost[FILE_PATH_MAX];	/* the mark host-lost */
	char revoked[FILE_PATH_MAX];	/* the mark revoked */
	char clock[FILE_PATH_MAX];
};

/* Fill in the paths and make the folders that are missing. */
BW_MUST_USE bw_err place_open(struct place *p, const char *state);

/* The device is enrolled: its policy with field keys was stored, which is the
 * last step of enrolment. */
bool place_is_enrolled(const struct place *p);

#endif
