// SPDX-License-Identifier: Apache-2.0
#include "base/clock.h"

#include <sys/timex.h>
#include <string.h>
#include <time.h>

#include "base/file.h"

#define BOOT_ID "/proc/sys/kernel/random/boot_id"

static int64_t
read_us(clockid_t id)
{
	struct timespec ts;

	clock_gettime(id, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

int64_t
clock_mono_us(void)
{
	return read_us(CLOCK_MONOTONIC);
}

int64_t
clock_mono_ms(void)
{
	return clock_mono_us() / 1000;
}

int64_t
clock_boot_ms(void)
{
	return read_us(CLOCK_BOOTTIME) / 1000;
}

int64_t
clock_wall(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	return (int64_t)ts.tv_sec;
}

int64_t
clock_wall_ms(void)
{
	return read_us(CLOCK_REALTIME) / 1000;
}

bool
clock_synchronised(void)
{
	struct timex tx = { .modes = 0 };
	int state = adjtimex(&tx);

	return state >= 0 && state != TIME_ERROR &&
	    (tx.status & STA_UNSYNC) == 0;
}

void
clock_boot_id(char out[static CLOCK_BOOT_ID + 1])
{
	struct bw_buf b = BW_BUF_INIT(64);

	out[0] = '\0';
	if (file_read(BOOT_ID, &b) == BW_OK && b.len >= CLOCK_BOOT_ID) {
		memcpy(out, b.ptr, CLOCK_BOOT_ID);
		out[CLOCK_BOOT_ID] = '\0';
	}
	bw_buf_free(&b);
}
