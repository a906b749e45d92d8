// SPDX-License-Identifier: Apache-2.0
#include "uplink/uplink.h"

#include <poll.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/notify.h"
#include "base/watch.h"

#define LOOK_MS 1000	/* how often to look without being told */
#define LOOK_IDLE_MS 10000	/* likewise, where nothing waits */
#define FAILURES_REFUSED 6	/* as many failures a refusal counts for */

/* Of two results the one that says how soon to try again: what will not go
 * better by itself counts less than what may. */
static bw_err
worse(bw_err a, bw_err b)
{
	return a == BW_OK || (a == BW_ERR_DENIED && b != BW_OK) ? b : a;
}

/* The wait after one more failure, in ms. What was refused for good is tried
 * again, but seldom. */
static int64_t
wait_ms(struct uplink *u, struct backoff *b, bool refused)
{
	uint32_t random = 0;

	if (bw_random(&random, sizeof(random)) != BW_OK)
		random = 0;
	if (refused && b->failures < FAILURES_REFUSED)
		b->failures = FAILURES_REFUSED;
	return backoff_fail(b, random, u->retry_after);
}

/* Enrolment messages first: somebody stands there and waits. */
static bw_err
carry_enrols(struct uplink *u)
{
	struct file_list l;
	struct mail m;
	bw_err r, all = BW_OK;

	if ((r = file_list(u->outbox, &l)) != BW_OK)
		return r;
	for (size_t i = 0; i < l.n; i++) {
		mail_parse(l.name[i], &m);
		if (m.kind == MAIL_ENROL_GET || m.kind == MAIL_ENROL_POST)
			all = worse(all, carry_enrol(u, l.name[i], &m));
	}
	file_list_free(&l);
	return all;
}

/* Uploads; one that was refused waits by itself and holds up nothing else. */
static bw_err
carry_uploads(struct uplink *u, int64_t now)
{
	bw_err r;

	if (now < u->log_at)
		return BW_OK;
	u->log_at = 0;
	if ((r = carry_logs(u)) == BW_OK)
		backoff_ok(&u->log_backoff);
	else if (r == BW_ERR_DENIED) {
		u->log_at = now + wait_ms(u, &u->log_backoff, true);
		r = u->options.once ? r : BW_OK;
	}
	return r;
}

/* Policy and status, every so often; the one does not wait for the other. */
static bw_err
carry_regular(struct uplink *u, int64_t now)
{
	bw_err r;

	if (now < u->regular_at)
		return BW_OK;
	r = worse(carry_policy(u), carry_status(u));
	u->regular_refused = r == BW_ERR_DENIED;
	if (r == BW_ERR_DENIED && !u->options.once)
		r = BW_OK;
	if (r == BW_OK)
		u->regular_at = now + (int64_t)u->options.every * 1000;
	return r;
}

/* Carry everything that waits. */
static bw_err
pass(struct uplink *u, int64_t now)
{
	bw_err r;

	u->retry_after = 0;
	r = carry_enrols(u);
	if (u->enrolled)
		r = worse(r, carry_uploads(u, now));
	if (u->enrolled && r != BW_ERR_GONE && r != BW_ERR_TIMEOUT)
		r = worse(r, carry_regular(u, now));
	if (r == BW_OK && u->log_at == 0 && !u->regular_refused)
		uplink_well(u);
	return r;
}

static bool
enrol_waits(const struct uplink *u)
{
	struct file_list l;
	struct mail m;
	bool found = false;

	if (file_list(u->outbox, &l) != BW_OK)
		return false;
	for (size_t i = 0; i < l.n; i++) {
		mail_parse(l.name[i], &m);
		found |= m.kind == MAIL_ENROL_GET || m.kind == MAIL_ENROL_POST;
	}
	file_list_free(&l);
	return found;
}

/* How long to sleep: until it is time to try again, to ask for the policy, or
 * to say that one is alive; where nothing waits else it is seldom. */
static int64_t
sleep_ms(const struct uplink *u, int64_t try_at)
{
	int64_t now = clock_mono_ms(), left = LOOK_MS;
	uint64_t entries;

	if (try_at > now)
		left = try_at - now < LOOK_MS ? try_at - now : LOOK_MS;
	else if (uplink_pending(u->outbox, &entries) == 0)
		left = LOOK_IDLE_MS;
	if (u->enrolled && left > LOOK_MS && u->regular_at - now < left)
		left = u->regular_at > now ? u->regular_at - now : LOOK_MS;
	if (notify_due_ms() >= 0 && notify_due_ms() < left)
		left = notify_due_ms();
	return left;
}

/* poll for so long, or until a signal: none gets lost before it. */
static void
sleep_for(int fd, int64_t ms, const volatile bool *stop)
{
	const struct timespec ts = { ms / 1000, ms % 1000 * 1000000 };
	struct pollfd p = { .fd = fd, .events = POLLIN };
	sigset_t held, before;

	sigemptyset(&held);
	sigaddset(&held, SIGTERM);
	sigaddset(&held, SIGINT);
	sigprocmask(SIG_BLOCK, &held, &before);
	if (!*stop)
		(void)ppoll(&p, 1, &ts, &before);
	sigprocmask(SIG_SETMASK, &before, NULL);
}

/* Sleep until a name appears in the outbox or it is time to look. A new
 * enrolment message does not wait for the end of a back-off. */
static void
wait_for_work(struct uplink *u, int fd, int64_t *try_at,
    const volatile bool *stop)
{
	sleep_for(fd, sleep_ms(u, *try_at), stop);
	if (watch_drain(fd) && enrol_waits(u)) {
		backoff_ok(&u->backoff);
		*try_at = 0;
	}
}

static bw_err
step(struct uplink *u, int64_t *try_at)
{
	int64_t now = clock_mono_ms();
	bw_err r;

	if (now < *try_at)
		return BW_OK;
	if ((r = pass(u, now)) == BW_OK) {
		backoff_ok(&u->backoff);
		if (u->online)
			u->last_ok = clock_wall() / 60 * 60;
		*try_at = 0;
	} else
		*try_at = now + wait_ms(u, &u->backoff, r == BW_ERR_DENIED);
	return r;
}

bw_err
uplink_run(struct uplink *u, const volatile bool *stop)
{
	int64_t try_at = 0;
	bw_err r;
	int fd;

	if ((r = watch_open(u->outbox, &fd)) != BW_OK)
		return r;
	do {
		notify_ready();
		notify_alive();
		r = step(u, &try_at);
		uplink_tell(u);
		if (!u->options.once && !*stop)
			wait_for_work(u, fd, &try_at, stop);
	} while (!u->options.once && !*stop);
	close(fd);
	return u->options.once ? r : BW_OK;
}
