// SPDX-License-Identifier: Apache-2.0
/*
 * wallclock.c - LD_PRELOADed, it moves a program's wall clock by the seconds
 * that stand in the file $WALLCLOCK, read at each look, and says that the
 * clock is synchronised when the file ends in "ntp".
 */
#include <sys/timex.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static long
shift(int *synced)
{
	const char *path = getenv("WALLCLOCK");
	char text[64] = "";
	ssize_t n = -1;
	int fd = path != NULL ? open(path, O_RDONLY | O_CLOEXEC) : -1;

	if (fd != -1) {
		n = read(fd, text, sizeof(text) - 1);
		close(fd);
	}
	if (n <= 0)
		return 0;
	*synced = strstr(text, "ntp") != NULL;
	return strtol(text, NULL, 10);
}

int
clock_gettime(clockid_t id, struct timespec *ts)
{
	int r = (int)syscall(SYS_clock_gettime, id, ts), synced = 0;

	if (r == 0 && id == CLOCK_REALTIME)
		ts->tv_sec += shift(&synced);
	return r;
}

int
adjtimex(struct timex *tx)
{
	int synced = 0;

	shift(&synced);
	memset(tx, 0, sizeof(*tx));
	tx->status = synced ? 0 : STA_UNSYNC;
	return synced ? TIME_OK : TIME_ERROR;
}
