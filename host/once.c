// SPDX-License-Identifier: Apache-2.0
#include "host/once.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"

#define LOOK_NS 100000000	/* so often a waiting one looks who is gone */

struct sent {
	struct once_key key;
	uint64_t age;			/* rises; 0: free */
	bool busy;			/* it is being done */
	char text[ONCE_TEXT_SIZE];
};

struct once {
	pthread_mutex_t lock;		/* guards what is below */
	pthread_cond_t ended;		/* one is busy no more */
	uint64_t age;
	struct sent sent[ONCE_MAX];
};

bw_err
once_open(struct once **out)
{
	pthread_condattr_t attr;
	struct once *t;

	*out = NULL;
	if ((t = calloc(1, sizeof(*t))) == NULL)
		return BW_ERR_NOMEM;
	pthread_mutex_init(&t->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&t->ended, &attr);
	pthread_condattr_destroy(&attr);
	*out = t;
	return BW_OK;
}

void
once_close(struct once **t)
{
	if (*t == NULL)
		return;
	pthread_cond_destroy(&(*t)->ended);
	pthread_mutex_destroy(&(*t)->lock);
	free(*t);
	*t = NULL;
}

static bool
of_session(const struct sent *s, const struct once_key *key)
{
	return s->age != 0 && memcmp(s->key.session, key->session,
	    sizeof(key->session)) == 0;
}

/* The lock is held for all of these. */
static struct sent *
find(struct once *t, const struct once_key *key)
{
	for (struct sent *s = t->sent; s < t->sent + ONCE_MAX; s++)
		if (of_session(s, key) && memcmp(s->key.form, key->form,
		    sizeof(key->form)) == 0)
			return s;
	return NULL;
}

static bool
older(const struct sent *s, const struct sent *than)
{
	return !s->busy && (than == NULL || s->age < than->age);
}

/* A free place or the oldest's; of a session that has as many as it may, its
 * own oldest's. NULL: all are busy. */
static struct sent *
room(struct once *t, const struct once_key *key)
{
	struct sent *own = NULL, *any = NULL;
	unsigned n = 0;

	for (struct sent *s = t->sent; s < t->sent + ONCE_MAX; s++) {
		bool mine = of_session(s, key);

		n += mine;
		if (mine && older(s, own))
			own = s;
		if (older(s, any))
			any = s;
	}
	return n >= ONCE_EACH && own != NULL ? own : any;
}

static void
sleep_a_bit(struct once *t)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += LOOK_NS;
	if (until.tv_nsec >= 1000000000) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000;
	}
	pthread_cond_timedwait(&t->ended, &t->lock, &until);
}

/* Until the same one is busy no more. */
static bw_err
wait_for(struct once *t, const struct once_key *key,
    const struct http_request *in)
{
	int64_t end = clock_mono_ms() + ONCE_SECONDS * 1000;
	const struct sent *s;

	while ((s = find(t, key)) != NULL && s->busy) {
		if (http_gone(in))
			return BW_ERR_GONE;
		if (clock_mono_ms() >= end)
			return BW_ERR_TIMEOUT;
		sleep_a_bit(t);
	}
	return BW_OK;
}

static bw_err
take(struct once *t, const struct once_key *key,
    char text[static ONCE_TEXT_SIZE])
{
	struct sent *s = find(t, key);

	if (s != NULL) {
		memcpy(text, s->text, ONCE_TEXT_SIZE);
		return BW_ERR_EXISTS;
	}
	if ((s = room(t, key)) == NULL)
		return BW_ERR_FULL;
	*s = (struct sent){ .key = *key, .age = ++t->age, .busy = true };
	return BW_OK;
}

bw_err
once_begin(struct once *t, const struct once_key *key,
    const struct http_request *in, char text[static ONCE_TEXT_SIZE])
{
	bw_err r;

	text[0] = 0;
	pthread_mutex_lock(&t->lock);
	if ((r = wait_for(t, key, in)) == BW_OK)
		r = take(t, key, text);
	pthread_mutex_unlock(&t->lock);
	return r;
}

void
once_end(struct once *t, const struct once_key *key, const char *text)
{
	struct sent *s;

	pthread_mutex_lock(&t->lock);
	if ((s = find(t, key)) != NULL) {
		s->busy = false;
		if (text != NULL)
			snprintf(s->text, sizeof(s->text), "%s", text);
		else
			s->age = 0;
	}
	pthread_cond_broadcast(&t->ended);
	pthread_mutex_unlock(&t->lock);
}
