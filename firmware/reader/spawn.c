// SPDX-License-Identifier: Apache-2.0
#include "reader/spawn.h"

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "reader/ipc.h"

extern char **environ;

static bw_err
program_path(char out[static PATH_MAX])
{
	static const char name[] = "badgeward-reader";
	const char *env = getenv("BADGEWARD_READER");
	char *slash;
	ssize_t n;

	if (env != NULL)
		return snprintf(out, PATH_MAX, "%s", env) < PATH_MAX ?
		    BW_OK : BW_ERR_BOUND;
	n = readlink("/proc/self/exe", out, PATH_MAX - 1);
	if (n <= 0)
		return BW_ERR_IO;
	out[n] = '\0';
	if ((slash = strrchr(out, '/')) == NULL ||
	    (size_t)(slash + 1 - out) + sizeof(name) > PATH_MAX)
		return BW_ERR_BOUND;
	memcpy(slash + 1, name, sizeof(name));
	return BW_OK;
}

/* A group of its own: a Ctrl-C at the desk is for the kiosk, which then ends
 * the reader in good order. */
static int
set_attributes(posix_spawnattr_t *attr)
{
	sigset_t all, none;
	int e;

	sigfillset(&all);
	sigemptyset(&none);
	if ((e = posix_spawnattr_setflags(attr, POSIX_SPAWN_SETSIGDEF |
	    POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP)) != 0 ||
	    (e = posix_spawnattr_setsigdefault(attr, &all)) != 0 ||
	    (e = posix_spawnattr_setsigmask(attr, &none)) != 0)
		return e;
	return posix_spawnattr_setpgroup(attr, 0);
}

static int
set_descriptors(posix_spawn_file_actions_t *fa, int fd)
{
	int e;

	if ((e = posix_spawn_file_actions_adddup2(fa, fd, IPC_FD)) != 0 ||
	    (e = posix_spawn_file_actions_addopen(fa, STDIN_FILENO,
	    "/dev/null", O_RDONLY, 0)) != 0 ||
	    (e = posix_spawn_file_actions_addopen(fa, STDOUT_FILENO,
	    "/dev/null", O_WRONLY, 0)) != 0)
		return e;
	return posix_spawn_file_actions_addclosefrom_np(fa, IPC_FD + 1);
}

bw_err
spawn_reader(pid_t *pid, char *connstring, int fd)
{
	char path[PATH_MAX], name[] = "badgeward-reader";
	char *const argv[] = { name, connstring, NULL };
	posix_spawn_file_actions_t fa;
	posix_spawnattr_t attr;
	bw_err r;
	int e;

	*pid = 0;
	if ((r = program_path(path)) != BW_OK)
		return r;
	if (posix_spawn_file_actions_init(&fa) != 0)
		return BW_ERR_NOMEM;
	if (posix_spawnattr_init(&attr) != 0) {
		posix_spawn_file_actions_destroy(&fa);
		return BW_ERR_NOMEM;
	}
	if ((e = set_attributes(&attr)) == 0 &&
	    (e = set_descriptors(&fa, fd)) == 0)
		e = posix_spawn(pid, path, &fa, &attr, argv, environ);
	if (e != 0) {
		*pid = 0;
		log_error("%s does not start: %s", path, strerror(e));
	}
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&fa);
	return e == 0 ? BW_OK : BW_ERR_IO;
}
