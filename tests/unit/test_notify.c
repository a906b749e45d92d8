// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>

#include <stdio.h>
#include <unistd.h>

#include "base/notify.h"

#define NO_WATCHDOG 50
#define LEFT_OVER 60

static int fd;		/* where the service manager listens */
static char name[64];

static int
listen_at(void **state)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	const bool abstract = *state != NULL;

	snprintf(name, sizeof(name), abstract ? "@badgeward-notify-%d" :
	    "/tmp/badgeward-notify-%d", (int)getpid());
	memcpy(a.sun_path, name, strlen(name));
	if (abstract)
		a.sun_path[0] = '\0';
	else
		unlink(name);
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
	return bind(fd, (struct sockaddr *)&a, (socklen_t)(offsetof(
	    struct sockaddr_un, sun_path) + strlen(name)));
}

static int
listen_no_more(void **state)
{
	(void)state;
	unlink(name);
	unsetenv("NOTIFY_SOCKET");
	unsetenv("WATCHDOG_USEC");
	unsetenv("WATCHDOG_PID");
	return close(fd);
}

/* What a process says; it has one voice, so each has a process of its own.
 * Then how many seconds it may wait, or one of the above. */
static int
speak(void)
{
	int due;

	notify_open();
	if (getenv("NOTIFY_SOCKET") != NULL || getenv("WATCHDOG_USEC") != NULL
	    || getenv("WATCHDOG_PID") != NULL)
		return LEFT_OVER;
	notify_alive();
	notify_ready();
	notify_ready();
	notify_status("%d uploads wait\nREADY=0", 2);
	notify_status("%d uploads wait", 2);
	notify_alive();	/* it is too early for another one */
	due = notify_due_ms();
	return due == -1 ? NO_WATCHDOG : (due + 999) / 1000;
}

static int
child_speaks(void)
{
	int status = -1;
	pid_t pid = fork();

	if (pid == 0)
		_exit(speak());
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
hear(const char *line)
{
	char got[256];
	ssize_t n = recv(fd, got, sizeof(got) - 1, 0);

	if (line == NULL) {
		assert_int_equal(n, -1);
		return;
	}
	assert_true(n > 0);
	got[n] = '\0';
	assert_string_equal(got, line);
}

static void
says_what_systemd_hears(void **state)
{
	(void)state;
	setenv("NOTIFY_SOCKET", name, 1);
	setenv("WATCHDOG_USEC", "40000000", 1);
	assert_int_equal(child_speaks(), 20);
	hear("WATCHDOG=1");
	hear("READY=1");
	hear("STATUS=2 uploads wait");
	hear(NULL);
}

static void
the_watchdog_of_another_is_not_fed(void **state)
{
	(void)state;
	setenv("NOTIFY_SOCKET", name, 1);
	setenv("WATCHDOG_USEC", "40000000", 1);
	setenv("WATCHDOG_PID", "1", 1);
	assert_int_equal(child_speaks(), NO_WATCHDOG);
	hear("READY=1");
	hear("STATUS=2 uploads wait");
	hear(NULL);
}

static void
without_a_manager_nothing_is_said(void **state)
{
	static const char *const bad[] = { "", "@", "relative", "/",
		("@012345678901234567890123456789012345678901234567890123456789"
		"012345678901234567890123456789012345678901234567890") };

	(void)state;
	assert_int_equal(child_speaks(), NO_WATCHDOG);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		setenv("NOTIFY_SOCKET", bad[i], 1);
		setenv("WATCHDOG_USEC", "40000000", 1);
		assert_int_equal(child_speaks(), NO_WATCHDOG);
	}
	hear(NULL);
}

int
main(void)
{
	static char abstract;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(says_what_systemd_hears,
		    listen_at, listen_no_more),
		cmocka_unit_test_prestate_setup_teardown(
		    says_what_systemd_hears, listen_at, listen_no_more,
		    &abstract),
		cmocka_unit_test_setup_teardown(
		    the_watchdog_of_another_is_not_fed, listen_at,
		    listen_no_more),
		cmocka_unit_test_setup_teardown(
		    without_a_manager_nothing_is_said, listen_at,
		    listen_no_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
