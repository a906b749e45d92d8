// SPDX-License-Identifier: Apache-2.0
#include "tests/support/dying.h"

#include <sys/syscall.h>
#include <sys/wait.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "tests/support/unit.h"

static unsigned left;	/* changes until it is killed; 0: never */

static void
change(void)
{
	if (left != 0 && --left == 0)
		kill(getpid(), SIGKILL);
}

bool
dying_at(unsigned nth, bool (*fn)(void *arg), void *arg)
{
	pid_t pid = fork();
	int status;

	assert_true(pid >= 0);
	if (pid == 0) {
		left = nth;
		_exit(fn(arg) ? 0 : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFSIGNALED(status)) {
		assert_int_equal(WTERMSIG(status), SIGKILL);
		return true;
	}
	assert_int_equal(WEXITSTATUS(status), 0);
	return false;
}

/* The program's own stand in front of the C library's, for SQLite too. */

ssize_t
write(int fd, const void *p, size_t n)
{
	change();
	return syscall(SYS_write, fd, p, n);
}

ssize_t
pwrite(int fd, const void *p, size_t n, off_t at)
{
	change();
	return syscall(SYS_pwrite64, fd, p, n, at);
}

ssize_t pwrite64(int fd, const void *p, size_t n, off_t at);
ssize_t
pwrite64(int fd, const void *p, size_t n, off_t at)
{
	return pwrite(fd, p, n, at);
}

int
ftruncate(int fd, off_t size)
{
	change();
	return (int)syscall(SYS_ftruncate, fd, size);
}

int ftruncate64(int fd, off_t size);
int
ftruncate64(int fd, off_t size)
{
	return ftruncate(fd, size);
}

int
rename(const char *from, const char *to)
{
	change();
	return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int
unlink(const char *path)
{
	change();
	return (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}

/* A kill takes nothing back that was written: a sync is a moment, and no work. */
int
fsync(int fd)
{
	(void)fd;
	change();
	return 0;
}

int
fdatasync(int fd)
{
	return fsync(fd);
}
