// SPDX-License-Identifier: Apache-2.0
#include "reader/spawn.h"

#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/program.h"
#include "reader/ipc.h"

#define SOCKET_SCHEME "unix:"
/* The spawner's end of its line to the kiosk. A reader's socket that comes
 * over it is another descriptor, and takes this one's place in the reader. */
#define LINE_FD IPC_FD
/* A chip that hangs is given up: the next reader must get the port. */
#define SWEEP_S 10

struct spawn {
	char *connstring;
	const char *path;	/* of the socket; NULL: a spawner */
	int said;		/* what connect said last, an errno */
	pid_t pid;
	int line;
};

/* --- the spawner --- */

/* One byte with a socket in its pocket. */
union packet {
	char room[CMSG_SPACE(sizeof(int))];
	struct cmsghdr align;
};

static int
send_socket(int line, int fd)
{
	char byte = 'r';
	struct iovec iov = { &byte, 1 };
	union packet p = { { 0 } };
	struct msghdr m = { .msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = p.room, .msg_controllen = sizeof(p.room) };
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);

	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(c), &fd, sizeof(fd));
	return sendmsg(line, &m, MSG_NOSIGNAL) == 1 ? 0 : -1;
}

/* What may come instead of a socket. */
#define LINE_GONE (-1)	/* the kiosk ended without a word */
#define LINE_OVER (-2)	/* it ends, its reader did so before in good order */

/* The next socket, LINE_GONE or LINE_OVER. */
static int
receive_socket(int line)
{
	char byte;
	struct iovec iov = { &byte, 1 };
	union packet p;
	struct msghdr m = { .msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = p.room, .msg_controllen = sizeof(p.room) };
	struct cmsghdr *c;
	ssize_t n;
	int fd;

	do
		n = recvmsg(line, &m, MSG_CMSG_CLOEXEC);
	while (n == -1 && errno == EINTR);
	if (n != 1)
		return LINE_GONE;
	if ((c = CMSG_FIRSTHDR(&m)) == NULL || c->cmsg_type != SCM_RIGHTS)
		return LINE_OVER;
	memcpy(&fd, CMSG_DATA(c), sizeof(fd));
	return fd;
}

/* A group of its own: a Ctrl-C at the desk is for the kiosk, which then ends
 * the reader in good order. */
static void __attribute__((noreturn))
become_reader(char *connstring, int fd)
{
	char path[PATH_MAX] = "", name[] = "badgeward-reader";
	char *const argv[] = { name, connstring, NULL };
	struct sigaction sa = { .sa_handler = SIG_DFL };
	sigset_t none;

	for (int sig = 1; sig < NSIG; sig++)
		(void)sigaction(sig, &sa, NULL);
	sigemptyset(&none);
	if (setpgid(0, 0) == 0 && dup2(fd, IPC_FD) == IPC_FD &&
	    close_range(IPC_FD + 1, ~0U, 0) == 0 &&
	    sigprocmask(SIG_SETMASK, &none, NULL) == 0 &&
	    program_path(name, "BADGEWARD_READER", path) == BW_OK)
		execv(path, argv);
	log_error("%s does not start: %s", path, strerror(errno));
	_exit(127);
}

/* A kiosk that ends at once may leave a field on that nobody sweeps off: its
 * reader had just died, and the next was not started. So the spawner's last
 * act is to do that itself. A reader that lives holds the port, and sweeps. */
static void __attribute__((noreturn))
become_sweeper(char *connstring)
{
	char path[PATH_MAX] = "", name[] = "badgeward-reader", off[] = "--off";
	char *const argv[] = { name, off, connstring, NULL };

	alarm(SWEEP_S);		/* outlives exec */
	if (dup2(STDOUT_FILENO, STDERR_FILENO) == STDERR_FILENO &&
	    close_range(LINE_FD, ~0U, 0) == 0 &&
	    program_path(name, "BADGEWARD_READER", path) == BW_OK)
		execv(path, argv);
	_exit(127);
}

/* By CLONE_PARENT the reader is the kiosk's child, as if it had started it
 * itself: the kiosk sees how it ends, and kills it when it must. */
static void __attribute__((noreturn))
be_spawner(char *connstring)
{
	pid_t pid;
	int fd;

	while ((fd = receive_socket(LINE_FD)) >= 0) {
		pid = (pid_t)syscall(SYS_clone, CLONE_PARENT | SIGCHLD, NULL,
		    NULL, NULL, NULL);
		if (pid == 0)
			become_reader(connstring, fd);
		close(fd);
		(void)send(LINE_FD, &pid, sizeof(pid), MSG_NOSIGNAL);
	}
	if (fd == LINE_GONE)
		become_sweeper(connstring);
	_exit(0);
}

/* Nothing of the kiosk's stays open here, its output least of all. */
static void __attribute__((noreturn))
begin_spawner(char *connstring, int line)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (setpgid(0, 0) == -1 || null == -1 ||
	    prctl(PR_SET_NAME, "bw-spawner") == -1 ||
	    dup2(null, STDIN_FILENO) == -1 ||
	    dup2(null, STDOUT_FILENO) == -1 ||
	    (line != LINE_FD && dup2(line, LINE_FD) == -1) ||
	    close_range(LINE_FD + 1, ~0U, 0) == -1)
		_exit(1);
	be_spawner(connstring);
}

/* --- the kiosk's side --- */

static bw_err
fork_spawner(struct spawn *s)
{
	int line[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, line) == -1)
		return BW_ERR_IO;
	s->pid = fork();
	if (s->pid == 0)
		begin_spawner(s->connstring, line[1]);
	close(line[1]);
	s->line = line[0];
	return s->pid > 0 ? BW_OK : BW_ERR_IO;
}

bool
spawn_is_socket(const char *connstring)
{
	return strncmp(connstring, SOCKET_SCHEME "/",
	    sizeof(SOCKET_SCHEME "/") - 1) == 0;
}

bw_err
spawn_open(struct spawn **out, const char *connstring)
{
	struct spawn *s = calloc(1, sizeof(*s));
	bw_err r = BW_ERR_NOMEM;

	*out = NULL;
	if (s == NULL)
		return r;
	s->line = -1;
	if ((s->connstring = strdup(connstring)) == NULL)
		goto out;
	r = BW_OK;
	if (spawn_is_socket(connstring))
		s->path = s->connstring + sizeof(SOCKET_SCHEME) - 1;
	else
		r = fork_spawner(s);
out:
	if (r != BW_OK)
		spawn_close(&s, true);
	*out = s;
	return r;
}

static int
connect_to(const char *path)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int fd = -1, e = ENAMETOOLONG;

	if (strlen(path) >= sizeof(a.sun_path))
		goto out;
	strcpy(a.sun_path, path);
	fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd != -1 && connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0)
		return fd;
	e = errno;
out:
	if (fd != -1)
		close(fd);
	errno = e;
	return -1;
}

/* It is tried again and again: say what is wrong once. */
static bw_err
reach_service(struct spawn *s, int *fd)
{
	int e;

	if ((*fd = connect_to(s->path)) != -1) {
		s->said = 0;
		return BW_OK;
	}
	e = errno;
	if (e != s->said)
		log_error("no reader behind %s: %s", s->path, strerror(e));
	s->said = e;
	return BW_ERR_IO;
}

static bw_err
ask_spawner(const struct spawn *s, int fd, pid_t *pid)
{
	ssize_t n = -1;

	*pid = 0;
	if (send_socket(s->line, fd) == 0)
		do
			n = recv(s->line, pid, sizeof(*pid), 0);
		while (n == -1 && errno == EINTR);
	if (n == sizeof(*pid) && *pid > 0)
		return BW_OK;
	log_error("no reader can be started: %s", n == sizeof(*pid) ?
	    "there is no room for a process" : "the spawner is gone; start "
	    "the kiosk again");
	*pid = 0;
	return BW_ERR_IO;
}

bw_err
spawn_reader(struct spawn *s, pid_t *pid, int *fd)
{
	int pair[2];
	bw_err r;

	*pid = 0;
	*fd = -1;
	if (s->path != NULL)
		return reach_service(s, fd);
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK,
	    0, pair) == -1) {
		log_error("no socket for the reader: %s", strerror(errno));
		return BW_ERR_IO;
	}
	if ((r = ask_spawner(s, pair[1], pid)) == BW_OK)
		*fd = pair[0];
	else
		close(pair[0]);
	close(pair[1]);
	return r;
}

void
spawn_close(struct spawn **sp, bool swept)
{
	struct spawn *s = *sp;

	if (s == NULL)
		return;
	if (s->line != -1) {
		if (swept)	/* LINE_OVER */
			(void)send(s->line, "", 1, MSG_NOSIGNAL);
		close(s->line);
	}
	if (s->pid > 0)
		(void)waitpid(s->pid, NULL, 0);
	free(s->connstring);
	free(s);
	*sp = NULL;
}
