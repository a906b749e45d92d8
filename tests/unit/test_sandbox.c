// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <errno.h>
#include <linux/io_uring.h>
#include <unistd.h>

#include "kiosk/sandbox.h"

/* In a child, for there is no way back: 0 when all is as it must be, else the
 * number of what is not. */
static int
inside(void)
{
	static const int refused[] = { AF_INET, AF_INET6, AF_PACKET,
		AF_BLUETOOTH, AF_VSOCK };
	struct io_uring_params ring = { 0 };
	struct rlimit core;

	if (sandbox_enter() != BW_OK)
		return 1;
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		if (socket(refused[i], SOCK_STREAM, 0) != -1 ||
		    errno != EAFNOSUPPORT)
			return 2;
	if (socket(AF_UNIX, SOCK_STREAM, 0) == -1)
		return 3;
	if (socket(AF_NETLINK, SOCK_RAW, 15) == -1)
		return 4;
	if (syscall(__NR_io_uring_setup, 1, &ring) != -1 || errno != ENOSYS)
		return 5;
	if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1)
		return 6;
	if (getrlimit(RLIMIT_CORE, &core) == -1 || core.rlim_cur != 0)
		return 7;
	return 0;
}

static void
local_sockets_only(void **state)
{
	pid_t pid = fork();
	int status;

	(void)state;
	if (pid == 0)
		_exit(inside());
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(local_sockets_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
