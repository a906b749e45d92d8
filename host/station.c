// SPDX-License-Identifier: Apache-2.0
#include "host/station.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct stations {
	pthread_mutex_t lock;
	uint64_t changes, jobs;
	size_t n;
	struct station one[STATIONS_MAX];	/* by name */
};

const char *
station_state_name(enum station_state st)
{
	switch (st) {
	case STATION_IDLE:
		return "idle";
	case STATION_ORDERED:
		return "ordered";
	case STATION_WAITING:
		return "waiting";
	case STATION_WRITING:
		return "writing";
	case STATION_DONE:
		return "done";
	case STATION_FAILED:
		return "failed";
	case STATION_CANCELLED:
		return "cancelled";
	}
	return "unknown";
}

static const struct { const char *word, *sentence; } reasons[] = {
	{ "refused", "the host made no badge" },
	{ "gone", "the station has not answered; is it still running?" },
	{ "writer", "the writer does not work; look at the station" },
	{ "no-tag", "no tag came in time" },
	{ "more-tags", "more than one tag lies on the writer" },
	{ "no-ntag", "no badge can be written to this kind of tag; "
	    "take an NTAG213, NTAG215 or NTAG216" },
	{ "other-tag", "the tag was exchanged; do it again" },
	{ "too-small", "the badge does not fit on this tag" },
	{ "protected", "the tag is locked; take another one" },
	{ "removed", "the tag was taken away too early; do it again" },
	{ "page-refused", "the tag refused to be written; take another one" },
	{ "differs", "what was read back is not what was written; take another "
	    "tag" },
	{ "tiny", "no badge fits on this kind of tag; take an NTAG213, NTAG215 "
	    "or NTAG216" },
};

const char *
station_why(const char *word)
{
	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (strcmp(reasons[i].word, word) == 0)
			return reasons[i].sentence;
	return NULL;
}

bw_err
stations_open(struct stations **out)
{
	struct stations *t = calloc(1, sizeof(*t));

	*out = NULL;
	if (t == NULL)
		return BW_ERR_NOMEM;
	if (pthread_mutex_init(&t->lock, NULL) != 0) {
		free(t);
		return BW_ERR_NOMEM;
	}
	*out = t;
	return BW_OK;
}

void
stations_close(struct stations **t)
{
	if (*t == NULL)
		return;
	pthread_mutex_destroy(&(*t)->lock);
	free(*t);
	*t = NULL;
}

uint64_t
stations_changes(struct stations *t)
{
	uint64_t n;

	pthread_mutex_lock(&t->lock);
	n = t->changes;
	pthread_mutex_unlock(&t->lock);
	return n;
}

static void
enter(struct stations *t, struct station *s, enum station_state st,
    int64_t now)
{
	s->state = st;
	s->since = now;
	t->changes++;
}

static void
fail(struct stations *t, struct station *s, const char *why, int64_t now)
{
	snprintf(s->why, sizeof(s->why), "%s", why);
	enter(t, s, STATION_FAILED, now);
}

/* What time has done to it. */
static void
age(struct stations *t, struct station *s, int64_t now)
{
	bool live = now - s->seen < STATION_LIVE_S;

	if (live != s->live)
		t->changes++;
	s->live = live;
	if (station_is_busy(s->state) && now - s->seen >= STATION_WAIT_S)
		fail(t, s, "gone", now);
}

static struct station *
find(struct stations *t, const char *name, int64_t now)
{
	for (size_t i = 0; i < t->n; i++)
		if (strcmp(t->one[i].name, name) == 0) {
			age(t, &t->one[i], now);
			return &t->one[i];
		}
	return NULL;
}

/* One that is not there any more makes room. */
static bool
make_room(struct stations *t, int64_t now)
{
	for (size_t i = 0; i < t->n && t->n == STATIONS_MAX; i++) {
		age(t, &t->one[i], now);
		if (t->one[i].live || station_is_busy(t->one[i].state))
			continue;
		memmove(&t->one[i], &t->one[i + 1],
		    (--t->n - i) * sizeof(t->one[0]));
	}
	return t->n < STATIONS_MAX;
}

static struct station *
insert(struct stations *t, const char *name, int64_t now)
{
	size_t at = 0;

	if (!make_room(t, now))
		return NULL;
	while (at < t->n && strcmp(t->one[at].name, name) < 0)
		at++;
	memmove(&t->one[at + 1], &t->one[at],
	    (t->n++ - at) * sizeof(t->one[0]));
	memset(&t->one[at], 0, sizeof(t->one[0]));
	snprintf(t->one[at].name, sizeof(t->one[at].name), "%s", name);
	t->changes++;
	return &t->one[at];
}

size_t
stations_list(struct stations *t, int64_t now, struct station *out, size_t max)
{
	size_t n;

	pthread_mutex_lock(&t->lock);
	for (n = 0; n < t->n && n < max; n++) {
		age(t, &t->one[n], now);
		out[n] = t->one[n];
	}
	pthread_mutex_unlock(&t->lock);
	return n;
}

bw_err
station_get(struct stations *t, const char *name, int64_t now,
    struct station *out)
{
	const struct station *s;

	memset(out, 0, sizeof(*out));
	pthread_mutex_lock(&t->lock);
	if ((s = find(t, name, now)) != NULL)
		*out = *s;
	pthread_mutex_unlock(&t->lock);
	return s != NULL ? BW_OK : BW_ERR_NOTFOUND;
}

bw_err
station_order(struct stations *t, const char *name,
    const struct station_order *what, int64_t now, uint64_t *job)
{
	struct station *s;
	bw_err r = BW_OK;

	*job = 0;
	pthread_mutex_lock(&t->lock);
	if ((s = find(t, name, now)) == NULL || !s->live)
		r = BW_ERR_NOTFOUND;
	else if (station_is_busy(s->state))
		r = BW_ERR_BUSY;
	if (r == BW_OK) {
		s->order = *what;
		s->job = *job = ++t->jobs;
		s->why[0] = s->type[0] = '\0';
		memset(&s->said, 0, sizeof(s->said));
		s->edition = 0;
		s->refused = BW_OK;
		enter(t, s, STATION_ORDERED, now);
	}
	pthread_mutex_unlock(&t->lock);
	return r;
}

bw_err
station_cancel(struct stations *t, const char *name, uint64_t job, int64_t now)
{
	struct station *s;
	bw_err r = BW_OK;

	pthread_mutex_lock(&t->lock);
	s = find(t, name, now);
	if (s == NULL || s->job != job || !station_is_busy(s->state))
		r = BW_ERR_NOTFOUND;
	else if (s->state == STATION_WRITING)
		r = BW_ERR_BUSY;
	else
		enter(t, s, STATION_CANCELLED, now);
	pthread_mutex_unlock(&t->lock);
	return r;
}

bw_err
station_poll(struct stations *t, const char *name, const char *owner,
    int64_t now, struct station *out)
{
	struct station *s;
	bw_err r = BW_OK;

	memset(out, 0, sizeof(*out));
	if (!text_is_id(name, strlen(name)) ||
	    strlen(owner) >= STATION_OWNER_MAX)
		return BW_ERR_ARG;
	pthread_mutex_lock(&t->lock);
	if ((s = find(t, name, now)) == NULL)
		s = insert(t, name, now);
	if (s == NULL)
		r = BW_ERR_FULL;
	else if ((s->live || station_is_busy(s->state)) &&
	    strcmp(s->owner, owner) != 0 && s->owner[0] != '\0')
		r = BW_ERR_BUSY;
	if (r == BW_OK) {
		snprintf(s->owner, sizeof(s->owner), "%s", owner);
		s->seen = now;
		age(t, s, now);
		/* It asks for work: what it had has come to nothing. */
		if (s->state == STATION_WAITING || s->state == STATION_WRITING)
			fail(t, s, "gone", now);
		if (s->state == STATION_ORDERED)
			enter(t, s, STATION_WAITING, now);
		*out = *s;
	}
	pthread_mutex_unlock(&t->lock);
	return r;
}

/* The station whose job this is; it has just been heard of. */
static struct station *
with_job(struct stations *t, const char *name, const char *owner, uint64_t job,
    int64_t now)
{
	struct station *s = find(t, name, now);

	if (s == NULL || job == 0 || s->job != job ||
	    strcmp(s->owner, owner) != 0)
		return NULL;
	s->seen = now;
	age(t, s, now);
	return s->state == STATION_WAITING || s->state == STATION_WRITING ?
	    s : NULL;
}

bw_err
station_say(struct stations *t, const char *name, const char *owner,
    uint64_t job, enum station_state st, const char *why, int64_t now)
{
	struct station *s;
	bw_err r = BW_OK;

	if ((st != STATION_WAITING && st != STATION_DONE &&
	    st != STATION_FAILED) || (st == STATION_FAILED &&
	    (why == NULL || station_why(why) == NULL)))
		return BW_ERR_ARG;
	pthread_mutex_lock(&t->lock);
	if ((s = with_job(t, name, owner, job, now)) == NULL)
		r = BW_ERR_GONE;
	else if (st == STATION_FAILED)
		fail(t, s, why, now);
	else if (st == STATION_DONE && s->edition == 0)
		r = BW_ERR_ARG;
	else if (st == STATION_DONE)
		enter(t, s, STATION_DONE, now);
	pthread_mutex_unlock(&t->lock);
	return r;
}

bw_err
station_begin(struct stations *t, const char *name, const char *owner,
    uint64_t job, const char *type, int64_t now, struct station_order *what)
{
	struct station *s;

	memset(what, 0, sizeof(*what));
	pthread_mutex_lock(&t->lock);
	s = with_job(t, name, owner, job, now);
	if (s != NULL) {
		*what = s->order;
		s->edition = 0;
		snprintf(s->type, sizeof(s->type), "%s", type);
		enter(t, s, STATION_WRITING, now);
	}
	pthread_mutex_unlock(&t->lock);
	return s != NULL ? BW_OK : BW_ERR_GONE;
}

void
station_made(struct stations *t, const char *name, uint64_t job,
    uint8_t edition, const struct badge_found *over, bw_err refused,
    const struct fault *said, int64_t now)
{
	struct station *s;

	pthread_mutex_lock(&t->lock);
	s = find(t, name, now);
	if (s != NULL && s->job == job && s->state == STATION_WRITING) {
		s->edition = edition;
		s->over = *over;
		s->refused = refused;
		if (edition == 0) {
			s->said = *said;
			fail(t, s, "refused", now);
		}
	}
	pthread_mutex_unlock(&t->lock);
}
