// SPDX-License-Identifier: Apache-2.0
/*
 * slowsync.c - LD_PRELOADed, each sync of data takes $SLOWSYNC milliseconds
 * longer, as on a worn card: the program waits, and no processor works.
 */
#include <sys/syscall.h>

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

int fdatasync(int fd);

int
fdatasync(int fd)
{
	const char *text = getenv("SLOWSYNC");
	long ms = text != NULL ? atol(text) : 0;
	struct timespec wait = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&wait, NULL);
	return (int)syscall(SYS_fdatasync, fd);
}
