// SPDX-License-Identifier: Apache-2.0
#include "kiosk/clock_world.h"

#include <sys/stat.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/file.h"

/* timesyncd touches it whenever it has set the clock (systemd-timesyncd(8)).
 * The kernel's own flag stays unset with a battery clock in local time. */
#define TOUCHED "/run/systemd/timesync/synchronized"
#define RTCS 4

static int64_t
touched(void)
{
	struct stat st;

	return stat(TOUCHED, &st) == 0 ? (int64_t)st.st_mtime : 0;
}

static int64_t
number(const char *name, unsigned i)
{
	struct bw_buf b = BW_BUF_INIT(32);
	char path[FILE_PATH_MAX];
	const char *s;
	int64_t n = 0;

	snprintf(path, sizeof(path), "/sys/class/rtc/rtc%u/%s", i, name);
	if (file_read(path, &b) == BW_OK && bw_buf_cstr(&b, &s) == BW_OK)
		n = strtoll(s, NULL, 10);
	bw_buf_free(&b);
	return n;
}

/* The time of the one from which the kernel set the clock at boot, s; 0: there
 * is none. */
static int64_t
rtc_time(void)
{
	for (unsigned i = 0; i < RTCS; i++)
		if (number("hctosys", i) == 1)
			return number("since_epoch", i);
	return 0;
}

void
clock_world_read(struct clock_world *w, bool rtc)
{
	*w = (struct clock_world){ .boot = clock_boot_ms(),
		.wall = clock_wall_ms(), .kernel = clock_synchronised(),
		.built = BW_BUILT };
	if (!w->kernel)
		w->touched = touched();
	if (rtc)
		w->rtc = rtc_time();
}
