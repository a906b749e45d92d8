// SPDX-License-Identifier: Apache-2.0
#include "host/outblock.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "host/digest.h"

struct outblock {
	int fd;
	struct digest *digest;	/* NULL: nobody asked for it */
	uint8_t block[2][OUTBLOCK_SIZE];
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

static bw_err
pour(struct outblock *b, const uint8_t *p, size_t len)
{
	bw_err r = file_pour(b->fd, p, len);

	return r == BW_OK && b->digest != NULL ?
	    digest_put(b->digest, p, len) : r;
}

/* The lock is let go while a block is poured. After a failure none is. */
static void
pour_due(struct outblock *b)
{
	bw_err r = b->failed;
	int why = b->why;

	pthread_mutex_unlock(&b->lock);
	if (r == BW_OK) {
		r = pour(b, b->due, b->due_len);
		why = errno;
		/* The disk begins, so that a sync at the end finds little. */
		(void)sync_file_range(b->fd, 0, 0, SYNC_FILE_RANGE_WRITE);
	}
	pthread_mutex_lock(&b->lock);
	b->failed = r;
	b->why = why;
	b->due = NULL;
	pthread_cond_signal(&b->change);
}

static void *
run(void *arg)
{
	struct outblock *b = arg;

	pthread_mutex_lock(&b->lock);
	while (!b->stop)
		if (b->due != NULL)
			pour_due(b);
		else
			pthread_cond_wait(&b->change, &b->lock);
	pthread_mutex_unlock(&b->lock);
	return NULL;
}

bw_err
outblock_open(struct outblock **out, int fd)
{
	struct outblock *b = calloc(1, sizeof(*b));

	*out = b;
	if (b == NULL)
		return BW_ERR_NOMEM;
	b->fd = fd;
	pthread_mutex_init(&b->lock, NULL);
	pthread_cond_init(&b->change, NULL);
	return BW_OK;
}

bw_err
outblock_hash(struct outblock *b)
{
	return digest_open(&b->digest);
}

/* Until the thread has nothing to do. */
static bw_err
await(struct outblock *b)
{
	bw_err r;

	pthread_mutex_lock(&b->lock);
	while (b->due != NULL)
		pthread_cond_wait(&b->change, &b->lock);
	if ((r = b->failed) != BW_OK)
		errno = b->why;
	pthread_mutex_unlock(&b->lock);
	return r;
}

/* The block that was filled goes to the thread, the other one is next. */
static bw_err
turn(struct outblock *b)
{
	bw_err r;

	if (!b->threaded)
		b->threaded = pthread_create(&b->thread, NULL, run, b) == 0;
	if (!b->threaded)
		return outblock_flush(b);
	if ((r = await(b)) != BW_OK)
		return r;
	pthread_mutex_lock(&b->lock);
	b->due = b->block[b->at];
	b->due_len = b->len;
	pthread_cond_signal(&b->change);
	pthread_mutex_unlock(&b->lock);
	b->at ^= 1;
	b->len = 0;
	return BW_OK;
}

bw_err
outblock_put(struct outblock *b, const void *ptr, size_t len)
{
	const uint8_t *p = ptr;
	bw_err r;

	while (len != 0) {
		size_t n = OUTBLOCK_SIZE - b->len;

		if (n > len)
			n = len;
		memcpy(b->block[b->at] + b->len, p, n);
		b->len += n;
		p += n;
		len -= n;
		if (b->len == OUTBLOCK_SIZE && (r = turn(b)) != BW_OK)
			return r;
	}
	return BW_OK;
}

bw_err
outblock_room(struct outblock *b, size_t n, uint8_t **room)
{
	bw_err r;

	*room = NULL;
	if (n > OUTBLOCK_SIZE)
		return BW_ERR_BOUND;
	if (n > OUTBLOCK_SIZE - b->len && (r = turn(b)) != BW_OK)
		return r;
	*room = b->block[b->at] + b->len;
	return BW_OK;
}

void
outblock_filled(struct outblock *b, size_t n)
{
	b->len += n;
}

bw_err
outblock_flush(struct outblock *b)
{
	bw_err r;

	if ((r = await(b)) == BW_OK)
		r = pour(b, b->block[b->at], b->len);
	b->len = 0;
	return r;
}

bw_err
outblock_sha256(struct outblock *b, uint8_t out[static CRYPTO_HASH])
{
	bw_err r;

	memset(out, 0, CRYPTO_HASH);
	if (b->digest == NULL)
		return BW_ERR_ARG;
	if ((r = outblock_flush(b)) == BW_OK)
		digest_end(&b->digest, out);
	return r;
}

static void
stop(struct outblock *b)
{
	pthread_mutex_lock(&b->lock);
	b->stop = true;
	pthread_cond_signal(&b->change);
	pthread_mutex_unlock(&b->lock);
	pthread_join(b->thread, NULL);
}

void
outblock_close(struct outblock **b)
{
	if (*b == NULL)
		return;
	if ((*b)->threaded)
		stop(*b);
	pthread_mutex_destroy(&(*b)->lock);
	pthread_cond_destroy(&(*b)->change);
	digest_close(&(*b)->digest);
	explicit_bzero(*b, sizeof(**b));
	free(*b);
	*b = NULL;
}
