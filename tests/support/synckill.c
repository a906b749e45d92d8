// SPDX-License-Identifier: Apache-2.0
/*
 * synckill.c - LD_PRELOADed, it kills the program when it has synced data as
 * often as the file $SYNCKILL says, counted from when that file is there. The
 * file goes with the program.
 */
#include <sys/syscall.h>

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

int fdatasync(int fd);

/* 0: the file is not there. */
static int
wanted(const char *path)
{
	char text[16] = "";
	ssize_t n = -1;
	int fd = path != NULL ? open(path, O_RDONLY | O_CLOEXEC) : -1;

	if (fd != -1) {
		n = read(fd, text, sizeof(text) - 1);
		close(fd);
	}
	return n > 0 ? atoi(text) : 0;
}

int
fdatasync(int fd)
{
	static int done;
	const char *path = getenv("SYNCKILL");
	int n = wanted(path), r = (int)syscall(SYS_fdatasync, fd);

	if (n == 0 || ++done < n)
		return r;
	unlink(path);
	kill(getpid(), SIGKILL);
	return r;
}
