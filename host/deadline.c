// SPDX-License-Identifier: Apache-2.0
#include "host/deadline.h"

#include <sys/socket.h>

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"

#define LOOK_MS 100
#define GRACE_MS 1000	/* before an idle one gives way for nobody yet */

struct deadline {
	struct deadline *next, **link;	/* *link is this one */
	int64_t at;			/* milliseconds; 0: none */
	int64_t idle;			/* since when; 0: it is not */
	bool yields;
	int fd;
};

struct deadlines {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	pthread_t thread;
	struct deadline *first;
	unsigned n, most;
	bool stop;
};

/* Older versions of the library do not see an end that came along with data,
 * and would wait for more. What is on its way to the client still arrives. */
static void
wake_ended(int fd)
{
	char c;

	if (recv(fd, &c, 1, MSG_PEEK | MSG_DONTWAIT) == 0)
		shutdown(fd, SHUT_RD);
}

/* The library sees the end and closes it. */
static void
end(struct deadline *c)
{
	shutdown(c->fd, SHUT_RDWR);
	c->at = c->idle = 0;
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

static void
look(struct deadlines *d)
{
	int64_t now = clock_mono_ms();

	make_room(d, NULL, now - GRACE_MS);

	for (struct deadline *c = d->first; c != NULL; c = c->next) {
		if (c->at == 0)
			continue;
		if (c->at > now) {
			wake_ended(c->fd);
			continue;
		}
		end(c);
	}
}

/* Sleep for a while, or until there is a connection. */
static void
rest(struct deadlines *d)
{
	struct timespec ts;

	if (d->first == NULL) {
		pthread_cond_wait(&d->changed, &d->lock);
		return;
	}
	clock_gettime(CLOCK_MONOTONIC, &ts);
	ts.tv_nsec += LOOK_MS * 1000000L;
	if (ts.tv_nsec >= 1000000000L) {
		ts.tv_nsec -= 1000000000L;
		ts.tv_sec++;
	}
	pthread_cond_timedwait(&d->changed, &d->lock, &ts);
}

static void *
run(void *arg)
{
	struct deadlines *d = arg;

	pthread_mutex_lock(&d->lock);
	while (!d->stop) {
		look(d);
		rest(d);
	}
	pthread_mutex_unlock(&d->lock);
	return NULL;
}

bw_err
deadlines_start(struct deadlines **out, unsigned most)
{
	struct deadlines *d;
	pthread_condattr_t attr;

	*out = NULL;
	if ((d = calloc(1, sizeof(*d))) == NULL)
		return BW_ERR_NOMEM;
	d->most = most;
	pthread_mutex_init(&d->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&d->changed, &attr);
	pthread_condattr_destroy(&attr);
	if (pthread_create(&d->thread, NULL, run, d) != 0) {
		pthread_cond_destroy(&d->changed);
		pthread_mutex_destroy(&d->lock);
		free(d);
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
	pthread_cond_signal(&(*d)->changed);
	pthread_mutex_unlock(&(*d)->lock);
	pthread_join((*d)->thread, NULL);
	pthread_cond_destroy(&(*d)->changed);
	pthread_mutex_destroy(&(*d)->lock);
	free(*d);
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
	if (c->next == NULL)
		pthread_cond_signal(&d->changed);
	pthread_mutex_unlock(&d->lock);
	return c;
}

void
deadline_set(struct deadlines *d, struct deadline *one, unsigned seconds,
    bool idle)
{
	if (one == NULL)
		return;
	pthread_mutex_lock(&d->lock);
	one->at = after(seconds);
	one->idle = idle ? clock_mono_ms() : 0;
	pthread_mutex_unlock(&d->lock);
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
	d->n--;
	*c->link = c->next;
	if (c->next != NULL)
		c->next->link = c->link;
	pthread_mutex_unlock(&d->lock);
	free(c);
	*one = NULL;
}
