// SPDX-License-Identifier: Apache-2.0
#include "reader/loop.h"

#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/notify.h"
#include "reader/session.h"

/* A process that does not come round in so many seconds ends by SIGALRM: if
 * libnfc blocks for ever and the kiosk is gone, the port must become free. */
#define WATCHDOG_S 10
#define REST_MS 5
#define REOPENS 2	/* in one read */

struct loop {
	int fd;
	const struct chip *chip;
	bool open;		/* the chip is open */
	bool dirty;		/* its field may be on */
	bool cancelled;		/* the read under way */
	uint32_t id;		/* of that read */
	struct tag_target held;	/* the badge that it began with, or that the
				 * last one lost; uid_len 0: none */
	enum reader_cause why;	/* the chip could not be opened */
	enum reader_cause said;	/* the last cause said, 0 after READY */
	bw_err end;		/* why the loop ends; BW_OK: it goes on */
	int64_t retry_at, health_at, alive_at;
};

static volatile sig_atomic_t stopped;

void
loop_stop(void)
{
	stopped = 1;
}

static void
say(struct loop *l, const struct ipc_msg *m)
{
	bw_err r = ipc_send(l->fd, m);

	/* A kiosk that takes nothing for so long is as good as gone. */
	if (r != BW_OK && l->end == BW_OK)
		l->end = r == BW_ERR_BUSY ? BW_ERR_GONE : r;
	l->alive_at = clock_mono_ms() + IPC_ALIVE_MS;
}

static void
say_type(struct loop *l, enum ipc_type type)
{
	struct ipc_msg m;

	memset(&m, 0, sizeof(m));
	m.type = type;
	m.id = type == IPC_SEEN || type == IPC_CANCELLED ? l->id : 0;
	say(l, &m);
}

static void
say_missing(struct loop *l)
{
	struct ipc_msg m;

	notify_status("there is no chip");
	if (l->said == l->why)
		return;
	memset(&m, 0, sizeof(m));
	m.type = IPC_MISSING;
	m.cause = l->said = l->why;
	say(l, &m);
}

static void
keep_alive(struct loop *l)
{
	alarm(WATCHDOG_S);
	notify_ready();
	notify_alive();
	if (clock_mono_ms() >= l->alive_at)
		say_type(l, IPC_ALIVE);
}

static void
close_chip(struct loop *l)
{
	l->chip->close(l->chip->tag.ctx);
	l->open = false;
}

static bool
open_chip(struct loop *l)
{
	keep_alive(l);
	l->why = READER_CAUSE_NO_ANSWER;
	if (l->chip->open(l->chip->tag.ctx, &l->why) == BW_OK) {
		l->open = true;
		l->dirty = false;
		l->health_at = clock_mono_ms() + LOOP_HEALTH_MS;
		return true;
	}
	/* No port, no power, no field. */
	if (l->why == READER_CAUSE_ABSENT)
		l->dirty = false;
	l->retry_at = clock_mono_ms() + LOOP_RETRY_MS;
	return false;
}

static void
try_open(struct loop *l)
{
	if (!open_chip(l)) {
		say_missing(l);
		return;
	}
	notify_status("the chip answers");
	l->said = 0;
	say_type(l, IPC_READY);
}

/* The chip does not do what it should: look at once how it stands. */
static void
lost(struct loop *l)
{
	close_chip(l);
	try_open(l);
}

static void
forget_badge(struct loop *l)
{
	explicit_bzero(&l->held, sizeof(l->held));
}

/* A badge that was lost so long ago is not asked for any more. */
static void
check_health(struct loop *l)
{
	forget_badge(l);
	l->health_at = clock_mono_ms() + LOOP_HEALTH_MS;
	if (l->chip->tag.field_off(l->chip->tag.ctx) != BW_OK)
		lost(l);
}

/* --- during a read --- */

static void
take_while_reading(struct loop *l)
{
	struct ipc_msg m;
	bw_err r;

	/* What follows a cancel waits until this read has ended. */
	while (l->end == BW_OK && !l->cancelled &&
	    (r = ipc_recv(l->fd, &m)) != BW_ERR_NOTFOUND)
		if (r != BW_OK)
			l->end = r;
		else if (m.type != IPC_CANCEL)
			l->end = BW_ERR_FORMAT;
		else if (m.id == l->id)
			l->cancelled = true;
}

static bw_err
on_check(void *ctx)
{
	struct loop *l = ctx;

	if (stopped && l->end == BW_OK)
		l->end = BW_ERR_GONE;
	keep_alive(l);
	take_while_reading(l);
	return l->end != BW_OK || l->cancelled ? BW_ERR_DENIED : BW_OK;
}

static void
on_rest(void *ctx)
{
	struct loop *l = ctx;
	struct pollfd p = { l->fd, POLLIN, 0 };

	(void)poll(&p, 1, REST_MS);
}

static void
on_seen(void *ctx)
{
	say_type(ctx, IPC_SEEN);
}

static int64_t
on_now(void *ctx)
{
	(void)ctx;
	return clock_mono_ms();
}

/* The read, over a chip that may have to be opened again in between: a moment
 * of bad luck is not the attendee's. BW_ERR_GONE: the chip is lost. */
static bw_err
read_through_faults(struct loop *l, int64_t deadline, struct ipc_msg *answer)
{
	const struct session s = { &l->chip->tag, &l->held, l, on_now, on_check,
		on_rest, on_seen };
	bw_err r = BW_ERR_GONE;

	for (int i = 0; i <= REOPENS; i++) {
		l->dirty = true;
		r = session_read(&s, deadline, answer);
		if (r == BW_OK || r == BW_ERR_DENIED) {
			l->dirty = false;
			return r;
		}
		close_chip(l);
		if (!open_chip(l))
			return BW_ERR_GONE;
		if (on_check(l) != BW_OK)
			return BW_ERR_DENIED;
		if (clock_mono_ms() >= deadline)
			break;
	}
	return BW_ERR_GONE;
}

static void
do_read(struct loop *l, const struct ipc_msg *ask)
{
	struct ipc_msg answer;
	bw_err r;

	l->id = ask->id;
	l->cancelled = false;
	if (ask->type == IPC_READ)
		forget_badge(l);
	r = read_through_faults(l, clock_mono_ms() + ask->wait_ms, &answer);
	if (l->cancelled || r != BW_OK || answer.type != IPC_UNREAD ||
	    answer.reason != UNREAD_REMOVED)
		forget_badge(l);
	if (l->cancelled)
		say_type(l, IPC_CANCELLED);
	else if (l->end == BW_OK) {
		if (r != BW_OK) {
			answer.type = IPC_UNREAD;
			answer.reason = UNREAD_READ_ERROR;
		}
		answer.id = ask->id;
		say(l, &answer);
	}
	explicit_bzero(&answer, sizeof(answer));
	l->health_at = clock_mono_ms() + LOOP_HEALTH_MS;
	if (!l->open && l->end == BW_OK)
		say_missing(l);
}

/* --- between reads --- */

static bool
can_read(const struct loop *l, const struct ipc_msg *m)
{
	return l->open && (m->type == IPC_READ ||
	    (m->type == IPC_READ_SAME && l->held.uid_len != 0));
}

static void
take(struct loop *l)
{
	struct ipc_msg m;
	bw_err r = ipc_recv(l->fd, &m);

	if (r == BW_ERR_NOTFOUND)
		return;
	if (r != BW_OK)
		l->end = r;
	else if (can_read(l, &m))
		do_read(l, &m);
	else if (m.type == IPC_READ || m.type == IPC_READ_SAME) {
		m.type = IPC_UNREAD;
		m.reason = UNREAD_READ_ERROR;
		say(l, &m);
	} else if (m.type != IPC_CANCEL)	/* one that came too late */
		l->end = BW_ERR_FORMAT;
}

static int
due_in(const struct loop *l)
{
	int64_t at = l->open ? l->health_at : l->retry_at;
	int64_t in;

	if (l->alive_at < at)
		at = l->alive_at;
	in = at - clock_mono_ms();
	if (notify_due_ms() >= 0 && notify_due_ms() < in)
		in = notify_due_ms();
	return in < 0 ? 0 : (int)in;
}

static void
wait_and_serve(struct loop *l)
{
	struct pollfd p[] = {
		{ l->fd, POLLIN, 0 },
		{ l->open ? l->chip->watch(l->chip->tag.ctx) : -1, 0, 0 },
	};

	if (poll(p, 2, due_in(l)) <= 0)
		return;
	if (p[0].revents != 0)
		take(l);
	if (p[1].revents != 0 && l->open)
		lost(l);
}

/* The last thing: no field stays on behind a process that ends. */
static void
leave(struct loop *l)
{
	const int64_t until = clock_mono_ms() + LOOP_LEAVE_MS;

	alarm(WATCHDOG_S);
	if (l->open && l->chip->tag.field_off(l->chip->tag.ctx) == BW_OK)
		l->dirty = false;
	else
		l->dirty = l->dirty || l->open;
	close_chip(l);
	while (l->dirty && clock_mono_ms() < until) {
		if (open_chip(l))
			close_chip(l);
		else
			(void)poll(NULL, 0, LOOP_RETRY_MS);
	}
	alarm(0);
}

bw_err
loop_run(int fd, const struct chip *chip)
{
	struct loop l = { .fd = fd, .chip = chip, .dirty = true };

	while (l.end == BW_OK && !stopped) {
		keep_alive(&l);
		if (!l.open && clock_mono_ms() >= l.retry_at)
			try_open(&l);
		else if (l.open && clock_mono_ms() >= l.health_at)
			check_health(&l);
		if (l.end == BW_OK && !stopped)
			wait_and_serve(&l);
	}
	forget_badge(&l);
	leave(&l);
	return l.end == BW_ERR_FORMAT ? BW_ERR_FORMAT : BW_OK;
}
