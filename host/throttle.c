// SPDX-License-Identifier: Apache-2.0
#include "host/throttle.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

#define SETS 512u
#define WAYS 4u

/* A bucket is the time at which it will be full again: a try moves that time
 * on by one step; it may not go further than burst steps ahead. */
struct bucket {
	uint64_t key;		/* 0: unused */
	int64_t full_at;	/* milliseconds */
};

struct throttle {
	pthread_mutex_t lock;
	struct throttle_rule rule;
	uint64_t seed;		/* so that no one can aim at a set */
	struct bucket all;
	struct bucket set[SETS][WAYS];
};

bw_err
throttle_open(struct throttle **out, const struct throttle_rule *rule)
{
	struct throttle *t;
	bw_err r;

	*out = NULL;
	if ((t = calloc(1, sizeof(*t))) == NULL)
		return BW_ERR_NOMEM;
	if ((r = bw_random(&t->seed, sizeof(t->seed))) != BW_OK) {
		free(t);
		return r;
	}
	pthread_mutex_init(&t->lock, NULL);
	t->rule = *rule;
	*out = t;
	return BW_OK;
}

void
throttle_close(struct throttle **t)
{
	if (*t == NULL)
		return;
	pthread_mutex_destroy(&(*t)->lock);
	free(*t);
	*t = NULL;
}

/* FNV-1a, seeded: good enough to spread keys that no one can choose well. */
static uint64_t
hash(uint64_t seed, const char *key)
{
	uint64_t h = 0xcbf29ce484222325u ^ seed;

	for (; *key != 0; key++)
		h = (h ^ (unsigned char)*key) * 0x100000001b3u;
	h ^= h >> 32;
	return h != 0 ? h : 1;
}

/* The key's bucket; the one longest unused of its set is given up for it. */
static struct bucket *
find(struct throttle *t, const char *key)
{
	uint64_t h = hash(t->seed, key);
	struct bucket *set = t->set[h % SETS], *oldest = set;

	for (unsigned i = 0; i < WAYS; i++) {
		if (set[i].key == h)
			return &set[i];
		if (set[i].full_at < oldest->full_at)
			oldest = &set[i];
	}
	*oldest = (struct bucket){ h, 0 };
	return oldest;
}

/* How long until the bucket has a try, in milliseconds; 0: it has. */
static int64_t
lacks(const struct bucket *b, unsigned burst, int64_t step, int64_t now)
{
	int64_t latest = now + step * (int64_t)(burst - 1);

	return b->full_at > latest ? b->full_at - latest : 0;
}

static void
spend(struct bucket *b, int64_t step, int64_t now)
{
	b->full_at = (b->full_at > now ? b->full_at : now) + step;
}

static bool
look(struct throttle *t, const char *key, int64_t now, unsigned *wait,
    bool take)
{
	int64_t step = (int64_t)t->rule.seconds * 1000;
	int64_t step_all = (int64_t)t->rule.ms_all;
	struct bucket *b;
	int64_t ms, ms_all;

	pthread_mutex_lock(&t->lock);
	b = find(t, key);
	ms = lacks(b, t->rule.burst, step, now);
	ms_all = lacks(&t->all, t->rule.burst_all, step_all, now);
	if (ms == 0 && ms_all == 0 && take) {
		spend(b, step, now);
		spend(&t->all, step_all, now);
	}
	pthread_mutex_unlock(&t->lock);
	if (ms < ms_all)
		ms = ms_all;
	*wait = (unsigned)((ms + 999) / 1000);
	return ms == 0;
}

bool
throttle_ready(struct throttle *t, const char *key, int64_t now_ms,
    unsigned *wait)
{
	return look(t, key, now_ms, wait, false);
}

bool
throttle_take(struct throttle *t, const char *key, int64_t now_ms,
    unsigned *wait)
{
	return look(t, key, now_ms, wait, true);
}

/* Below the present a bucket's time says nothing, so that no more comes back
 * than was taken and not yet regained. */
void
throttle_give(struct throttle *t, const char *key)
{
	pthread_mutex_lock(&t->lock);
	find(t, key)->full_at -= (int64_t)t->rule.seconds * 1000;
	t->all.full_at -= (int64_t)t->rule.ms_all;
	pthread_mutex_unlock(&t->lock);
}
