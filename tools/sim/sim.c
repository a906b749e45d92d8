// SPDX-License-Identifier: Apache-2.0
#include "tools/sim/sim.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"

#define NFDS (CONTROL_CLIENTS + 3)

static const struct sim_files real_files = { file_read, file_write };

static void
on_send(void *ctx, const uint8_t *wire, size_t len)
{
	struct sim *s = ctx;

	pty_send(&s->pty, wire, len);
}

static void
on_command(void *ctx, uint8_t code, const char *name, const uint8_t *data,
    size_t len)
{
	struct sim *s = ctx;

	trace_frame(&s->trace, s->now, "command", name, code, data, len);
	control_command(&s->control, code);
}

static void
on_answer(void *ctx, uint8_t code, const char *name, const uint8_t *data,
    size_t len)
{
	struct sim *s = ctx;

	trace_frame(&s->trace, s->now, "answer", name, code, data, len);
}

static void
on_field(void *ctx, bool on)
{
	struct sim *s = ctx;

	trace_event(&s->trace, s->now, "\"field\":\"%s\"", on ? "on" : "off");
	control_field(&s->control, on);
}

static void
on_fault(void *ctx, enum fault_kind kind)
{
	struct sim *s = ctx;

	trace_event(&s->trace, s->now, "\"fault\":\"%s\"",
	    fault_kind_name(kind));
}

static void
trace_tag(struct sim *s, const struct tag *t)
{
	char uid[TEXT_HEX_SIZE(TAG_UID_MAX)];

	text_hex(t->uid, t->kind->uid_len, uid);
	trace_event(&s->trace, s->now,
	    "\"tag\":\"%s\",\"uid\":\"%s\",\"present\":%s", t->name, uid,
	    t->present ? "true" : "false");
}

static void
on_left(void *ctx, const struct tag *t)
{
	trace_tag(ctx, t);
}

static void
on_unplug(void *ctx)
{
	sim_unplug(ctx);
}

static const struct chip_ops chip_ops = {
	.send = on_send, .command = on_command, .answer = on_answer,
	.field = on_field, .fault = on_fault, .left = on_left,
	.unplug = on_unplug
};

bw_err
sim_init(struct sim *s, const char *link)
{
	*s = (struct sim){ .files = &real_files, .trace = { -1 } };
	control_init(&s->control);
	chip_init(&s->chip, &chip_ops, s, &s->tags);
	return pty_init(&s->pty, link);
}

void
sim_free(struct sim *s)
{
	pty_unplug(&s->pty);
	control_close(&s->control);
	trace_close(&s->trace);
	tags_free(&s->tags);
}

bw_err
sim_plug(struct sim *s)
{
	bool was = s->pty.master >= 0;
	bw_err r = pty_plug(&s->pty);

	if (r == BW_OK && !was)
		trace_event(&s->trace, s->now, "\"port\":\"plugged\"");
	return r;
}

void
sim_unplug(struct sim *s)
{
	if (s->pty.master < 0)
		return;
	pty_unplug(&s->pty);
	trace_event(&s->trace, s->now, "\"port\":\"unplugged\"");
	chip_reset(&s->chip);
}

void
sim_present(struct sim *s, struct tag *t, bool present)
{
	if (t->present == present)
		return;
	t->present = present;
	trace_tag(s, t);
	chip_tag_present(&s->chip, t, present, s->now);
}

/* No stamp is older than what it is put on, however long the simulator had to
 * wait for a core between poll and here. */
static void
read_port(struct sim *s)
{
	uint8_t got[4096];
	ssize_t n = read(s->pty.master, got, sizeof(got));

	s->now = clock_mono_us();
	if (n > 0)
		chip_receive(&s->chip, got, (size_t)n, s->now);
}

/* How long to sleep, for ppoll; NULL for ever. */
static const struct timespec *
until_due(const struct sim *s, struct timespec *ts)
{
	int64_t chip = chip_due(&s->chip), wait = control_due(&s->control);
	int64_t due = chip < wait ? chip : wait, us;

	if (due == INT64_MAX)
		return NULL;
	us = due - clock_mono_us();
	us = us > 0 ? us : 0;
	ts->tv_sec = (time_t)(us / 1000000);
	ts->tv_nsec = (long)(us % 1000000) * 1000;
	return ts;
}

static void
loop(struct sim *s, int signals)
{
	struct pollfd fds[NFDS];
	struct timespec ts;
	size_t n;

	while (!s->quit) {
		n = control_poll(&s->control, fds);
		fds[n] = (struct pollfd){ .fd = s->pty.master,
			.events = POLLIN };
		fds[n + 1] = (struct pollfd){ .fd = signals,
			.events = POLLIN };
		if (ppoll(fds, n + 2, until_due(s, &ts), NULL) < 0 &&
		    errno != EINTR)
			break;
		s->now = clock_mono_us();
		if ((fds[n + 1].revents & POLLIN) != 0)
			s->quit = true;
		if ((fds[n].revents & (POLLIN | POLLHUP)) != 0)
			read_port(s);
		chip_tick(&s->chip, s->now);
		control_serve(s, fds, n);
	}
}

/* The control commands that were given at the start. */
static bool
do_first(struct sim *s, const struct sim_options *o)
{
	struct bw_buf out = BW_BUF_INIT(CONTROL_ANSWER);
	struct control_waiting wait;
	bool ok = true;

	for (size_t i = 0; i < o->nfirst && ok; i++) {
		const char *text;

		bw_buf_reset(&out);
		control_line(s, o->first[i], &out, &wait);
		ok = bw_buf_cstr(&out, &text) == BW_OK &&
		    strncmp(text, "ok", 2) == 0;
		if (!ok)
			log_error("--do \"%s\": %.*s", o->first[i],
			    out.len > 5 ? (int)out.len - 5 : 0,
			    out.len > 5 ? (const char *)out.ptr + 4 : "");
	}
	bw_buf_free(&out);
	return ok;
}

static bool
open_all(struct sim *s, const struct sim_options *o)
{
	bw_err r;

	if ((r = trace_open(&s->trace, o->trace)) != BW_OK) {
		log_error("cannot write %s: %s", o->trace, strerror(errno));
		return false;
	}
	trace_event(&s->trace, s->now, "\"start\":\"%s\",\"field\":\"off\"",
	    BW_VERSION);
	if ((r = control_open(&s->control, o->control)) != BW_OK) {
		log_error("cannot listen on %s: %s", o->control,
		    r == BW_ERR_BUSY ? "another simulator listens there" :
		    r == BW_ERR_EXISTS ? "something else is there" :
		    r == BW_ERR_BOUND ? "a socket's path has at most 107 "
		    "bytes" : strerror(errno));
		return false;
	}
	if ((r = sim_plug(s)) != BW_OK) {
		log_error("cannot make the port %s: %s", o->link,
		    r == BW_ERR_EXISTS ? "something that is no symbolic link "
		    "is there" : strerror(errno));
		return false;
	}
	return do_first(s, o);
}

static int
open_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	if (sigprocmask(SIG_BLOCK, &set, NULL) != 0)
		return -1;
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

int
sim_run(const struct sim_options *o)
{
	struct sim s;
	int signals, code = 1;

	if (sim_init(&s, o->link) != BW_OK) {
		log_error("--link %s: a path of at most 500 bytes without "
		    "\":\" is needed", o->link);
		return 1;
	}
	s.now = clock_mono_us();
	s.chip.pace = o->pace;
	if ((signals = open_signals()) < 0) {
		log_error("cannot catch signals: %s", strerror(errno));
	} else if (open_all(&s, o)) {
		printf("ready %s\n", o->link);
		fflush(stdout);
		loop(&s, signals);
		code = 0;
	}
	if (signals >= 0)
		close(signals);
	sim_free(&s);
	return code;
}
