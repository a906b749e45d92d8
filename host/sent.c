// SPDX-License-Identifier: Apache-2.0
#include "host/sent.h"

#include <sys/ioctl.h>
#include <sys/socket.h>

#include <fcntl.h>
#include <limits.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"

#define LOOK_NS 50000000

struct sent {
	pthread_mutex_t lock;		/* guards what is below */
	pthread_cond_t some;		/* there is one, or it is over */
	struct sent_one *first;
	unsigned n;
	bool over;
	void (*told)(void *arg, bool whole);
	pthread_t thread;
};

enum seen { WAITS, ARRIVED, BROKE };

static bool
broken(int fd)
{
	struct pollfd p = { .fd = fd };

	return poll(&p, 1, 0) != 0 && (p.revents & (POLLERR | POLLNVAL)) != 0;
}

/* Both ends have let go, or the other one has reset it: the HTTP library may
 * have been told of that in our place. */
static bool
closed(int fd)
{
	struct tcp_info i;
	socklen_t len = sizeof(i);

	return getsockopt(fd, IPPROTO_TCP, TCP_INFO, &i, &len) != 0 ||
	    i.tcpi_state == TCP_CLOSE;
}

static enum seen
look(struct sent_one *one, int64_t now)
{
	int left;

	if (one->fd == -1 || ioctl(one->fd, SIOCOUTQ, &left) != 0 ||
	    broken(one->fd))
		return BROKE;
	if (left == 0)
		return ARRIVED;
	if (closed(one->fd))
		return BROKE;
	if (left < one->left)
		one->still_until = now + SENT_STILL_SECONDS * 1000;
	one->left = left;
	return now < one->until && now < one->still_until ? WAITS : BROKE;
}

/* The first that has ended, out of the list; NULL: none has. The lock is
 * held. */
static struct sent_one *
take(struct sent *s, bool *whole)
{
	int64_t now = clock_mono_ms();

	for (struct sent_one **at = &s->first; *at != NULL;
	    at = &(*at)->next) {
		struct sent_one *one = *at;
		enum seen seen = s->over ? BROKE : look(one, now);

		if (seen == WAITS)
			continue;
		*whole = seen == ARRIVED;
		*at = one->next;
		s->n--;
		return one;
	}
	return NULL;
}

/* Until there is something to look at. */
static void
rest(struct sent *s)
{
	struct timespec until;

	if (s->first == NULL) {
		pthread_cond_wait(&s->some, &s->lock);
		return;
	}
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += LOOK_NS;
	if (until.tv_nsec >= 1000000000) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000;
	}
	pthread_cond_timedwait(&s->some, &s->lock, &until);
}

static void *
run(void *arg)
{
	struct sent *s = arg;
	struct sent_one *one;
	bool whole = false;

	pthread_mutex_lock(&s->lock);
	while ((one = take(s, &whole)) != NULL || !s->over) {
		if (one == NULL) {
			rest(s);
			continue;
		}
		pthread_mutex_unlock(&s->lock);
		if (one->fd != -1)
			close(one->fd);
		s->told(one->arg, whole);
		pthread_mutex_lock(&s->lock);
	}
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

bw_err
sent_start(struct sent **out, void (*told)(void *arg, bool whole))
{
	pthread_condattr_t attr;
	struct sent *s;

	*out = NULL;
	if ((s = calloc(1, sizeof(*s))) == NULL)
		return BW_ERR_NOMEM;
	s->told = told;
	pthread_mutex_init(&s->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&s->some, &attr);
	pthread_condattr_destroy(&attr);
	if (pthread_create(&s->thread, NULL, run, s) != 0) {
		pthread_cond_destroy(&s->some);
		pthread_mutex_destroy(&s->lock);
		free(s);
		return BW_ERR_NOMEM;
	}
	*out = s;
	return BW_OK;
}

void
sent_add(struct sent *s, struct sent_one *one, int fd, void *arg)
{
	int64_t now = clock_mono_ms();

	*one = (struct sent_one){ .fd = -1, .left = INT_MAX, .arg = arg,
		.until = now + SENT_SECONDS * 1000,
		.still_until = now + SENT_STILL_SECONDS * 1000 };
	pthread_mutex_lock(&s->lock);
	if (fd != -1 && s->n < SENT_MAX)
		one->fd = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	one->next = s->first;
	s->first = one;
	s->n++;
	pthread_cond_signal(&s->some);
	pthread_mutex_unlock(&s->lock);
}

void
sent_stop(struct sent **s)
{
	if (*s == NULL)
		return;
	pthread_mutex_lock(&(*s)->lock);
	(*s)->over = true;
	pthread_cond_signal(&(*s)->some);
	pthread_mutex_unlock(&(*s)->lock);
	pthread_join((*s)->thread, NULL);
	pthread_cond_destroy(&(*s)->some);
	pthread_mutex_destroy(&(*s)->lock);
	free(*s);
	*s = NULL;
}
