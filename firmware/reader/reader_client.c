// SPDX-License-Identifier: Apache-2.0
#include "reader/reader_client.h"

#include <sys/wait.h>

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "reader/spawn.h"

#define CONNSTRING_MAX 1023	/* libnfc's own limit */
#define EVENTS_MAX 8		/* one message makes two events at most */
#define BACKOFF_MIN_MS 100
#define REAP_MS 5
#define LEAVE_MS 2000
#define NEVER INT64_MAX

struct reader_client {
	struct spawn *spawn;
	pid_t pid;		/* 0: none, or it is nobody's child */
	int fd;			/* -1: none, or its process is dying */
	bool ready, spoke;	/* spoke: it said READY or MISSING */
	int64_t start_at;	/* without a reader: when to start one */
	int64_t backoff_ms;
	int64_t heard_at;
	int64_t reap_at;
	uint32_t last_id;
	uint32_t read_id;	/* 0: none */
	int64_t read_until;	/* when to kill it for that read */
	uint32_t cancel_id;	/* the last cancelled whose end is not here */
	int64_t cancel_until;
	struct reader_event events[EVENTS_MAX];
	size_t first, n;
};

static void
push(struct reader_client *c, const struct reader_event *ev)
{
	if (c->n == EVENTS_MAX)	/* cannot be: step takes one at a time */
		return;
	c->events[(c->first + c->n++) % EVENTS_MAX] = *ev;
}

static void
push_type(struct reader_client *c, enum reader_event_type type,
    enum reader_cause cause, enum unread_reason reason)
{
	struct reader_event ev;

	memset(&ev, 0, sizeof(ev));
	ev.type = type;
	ev.cause = cause;
	ev.reason = reason;
	push(c, &ev);
}

static bool
pop(struct reader_client *c, struct reader_event *ev)
{
	if (c->n == 0)
		return false;
	*ev = c->events[c->first];
	explicit_bzero(&c->events[c->first], sizeof(*ev));
	c->first = (c->first + 1) % EVENTS_MAX;
	c->n--;
	return true;
}

/* Forget what was not popped yet of a read. */
static void
drop_read_events(struct reader_client *c)
{
	struct reader_event ev;

	for (size_t n = c->n; n > 0 && pop(c, &ev); n--)
		if (ev.type == READER_READY || ev.type == READER_MISSING)
			push(c, &ev);
	explicit_bzero(&ev, sizeof(ev));
}

/* --- the process --- */

/* The first restart is at once, for the field's sake; a process that dies
 * before it ever spoke is tried at growing intervals. */
static void
plan_start(struct reader_client *c, int64_t now)
{
	if (c->spoke)
		c->backoff_ms = 0;
	c->start_at = now + c->backoff_ms;
	c->backoff_ms = c->backoff_ms == 0 ? BACKOFF_MIN_MS :
	    c->backoff_ms * 2;
	if (c->backoff_ms > READER_CLIENT_BACKOFF_MAX_MS)
		c->backoff_ms = READER_CLIENT_BACKOFF_MAX_MS;
}

static void
start(struct reader_client *c, int64_t now)
{
	c->spoke = false;
	c->heard_at = now;
	if (spawn_reader(c->spawn, &c->pid, &c->fd) == BW_OK)
		return;
	push_type(c, READER_MISSING, READER_CAUSE_CRASHED, 0);
	plan_start(c, now);
}

static void
log_end(int status)
{
	if (WIFSIGNALED(status))
		log_warn("the reader ended by signal %d; starting it again",
		    WTERMSIG(status));
	else
		log_warn("the reader ended with status %d; starting it again",
		    WEXITSTATUS(status));
}

/* True when the process is gone for good: only then may the next one have the
 * port. */
static bool
reap(struct reader_client *c, int64_t now)
{
	int status = 0;

	if (waitpid(c->pid, &status, WNOHANG) == 0) {
		c->reap_at = now + REAP_MS;
		return false;
	}
	log_end(status);
	c->pid = 0;
	return true;
}

/* An abnormal end, however it came. One that is nobody's child ends when its
 * socket does, or when whoever started it finds that it stands. */
static void
die(struct reader_client *c, int64_t now)
{
	if (c->pid != 0)
		kill(c->pid, SIGKILL);
	else
		log_warn("the reader is gone; reaching for it again");
	close(c->fd);
	c->fd = -1;
	c->reap_at = now;
	if (c->read_id != 0)
		push_type(c, READER_UNREAD, 0, UNREAD_READ_ERROR);
	c->read_id = c->cancel_id = 0;
	push_type(c, READER_MISSING, READER_CAUSE_CRASHED, 0);
	c->ready = false;
	plan_start(c, now);
}

static bool
is_overdue(const struct reader_client *c, int64_t now)
{
	const char *why = NULL;

	if (now - c->heard_at >= READER_CLIENT_SILENCE_MS)
		why = "says nothing";
	else if (c->read_id != 0 && now >= c->read_until)
		why = "does not end its read";
	else if (c->cancel_id != 0 && now >= c->cancel_until)
		why = "does not cancel its read";
	if (why != NULL)
		log_warn("the reader %s; it has to go", why);
	return why != NULL;
}

/* --- what it says --- */

static bool
take_state(struct reader_client *c, const struct ipc_msg *m)
{
	bool ready = m->type == IPC_READY;

	if (ready && !c->ready)
		push_type(c, READER_READY, 0, 0);
	if (!ready)
		push_type(c, READER_MISSING, m->cause, 0);
	c->ready = ready;
	c->spoke = true;
	return true;
}

static bool
take_end(struct reader_client *c, const struct ipc_msg *m)
{
	struct reader_event ev;

	if (m->id == 0)
		return false;
	if (m->id <= c->cancel_id) {	/* ids rise: it or one before it */
		if (m->id == c->cancel_id)
			c->cancel_id = 0;
		return true;
	}
	if (m->id != c->read_id || m->type == IPC_CANCELLED)
		return false;
	c->read_id = 0;
	if (m->type == IPC_UNREAD) {
		push_type(c, READER_UNREAD, 0, m->reason);
		return true;
	}
	memset(&ev, 0, sizeof(ev));
	ev.type = READER_BADGE;
	memcpy(ev.uid, m->uid, sizeof(ev.uid));
	ev.ndef_len = m->ndef_len;
	memcpy(ev.ndef, m->ndef, m->ndef_len);
	push(c, &ev);
	explicit_bzero(&ev, sizeof(ev));
	return true;
}

/* False for what the reader may not say. */
static bool
take(struct reader_client *c, const struct ipc_msg *m)
{
	switch (m->type) {
	case IPC_READY:
	case IPC_MISSING:
		return take_state(c, m);
	case IPC_ALIVE:
		return true;
	case IPC_SEEN:
		if (m->id != 0 && m->id == c->read_id)
			push_type(c, READER_SEEN, 0, 0);
		return true;
	case IPC_BADGE:
	case IPC_UNREAD:
	case IPC_CANCELLED:
		return take_end(c, m);
	case IPC_READ:
	case IPC_READ_SAME:
	case IPC_CANCEL:
		break;
	}
	return false;
}

/* Take one message; false when there is none. */
static bool
receive(struct reader_client *c, int64_t now)
{
	struct ipc_msg m;
	bw_err r;

	r = ipc_recv(c->fd, &m);
	if (r == BW_ERR_NOTFOUND)
		return false;
	c->heard_at = now;
	if (r != BW_OK && r != BW_ERR_GONE)
		log_warn("the reader sends nonsense");
	if (r != BW_OK)
		die(c, now);
	else if (!take(c, &m)) {
		log_warn("the reader answers what was not asked");
		die(c, now);
	}
	explicit_bzero(&m, sizeof(m));
	return true;
}

/* --- what the kiosk calls --- */

bool
reader_client_step(struct reader_client *c, int64_t now,
    struct reader_event *ev)
{
	memset(ev, 0, sizeof(*ev));
	for (;;) {
		/* A process that dies must be gone before the next one. */
		if (pop(c, ev))
			return true;
		if (c->pid != 0 && c->fd == -1 && !reap(c, now))
			return false;
		if (c->fd == -1) {
			if (now < c->start_at)
				return false;
			start(c, now);
			continue;
		}
		if (receive(c, now))
			continue;
		if (!is_overdue(c, now))
			return false;
		die(c, now);
	}
}

int64_t
reader_client_wake(const struct reader_client *c)
{
	int64_t at = NEVER;

	if (c->n != 0)
		return 0;
	if (c->fd == -1)
		return c->pid == 0 ? c->start_at : c->reap_at;
	at = c->heard_at + READER_CLIENT_SILENCE_MS;
	if (c->read_id != 0 && c->read_until < at)
		at = c->read_until;
	if (c->cancel_id != 0 && c->cancel_until < at)
		at = c->cancel_until;
	return at;
}

int
reader_client_fd(const struct reader_client *c)
{
	return c->fd;
}

bool
reader_client_ready(const struct reader_client *c)
{
	return c->ready;
}

static bw_err
ask(struct reader_client *c, enum ipc_type type, uint32_t wait_ms, int64_t now)
{
	struct ipc_msg m;
	bw_err r;

	if (wait_ms == 0 || wait_ms > IPC_WAIT_MAX_MS)
		return BW_ERR_ARG;
	if (c->read_id != 0)
		return BW_ERR_BUSY;
	if (!c->ready)
		return BW_ERR_GONE;
	memset(&m, 0, sizeof(m));
	m.type = type;
	m.id = ++c->last_id;
	m.wait_ms = wait_ms;
	if ((r = ipc_send(c->fd, &m)) != BW_OK) {
		die(c, now);
		return BW_ERR_GONE;
	}
	c->read_id = m.id;
	c->read_until = now + wait_ms + READER_CLIENT_GRACE_MS;
	return BW_OK;
}

bw_err
reader_client_read(struct reader_client *c, uint32_t wait_ms, int64_t now)
{
	return ask(c, IPC_READ, wait_ms, now);
}

bw_err
reader_client_read_same(struct reader_client *c, uint32_t wait_ms, int64_t now)
{
	return ask(c, IPC_READ_SAME, wait_ms, now);
}

void
reader_client_cancel(struct reader_client *c, int64_t now)
{
	struct ipc_msg m;

	drop_read_events(c);
	if (c->read_id == 0)
		return;
	memset(&m, 0, sizeof(m));
	m.type = IPC_CANCEL;
	m.id = c->read_id;
	c->cancel_id = c->read_id;
	c->cancel_until = now + READER_CLIENT_CANCEL_MS;
	c->read_id = 0;
	if (ipc_send(c->fd, &m) != BW_OK)
		die(c, now);
}

bw_err
reader_client_open(struct reader_client **out, const char *connstring,
    int64_t now)
{
	size_t len = strlen(connstring);
	struct reader_client *c;
	bw_err r;

	*out = NULL;
	if (len == 0 || len > CONNSTRING_MAX)
		return BW_ERR_ARG;
	if ((c = calloc(1, sizeof(*c))) == NULL)
		return BW_ERR_NOMEM;
	if ((r = spawn_open(&c->spawn, connstring)) != BW_OK) {
		free(c);
		return r;
	}
	c->fd = -1;
	c->start_at = now;
	*out = c;
	return BW_OK;
}

void
reader_client_close(struct reader_client **cp)
{
	struct reader_client *c = *cp;
	int64_t until = clock_mono_ms() + LEAVE_MS;
	int status = -1;	/* it is gone already, or was never there */

	if (c == NULL)
		return;
	if (c->fd != -1)
		close(c->fd);	/* the reader sees it and goes */
	while (c->pid != 0 && waitpid(c->pid, &status, WNOHANG) == 0) {
		if (clock_mono_ms() >= until)
			kill(c->pid, SIGKILL);
		(void)poll(NULL, 0, REAP_MS);
	}
	spawn_close(&c->spawn, status == 0);
	explicit_bzero(c, sizeof(*c));
	free(c);
	*cp = NULL;
}
