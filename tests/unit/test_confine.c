// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <sys/xattr.h>

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#include "speech/confine.h"

#define SETXATTRAT 463		/* newer than the C library */

/* Of this run alone: the same test of another build may run beside it. */
static char key[64], other[64], folder[64];

static bool
refused(const char *path, int flags)
{
	int fd = open(path, flags, 0600);

	if (fd != -1)
		close(fd);
	return fd == -1 && errno == EACCES;
}

/* What changes a file without opening it. */
static bool
is_unchanged(void)
{
	struct stat st;

	return truncate(key, 0) == -1 && errno == EACCES &&
	    chmod(key, 0777) == -1 && errno == EACCES &&
	    chown(key, getuid(), getgid()) == -1 && errno == EACCES &&
	    utimes(key, NULL) == -1 && errno == EACCES &&
	    setxattr(key, "user.x", "", 0, 0) == -1 && errno == EACCES &&
	    syscall(SETXATTRAT, AT_FDCWD, key, 0, NULL, NULL, 0) == -1 &&
	    errno == EACCES &&
	    stat(key, &st) == 0 && st.st_size == 1 &&
	    (st.st_mode & 0777) == 0600;
}

/* In a child, for there is no way back: 0 when all is as it must be, else the
 * number of what is not. */
static int
inside(void)
{
	struct rlimit core;
	bw_err r = confine();

	if (r == BW_ERR_NOTFOUND)
		return 77;
	if (r != BW_OK)
		return 1;
	if (!refused(key, O_RDONLY) || !refused(key, O_WRONLY))
		return 2;
	if (!refused(other, O_WRONLY | O_CREAT))
		return 3;
	if (!refused("/usr/new", O_WRONLY | O_CREAT) || unlink(key) == 0 ||
	    mkdir(folder, 0700) == 0)
		return 4;
	if (socket(AF_INET, SOCK_STREAM, 0) != -1 || errno != EAFNOSUPPORT ||
	    socket(AF_INET6, SOCK_DGRAM, 0) != -1 ||
	    socket(AF_NETLINK, SOCK_RAW, 0) != -1)
		return 9;
	if (!is_unchanged())
		return 11;
	/* The reader is behind such a one. */
	if (socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0) != -1 ||
	    errno != ESOCKTNOSUPPORT)
		return 12;
	/* Keys, touches and the screen are devices too. */
	if (!refused("/dev/tty", O_RDONLY) || !refused("/dev/full", O_WRONLY))
		return 13;
	/* What a voice needs. */
	if (socket(AF_UNIX, SOCK_STREAM, 0) == -1)
		return 10;
	if (open("/usr/lib/os-release", O_RDONLY) == -1)
		return 5;
	if (open("/dev/null", O_RDWR) == -1)
		return 6;
	if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1)
		return 7;
	if (getrlimit(RLIMIT_CORE, &core) == -1 || core.rlim_cur != 0)
		return 8;
	return 0;
}

static void
no_file_but_what_a_voice_needs(void **state)
{
	const int me = (int)getpid();
	pid_t pid;
	int status, fd;

	(void)state;
	snprintf(key, sizeof(key), "/tmp/test_confine-%d", me);
	snprintf(other, sizeof(other), "/tmp/test_confine-%d.other", me);
	snprintf(folder, sizeof(folder), "/tmp/test_confine-%d.d", me);
	fd = open(key, O_RDWR | O_CREAT, 0600);
	assert_true(fd != -1);
	assert_int_equal(write(fd, "k", 1), 1);
	close(fd);
	if ((pid = fork()) == 0)
		_exit(inside());
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	unlink(key);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == 77)
		skip();
	assert_int_equal(WEXITSTATUS(status), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_file_but_what_a_voice_needs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
