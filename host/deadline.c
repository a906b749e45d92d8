// SPDX-License-Identifier: Apache-2.0
#include "host/deadline.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <linux/tcp.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"

#define LOOK_MS 100	/* while something is under way that says no word */
#define GRACE_MS 1000	/* before an idle one gives way for nobody yet */

struct deadline {
	struct deadline *next, **link;	/* *link is this one */
	int64_t at;			/* milliseconds; 0: none */
	int64_t idle;			/* since when; 0: it is not */
	int64_t again;			/* milliseconds; 0: it ends at `at` */
	uint64_t moved;			/* bytes, when its time began */
	bool yields;
	bool ended;			/* by the client */
	uint64_t id;
	int fd;
};

struct deadlines {
	pthread_mutex_t lock;
	pthread_t thread;
	struct deadline *first;
	unsigned n, most;
	uint64_t last_id;
	int64_t looks_at;	/* when the thread wakes up by itself */
	int poll, poke;		/* the ends of clients; wakes the thread */
	bool stop;
};

static int64_t
earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* Older versions of the library do not see an end that came along with data,
 * and would wait for more. What is on its way to the client still arrives. */
static void
wake_ended(struct deadline *c)
{
	char byte;

	if (recv(c->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) != 0)
		return;		/* the library has not read it all yet */
	shutdown(c->fd, SHUT_RD);
	c->ended = false;
}

/* The library sees the end and closes it. */
static void
end(struct deadline *c)
{
	shutdown(c->fd, SHUT_RDWR);
	c->at = c->idle = 0;
}

/* Bytes that came, and that went and arrived; 0 when it is not TCP's. */
static uint64_t
moved(const struct deadline *c)
{
	struct tcp_info i = { 0 };
	socklen_t len = sizeof(i);

	if (getsockopt(c->fd, IPPROTO_TCP, TCP_INFO, &i, &len) == -1)
		return 0;
	return i.tcpi_bytes_acked + i.tcpi_bytes_received;
}

/* Its time is over: it ends, or has moved enough to have it again. */
static void
expire(struct deadline *c, int64_t now)
{
	uint64_t all = c->again != 0 ? moved(c) : 0;

	if (all < c->moved ||
	    all - c->moved < (uint64_t)c->again * DEADLINE_RATE / 1000 ||
	    c->again == 0) {
		end(c);
		return;
	}
	c->at = now + c->again;
	c->moved = all;
}

/* One that idles since before then, but not this one, when all is full. */
static void
make_room(struct deadlines *d, const struct deadline *not, int64_t before)
{
	struct deadline *oldest = NULL;

	if (d->n < d->most)
		return;
	for (struct deadline *c = d->first; c != NULL; c = c->next)
		if (c != not && c->yields && c->idle != 0 &&
		    c->idle <= before &&
		    (oldest == NULL || c->idle <= oldest->idle))
			oldest = c;
	if (oldest != NULL)
		end(oldest);
}

/* When this one is to be looked at next. */
static int64_t
due(const struct deadlines *d, const struct deadline *c, int64_t now)
{
	int64_t at = c->at != 0 ? c->at : INT64_MAX;

	if (c->at != 0 && c->ended)
		at = earlier(at, now + LOOK_MS);
	if (d->n >= d->most && c->yields && c->idle != 0)
		at = earlier(at, c->idle + GRACE_MS > now + LOOK_MS ?
		    c->idle + GRACE_MS : now + LOOK_MS);
	return at;
}

static void
look(struct deadlines *d)
{
	int64_t now = clock_mono_ms();

	make_room(d, NULL, now - GRACE_MS);
	d->looks_at = INT64_MAX;
	for (struct deadline *c = d->first; c != NULL; c = c->next) {
		if (c->at != 0 && c->at <= now)
			expire(c, now);
		else if (c->at != 0 && c->ended)
			wake_ended(c);
		d->looks_at = earlier(d->looks_at, due(d, c, now));
	}
}

static void
poke(struct deadlines *d)
{
	const uint64_t one = 1;

	(void)!write(d->poke, &one, sizeof(one));
}

/* It may be due before the thread would look. */
static void
look_in_time(struct deadlines *d, const struct deadline *c)
{
	if (due(d, c, clock_mono_ms()) < d->looks_at)
		poke(d);
}

/* Sleep until one is due or has ended, or another became due earlier. */
static size_t
rest(const struct deadlines *d, struct epoll_event *e, int max, int64_t until)
{
	int64_t left = until - clock_mono_ms();
	int n;

	if (left < 0)
		left = 0;
	n = epoll_wait(d->poll, e, max, until == INT64_MAX ? -1 :
	    (int)earlier(left, INT32_MAX));
	return n > 0 ? (size_t)n : 0;
}

static void
take(struct deadlines *d, uint64_t id)
{
	uint64_t count;

	if (id == 0)
		(void)!read(d->poke, &count, sizeof(count));
	for (struct deadline *c = d->first; c != NULL; c = c->next)
		if (c->id == id)
			c->ended = true;
}

static void *
run(void *arg)
{
	struct deadlines *d = arg;
	struct epoll_event e[16];
	int64_t until;
	size_t n;

	pthread_mutex_lock(&d->lock);
	while (!d->stop) {
		look(d);
		until = d->looks_at;
		pthread_mutex_unlock(&d->lock);
		n = rest(d, e, sizeof(e) / sizeof(e[0]), until);
		pthread_mutex_lock(&d->lock);
		while (n-- > 0)
			take(d, e[n].data.u64);
	}
	pthread_mutex_unlock(&d->lock);
	return NULL;
}

static void
deadlines_free(struct deadlines *d)
{
	if (d->poll != -1)
		close(d->poll);
	if (d->poke != -1)
		close(d->poke);
	pthread_mutex_destroy(&d->lock);
	free(d);
}

bw_err
deadlines_start(struct deadlines **out, unsigned most)
{
	struct epoll_event e = { .events = EPOLLIN };
	struct deadlines *d;

	*out = NULL;
	if ((d = calloc(1, sizeof(*d))) == NULL)
		return BW_ERR_NOMEM;
	d->most = most;
	d->looks_at = INT64_MAX;
	pthread_mutex_init(&d->lock, NULL);
	d->poll = epoll_create1(EPOLL_CLOEXEC);
	d->poke = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (d->poll == -1 || d->poke == -1 ||
	    epoll_ctl(d->poll, EPOLL_CTL_ADD, d->poke, &e) == -1 ||
	    pthread_create(&d->thread, NULL, run, d) != 0) {
		deadlines_free(d);
		return BW_ERR_NOMEM;
	}
	*out = d;
	return BW_OK;
}

void
deadlines_stop(struct deadlines **d)
{
	if (*d == NULL)
		return;
	pthread_mutex_lock(&(*d)->lock);
	(*d)->stop = true;
	pthread_mutex_unlock(&(*d)->lock);
	poke(*d);
	pthread_join((*d)->thread, NULL);
	deadlines_free(*d);
	*d = NULL;
}

static int64_t
after(unsigned seconds)
{
	return seconds != 0 ? clock_mono_ms() + (int64_t)seconds * 1000 : 0;
}

struct deadline *
deadline_add(struct deadlines *d, int fd, unsigned seconds, bool yields)
{
	struct epoll_event e = { .events = EPOLLRDHUP | EPOLLONESHOT };
	struct deadline *c;

	if ((c = calloc(1, sizeof(*c))) == NULL)
		return NULL;
	c->fd = fd;
	c->at = after(seconds);
	c->idle = clock_mono_ms();
	c->yields = yields;
	pthread_mutex_lock(&d->lock);
	d->n++;
	c->next = d->first;
	c->link = &d->first;
	if (c->next != NULL)
		c->next->link = &c->next;
	d->first = c;
	e.data.u64 = c->id = ++d->last_id;
	/* Where that fails its deadline ends it. */
	(void)epoll_ctl(d->poll, EPOLL_CTL_ADD, fd, &e);
	if (d->n == d->most)
		poke(d);	/* the others may have to give way now */
	look_in_time(d, c);
	pthread_mutex_unlock(&d->lock);
	return c;
}

static void
set(struct deadlines *d, struct deadline *one, unsigned seconds, bool idle)
{
	if (one == NULL)
		return;
	pthread_mutex_lock(&d->lock);
	one->at = after(seconds);
	one->idle = idle ? clock_mono_ms() : 0;
	one->again = idle ? 0 : (int64_t)seconds * 1000;
	if (one->again != 0)
		one->moved = moved(one);
	look_in_time(d, one);
	pthread_mutex_unlock(&d->lock);
}

void
deadline_body(struct deadlines *d, struct deadline *one, unsigned seconds)
{
	set(d, one, seconds, false);
}

void
deadline_idle(struct deadlines *d, struct deadline *one, unsigned seconds)
{
	set(d, one, seconds, true);
}

void
deadline_make_room(struct deadlines *d, const struct deadline *newest)
{
	pthread_mutex_lock(&d->lock);
	make_room(d, newest, INT64_MAX);
	pthread_mutex_unlock(&d->lock);
}

void
deadline_drop(struct deadlines *d, struct deadline **one)
{
	struct deadline *c = *one;

	if (c == NULL)
		return;
	pthread_mutex_lock(&d->lock);
	(void)epoll_ctl(d->poll, EPOLL_CTL_DEL, c->fd, NULL);
	d->n--;
	*c->link = c->next;
	if (c->next != NULL)
		c->next->link = c->link;
	pthread_mutex_unlock(&d->lock);
	free(c);
	*one = NULL;
}
