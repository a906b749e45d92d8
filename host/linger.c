// SPDX-License-Identifier: Apache-2.0
#include "host/linger.h"

#include <sys/eventfd.h>
#include <sys/socket.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"

#define LOOK_MS 250
#define READS_MAX 16		/* in a row, of one connection */

struct lingerers {
	pthread_mutex_t lock;	/* guards what is below */
	pthread_t thread;
	bool stop;
	size_t n;
	struct {
		int fd;
		int64_t until;	/* milliseconds */
	} one[LINGER_MAX];
	int wake;		/* eventfd */
};

static void
wake(struct lingerers *l)
{
	uint64_t one = 1;

	(void)!write(l->wake, &one, sizeof(one));
}

/* Whether there may be more to come. */
static bool
drop(int fd)
{
	char junk[16384];
	ssize_t n = 1;

	for (int i = 0; i < READS_MAX && n > 0; i++)
		n = recv(fd, junk, sizeof(junk), MSG_DONTWAIT);
	return n > 0 || (n == -1 && (errno == EAGAIN || errno == EINTR));
}

/* Read from all; let go of those that ended or had their time. */
static void
look(struct lingerers *l)
{
	int64_t now = clock_mono_ms();
	size_t kept = 0;

	for (size_t i = 0; i < l->n; i++)
		if (drop(l->one[i].fd) && l->one[i].until > now)
			l->one[kept++] = l->one[i];
		else
			close(l->one[i].fd);
	l->n = kept;
}

static void *
run(void *arg)
{
	struct lingerers *l = arg;
	struct pollfd p[LINGER_MAX + 1];
	uint64_t count;
	size_t n;

	pthread_mutex_lock(&l->lock);
	while (!l->stop) {
		n = l->n;
		p[0] = (struct pollfd){ .fd = l->wake, .events = POLLIN };
		for (size_t i = 0; i < n; i++)
			p[i + 1] = (struct pollfd){ .fd = l->one[i].fd,
				.events = POLLIN };
		pthread_mutex_unlock(&l->lock);
		poll(p, n + 1, n > 0 ? LOOK_MS : -1);
		(void)!read(l->wake, &count, sizeof(count));
		pthread_mutex_lock(&l->lock);
		look(l);
	}
	pthread_mutex_unlock(&l->lock);
	return NULL;
}

bw_err
linger_start(struct lingerers **out)
{
	struct lingerers *l;

	*out = NULL;
	if ((l = calloc(1, sizeof(*l))) == NULL)
		return BW_ERR_NOMEM;
	pthread_mutex_init(&l->lock, NULL);
	l->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (l->wake == -1 || pthread_create(&l->thread, NULL, run, l) != 0) {
		if (l->wake != -1)
			close(l->wake);
		pthread_mutex_destroy(&l->lock);
		free(l);
		return BW_ERR_IO;
	}
	*out = l;
	return BW_OK;
}

void
linger_stop(struct lingerers **l)
{
	if (*l == NULL)
		return;
	pthread_mutex_lock(&(*l)->lock);
	(*l)->stop = true;
	pthread_mutex_unlock(&(*l)->lock);
	wake(*l);
	pthread_join((*l)->thread, NULL);
	for (size_t i = 0; i < (*l)->n; i++)
		close((*l)->one[i].fd);
	close((*l)->wake);
	pthread_mutex_destroy(&(*l)->lock);
	free(*l);
	*l = NULL;
}

void
linger_add(struct lingerers *l, int fd)
{
	pthread_mutex_lock(&l->lock);
	if (l->n < LINGER_MAX &&
	    (fd = fcntl(fd, F_DUPFD_CLOEXEC, 0)) != -1) {
		l->one[l->n].fd = fd;
		l->one[l->n++].until = clock_mono_ms() +
		    LINGER_SECONDS * 1000;
	}
	pthread_mutex_unlock(&l->lock);
	wake(l);
}
