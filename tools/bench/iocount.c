// SPDX-License-Identifier: Apache-2.0
/*
 * iocount.c - LD_PRELOADed, it counts what programs hand to files, in the file
 * $IOCOUNT: six numbers of 64 bits in the machine's order, all bytes written
 * and all syncs, those of folders too, the same of the journal and its WAL
 * alone, the syncs of its undo, and when the journal was synced last, in µs of
 * CLOCK_MONOTONIC.
 */
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

ssize_t write(int fd, const void *p, size_t n);
ssize_t pwrite(int fd, const void *p, size_t n, off_t at);
ssize_t pwrite64(int fd, const void *p, size_t n, off_t at);
int fsync(int fd);
int fdatasync(int fd);

enum { BYTES, SYNCS, JOURNAL_BYTES, JOURNAL_SYNCS, UNDO_SYNCS, SYNCED_AT,
	COUNTS };

static _Atomic uint64_t *
counts(void)
{
	static _Atomic uint64_t *at;
	const char *path = getenv("IOCOUNT");
	int fd;
	void *p;

	if (at != NULL || path == NULL)
		return at;
	if ((fd = open(path, O_RDWR | O_CLOEXEC)) == -1)
		return NULL;
	p = mmap(NULL, COUNTS * sizeof(*at), PROT_READ | PROT_WRITE,
	    MAP_SHARED, fd, 0);
	close(fd);
	return at = p != MAP_FAILED ? p : NULL;
}

static bool
ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

static uint64_t
now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000000 + (uint64_t)ts.tv_nsec / 1000;
}

static void
count(int fd, uint64_t bytes, uint64_t syncs)
{
	_Atomic uint64_t *c = counts();
	char link[40], path[512];
	struct stat st;
	ssize_t n;

	if (c == NULL || fstat(fd, &st) != 0 ||
	    (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode)))
		return;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	n = readlink(link, path, sizeof(path) - 1);
	path[n > 0 ? n : 0] = '\0';
	c[BYTES] += bytes;
	c[SYNCS] += syncs;
	if (ends_with(path, "/journal.db") || ends_with(path, "-wal")) {
		c[JOURNAL_BYTES] += bytes;
		c[JOURNAL_SYNCS] += syncs;
		if (syncs != 0)
			c[SYNCED_AT] = now();
	} else if (ends_with(path, "/journal.db-undo"))
		c[UNDO_SYNCS] += syncs;
}

ssize_t
write(int fd, const void *p, size_t n)
{
	ssize_t did = syscall(SYS_write, fd, p, n);

	if (did > 0)
		count(fd, (uint64_t)did, 0);
	return did;
}

ssize_t
pwrite(int fd, const void *p, size_t n, off_t at)
{
	ssize_t did = syscall(SYS_pwrite64, fd, p, n, at);

	if (did > 0)
		count(fd, (uint64_t)did, 0);
	return did;
}

ssize_t
pwrite64(int fd, const void *p, size_t n, off_t at)
{
	return pwrite(fd, p, n, at);
}

int
fsync(int fd)
{
	int r = (int)syscall(SYS_fsync, fd);

	count(fd, 0, 1);
	return r;
}

int
fdatasync(int fd)
{
	int r = (int)syscall(SYS_fdatasync, fd);

	count(fd, 0, 1);
	return r;
}
