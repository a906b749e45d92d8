// SPDX-License-Identifier: Apache-2.0
#include "host/my_box.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "host/hostclock.h"
#include "host/mail.h"
#include "host/store_receipt.h"

#define ROOM 512

struct asked {
	char mail[ABOUT_MAIL_MAX];	/* or "": rh is asked for */
	uint8_t rh[RECEIPT_RH];
	char language[BODY_LANG_MAX + 1];
};

struct my_box {
	struct host *host;
	struct throttle *often;		/* by address of mail */
	struct throttle *source;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t change;
	struct asked asked[ROOM];
	size_t first, n;
	bool ending, started;
};

/* By address that is registered: three at once, then one in twenty minutes.
 * Others are not counted, so that nobody crowds out what was counted. */
static const struct throttle_rule often_rule = {
	.burst = 3, .seconds = 1200, .burst_all = 4000, .ms_all = 100
};

/* Everybody at the event may be behind one address, and be told of the page at
 * once. It only bounds the work: who asks learns nothing to guess with. */
static const struct throttle_rule source_rule = {
	.burst = 3000, .seconds = 1, .burst_all = 6000, .ms_all = 50
};

/* One mail for an address: the link shows all of its registrations. */
static bw_err
first_of(void *arg, uint64_t registration)
{
	*(uint64_t *)arg = registration;
	return BW_ERR_EXISTS;
}

/* The registered address of whose share this is. BW_ERR_NOTFOUND: nobody's that
 * the host knows, as of a share that it has not got or a person who is erased. */
static bw_err
mail_of(struct store *s, const uint8_t rh[static RECEIPT_RH], int64_t now,
    char mail[static ABOUT_MAIL_MAX])
{
	struct store_receipt receipt;
	struct store_edition e = { 0 };
	struct registration reg = { 0 };
	bw_err r;

	mail[0] = 0;
	if ((r = store_receipt_get(s, rh, now, STORE_WAIT_MS, &receipt)) ==
	    BW_OK && (r = store_edition_get(s, receipt.lead.edition, &e)) ==
	    BW_OK && (r = store_registration_get(s, e.registration, &reg)) ==
	    BW_OK && about_mail(reg.values.v[FIELD_EMAIL], mail) != BW_OK)
		r = BW_ERR_NOTFOUND;
	explicit_bzero(&e, sizeof(e));
	explicit_bzero(&reg, sizeof(reg));
	return r;
}

static bool
seldom(struct my_box *b, const char *mail)
{
	unsigned wait;

	return throttle_take(b->often, mail, clock_mono_ms(), &wait);
}

static bw_err
queue(struct my_box *b, struct store *s, const struct asked *a, int64_t now)
{
	struct mail m = { .kind = MAIL_LINK };
	bw_err r;

	memcpy(m.language, a->language, sizeof(m.language));
	r = about_same_mail(s, a->mail, first_of, &m.registration);
	if (r != BW_ERR_EXISTS)
		return r;
	if (!seldom(b, a->mail))
		return BW_OK;
	if ((r = store_begin(s)) != BW_OK)
		return r;
	if ((r = mail_queue(s, &m, now)) == BW_OK)
		r = store_commit(s);
	store_rollback(s);
	return r;
}

static void
serve(struct my_box *b, struct asked *a)
{
	struct store *s;
	int64_t now;
	bw_err r;

	if (host_store_take(b->host, &s) != BW_OK)
		return;
	if ((r = hostclock_now(s, &now)) == BW_OK && a->mail[0] == 0)
		r = mail_of(s, a->rh, now, a->mail);
	/* The store has logged why, and the person asks again. */
	if (r == BW_OK && queue(b, s, a, now) != BW_OK)
		store_rollback(s);
	host_store_give(b->host, &s);
}

static bool
take(struct my_box *b, struct asked *out)
{
	bool any;

	pthread_mutex_lock(&b->lock);
	while (b->n == 0 && !b->ending)
		pthread_cond_wait(&b->change, &b->lock);
	if ((any = b->n != 0)) {
		*out = b->asked[b->first];
		explicit_bzero(&b->asked[b->first], sizeof(*out));
		b->first = (b->first + 1) % ROOM;
		b->n--;
	}
	pthread_mutex_unlock(&b->lock);
	return any;
}

static void *
run(void *arg)
{
	struct my_box *b = arg;
	struct asked a;

	while (take(b, &a)) {
		serve(b, &a);
		explicit_bzero(&a, sizeof(a));
	}
	return NULL;
}

bool
my_box_may(struct my_box *b, const char *source, unsigned *wait)
{
	return throttle_take(b->source, source, clock_mono_ms(), wait);
}

static void
put(struct my_box *b, const struct asked *a)
{
	pthread_mutex_lock(&b->lock);
	if (b->n < ROOM) {
		b->asked[(b->first + b->n++) % ROOM] = *a;
		pthread_cond_signal(&b->change);
	}
	pthread_mutex_unlock(&b->lock);
}

void
my_box_put(struct my_box *b, const char *mail, const char *language)
{
	struct asked a = { 0 };

	snprintf(a.mail, sizeof(a.mail), "%s", mail);
	snprintf(a.language, sizeof(a.language), "%s", language);
	put(b, &a);
	explicit_bzero(&a, sizeof(a));
}

void
my_box_put_receipt(struct my_box *b, const uint8_t rh[static RECEIPT_RH],
    const char *language)
{
	struct asked a = { 0 };

	memcpy(a.rh, rh, RECEIPT_RH);
	snprintf(a.language, sizeof(a.language), "%s", language);
	put(b, &a);
}

bw_err
my_box_open(struct my_box **out, struct host *h)
{
	struct my_box *b;
	bw_err r;

	*out = NULL;
	if ((b = calloc(1, sizeof(*b))) == NULL)
		return BW_ERR_NOMEM;
	b->host = h;
	pthread_mutex_init(&b->lock, NULL);
	pthread_cond_init(&b->change, NULL);
	if ((r = throttle_open(&b->often, &often_rule)) != BW_OK ||
	    (r = throttle_open(&b->source, &source_rule)) != BW_OK)
		goto out;
	r = BW_ERR_NOMEM;
	if (pthread_create(&b->thread, NULL, run, b) != 0)
		goto out;
	b->started = true;
	*out = b;
	b = NULL;
	r = BW_OK;
out:
	my_box_close(&b);
	return r;
}

void
my_box_close(struct my_box **box)
{
	struct my_box *b = *box;

	if (b == NULL)
		return;
	pthread_mutex_lock(&b->lock);
	b->ending = true;
	pthread_cond_signal(&b->change);
	pthread_mutex_unlock(&b->lock);
	if (b->started)
		pthread_join(b->thread, NULL);
	throttle_close(&b->often);
	throttle_close(&b->source);
	pthread_cond_destroy(&b->change);
	pthread_mutex_destroy(&b->lock);
	explicit_bzero(b, sizeof(*b));
	free(b);
	*box = NULL;
}
