// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <libudev.h>
#include <linux/io_uring.h>
#include <linux/netlink.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#include "guard/guard.h"

extern char **environ;

#define DIES 250	/* by SIGSYS; else an errno */
#define LOCAL 5		/* beside the roles: guard_local alone */

static int
err(long r)
{
	return r == -1 ? errno : 0;
}

static int inet(void) { return err(socket(AF_INET, SOCK_STREAM, 0)); }
static int inet6(void) { return err(socket(AF_INET6, SOCK_DGRAM, 0)); }
static int packet(void) { return err(socket(AF_PACKET, SOCK_RAW, 0)); }
static int vsock(void) { return err(socket(AF_VSOCK, SOCK_STREAM, 0)); }
static int local(void) { return err(socket(AF_UNIX, SOCK_STREAM, 0)); }

/* The kernel looks at the lower half only. */
static int
inet_in_disguise(void)
{
	return err(syscall(SYS_socket, 0x100000000L | AF_INET, SOCK_STREAM,
	    0));
}

static int
routes(void)
{
	return err(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE));
}

/* As SDL and libusb hear of what is plugged in. */
static int
hotplug(void)
{
	struct udev *u = udev_new();
	struct udev_monitor *m = udev_monitor_new_from_netlink(u, "udev");
	int e = m == NULL ? errno : 0;

	if (m != NULL)
		e = -udev_monitor_enable_receiving(m);
	udev_monitor_unref(m);
	udev_unref(u);
	return e;
}

static int
process(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	return err(pid);
}

static int
spawn(void)
{
	char name[] = "true", *const argv[] = { name, NULL };

	return posix_spawn(&(pid_t){ 0 }, "/bin/true", NULL, NULL, argv,
	    environ);
}

static void *
nothing(void *arg)
{
	return arg;
}

static int
thread(void)
{
	pthread_t t;
	int e = pthread_create(&t, NULL, nothing, NULL);

	return e != 0 ? e : pthread_join(t, NULL);
}

static int
execute(void)
{
	char name[] = "true", *const argv[] = { name, NULL };

	return err(execve("/bin/true", argv, environ));
}

static int
execute_at(void)
{
	char name[] = "true", *const argv[] = { name, NULL };

	return err(syscall(SYS_execveat, AT_FDCWD, "/bin/true", argv, environ,
	    0));
}

static int
trace(void)
{
	return err(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL));
}

static int
peek(void)
{
	return err(syscall(SYS_process_vm_readv, getppid(), NULL, 0, NULL, 0,
	    0));
}

static int unshared(void) { return err(unshare(CLONE_NEWUSER)); }
static int bpf(void) { return err(syscall(SYS_bpf, 0, NULL, 0)); }

static int
ring(void)
{
	struct io_uring_params p = { 0 };

	return err(syscall(SYS_io_uring_setup, 1, &p));
}

/* As the C library makes a process; with too short an argument none comes. */
static int
clone_by_struct(void)
{
	char args[8] = { 0 };

	return err(syscall(SYS_clone3, args, sizeof(args)));
}

static int end_parent(void) { return err(kill(getppid(), SIGCONT)); }
static int kill_nobody(void) { return err(kill(0x3fffffff, SIGKILL)); }

static int
signal_parent(void)
{
	return err(syscall(SYS_tgkill, getppid(), getppid(), SIGCONT));
}

static int type(void) { return err(ioctl(0, TIOCSTI, "x")); }

static int
make_file(void)
{
	char name[64];

	snprintf(name, sizeof(name), "/tmp/badgeward-guard-%d", getpid());
	if (open(name, O_CREAT | O_EXCL | O_WRONLY, 0600) == -1)
		return errno;
	return err(unlink(name));
}

static int
nameless_file(void)
{
	return err(open("/tmp", O_TMPFILE | O_WRONLY, 0600));
}

static int
device(void)
{
	return err(open("/dev/null", O_RDWR | O_NOCTTY | O_NONBLOCK));
}

static int become(void) { return err(syscall(SYS_setuid, 65534)); }

static int
no_new_privileges(void)
{
	struct rlimit core;

	if (getrlimit(RLIMIT_CORE, &core) == -1 || core.rlim_cur != 0)
		return 1;
	return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 ? 0 : 2;
}

/* By one of the same user; and never a core. */
static int
dumpable(void)
{
	return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0);
}

static const struct attempt {
	const char *name;
	int (*make)(void);
	int reader, kiosk, uplink, local;
} attempts[] = {
#define ALL(e) (e), (e), (e)
#define NOT_FAMILY EAFNOSUPPORT
	{ "inet", inet, NOT_FAMILY, NOT_FAMILY, 0, NOT_FAMILY },
	{ "inet in disguise", inet_in_disguise, NOT_FAMILY, NOT_FAMILY, 0,
	    NOT_FAMILY },
	{ "inet6", inet6, NOT_FAMILY, NOT_FAMILY, -1, NOT_FAMILY },
	{ "packet", packet, ALL(NOT_FAMILY), NOT_FAMILY },
	{ "vsock", vsock, ALL(NOT_FAMILY), NOT_FAMILY },
	{ "local", local, ALL(0), 0 },
	{ "routes", routes, NOT_FAMILY, NOT_FAMILY, 0, 0 },
	{ "hotplug", hotplug, 0, 0, NOT_FAMILY, 0 },
	{ "process", process, ALL(EPERM), 0 },
	{ "spawn", spawn, ALL(EPERM), 0 },
	{ "thread", thread, ALL(0), 0 },
	{ "execute", execute, ALL(DIES), 0 },
	{ "execute at", execute_at, ALL(DIES), 0 },
	{ "trace", trace, ALL(DIES), -1 },
	{ "peek", peek, ALL(DIES), -1 },
	{ "unshare", unshared, ALL(DIES), -1 },
	{ "bpf", bpf, ALL(DIES), -1 },
	{ "io_uring", ring, ALL(ENOSYS), ENOSYS },
	{ "clone3", clone_by_struct, ALL(ENOSYS), ENOSYS },
	{ "end the parent", end_parent, ENOSYS, EPERM, ENOSYS, 0 },
	{ "kill", kill_nobody, ENOSYS, ESRCH, ENOSYS, ESRCH },
	{ "signal the parent", signal_parent, ALL(EPERM), 0 },
	{ "type", type, ALL(EPERM), -1 },
	{ "make a file", make_file, EACCES, 0, 0, 0 },
	{ "a nameless file", nameless_file, EACCES, 0, 0, 0 },
	{ "open a device", device, ALL(0), 0 },
	{ "become another", become, ALL(ENOSYS), -1 },
	{ "no new privileges", no_new_privileges, ALL(0), 0 },
	{ "dumpable", dumpable, ALL(0), 0 },
};

/* In a child, for there is no way back. */
static int
outcome(const struct attempt *a, int role)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		bw_err r = role == LOCAL ? guard_local() :
		    guard_enter((enum guard_role)role);

		_exit(r != BW_OK ? 249 : a->make());
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFSIGNALED(status))
		return WTERMSIG(status) == SIGSYS ? DIES : 248;
	return WEXITSTATUS(status);
}

/* What ends the others ends it too, and it has no call that needs a file. */
static int
made_by_picture(const struct attempt *a, bool letters)
{
	static int (*const others[])(void) = { process, spawn, thread,
		no_new_privileges, dumpable, signal_parent };

	if (a->reader == DIES)
		return DIES;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (a->make == others[i])
			return a->reader;
	if (letters && (a->make == device || a->make == make_file ||
	    a->make == nameless_file))
		return a->reader;
	return a->make == hotplug ? -1 : ENOSYS;
}

static int
check(int role)
{
	int wrong = 0;

	for (size_t i = 0; i < sizeof(attempts) / sizeof(attempts[0]); i++) {
		const struct attempt *a = &attempts[i];
		const int picture = made_by_picture(a, false);
		const int letters = made_by_picture(a, true);
		const int wanted[] = { a->reader, a->kiosk, a->uplink,
			picture, letters, a->local };
		int got;

		if (wanted[role] == -1)
			continue;
		if ((got = outcome(a, role)) == wanted[role])
			continue;
		print_message("%s: %d instead of %d\n", a->name, got,
		    wanted[role]);
		wrong++;
	}
	return wrong;
}

static void
a_list_of_calls(int role)
{
#ifdef BW_SANITIZE
	print_message("a sanitizer needs other calls: no list\n");
	skip();
#endif
	assert_int_equal(check(role), 0);
}

static void
reader(void **state)
{
	(void)state;
	a_list_of_calls(GUARD_READER);
}

static void
kiosk(void **state)
{
	(void)state;
	a_list_of_calls(GUARD_KIOSK);
}

static void
uplink(void **state)
{
	(void)state;
	a_list_of_calls(GUARD_UPLINK);
}

static void
picture(void **state)
{
	(void)state;
	a_list_of_calls(GUARD_PICTURE);
	a_list_of_calls(GUARD_LETTERS);
}

static void
what_the_kiosk_starts(void **state)
{
	(void)state;
	assert_int_equal(check(LOCAL), 0);
}

/* For what goes on as before; and what it starts inherits the limit. */
static int
memory_kept(void)
{
	struct rlimit core;

	if (guard_memory() != BW_OK)
		return 1;
	if (getrlimit(RLIMIT_CORE, &core) == -1 || core.rlim_cur != 0 ||
	    core.rlim_max != 0)
		return 2;
	if (dumpable() != 0)
		return 3;
	return inet() == 0 && process() == 0 ? 0 : 4;
}

static void
memory_alone(void **state)
{
	int status = 0;
	pid_t pid = fork();

	(void)state;
	if (pid == 0)
		_exit(memory_kept());
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reader),
		cmocka_unit_test(kiosk),
		cmocka_unit_test(uplink),
		cmocka_unit_test(picture),
		cmocka_unit_test(what_the_kiosk_starts),
		cmocka_unit_test(memory_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
