// SPDX-License-Identifier: Apache-2.0
/*
 * failcall - runs a program of ours and lets the Nth of its system calls fail.
 *
 *	failcall count FILE NAME CALL... -- PROGRAM ARG...
 *	failcall fail FILE NAME CALL ERRNO NTH[+] -- PROGRAM ARG...
 *
 * Calls count that are made under NAME, of PROGRAM and of all that it starts:
 * badgeward-kiosk, badgeward-reader and so on, cut off after 15 letters as the
 * kernel does; from its first call of umask, prctl or close_range on, which is
 * where the loader has done its work, and anew when it executes itself. Counts
 * go to FILE as lines "CALL NUMBER" when the last process has ended; `fail`
 * writes a line there as soon as the call was refused. With a + every later one
 * is refused too.
 *
 * The kernel asks by a filter (SECCOMP_RET_USER_NOTIF) that is there before the
 * program and its own filters are. PROGRAM keeps the process it would have had;
 * who answers the kernel is nobody's child.
 */
#include <sys/mman.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define CALLS_MAX 120
#define NAME_MAX_KERNEL 15
#define NOT_YET (-1)
#define NEVER (-2)

/* What our programs call early and a loader does not. */
static const int first_calls[] = { SYS_execve, SYS_umask, SYS_prctl,
	SYS_close_range };
#define FIRST_CALLS (sizeof(first_calls) / sizeof(first_calls[0]))

struct plan {
	const char *file, *name;
	const char *call[CALLS_MAX];
	int nr[CALLS_MAX];
	long done[CALLS_MAX];
	size_t n;
	int error;		/* 0: only count */
	long nth;		/* from 1 */
	bool begun;		/* main() has */
	bool stay;		/* every later one too */
};

static void __attribute__((noreturn))
die(const char *what)
{
	fprintf(stderr, "failcall: %s: %s\n", what, strerror(errno));
	exit(125);
}

static void
add_call(struct plan *p, const char *call)
{
	int nr = seccomp_syscall_resolve_name(call);

	errno = EINVAL;
	if (nr < 0 || p->n == CALLS_MAX)
		die(call);
	p->call[p->n] = call;
	p->nr[p->n++] = nr;
}

/* --- the program's side --- */

/* If it is this call, the kernel asks. */
static unsigned short
ask_of(struct sock_filter f[static 2], int nr)
{
	f[0] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
	    (unsigned)nr, 0, 1);
	f[1] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K,
	    SECCOMP_RET_USER_NOTIF);
	return 2;
}

/* The listener that this process's filter has from now on. */
static int
install(const struct plan *p)
{
	struct sock_filter f[(CALLS_MAX + FIRST_CALLS) * 2 + 2];
	struct sock_fprog prog = { .filter = f };
	unsigned short n = 0;
	int fd;

	f[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
	    offsetof(struct seccomp_data, nr));
	for (size_t i = 0; i < p->n; i++)
		n += ask_of(f + n, p->nr[i]);
	for (size_t i = 0; i < FIRST_CALLS; i++)
		n += ask_of(f + n, first_calls[i]);
	f[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K,
	    SECCOMP_RET_ALLOW);
	prog.len = n;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1)
		return NEVER;
	fd = (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
	    SECCOMP_FILTER_FLAG_NEW_LISTENER, &prog);
	return fd != -1 ? fd : NEVER;
}

/* --- who answers the kernel --- */

static void
rest(void)
{
	const struct timespec t = { 0, 100000 };

	(void)nanosleep(&t, NULL);
}

static bool
is_ours(const struct plan *p, unsigned tid)
{
	char path[40], name[40] = "";
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%u/comm", tid);
	if ((f = fopen(path, "re")) == NULL)
		return false;
	if (fgets(name, sizeof(name), f) != NULL)
		name[strcspn(name, "\n")] = '\0';
	fclose(f);
	return strncmp(name, p->name, NAME_MAX_KERNEL) == 0;
}

static void
say_refused(const struct plan *p)
{
	FILE *f = fopen(p->file, "ae");

	if (f == NULL)
		return;
	fprintf(f, "refused %s %ld\n", p->call[0], p->nth);
	fclose(f);
}

/* Whether this one is refused. */
static bool
weigh(struct plan *p, const struct seccomp_notif *q)
{
	size_t i = 0;

	if (!is_ours(p, q->pid))
		return false;
	for (size_t j = 0; j < FIRST_CALLS; j++)
		if (q->data.nr == first_calls[j])
			p->begun = q->data.nr != SYS_execve;
	while (i < p->n && p->nr[i] != q->data.nr)
		i++;
	if (i == p->n || !p->begun)
		return false;
	p->done[i]++;
	if (p->error == 0 || p->done[i] < p->nth ||
	    (p->done[i] > p->nth && !p->stay))
		return false;
	if (p->done[i] == p->nth)
		say_refused(p);
	return true;
}

/* False when nobody is left who could ask. */
static bool
answer_one(struct plan *p, int listener)
{
	struct pollfd ready = { .fd = listener, .events = POLLIN };
	struct seccomp_notif q;
	struct seccomp_notif_resp a;

	if (poll(&ready, 1, -1) == 1 && (ready.revents & POLLIN) == 0)
		return false;
	memset(&q, 0, sizeof(q));
	memset(&a, 0, sizeof(a));
	if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &q) == -1)
		return errno == EINTR || errno == ENOENT;
	a.id = q.id;
	if (weigh(p, &q))
		a.error = -p->error;
	else
		a.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
	/* Whoever asked may have been killed meanwhile. */
	(void)ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &a);
	return true;
}

static void
write_counts(const struct plan *p)
{
	char part[4096];
	FILE *f;

	snprintf(part, sizeof(part), "%s.part", p->file);
	if ((f = fopen(part, "we")) == NULL)
		die(part);
	for (size_t i = 0; i < p->n; i++)
		fprintf(f, "%s %ld\n", p->call[i], p->done[i]);
	if (fclose(f) != 0 || rename(part, p->file) == -1)
		die(p->file);
}

/* The descriptors are the program's until the listener is there: then this has
 * its own, and none of the program's stays open for it. */
static void __attribute__((noreturn))
answer(struct plan *p, const atomic_int *shared)
{
	int listener;

	while ((listener = atomic_load(shared)) == NOT_YET)
		rest();
	if (listener == NEVER)
		_exit(1);
	if (unshare(CLONE_FILES) == -1)
		die("unshare");
	close(STDIN_FILENO);
	close(STDOUT_FILENO);
	close(STDERR_FILENO);
	while (answer_one(p, listener))
		continue;
	if (p->error == 0)
		write_counts(p);
	_exit(0);
}

static void
start_answering(struct plan *p, const atomic_int *shared)
{
	pid_t pid = (pid_t)syscall(SYS_clone, CLONE_FILES | SIGCHLD, NULL,
	    NULL, NULL, NULL);

	if (pid == 0) {
		pid = (pid_t)syscall(SYS_clone, CLONE_FILES | SIGCHLD, NULL,
		    NULL, NULL, NULL);
		if (pid == 0) {
			(void)setsid();
			answer(p, shared);
		}
		_exit(pid == -1 ? 1 : 0);
	}
	if (pid == -1 || waitpid(pid, NULL, 0) == -1)
		die("clone");
}

/* --- */

static char **
parse(char **argv, struct plan *p)
{
	bool fail = argv[1] != NULL && strcmp(argv[1], "fail") == 0;
	char **a = argv + 2, *end;

	if (argv[1] == NULL || a[0] == NULL || a[1] == NULL)
		return NULL;
	p->file = *a++;
	p->name = *a++;
	for (; *a != NULL && strcmp(*a, "--") != 0 && !(fail && p->n == 1); a++)
		add_call(p, *a);
	if (fail) {
		if (a[0] == NULL || a[1] == NULL)
			return NULL;
		p->error = atoi(*a++);
		p->nth = strtol(*a++, &end, 10);
		p->stay = *end == '+';
	}
	return *a != NULL && strcmp(*a, "--") == 0 && a[1] != NULL ?
	    a + 1 : NULL;
}

int
main(int argc, char **argv)
{
	static struct plan p;
	char **program = argc > 1 ? parse(argv, &p) : NULL;
	atomic_int *shared;

	errno = EINVAL;
	if (program == NULL || p.n == 0)
		die("usage: see the source");
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		die("mmap");
	atomic_init(shared, NOT_YET);
	start_answering(&p, shared);
	/* From here on no call but these: it would wait for an answer. */
	atomic_store(shared, install(&p));
	if (atomic_load(shared) == NEVER)
		die("the kernel takes no filter");
	execv(program[0], program);
	_exit(127);
}
