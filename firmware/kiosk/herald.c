// SPDX-License-Identifier: Apache-2.0
#include "kiosk/herald.h"

#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/program.h"
#include "guard/guard.h"

#define LINE_FD 3

struct herald {
	struct herald_text text;
	pid_t pid;		/* of who says it; 0: nobody */
	int fd;			/* readable at its end; -1: none */
};

/* A group of its own: it may have one more process read kanji. Nobody could
 * silence it without its herald, so it ends with that. */
static void __attribute__((noreturn))
become_speech(char *lang, int text, pid_t herald)
{
	char path[PATH_MAX] = "", name[] = "badgeward-speech";
	char *const argv[] = { name, lang, NULL };

	if (setpgid(0, 0) == 0 && prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 &&
	    getppid() == herald && dup2(text, STDIN_FILENO) == STDIN_FILENO &&
	    close_range(STDERR_FILENO + 1, ~0U, 0) == 0 &&
	    program_path(name, "BADGEWARD_SPEECH", path) == BW_OK)
		execv(path, argv);
	log_error("%s does not start: %s", path, strerror(errno));
	_exit(127);
}

static void
answer(uint32_t id, bool ok)
{
	const struct herald_end e = { id, ok };

	(void)send(LINE_FD, &e, sizeof(e), MSG_NOSIGNAL);
}

/* The text goes into the pipe whole, before anybody reads. */
static bool
start(struct herald *h, size_t len)
{
	pid_t self = getpid();
	int p[2];
	bool ok;

	if (pipe2(p, O_CLOEXEC | O_NONBLOCK) == -1)
		return false;
	(void)fcntl(p[0], F_SETFL, 0);
	ok = write(p[1], h->text.ssml, len) == (ssize_t)len &&
	    (h->pid = fork()) != -1;
	if (ok && h->pid == 0)
		become_speech(h->text.lang, p[0], self);
	close(p[0]);
	close(p[1]);
	if (!ok) {
		h->pid = 0;
		return false;
	}
	(void)setpgid(h->pid, h->pid);
	h->fd = pidfd_open(h->pid, 0);
	return h->fd != -1;
}

/* The end of who speaks, by itself or not; true when all was said. */
static bool
reap(struct herald *h)
{
	int status = -1;

	while (waitpid(h->pid, &status, 0) == -1 && errno == EINTR)
		;
	if (h->fd != -1)
		close(h->fd);
	h->fd = -1;
	h->pid = 0;
	if (WIFSIGNALED(status) && WTERMSIG(status) != SIGKILL)
		log_error("badgeward-speech died of signal %d",
		    WTERMSIG(status));
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void
silence(struct herald *h)
{
	if (h->pid == 0)
		return;
	kill(-h->pid, SIGKILL);
	(void)reap(h);
}

/* The last of the texts that wait: the others were over before they began. */
static ssize_t
newest(struct herald_text *t)
{
	ssize_t n = recv(LINE_FD, t, sizeof(*t), MSG_DONTWAIT), more = n;

	while (more > 0)
		if ((more = recv(LINE_FD, t, sizeof(*t), MSG_DONTWAIT)) >= 0)
			n = more;
	return n;
}

/* False when the kiosk is gone. */
static bool
take(struct herald *h)
{
	ssize_t n = newest(&h->text);

	if (n == -1 && (errno == EINTR || errno == EAGAIN))
		return true;
	if (n < (ssize_t)HERALD_HEAD)
		return false;
	silence(h);
	h->text.lang[sizeof(h->text.lang) - 1] = '\0';
	if (h->text.lang[0] == '\0')
		return true;
	if (!start(h, (size_t)n - HERALD_HEAD)) {
		silence(h);
		answer(h->text.id, false);
	}
	explicit_bzero(h->text.ssml, sizeof(h->text.ssml));
	return true;
}

static void __attribute__((noreturn))
serve(void)
{
	static struct herald h = { .fd = -1 };

	for (;;) {
		struct pollfd p[2] = { { LINE_FD, POLLIN, 0 },
			{ h.fd, POLLIN, 0 } };

		if (poll(p, 2, -1) == -1 && errno != EINTR)
			break;
		if (p[0].revents != 0 && !take(&h))
			break;
		/* It may be another's end by now. */
		if (h.fd != -1 && p[0].revents == 0 && p[1].revents != 0)
			answer(h.text.id, reap(&h));
	}
	silence(&h);
	_exit(0);
}

/* Nothing of the kiosk's stays open here, its output least of all; and neither
 * this process nor what it starts has the network. */
static void __attribute__((noreturn))
begin(int line)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (setpgid(0, 0) == -1 || null == -1 ||
	    prctl(PR_SET_NAME, "bw-herald") == -1 ||
	    dup2(null, STDIN_FILENO) == -1 ||
	    dup2(null, STDOUT_FILENO) == -1 ||
	    (line != LINE_FD && dup2(line, LINE_FD) == -1) ||
	    fcntl(LINE_FD, F_SETFD, FD_CLOEXEC) == -1 ||
	    close_range(LINE_FD + 1, ~0U, 0) == -1 ||
	    guard_voice() != BW_OK)
		_exit(1);
	serve();
}

bw_err
herald_fork(int *fd)
{
	int line[2];
	pid_t pid;

	*fd = -1;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, line) == -1)
		return BW_ERR_IO;
	if ((pid = fork()) == 0)
		begin(line[1]);
	close(line[1]);
	if (pid == -1 || fcntl(line[0], F_SETFL, O_NONBLOCK) == -1) {
		close(line[0]);
		return BW_ERR_IO;
	}
	*fd = line[0];
	return BW_OK;
}
