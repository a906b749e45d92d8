// SPDX-License-Identifier: Apache-2.0
/*
 * wallclock.c - LD_PRELOADed, it says what a program sees of the clock, so that
 * no test is at the mercy of what the machine's says.
 *
 * Without $WALLCLOCK the clock is the machine's, and synchronised. Else that
 * file says what is so, read at each look: by how many seconds the wall clock
 * is moved; then, each if it is so, "ntp": the clock is synchronised, and
 * "slept=SECONDS": so long the machine slept, the wall clock went on.
 * $WALLCLOCK_ROOT has what else is looked at: sys/class/rtc/, run/systemd/
 * timesync/, and proc/sys/kernel/random/boot_id if it is to be another one;
 * without it there is neither of the first.
 */
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/timex.h>

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct clock {
	long shift, slept;
	int synced;
};

static struct clock
look(void)
{
	const char *path = getenv("WALLCLOCK"), *slept;
	struct clock c = { .synced = path == NULL };
	char text[64] = "";
	ssize_t n = -1;
	int fd;

	if (path == NULL)
		return c;
	fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
	if (fd != -1) {
		n = read(fd, text, sizeof(text) - 1);
		close(fd);
	}
	if (n <= 0)
		return c;
	c.shift = strtol(text, NULL, 10);
	c.synced = strstr(text, "ntp") != NULL;
	if ((slept = strstr(text, "slept=")) != NULL)
		c.slept = strtol(slept + 6, NULL, 10);
	return c;
}

int
clock_gettime(clockid_t id, struct timespec *ts)
{
	int r = (int)syscall(SYS_clock_gettime, id, ts);
	struct clock c;

	if (r != 0 || (id != CLOCK_REALTIME && id != CLOCK_BOOTTIME))
		return r;
	c = look();
	ts->tv_sec += c.slept + (id == CLOCK_REALTIME ? c.shift : 0);
	return r;
}

int
adjtimex(struct timex *tx)
{
	int synced = look().synced;

	memset(tx, 0, sizeof(*tx));
	tx->status = synced ? 0 : STA_UNSYNC;
	return synced ? TIME_OK : TIME_ERROR;
}

static int
begins(const char *path, const char *with)
{
	return strncmp(path, with, strlen(with)) == 0;
}

/* Where a file is looked for. */
static const char *
place(const char *path, char out[PATH_MAX])
{
	const char *root = getenv("WALLCLOCK_ROOT");

	if (root == NULL)
		root = "/nonexistent";
	snprintf(out, PATH_MAX, "%s%s", root, path);
	if (begins(path, "/sys/class/rtc/") ||
	    begins(path, "/run/systemd/timesync/") ||
	    (begins(path, "/proc/sys/kernel/random/boot_id") &&
	    access(out, F_OK) == 0))
		return out;
	return path;
}

int
open(const char *path, int flags, ...)
{
	char buf[PATH_MAX];
	mode_t mode = 0;
	va_list ap;

	if ((flags & (O_CREAT | O_TMPFILE)) != 0) {
		va_start(ap, flags);
		mode = va_arg(ap, mode_t);
		va_end(ap);
	}
	return (int)syscall(SYS_openat, AT_FDCWD, place(path, buf), flags,
	    mode);
}

int
stat(const char *path, struct stat *st)
{
	char buf[PATH_MAX];

	return fstatat(AT_FDCWD, place(path, buf), st, 0);
}
