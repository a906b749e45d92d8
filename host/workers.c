// SPDX-License-Identifier: Apache-2.0
#include "host/workers.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct workers {
	void (*run)(struct work *);
	pthread_mutex_t lock;
	pthread_cond_t some;		/* there is a job, or it is over */
	struct work *first, **last;
	bool over;
	unsigned waiting;
	unsigned slow, slow_max;	/* slow ones being done */
	unsigned n;
	pthread_t thread[];
};

/* Where the job hangs that has waited longest and may be done now; NULL when
 * there is none. */
static struct work **
next(struct workers *w)
{
	for (struct work **at = &w->first; *at != NULL; at = &(*at)->next)
		if (!(*at)->slow || w->slow < w->slow_max)
			return at;
	return NULL;
}

/* NULL when it is over: slow jobs that are left are of those who do one. */
static struct work *
take(struct workers *w)
{
	struct work *job = NULL, **at;

	pthread_mutex_lock(&w->lock);
	while ((at = next(w)) == NULL && !w->over)
		pthread_cond_wait(&w->some, &w->lock);
	if (at != NULL) {
		job = *at;
		if ((*at = job->next) == NULL)
			w->last = at;
		w->waiting--;
		w->slow += job->slow;
	}
	pthread_mutex_unlock(&w->lock);
	return job;
}

/* The job itself may be gone by now. */
static void
slow_done(struct workers *w)
{
	pthread_mutex_lock(&w->lock);
	w->slow--;
	pthread_mutex_unlock(&w->lock);
}

static void *
work(void *arg)
{
	struct workers *w = arg;
	struct work *job;
	bool slow;

	while ((job = take(w)) != NULL) {
		slow = job->slow;
		w->run(job);
		if (slow)
			slow_done(w);
	}
	return NULL;
}

bw_err
workers_start(struct workers **out, unsigned n, void (*run)(struct work *))
{
	struct workers *w;

	*out = NULL;
	if ((w = calloc(1, sizeof(*w) + n * sizeof(w->thread[0]))) == NULL)
		return BW_ERR_NOMEM;
	w->run = run;
	w->slow_max = n > 1 ? n - 1 : 1;
	w->last = &w->first;
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->some, NULL);
	while (w->n < n && pthread_create(&w->thread[w->n], NULL, work,
	    w) == 0)
		w->n++;
	if (w->n != n) {
		workers_stop(&w);
		return BW_ERR_NOMEM;
	}
	*out = w;
	return BW_OK;
}

void
workers_add(struct workers *w, struct work *job, bool slow)
{
	job->next = NULL;
	job->slow = slow;
	pthread_mutex_lock(&w->lock);
	*w->last = job;
	w->last = &job->next;
	w->waiting++;
	pthread_cond_signal(&w->some);
	pthread_mutex_unlock(&w->lock);
}

unsigned
workers_waiting(struct workers *w)
{
	unsigned n;

	pthread_mutex_lock(&w->lock);
	n = w->waiting;
	pthread_mutex_unlock(&w->lock);
	return n;
}

void
workers_stop(struct workers **w)
{
	if (*w == NULL)
		return;
	pthread_mutex_lock(&(*w)->lock);
	(*w)->over = true;
	pthread_cond_broadcast(&(*w)->some);
	pthread_mutex_unlock(&(*w)->lock);
	for (unsigned i = 0; i < (*w)->n; i++)
		pthread_join((*w)->thread[i], NULL);
	pthread_cond_destroy(&(*w)->some);
	pthread_mutex_destroy(&(*w)->lock);
	free(*w);
	*w = NULL;
}
