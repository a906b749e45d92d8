// SPDX-License-Identifier: Apache-2.0
/*
 * stopread.c - LD_PRELOADed, it stops the program (SIGSTOP) just before it
 * reads from a terminal that has something to say, once for every time that
 * the file $STOPREAD is made.
 */
#include <sys/syscall.h>

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

ssize_t
read(int fd, void *buf, size_t n)
{
	const char *path = getenv("STOPREAD");

	if (path != NULL && isatty(fd) && unlink(path) == 0)
		raise(SIGSTOP);
	return (ssize_t)syscall(SYS_read, fd, buf, n);
}
