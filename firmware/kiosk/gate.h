/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gate.h - how often the staff's PIN may be tried.
 *
 * GATE_FREE wrong ones are free; behind them one may be tried each minute, each
 * two, four … 64 minutes. A try is counted on stable storage before the PIN is
 * looked at, so that neither a restart nor a power cut gives one back; after a
 * restart the wait that the count asks for begins anew, whatever the clock
 * says. The count goes with the right PIN.
 */
#ifndef KIOSK_GATE_H
#define KIOSK_GATE_H

#include <stdint.h>

#include "base/err.h"
#include "base/file.h"

#define GATE_FREE 5
#define GATE_WAIT_MS 60000
#define GATE_WAIT_MOST_MS (64 * 60000)

struct gate {
	char path[FILE_PATH_MAX];
	unsigned wrong;		/* tries since the last right one */
	int64_t until;		/* own clock, ms: none before */
};

/* Begin with what the file says; what cannot be read counts as GATE_FREE. */
void gate_open(struct gate *g, const char *path, int64_t now);
/* Milliseconds until the next try; 0: now. */
int64_t gate_wait(const struct gate *g, int64_t now);
/* Count a try; BW_ERR_BUSY while gate_wait says so. A count that the disk does
 * not take holds in memory. */
BW_MUST_USE bw_err gate_try(struct gate *g, int64_t now);
/* It was the right PIN. */
void gate_pass(struct gate *g);

#endif
