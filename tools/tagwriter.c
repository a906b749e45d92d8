// SPDX-License-Identifier: Apache-2.0
#include "tools/tagwriter.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "reader/port.h"
#include "reader/reader_nfc.h"
#include "tools/tagwrite.h"

#define CHILD_FD 3
#define OPEN_MS 10000		/* nfc_open of a dead chip takes 1.5 s, twice */
#define GRACE_MS 20000		/* above what find was told to wait */
#define WRITE_MS 60000		/* 222 pages on a slow line, some times */
#define WAIT_MAX_MS 60000

/* Between parent and child, one packet each: same program, same machine. */
struct request {
	bool write;			/* else find */
	unsigned wait_ms;
	uint8_t uid[BADGE_UID];
	size_t len;
	uint8_t image[NDEF_TAG_MAX];
};

struct reply {
	enum tagwriter_result result;
	struct tagwriter_tag tag;
};

struct tagwriter {
	char connstring[READER_NFC_CONNSTRING_MAX];
	int fd;		/* -1: the child is gone */
	pid_t pid;
};

/* The child. */

static bool
nobody_waits(void *ctx)
{
	struct pollfd p = { .fd = CHILD_FD, .events = POLLRDHUP };

	(void)ctx;
	return poll(&p, 1, 0) > 0;
}

static bw_err
write_page(void *ctx, uint8_t page, const uint8_t data[static TAGWRITE_PAGE])
{
	return reader_nfc_write_page(ctx, page, data);
}

static void
serve(const struct tagwrite_io *io)
{
	struct request q;
	struct reply a;

	while (recv(CHILD_FD, &q, sizeof(q), 0) == sizeof(q)) {
		memset(&a, 0, sizeof(a));
		if (q.write)
			a.result = tagwrite_image(io, q.uid, q.image, q.len);
		else
			a.result = tagwrite_find(io, q.wait_ms, &a.tag);
		explicit_bzero(&q, sizeof(q));
		if (send(CHILD_FD, &a, sizeof(a), MSG_NOSIGNAL) != sizeof(a))
			break;
	}
}

/* Open the chip, which switches its field off; say how that went; serve. */
static void
child(const char *connstring)
{
	struct reader_nfc *nfc;
	struct chip chip;
	struct reply a;

	memset(&a, 0, sizeof(a));
	a.result = TAGWRITER_SYSTEM;
	if (reader_nfc_open(&nfc, connstring, &chip) == BW_OK) {
		const struct tagwrite_io io = { chip.tag, chip.open,
			chip.close, write_page, nobody_waits };

		a.result = tagwrite_open(&io);
		if (send(CHILD_FD, &a, sizeof(a), MSG_NOSIGNAL) ==
		    sizeof(a) && a.result == TAGWRITER_OK)
			serve(&io);
		reader_nfc_close(&nfc);
	} else
		(void)!send(CHILD_FD, &a, sizeof(a), MSG_NOSIGNAL);
}

/* Only the socket is kept; signals from the terminal are the parent's, whose
 * end is seen as the socket's. */
static void
become_child(int fd)
{
	const struct rlimit none = { 0, 0 };
	int null;

	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	do	/* libnfc opens nothing while descriptor 0 is closed */
		null = open("/dev/null", O_RDWR);
	while (null >= 0 && null <= STDERR_FILENO);
	if (fd != CHILD_FD && dup2(fd, CHILD_FD) != CHILD_FD)
		_exit(1);
	close_range(CHILD_FD + 1, ~0u, 0);
	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

/* The parent. */

static enum tagwriter_result
start(struct tagwriter *w)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
		return TAGWRITER_SYSTEM;
	if ((w->pid = fork()) == 0) {
		become_child(pair[1]);
		child(w->connstring);
		_exit(0);
	}
	close(pair[1]);
	if (w->pid < 0) {
		close(pair[0]);
		return TAGWRITER_SYSTEM;
	}
	w->fd = pair[0];
	return TAGWRITER_OK;
}

/* Wait for readability or the other end's close. False: it is too late. */
static bool
wait_fd(int fd, int64_t until)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	int64_t left;
	int n;

	do {
		left = until - clock_mono_ms();
		n = poll(&p, 1, left > 0 ? (int)left : 0);
	} while (n < 0 && errno == EINTR);
	return n > 0;
}

static void
reap(struct tagwriter *w, bool kill_it)
{
	if (w->fd < 0)
		return;
	if (kill_it)
		kill(w->pid, SIGKILL);
	close(w->fd);
	w->fd = -1;
	while (waitpid(w->pid, NULL, 0) < 0 && errno == EINTR)
		;
}

/* Let the child switch off and end, or make it end. */
static void
stop(struct tagwriter *w)
{
	char rest;
	bool ended;

	if (w->fd < 0)
		return;
	shutdown(w->fd, SHUT_WR);
	ended = wait_fd(w->fd, clock_mono_ms() + GRACE_MS) &&
	    recv(w->fd, &rest, sizeof(rest), 0) <= 0;
	reap(w, !ended);
}

static bool
take_reply(struct tagwriter *w, int64_t until, struct reply *a)
{
	return wait_fd(w->fd, until) &&
	    recv(w->fd, a, sizeof(*a), 0) == sizeof(*a);
}

/* The child died or hangs: another one opens the chip, which switches the
 * field off, and ends. */
static enum tagwriter_result
sweep(struct tagwriter *w)
{
	struct reply a;

	reap(w, true);
	if (start(w) == TAGWRITER_OK) {
		if (take_reply(w, clock_mono_ms() + OPEN_MS, &a))
			stop(w);
		else
			reap(w, true);
	}
	return TAGWRITER_CRASHED;
}

static enum tagwriter_result
ask(struct tagwriter *w, const struct request *q, unsigned ms,
    struct tagwriter_tag *tag)
{
	struct reply a;

	if (w->fd < 0)
		return TAGWRITER_CRASHED;
	if (send(w->fd, q, sizeof(*q), MSG_NOSIGNAL) != sizeof(*q) ||
	    !take_reply(w, clock_mono_ms() + ms, &a))
		return sweep(w);
	*tag = a.tag;
	return a.result;
}

enum tagwriter_result
tagwriter_open(struct tagwriter **out, const char *connstring)
{
	struct tagwriter *w;
	enum tagwriter_result result;
	struct reply a;

	*out = NULL;
	if (!port_name_ok(connstring) ||
	    strlen(connstring) >= sizeof(w->connstring))
		return TAGWRITER_CONNSTRING;
	if ((w = calloc(1, sizeof(*w))) == NULL)
		return TAGWRITER_SYSTEM;
	w->fd = -1;
	strcpy(w->connstring, connstring);
	if ((result = start(w)) == TAGWRITER_OK)
		result = take_reply(w, clock_mono_ms() + OPEN_MS, &a) ?
		    a.result : sweep(w);
	if (result == TAGWRITER_OK)
		*out = w;
	else
		tagwriter_close(&w);
	return result;
}

void
tagwriter_close(struct tagwriter **w)
{
	if (*w == NULL)
		return;
	stop(*w);
	free(*w);
	*w = NULL;
}

enum tagwriter_result
tagwriter_find(struct tagwriter *w, unsigned wait_ms,
    struct tagwriter_tag *out)
{
	struct request q;

	memset(&q, 0, sizeof(q));
	memset(out, 0, sizeof(*out));
	q.wait_ms = wait_ms < WAIT_MAX_MS ? wait_ms : WAIT_MAX_MS;
	return ask(w, &q, q.wait_ms + GRACE_MS, out);
}

enum tagwriter_result
tagwriter_write(struct tagwriter *w, const uint8_t uid[static BADGE_UID],
    const uint8_t *image, size_t len)
{
	enum tagwriter_result result;
	struct tagwriter_tag tag;
	struct request q;

	memset(&q, 0, sizeof(q));
	if (len > sizeof(q.image))
		return TAGWRITER_TOO_SMALL;
	q.write = true;
	memcpy(q.uid, uid, BADGE_UID);
	memcpy(q.image, image, len);
	q.len = len;
	result = ask(w, &q, WRITE_MS, &tag);
	explicit_bzero(&q, sizeof(q));
	return result;
}

const char *
tagwriter_sentence(enum tagwriter_result r)
{
	switch (r) {
	case TAGWRITER_OK:
		return "done";
	case TAGWRITER_SYSTEM:
		return "the system gave no memory or no process, or the image "
		    "is no badge; try again";
	case TAGWRITER_CONNSTRING:
		return "this " PORT_NAME_WRONG;
	case TAGWRITER_NO_WRITER:
		return "the writer's port is not there, or not open to you; "
		    "plug the writer in, or give the right port; "
		    "\"ls -l /dev/serial/by-id\" shows all, and their group "
		    "may use them";
	case TAGWRITER_IN_USE:
		return "another program uses the writer's port; end that one "
		    "first, for example a kiosk on this machine, pcscd, or "
		    "the kernel's own driver (rmmod pn533_usb)";
	case TAGWRITER_NO_ANSWER:
		return "the port is there, but no writer answers on it; is it "
		    "the writer's port and driver? If so, unplug the writer, "
		    "plug it in again, and repeat this";
	case TAGWRITER_CRASHED:
		return "the writer's driver failed; unplug the writer, plug "
		    "it in again, and write the tag anew";
	case TAGWRITER_NO_TAG:
		return "no tag was seen; lay one on the writer";
	case TAGWRITER_MORE_TAGS:
		return "more than one tag lies on the writer; leave one";
	case TAGWRITER_NO_NTAG:
		return "this is no tag for a badge; take an NTAG213, NTAG215 "
		    "or NTAG216";
	case TAGWRITER_TINY:
		return "this is a MIFARE Ultralight, whose 48 bytes hold no "
		    "badge; take an NTAG213, NTAG215 or NTAG216, or for a "
		    "badge without values one of 128 bytes (MF0UL21)";
	case TAGWRITER_OTHER_TAG:
		return "another tag lies there than the one that the badge "
		    "was made for; leave it in place while it is written";
	case TAGWRITER_TOO_SMALL:
		return "the badge does not fit on this tag, which was not "
		    "changed; take a larger one or fewer fields";
	case TAGWRITER_PROTECTED:
		return "the tag is write-protected and was not changed; take "
		    "another one";
	case TAGWRITER_REMOVED:
		return "the tag was taken away too early and may hold no "
		    "badge now; write it again";
	case TAGWRITER_REFUSED:
		return "the tag refused a page in the middle and holds no "
		    "badge now; take another one";
	case TAGWRITER_DIFFERS:
		return "the tag could not be read back as it was written; "
		    "write it again, or take another one";
	}
	return "unknown";
}
