// SPDX-License-Identifier: Apache-2.0
#include "host/settle.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/log.h"
#include "host/hostclock.h"
#include "host/store_settle.h"

#define TURN_MS 100	/* then it looks whether uploads come */

struct settler {
	struct host *host;
	pthread_mutex_t lock;
	pthread_cond_t some;
	pthread_t thread;
	int64_t first, last;	/* uploads that wait, clock_mono_ms; 0: none */
	bool over, started;
};

static int64_t
due(const struct settler *st)
{
	int64_t quiet = st->last + SETTLE_QUIET_MS;
	int64_t most = st->first + SETTLE_MOST_MS;

	return quiet < most ? quiet : most;
}

/* The lock is held. */
static void
rest(struct settler *st)
{
	int64_t at = due(st);
	struct timespec until = { at / 1000, at % 1000 * 1000000L };

	if (st->first == 0)
		pthread_cond_wait(&st->some, &st->lock);
	else
		pthread_cond_timedwait(&st->some, &st->lock, &until);
}

/* false: it is over. */
static bool
wait_until_due(struct settler *st)
{
	bool on;

	pthread_mutex_lock(&st->lock);
	while (!st->over && (st->first == 0 || clock_mono_ms() < due(st)))
		rest(st);
	st->first = 0;
	on = !st->over;
	pthread_mutex_unlock(&st->lock);
	return on;
}

/* Unless an upload came meanwhile, go on at once. */
static void
go_on(struct settler *st)
{
	pthread_mutex_lock(&st->lock);
	if (st->first == 0) {
		st->last = clock_mono_ms() - SETTLE_QUIET_MS;
		st->first = 1;
	}
	pthread_mutex_unlock(&st->lock);
}

static void *
run(void *arg)
{
	struct settler *st = arg;
	struct store *s = NULL;
	int64_t now;
	bw_err r;

	if (host_store_take(st->host, &s) != BW_OK) {
		log_error("no store for what is made behind uploads: leads "
		    "come into lists when somebody exports");
		return NULL;
	}
	while (wait_until_due(st)) {
		if ((r = hostclock_now(s, &now)) == BW_OK)
			r = store_settle(s, now, TURN_MS);
		if (r == BW_ERR_BUSY)
			go_on(st);
		else if (r != BW_OK)
			log_error("receipts and counts are behind: %s",
			    bw_strerror(r));
	}
	host_store_give(st->host, &s);
	return NULL;
}

static void
init(struct settler *st, struct host *h)
{
	pthread_condattr_t mono;

	st->host = h;
	pthread_mutex_init(&st->lock, NULL);
	pthread_condattr_init(&mono);
	pthread_condattr_setclock(&mono, CLOCK_MONOTONIC);
	pthread_cond_init(&st->some, &mono);
	pthread_condattr_destroy(&mono);
	go_on(st);
}

bw_err
settler_open(struct settler **out, struct host *h)
{
	struct settler *st;

	*out = NULL;
	if ((st = calloc(1, sizeof(*st))) == NULL)
		return BW_ERR_NOMEM;
	init(st, h);
	st->started = pthread_create(&st->thread, NULL, run, st) == 0;
	if (!st->started) {
		settler_close(&st);
		return BW_ERR_NOMEM;
	}
	*out = st;
	return BW_OK;
}

void
settler_poke(struct settler *st)
{
	if (st == NULL)
		return;
	pthread_mutex_lock(&st->lock);
	st->last = clock_mono_ms();
	if (st->first == 0)
		st->first = st->last;
	pthread_cond_signal(&st->some);
	pthread_mutex_unlock(&st->lock);
}

void
settler_close(struct settler **st)
{
	if (*st == NULL)
		return;
	pthread_mutex_lock(&(*st)->lock);
	(*st)->over = true;
	pthread_cond_signal(&(*st)->some);
	pthread_mutex_unlock(&(*st)->lock);
	if ((*st)->started)
		pthread_join((*st)->thread, NULL);
	pthread_cond_destroy(&(*st)->some);
	pthread_mutex_destroy(&(*st)->lock);
	free(*st);
	*st = NULL;
}
