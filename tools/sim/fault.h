/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fault.h - what is to go wrong, and when.
 *
 * A fault waits for commands that it applies to (kinds that replace an RF
 * status byte: InDataExchange and InCommunicateThru), skips some, and then
 * hits some. Of several that could hit one command the oldest does.
 */
#ifndef SIM_FAULT_H
#define SIM_FAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define FAULTS_MAX 16
#define FAULT_ALWAYS UINT32_MAX

enum fault_kind {
	FAULT_NONE,
	FAULT_NAK,	/* the tag says no and falls back; status 13 */
	FAULT_CRC,	/* the tag's answer is broken; status 02 */
	FAULT_TIMEOUT,	/* the tag did not hear it; status 01, late */
	FAULT_STATUS80,	/* status 80: libnfc aborts on it */
	FAULT_GARBAGE,	/* ACK, then bytes that are no frame */
	FAULT_BADSUM,	/* ACK, then a frame with a wrong checksum */
	FAULT_ERROR,	/* ACK, then the error frame */
	FAULT_SHORT,	/* ACK, then half of the answer's frame */
	FAULT_MUTE,	/* ACK, then nothing */
	FAULT_SILENT,	/* not even an ACK; the command is not done */
	FAULT_RESET,	/* the chip loses power instead */
	FAULT_UNPLUG	/* the port goes away instead */
};

struct fault {
	enum fault_kind kind;
	uint32_t skip, count;	/* commands still to pass, to hit */
	int code;		/* only this command code; -1: any */
};

struct faults {
	size_t n;
	struct fault fault[FAULTS_MAX];
};

/* FAULT_NONE when there is no such word. */
enum fault_kind fault_kind_find(const char *word);
const char *fault_kind_name(enum fault_kind kind);

BW_MUST_USE bw_err faults_add(struct faults *all, struct fault f);
/* A command with this code comes: what hits it, used up by one. */
enum fault_kind faults_take(struct faults *all, uint8_t code);

#endif
