// SPDX-License-Identifier: Apache-2.0
#include "tools/sim/fault.h"

#include <string.h>

#include "tools/sim/chip.h"

static const char *const names[] = {
	[FAULT_NONE] = "none", [FAULT_NAK] = "nak", [FAULT_CRC] = "crc",
	[FAULT_TIMEOUT] = "timeout", [FAULT_STATUS80] = "status80",
	[FAULT_GARBAGE] = "garbage", [FAULT_BADSUM] = "badsum",
	[FAULT_ERROR] = "error", [FAULT_SHORT] = "short",
	[FAULT_MUTE] = "mute", [FAULT_SILENT] = "silent",
	[FAULT_RESET] = "reset", [FAULT_UNPLUG] = "unplug"
};

#define NKINDS (sizeof(names) / sizeof(names[0]))

enum fault_kind
fault_kind_find(const char *word)
{
	for (size_t i = 1; i < NKINDS; i++)
		if (strcmp(names[i], word) == 0)
			return (enum fault_kind)i;
	return FAULT_NONE;
}

const char *
fault_kind_name(enum fault_kind kind)
{
	return names[kind];
}

bw_err
faults_add(struct faults *all, struct fault f)
{
	if (all->n == FAULTS_MAX)
		return BW_ERR_FULL;
	all->fault[all->n++] = f;
	return BW_OK;
}

static bool
applies(const struct fault *f, uint8_t code)
{
	bool rf = f->kind == FAULT_NAK || f->kind == FAULT_CRC ||
	    f->kind == FAULT_TIMEOUT || f->kind == FAULT_STATUS80;

	if (rf && code != CHIP_IN_DATA_EXCHANGE &&
	    code != CHIP_IN_COMMUNICATE_THRU)
		return false;
	return f->code < 0 || f->code == code;
}

static void
drop(struct faults *all, size_t i)
{
	all->n--;
	memmove(all->fault + i, all->fault + i + 1,
	    (all->n - i) * sizeof(all->fault[0]));
}

enum fault_kind
faults_take(struct faults *all, uint8_t code)
{
	enum fault_kind hit = FAULT_NONE;

	for (size_t i = 0; i < all->n; i++) {
		struct fault *f = &all->fault[i];

		if (!applies(f, code))
			continue;
		if (f->skip > 0) {
			f->skip--;
			continue;
		}
		if (hit != FAULT_NONE)
			continue;
		hit = f->kind;
		if (f->count != FAULT_ALWAYS && --f->count == 0)
			drop(all, i--);
	}
	return hit;
}
