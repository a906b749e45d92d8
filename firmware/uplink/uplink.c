// SPDX-License-Identifier: Apache-2.0
#include "uplink/uplink.h"

#include <poll.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/watch.h"

#define LOOK_MS 1000	/* how often to look without being told */

/* Enrolment messages first: somebody stands there and waits. */
static bw_err
carry_enrols(struct uplink *u, bool *any)
{
	struct file_list l;
	struct mail m;
	bw_err r, last = BW_OK;

	*any = false;
	if ((r = file_list(u->outbox, &l)) != BW_OK)
		return r;
	for (size_t i = 0; i < l.n; i++) {
		mail_parse(l.name[i], &m);
		if (m.kind != MAIL_ENROL_GET && m.kind != MAIL_ENROL_POST)
			continue;
		*any = true;
		if ((r = carry_enrol(u, l.name[i], &m)) != BW_OK)
			last = r;
	}
	file_list_free(&l);
	return last;
}

/* Policy and status, every so often. */
static bw_err
carry_regular(struct uplink *u, int64_t now)
{
	bw_err r;

	if (now < u->regular_at)
		return BW_OK;
	if ((r = carry_policy(u)) != BW_OK || (r = carry_status(u)) != BW_OK)
		return r;
	u->regular_at = now + (int64_t)u->options.every * 1000;
	return BW_OK;
}

/* Carry everything that waits. */
static bw_err
pass(struct uplink *u, int64_t now)
{
	bool any;
	bw_err r;

	u->retry_after = 0;
	if ((r = carry_enrols(u, &any)) != BW_OK)
		return r;
	if (!u->enrolled)
		return BW_OK;
	if ((r = carry_logs(u)) != BW_OK ||
	    (r = carry_regular(u, now)) != BW_OK)
		return r;
	u->trouble[0] = 0;
	return BW_OK;
}

/* After a failure: when to try again, in monotonic ms. */
static int64_t
next_try(struct uplink *u, bw_err r, int64_t now)
{
	uint32_t random = 0;

	if (bw_random(&random, sizeof(random)) != BW_OK)
		random = 0;
	/* What was refused for good is tried again, but seldom. */
	if (r == BW_ERR_DENIED && u->backoff.failures < 6)
		u->backoff.failures = 6;
	return now + backoff_fail(&u->backoff, random, u->retry_after);
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

/* Sleep until a name appears in the outbox or it is time to look. A new
 * enrolment message does not wait for the end of a back-off. */
static void
wait_for_work(struct uplink *u, int fd, int64_t *try_at)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	int64_t left = *try_at - clock_mono_ms();

	if (left < LOOK_MS / 10)
		left = left > 0 ? left : LOOK_MS;
	poll(&p, 1, left < LOOK_MS ? (int)left : LOOK_MS);
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
		*try_at = next_try(u, r, now);
	uplink_tell(u);
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
		r = step(u, &try_at);
		if (!u->options.once && !*stop)
			wait_for_work(u, fd, &try_at);
	} while (!u->options.once && !*stop);
	close(fd);
	return u->options.once ? r : BW_OK;
}
