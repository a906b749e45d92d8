// SPDX-License-Identifier: Apache-2.0
#include "host/relay.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct relay {
	relay_take take;
	void *arg;
	size_t size;
	uint8_t *block[2];
	unsigned at;		/* the one that is filled */
	size_t len;		/* how far */
	bool threaded;
	pthread_t thread;
	pthread_mutex_t lock;	/* guards what is below */
	pthread_cond_t change;
	const uint8_t *due;	/* the thread's; NULL: it has nothing to do */
	size_t due_len;
	bool stop;
	bw_err failed;
	int why;		/* errno of that */
};

/* The lock is let go while a block is taken. After a failure none is. */
static void
take_due(struct relay *y)
{
	bw_err r = y->failed;
	int why = y->why;

	pthread_mutex_unlock(&y->lock);
	if (r == BW_OK) {
		r = y->take(y->arg, y->due, y->due_len);
		why = errno;
	}
	pthread_mutex_lock(&y->lock);
	y->failed = r;
	y->why = why;
	y->due = NULL;
	pthread_cond_signal(&y->change);
}

static void *
run(void *arg)
{
	struct relay *y = arg;

	pthread_mutex_lock(&y->lock);
	while (!y->stop)
		if (y->due != NULL)
			take_due(y);
		else
			pthread_cond_wait(&y->change, &y->lock);
	pthread_mutex_unlock(&y->lock);
	return NULL;
}

bw_err
relay_open(struct relay **out, size_t size, relay_take take, void *arg)
{
	struct relay *y = calloc(1, sizeof(*y));

	*out = NULL;
	if (y == NULL)
		return BW_ERR_NOMEM;
	y->take = take;
	y->arg = arg;
	y->size = size;
	pthread_mutex_init(&y->lock, NULL);
	pthread_cond_init(&y->change, NULL);
	y->block[0] = calloc(1, size);
	y->block[1] = calloc(1, size);
	if (y->block[0] == NULL || y->block[1] == NULL) {
		relay_close(&y);
		return BW_ERR_NOMEM;
	}
	*out = y;
	return BW_OK;
}

/* Until the thread has nothing to do. */
static bw_err
await(struct relay *y)
{
	bw_err r;

	pthread_mutex_lock(&y->lock);
	while (y->due != NULL)
		pthread_cond_wait(&y->change, &y->lock);
	if ((r = y->failed) != BW_OK)
		errno = y->why;
	pthread_mutex_unlock(&y->lock);
	return r;
}

/* The block that was filled goes to the thread, the other one is next. */
static bw_err
turn(struct relay *y)
{
	bw_err r;

	if (!y->threaded)
		y->threaded = pthread_create(&y->thread, NULL, run, y) == 0;
	if (!y->threaded)
		return relay_flush(y);
	if ((r = await(y)) != BW_OK)
		return r;
	pthread_mutex_lock(&y->lock);
	y->due = y->block[y->at];
	y->due_len = y->len;
	pthread_cond_signal(&y->change);
	pthread_mutex_unlock(&y->lock);
	y->at ^= 1;
	y->len = 0;
	return BW_OK;
}

bw_err
relay_room(struct relay *y, size_t n, uint8_t **room)
{
	bw_err r;

	*room = NULL;
	if (n > y->size)
		return BW_ERR_BOUND;
	if (n > y->size - y->len && (r = turn(y)) != BW_OK)
		return r;
	*room = y->block[y->at] + y->len;
	return BW_OK;
}

void
relay_filled(struct relay *y, size_t n)
{
	y->len += n;
}

size_t
relay_left(const struct relay *y)
{
	return y->size - y->len;
}

bw_err
relay_flush(struct relay *y)
{
	bw_err r;

	if ((r = await(y)) == BW_OK && y->len != 0)
		r = y->take(y->arg, y->block[y->at], y->len);
	y->len = 0;
	return r;
}

static void
stop(struct relay *y)
{
	pthread_mutex_lock(&y->lock);
	y->stop = true;
	pthread_cond_signal(&y->change);
	pthread_mutex_unlock(&y->lock);
	pthread_join(y->thread, NULL);
}

void
relay_close(struct relay **y)
{
	if (*y == NULL)
		return;
	if ((*y)->threaded)
		stop(*y);
	pthread_mutex_destroy(&(*y)->lock);
	pthread_cond_destroy(&(*y)->change);
	for (int i = 0; i < 2; i++)
		if ((*y)->block[i] != NULL) {
			explicit_bzero((*y)->block[i], (*y)->size);
			free((*y)->block[i]);
		}
	free(*y);
	*y = NULL;
}
