// SPDX-License-Identifier: Apache-2.0
/*
 * synckill.c - LD_PRELOADed, it kills the program when it has synced data as
 * often as the file $SYNCKILL says, counted from when that file is there. The
 * file goes with the program. With an s behind the number, as in "1s", it does
 * not kill the program: that sync takes until somebody removes the file, which
 * is then called $SYNCKILL.here.
 */
#include <sys/syscall.h>

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int fdatasync(int fd);

/* 0: the file is not there. */
static int
wanted(const char *path, bool *slow)
{
	char text[16] = "";
	ssize_t n = -1;
	int fd = path != NULL ? open(path, O_RDONLY | O_CLOEXEC) : -1;

	if (fd != -1) {
		n = read(fd, text, sizeof(text) - 1);
		close(fd);
	}
	*slow = strchr(text, 's') != NULL;
	return n > 0 ? atoi(text) : 0;
}

static void
be_slow(const char *path)
{
	char here[300];

	snprintf(here, sizeof(here), "%s.here", path);
	if (rename(path, here) != 0)
		return;
	while (access(here, F_OK) == 0)
		usleep(1000);
}

int
fdatasync(int fd)
{
	static int done;
	const char *path = getenv("SYNCKILL");
	bool slow;
	int n = wanted(path, &slow);
	int r = (int)syscall(SYS_fdatasync, fd);

	if (n == 0 || ++done < n)
		return r;
	done = 0;
	if (slow) {
		be_slow(path);
		return r;
	}
	unlink(path);
	kill(getpid(), SIGKILL);
	return r;
}
