// SPDX-License-Identifier: Apache-2.0
#include "host/host.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "host/backup.h"
#include "host/hostclock.h"
#include "host/hostfile.h"
#include "host/login.h"
#include "host/store_deleted.h"
#include "host/store_redo.h"

struct host_pool {
	pthread_mutex_t lock;
	struct store *first;		/* never given out: others share it */
	struct store *idle[HOST_THREADS_MAX];
	size_t n;
};

static const struct throttle_rule unknown_rule = {
	.burst = 10, .seconds = 10, .burst_all = 200, .ms_all = 100
};
static const struct throttle_rule proofs_rule = {
	.burst = 5, .seconds = 60, .burst_all = 100, .ms_all = 1000
};
/* Withdrawals that wait for a share which nobody may ever send: they stay for
 * STORE_PENDING_DAYS. All who are at the event may be behind one address, and
 * one address alone fills no STORE_PENDING_MAX with them. */
static const struct throttle_rule receipts_rule = {
	.burst = 1000, .seconds = 30, .burst_all = 3000, .ms_all = 1000
};
/* Codes of 128 bits are not found by trying: this only bounds the work. */
static const struct throttle_rule links_rule = {
	.burst = 3000, .seconds = 1, .burst_all = 6000, .ms_all = 50
};
/* Receipts that are drawn, by code: each costs more than a page. */
static const struct throttle_rule papers_rule = {
	.burst = 10, .seconds = 10, .burst_all = 200, .ms_all = 250
};

/* Each makes a case that people look at. One person keeps no other waiting. */
static const struct throttle_rule wishes_rule = {
	.burst = 20, .seconds = 60, .burst_all = 5000, .ms_all = 10
};

/* Enough for a client that asks in turn, not for one that floods. */
static const struct throttle_rule programs_rule = {
	.burst = 1000, .seconds = 1, .burst_all = 5000, .ms_all = 5
};

static bw_err
pool_open(struct host_pool **out, const char *path)
{
	struct host_pool *p;
	bw_err r;

	if ((p = calloc(1, sizeof(*p))) == NULL)
		return BW_ERR_NOMEM;
	pthread_mutex_init(&p->lock, NULL);
	*out = p;
	r = store_open(&p->first, path);
	return r;
}

static void
pool_close(struct host_pool **p)
{
	if (*p == NULL)
		return;
	while ((*p)->n > 0)
		store_close(&(*p)->idle[--(*p)->n]);
	store_close(&(*p)->first);
	pthread_mutex_destroy(&(*p)->lock);
	free(*p);
	*p = NULL;
}

bw_err
host_store_take(struct host *h, struct store **out)
{
	struct host_pool *p = h->pool;

	*out = NULL;
	pthread_mutex_lock(&p->lock);
	if (p->n > 0)
		*out = p->idle[--p->n];
	pthread_mutex_unlock(&p->lock);
	return *out != NULL ? BW_OK : store_share(p->first, out);
}

void
host_store_give(struct host *h, struct store **s)
{
	struct host_pool *p = h->pool;

	store_rollback(*s);
	pthread_mutex_lock(&p->lock);
	if (p->n < HOST_THREADS_MAX) {
		p->idle[p->n++] = *s;
		*s = NULL;
	}
	pthread_mutex_unlock(&p->lock);
	store_close(s);
}

static bw_err
open_parts(struct host *h, const char *dir, const char **why)
{
	char path[FILE_PATH_MAX];
	int64_t now;
	bw_err r;

	if ((r = hostdir_open(&h->dir, dir, why)) != BW_OK)
		return r;
	*why = "its path is too long";
	if ((r = file_path(path, dir, "host.lock")) != BW_OK)
		return r;
	*why = "another badgeward-host serves this directory, "
	    "or host.lock cannot be written";
	if ((r = hostfile_lock(path, &h->lock)) != BW_OK)
		return r;
	*why = "what a restore left that was cut off (host.db.restored) "
	    "cannot be removed";
	if ((r = backup_left_remove(dir)) != BW_OK)
		return r;
	r = pool_open(&h->pool, h->dir->db_path);
	*why = store_open_why(r);
	if (r != BW_OK)
		return r;
	store_deleted_key(h->pool->first, h->dir->deleted);
	*why = "what was done for people's rights (rights-done) is damaged, "
	    "or is another user's than the host's";
	if ((r = store_redo_to(h->pool->first, dir)) != BW_OK ||
	    (r = hostclock_now(h->pool->first, &now)) != BW_OK ||
	    (r = store_redo_run(h->pool->first, now)) != BW_OK)
		return r;
	*why = "the file of used tokens (replay) cannot be read or written";
	if ((r = file_path(path, dir, "replay")) != BW_OK ||
	    (r = replay_open(&h->replay, path, clock_wall())) != BW_OK)
		return r;
	*why = "out of memory";
	if ((r = throttle_open(&h->unknown, &unknown_rule)) != BW_OK ||
	    (r = throttle_open(&h->proofs, &proofs_rule)) != BW_OK)
		return r;
	if ((r = throttle_open(&h->receipts, &receipts_rule)) != BW_OK ||
	    (r = throttle_open(&h->links, &links_rule)) != BW_OK ||
	    (r = throttle_open(&h->papers, &papers_rule)) != BW_OK)
		return r;
	if ((r = throttle_open(&h->wishes, &wishes_rule)) != BW_OK ||
	    (r = throttle_open(&h->programs, &programs_rule)) != BW_OK)
		return r;
	return login_gate_open(&h->gate);
}

bw_err
host_open(struct host **out, const char *dir, const char **why)
{
	struct host *h;
	bw_err r;

	*out = NULL;
	*why = "out of memory";
	if ((h = calloc(1, sizeof(*h))) == NULL)
		return BW_ERR_NOMEM;
	h->lock = -1;
	if ((r = open_parts(h, dir, why)) != BW_OK) {
		host_close(&h);
		return r;
	}
	*why = NULL;
	*out = h;
	return BW_OK;
}

void
host_close(struct host **h)
{
	if (*h == NULL)
		return;
	throttle_close(&(*h)->unknown);
	throttle_close(&(*h)->proofs);
	throttle_close(&(*h)->receipts);
	throttle_close(&(*h)->links);
	throttle_close(&(*h)->papers);
	throttle_close(&(*h)->wishes);
	throttle_close(&(*h)->programs);
	login_gate_close(&(*h)->gate);
	replay_close(&(*h)->replay);
	pool_close(&(*h)->pool);
	hostdir_close(&(*h)->dir);
	if ((*h)->lock != -1)
		close((*h)->lock);
	free(*h);
	*h = NULL;
}
