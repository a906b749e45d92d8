// SPDX-License-Identifier: Apache-2.0
#include "host/events.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "host/hostclock.h"
#include "host/person.h"
#include "host/running.h"
#include "host/station.h"
#include "host/store_watch.h"

struct listener {
	struct http_stream stream;
	struct events *hub;
	struct listener *next;
	uint64_t login;
	char sponsor[TEXT_ID_MAX + 1];	/* its login's; "": staff's */
	uint64_t version;	/* of what it may know of, a sponsor's */
	uint64_t changes;	/* from 1 */
	uint64_t told;		/* the last change that it was told */
	int64_t spoke;		/* when it was last told anything */
	int64_t hinted;		/* when it was last told to ask anyway */
	bool waiting, over;
};

struct events {
	struct host *host;
	pthread_mutex_t lock;
	pthread_cond_t some;	/* somebody listens, or it is over */
	pthread_t thread;
	struct listener *first;
	unsigned n;
	bool over, started;
};

/* It has something to say, or to end. The lock is held. */
static void
wake(struct listener *l)
{
	if (!l->waiting)
		return;
	l->waiting = false;
	http_stream_wake(&l->stream);
}

static ssize_t
speak(struct listener *l, char *buf, size_t max)
{
	int64_t now = clock_mono_ms();
	int n = 0;

	if (l->over)
		return -1;
	if (l->told != l->changes)
		n = snprintf(buf, max, "retry: %d\nevent: change\n"
		    "data: %llu\n\n", EVENTS_RETRY * 1000,
		    (unsigned long long)l->changes);
	else if (now - l->spoke >= EVENTS_HEARTBEAT * 1000)
		n = snprintf(buf, max, ":\n\n");
	if (n > 0 && (size_t)n < max) {
		l->told = l->changes;
		l->spoke = now;
		return n;
	}
	l->waiting = true;
	http_stream_wait(&l->stream);
	return 0;
}

static ssize_t
on_read(struct http_stream *s, char *buf, size_t max)
{
	struct listener *l = (struct listener *)s;
	ssize_t n;

	pthread_mutex_lock(&l->hub->lock);
	n = speak(l, buf, max);
	pthread_mutex_unlock(&l->hub->lock);
	return n;
}

static void
on_end(struct http_stream *s)
{
	struct listener *l = (struct listener *)s;
	struct events *e = l->hub;

	pthread_mutex_lock(&e->lock);
	for (struct listener **at = &e->first; *at != NULL; at = &(*at)->next)
		if (*at == l) {
			*at = l->next;
			e->n--;
			break;
		}
	pthread_mutex_unlock(&e->lock);
	free(l);
}

/* Wait until somebody listens, then for a second. false: it is over. */
static bool
pause_for(struct events *e)
{
	struct timespec until;
	bool on;

	pthread_mutex_lock(&e->lock);
	while (e->first == NULL && !e->over)
		pthread_cond_wait(&e->some, &e->lock);
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec++;
	while (!e->over && pthread_cond_timedwait(&e->some, &e->lock,
	    &until) == 0)
		continue;
	on = !e->over;
	pthread_mutex_unlock(&e->lock);
	return on;
}

/* The sponsors whose people listen. */
struct part {
	char sponsor[TEXT_ID_MAX + 1];
	uint64_t version;	/* 0: unknown */
};

struct parts {
	size_t n;
	struct part part[EVENTS_MAX];
};

static struct part *
part_of(struct parts *all, const char *sponsor)
{
	for (size_t i = 0; i < all->n; i++)
		if (strcmp(all->part[i].sponsor, sponsor) == 0)
			return &all->part[i];
	return NULL;
}

/* Each once; none when nothing changed and nobody is there for the first time. */
static void
parts_listed(struct events *e, struct parts *all, bool changed)
{
	bool look = changed;

	all->n = 0;
	pthread_mutex_lock(&e->lock);
	for (struct listener *l = e->first; l != NULL; l = l->next) {
		if (l->sponsor[0] == 0)
			continue;
		look |= l->version == 0;
		if (part_of(all, l->sponsor) == NULL)
			snprintf(all->part[all->n++].sponsor,
			    sizeof(l->sponsor), "%s", l->sponsor);
	}
	pthread_mutex_unlock(&e->lock);
	if (!look)
		all->n = 0;
}

/* What they may know of, as it is now. Without the lock, for which the server's
 * thread waits. */
static void
parts_seen(struct events *e, struct store *s, struct parts *all)
{
	struct running_export x[RUNNING_SHOWN];

	for (struct part *p = all->part; p < all->part + all->n; p++) {
		size_t n = running_list(e->host->running, NULL, p->sponsor, x);

		if (store_sponsor_version(s, p->sponsor,
		    &p->version) != BW_OK) {
			p->version = 0;
			continue;
		}
		for (size_t i = 0; i < n; i++)
			p->version += x[i].sending ? UINT64_C(1) << 32 : 1;
	}
}

/* What a sponsor's people may know of has become another. */
static bool
sponsor_changed(struct parts *all, struct listener *l)
{
	const struct part *p = part_of(all, l->sponsor);

	if (p == NULL || p->version == 0 || p->version == l->version)
		return false;
	l->version = p->version;
	return true;
}

/* Whether this one is told of it. A sponsor's is not told that anybody did
 * anything elsewhere: of its own devices and notices at once, and by the clock
 * that it should ask for the rest. At the first look it is told, too: what came
 * since its page was made. */
static bool
concerns(struct listener *l, bool changed, struct parts *all, int64_t mono)
{
	bool hint = mono - l->hinted >= EVENTS_HINT * 1000;

	if (l->sponsor[0] == 0)
		return changed;
	if (hint)
		l->hinted = mono;
	return sponsor_changed(all, l) || hint;
}

/* The lock is held: what changed goes out, who is no longer logged in too. */
static void
tell(struct events *e, struct store *s, bool changed, struct parts *all,
    int64_t now)
{
	int64_t mono = clock_mono_ms();

	for (struct listener *l = e->first; l != NULL; l = l->next) {
		bool beat = mono - l->spoke >= EVENTS_HEARTBEAT * 1000;
		bool news = concerns(l, changed, all, mono);

		l->changes += news;
		if ((changed || beat) &&
		    login_alive(s, l->login, now) == BW_ERR_NOTFOUND)
			l->over = true;
		if (news || beat || l->over)
			wake(l);
	}
}

/* A number that rises with what the store does not have: what writing stations
 * do, also their silence, and exports that run. */
static uint64_t
other_changes(const struct events *e)
{
	static struct station s[STATIONS_MAX];	/* one thread's */

	(void)stations_list(e->host->stations, clock_wall(), s, STATIONS_MAX);
	return stations_changes(e->host->stations) +
	    running_changes(e->host->running);
}

static void *
run(void *arg)
{
	static struct parts parts;	/* this thread's */
	struct events *e = arg;
	struct store *s = NULL;
	int64_t seen = -1, version, now;
	uint64_t other, other_seen = 0;
	bool changed;

	if (host_store_take(e->host, &s) != BW_OK) {
		log_error("no store for events: open pages stay as they are");
		return NULL;
	}
	while (pause_for(e)) {
		if (store_version(s, &version) != BW_OK ||
		    hostclock_now(s, &now) != BW_OK)
			continue;
		other = other_changes(e);
		changed = version != seen || other != other_seen;
		parts_listed(e, &parts, changed);
		parts_seen(e, s, &parts);
		pthread_mutex_lock(&e->lock);
		tell(e, s, changed, &parts, now);
		pthread_mutex_unlock(&e->lock);
		seen = version;
		other_seen = other;
	}
	host_store_give(e->host, &s);
	return NULL;
}

/* The wall clock may be set back meanwhile. */
static void
some_init(pthread_cond_t *some)
{
	pthread_condattr_t a;

	pthread_condattr_init(&a);
	pthread_condattr_setclock(&a, CLOCK_MONOTONIC);
	pthread_cond_init(some, &a);
	pthread_condattr_destroy(&a);
}

bw_err
events_open(struct events **out, struct host *h)
{
	struct events *e;

	*out = NULL;
	if ((e = calloc(1, sizeof(*e))) == NULL)
		return BW_ERR_NOMEM;
	e->host = h;
	pthread_mutex_init(&e->lock, NULL);
	some_init(&e->some);
	if (pthread_create(&e->thread, NULL, run, e) != 0) {
		events_close(&e);
		return BW_ERR_NOMEM;
	}
	e->started = true;
	*out = e;
	return BW_OK;
}

void
events_stop(struct events *e)
{
	if (e == NULL)
		return;
	pthread_mutex_lock(&e->lock);
	e->over = true;
	for (struct listener *l = e->first; l != NULL; l = l->next) {
		l->over = true;
		wake(l);
	}
	pthread_cond_broadcast(&e->some);
	pthread_mutex_unlock(&e->lock);
}

void
events_close(struct events **e)
{
	if (*e == NULL)
		return;
	events_stop(*e);
	if ((*e)->started)
		pthread_join((*e)->thread, NULL);
	pthread_cond_destroy(&(*e)->some);
	pthread_mutex_destroy(&(*e)->lock);
	free(*e);
	*e = NULL;
}

/* The lock is held. Of a login's streams the oldest gives way: most likely its
 * page is gone, which shows only when it is told something. */
static bool
room(struct events *e, uint64_t login)
{
	struct listener *oldest = NULL;
	unsigned n = 0;

	for (struct listener *l = e->first; l != NULL; l = l->next)
		if (l->login == login && !l->over) {
			oldest = l;
			n++;
		}
	if (n >= EVENTS_PER_LOGIN) {
		oldest->over = true;
		wake(oldest);
	}
	return !e->over && e->n < EVENTS_MAX;
}

void
events_answer(struct call *c)
{
	struct events *e = c->host->events;
	struct listener *l;
	bool ok = false;

	if (c->me->who.login == NULL) {
		http_error(c->out, 401, "log in for events");
		return;
	}
	if ((l = calloc(1, sizeof(*l))) == NULL) {
		http_failure(c->out, BW_ERR_NOMEM);
		return;
	}
	*l = (struct listener){ .stream = { on_read, on_end, NULL },
		.hub = e, .login = c->me->login.num, .changes = 1,
		.hinted = clock_mono_ms() };
	snprintf(l->sponsor, sizeof(l->sponsor), "%s",
	    c->me->login.account.sponsor);
	pthread_mutex_lock(&e->lock);
	if ((ok = room(e, l->login))) {
		l->next = e->first;
		e->first = l;
		e->n++;
		pthread_cond_signal(&e->some);
	}
	pthread_mutex_unlock(&e->lock);
	if (!ok) {
		free(l);
		http_error(c->out, 503, "too many pages listen; close some");
		c->out->retry_after = 60;
		return;
	}
	http_text(c->out, 200, "text/event-stream", NULL, 0);
	c->out->stream = &l->stream;
}

unsigned
events_open_count(struct events *e)
{
	unsigned n;

	pthread_mutex_lock(&e->lock);
	n = e->n;
	pthread_mutex_unlock(&e->lock);
	return n;
}
