// SPDX-License-Identifier: Apache-2.0
#include "host/running.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct running_one {
	struct running_export e;
	struct running *table;
	struct running_one *next;
};

struct running {
	pthread_mutex_t lock;		/* guards what is below */
	struct running_one *first;
	uint64_t changes;
};

bw_err
running_open(struct running **out)
{
	struct running *t;

	*out = NULL;
	if ((t = calloc(1, sizeof(*t))) == NULL)
		return BW_ERR_NOMEM;
	pthread_mutex_init(&t->lock, NULL);
	*out = t;
	return BW_OK;
}

void
running_close(struct running **t)
{
	if (*t == NULL)
		return;
	pthread_mutex_destroy(&(*t)->lock);
	free(*t);
	*t = NULL;
}

/* Where the next one belongs, or this one stands. The lock is held. */
static struct running_one **
place(struct running *t, const struct running_one *one)
{
	struct running_one **at = &t->first;

	while (*at != NULL && *at != one)
		at = &(*at)->next;
	return at;
}

bw_err
running_begin(struct running *t, const struct running_export *e,
    struct running_one **out)
{
	struct running_one *one;

	*out = NULL;
	if ((one = calloc(1, sizeof(*one))) == NULL)
		return BW_ERR_NOMEM;
	one->e = *e;
	one->e.done = 0;
	one->e.sending = false;
	one->table = t;
	pthread_mutex_lock(&t->lock);
	*place(t, NULL) = one;
	t->changes++;
	pthread_mutex_unlock(&t->lock);
	*out = one;
	return BW_OK;
}

void
running_step(struct running_one *one, uint64_t done)
{
	pthread_mutex_lock(&one->table->lock);
	one->e.done = done;
	pthread_mutex_unlock(&one->table->lock);
}

void
running_most(struct running_one *one, uint64_t most)
{
	pthread_mutex_lock(&one->table->lock);
	one->e.most = most;
	pthread_mutex_unlock(&one->table->lock);
}

void
running_sends(struct running_one *one, uint64_t n)
{
	pthread_mutex_lock(&one->table->lock);
	one->e.done = n;
	one->e.sending = true;
	one->table->changes++;
	pthread_mutex_unlock(&one->table->lock);
}

void
running_end(struct running_one **one)
{
	struct running *t;

	if (*one == NULL)
		return;
	t = (*one)->table;
	pthread_mutex_lock(&t->lock);
	*place(t, *one) = (*one)->next;
	t->changes++;
	pthread_mutex_unlock(&t->lock);
	free(*one);
	*one = NULL;
}

static bool
is_of(const struct running_export *e, const char *kind, const char *subject)
{
	return (kind == NULL || strcmp(e->kind, kind) == 0) &&
	    (subject == NULL || strcmp(e->subject, subject) == 0);
}

size_t
running_list(struct running *t, const char *kind, const char *subject,
    struct running_export out[static RUNNING_SHOWN])
{
	size_t n = 0;

	pthread_mutex_lock(&t->lock);
	for (const struct running_one *o = t->first;
	    o != NULL && n < RUNNING_SHOWN; o = o->next)
		if (is_of(&o->e, kind, subject))
			out[n++] = o->e;
	pthread_mutex_unlock(&t->lock);
	return n;
}

uint64_t
running_changes(struct running *t)
{
	uint64_t n;

	pthread_mutex_lock(&t->lock);
	n = t->changes;
	pthread_mutex_unlock(&t->lock);
	return n;
}
