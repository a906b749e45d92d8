// SPDX-License-Identifier: Apache-2.0
#include "host/preview_run.h"

#include <sys/mman.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <unistd.h>

#include "base/clock.h"

extern char **environ;

/* As a file in memory: nobody has to write while the other one reads. */
static int
input(const uint8_t *ptr, size_t len)
{
	int fd = memfd_create("part", MFD_CLOEXEC);
	size_t at = 0;

	while (fd != -1 && at < len) {
		ssize_t n = write(fd, ptr + at, len - at);

		if (n > 0)
			at += (size_t)n;
		else if (errno != EINTR)
			break;
	}
	if (fd != -1 && (at < len || lseek(fd, 0, SEEK_SET) == -1)) {
		close(fd);
		fd = -1;
	}
	return fd;
}

/* Without the host's blocked and ignored signals. */
static bw_err
start(char *const *argv, int in, int out, pid_t *pid)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t how;
	sigset_t none, all;
	int e;

	sigemptyset(&none);
	sigfillset(&all);
	if (posix_spawn_file_actions_init(&files) != 0)
		return BW_ERR_NOMEM;
	if (posix_spawnattr_init(&how) != 0) {
		posix_spawn_file_actions_destroy(&files);
		return BW_ERR_NOMEM;
	}
	if ((e = posix_spawn_file_actions_adddup2(&files, in, 0)) == 0 &&
	    (e = posix_spawn_file_actions_adddup2(&files, out, 1)) == 0 &&
	    (e = posix_spawnattr_setsigmask(&how, &none)) == 0 &&
	    (e = posix_spawnattr_setsigdefault(&how, &all)) == 0 &&
	    (e = posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK |
	    POSIX_SPAWN_SETSIGDEF)) == 0)
		e = posix_spawn(pid, argv[0], &files, &how, argv, environ);
	posix_spawnattr_destroy(&how);
	posix_spawn_file_actions_destroy(&files);
	if (e == ENOENT)
		return BW_ERR_NOTFOUND;
	return e == 0 ? BW_OK : e == ENOMEM ? BW_ERR_NOMEM : BW_ERR_IO;
}

/* Up to its end. */
static bw_err
take(int fd, int64_t until, struct bw_buf *out)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	uint8_t some[65536];
	int64_t left;
	ssize_t n;
	bw_err r = BW_OK;

	while (r == BW_OK) {
		if ((left = until - clock_mono_ms()) <= 0)
			return BW_ERR_TIMEOUT;
		if (poll(&p, 1, (int)left) <= 0)
			continue;
		n = read(fd, some, sizeof(some));
		if (n == 0)
			return BW_OK;
		if (n > 0)
			r = bw_buf_put(out, some, (size_t)n);
		else if (errno != EINTR)
			r = BW_ERR_IO;
	}
	return r;
}

/* It has closed its output, or is not waited for any more. */
static bw_err
end(pid_t pid, bw_err r)
{
	int status = -1;

	if (r != BW_OK)
		kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) == -1)
		if (errno != EINTR)
			return BW_ERR_IO;
	if (r != BW_OK)
		return r;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		return BW_ERR_NOTFOUND;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? BW_OK :
	    BW_ERR_FORMAT;
}

bw_err
preview_run(char *const *argv, const void *in, size_t len, int ms,
    struct bw_buf *out)
{
	int64_t until = clock_mono_ms() + ms;
	int part = -1, fd[2] = { -1, -1 };
	pid_t pid;
	bw_err r = BW_ERR_IO;

	if ((part = input(in, len)) == -1 || pipe2(fd, O_CLOEXEC) != 0)
		goto out;
	r = start(argv, part, fd[1], &pid);
	close(fd[1]);
	fd[1] = -1;
	if (r == BW_OK)
		r = end(pid, take(fd[0], until, out));
out:
	for (int i = 0; i < 2; i++)
		if (fd[i] != -1)
			close(fd[i]);
	if (part != -1)
		close(part);
	return r;
}
