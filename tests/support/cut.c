// SPDX-License-Identifier: Apache-2.0
/*
 * cut.c - LD_PRELOADed into the program that $CUT_WHO names, it is the power
 * that goes: instead of the N-th call that would change what is on the disk, N
 * being what the file $CUT says when the program makes its first one, it kills
 * the program. With an e behind the number, as in "7e", that call fails with
 * EIO, and the program lives. Either way the file goes first: it is still there
 * when the program made fewer calls.
 */
#include <sys/stat.h>
#include <sys/syscall.h>

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The headers may give these other names and checks. */
#undef open
#undef open64
#undef openat
#undef openat64
int open(const char *path, int flags, ...);
int open64(const char *path, int flags, ...);
int openat(int dir, const char *path, int flags, ...);
int openat64(int dir, const char *path, int flags, ...);

/* 0: never. */
static long
wanted(const char *path, bool *fails)
{
	char text[16] = "";
	ssize_t n = -1;
	int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY);

	if (fd != -1) {
		n = read(fd, text, sizeof(text) - 1);
		close(fd);
	}
	*fails = strchr(text, 'e') != NULL;
	return n > 0 ? atol(text) : 0;
}

/* True: the call is to fail. */
static bool
cut(void)
{
	static long left = -1;
	static bool fails;
	const char *path = getenv("CUT"), *who = getenv("CUT_WHO");

	if (path == NULL || who == NULL ||
	    strcmp(program_invocation_short_name, who) != 0)
		return false;
	if (left == -1)
		left = wanted(path, &fails);
	if (left == 0 || --left > 0)
		return false;
	(void)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
	if (!fails)
		kill(getpid(), SIGKILL);
	errno = EIO;
	return true;
}

static int
open_at(int dir, const char *path, int flags, va_list ap)
{
	unsigned mode = (flags & O_CREAT) != 0 ? va_arg(ap, unsigned) : 0;

	if ((flags & O_ACCMODE) != O_RDONLY && cut())
		return -1;
	return (int)syscall(SYS_openat, dir, path, flags, mode);
}

#define OPEN(name)							\
	int name(const char *path, int flags, ...)			\
	{								\
		va_list ap;						\
		int fd;							\
									\
		va_start(ap, flags);					\
		fd = open_at(AT_FDCWD, path, flags, ap);		\
		va_end(ap);						\
		return fd;						\
	}
#define OPENAT(name)							\
	int name(int dir, const char *path, int flags, ...)		\
	{								\
		va_list ap;						\
		int fd;							\
									\
		va_start(ap, flags);					\
		fd = open_at(dir, path, flags, ap);			\
		va_end(ap);						\
		return fd;						\
	}

OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

#define CALL(...) return cut() ? -1 : (int)syscall(__VA_ARGS__)

int
rename(const char *from, const char *to)
{
	CALL(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int
renameat2(int from_dir, const char *from, int to_dir, const char *to,
    unsigned flags)
{
	CALL(SYS_renameat2, from_dir, from, to_dir, to, flags);
}

int
unlink(const char *path)
{
	CALL(SYS_unlinkat, AT_FDCWD, path, 0);
}

int
fsync(int fd)
{
	CALL(SYS_fsync, fd);
}

int
fdatasync(int fd)
{
	CALL(SYS_fdatasync, fd);
}

int
ftruncate64(int fd, off64_t len)
{
	CALL(SYS_ftruncate, fd, len);
}

int
mkdir(const char *path, mode_t mode)
{
	CALL(SYS_mkdirat, AT_FDCWD, path, mode);
}
