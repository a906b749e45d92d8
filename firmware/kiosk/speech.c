// SPDX-License-Identifier: Apache-2.0
#include "kiosk/speech.h"

#include <sys/socket.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

#define NEVER INT64_MAX

/* The first text: too short to be heard, long enough to need a voice. */
#define PROBE "<speak><break time=\"10ms\"/></speak>"

struct speech {
	int fd;			/* to the herald; -1: it is gone */
	bool busy, works;
	int64_t until;		/* when that takes too long */
	unsigned failures;	/* one after the other */
	int64_t retry_at;	/* when to try whether it works again */
	struct herald_text text;	/* the last; its id counts */
};

/* Ample: a slow voice says ten bytes a second. */
static int64_t
time_for(const char *text)
{
	int64_t ms = 10000 + (int64_t)strlen(text) * 100;

	return ms < SPEECH_MOST_MS ? ms : SPEECH_MOST_MS;
}

static void
failed(struct speech *s, const char *why, int64_t now)
{
	if (why != NULL && (s->works || s->failures == 0))
		log_warn("speech is not to be had: %s", why);
	s->busy = s->works = false;
	s->retry_at = s->failures < SPEECH_RETRIES && s->fd != -1 ?
	    now + (SPEECH_RETRY_MS << s->failures++) : NEVER;
}

static void
gone(struct speech *s, int64_t now)
{
	if (s->fd != -1)
		close(s->fd);
	s->fd = -1;
	failed(s, "its process is gone", now);
}

/* False when nobody takes it. */
static bool
tell(struct speech *s, const char *lang, const char *ssml)
{
	size_t len = strlen(ssml);

	s->text.id++;
	snprintf(s->text.lang, sizeof(s->text.lang), "%s", lang);
	memcpy(s->text.ssml, ssml, len);
	return s->fd != -1 && send(s->fd, &s->text, HERALD_HEAD + len,
	    MSG_NOSIGNAL) == (ssize_t)(HERALD_HEAD + len);
}

void
speech_say(struct speech *s, const char *lang, const char *ssml, int64_t now)
{
	if (strlen(ssml) > SPEECH_TEXT_MAX) {
		speech_stop(s, now);
		return;
	}
	s->busy = tell(s, lang, ssml);
	s->until = now + time_for(ssml);
	if (!s->busy)
		failed(s, "nobody takes the text", now);
}

void
speech_stop(struct speech *s, int64_t now)
{
	if (s->busy && !tell(s, "", ""))
		failed(s, "it cannot be stopped", now);
	s->busy = false;
}

/* The end of a text before the last one is of no interest. */
static void
take(struct speech *s, const struct herald_end *e, int64_t now)
{
	if (!s->busy || e->id != s->text.id)
		return;
	s->busy = false;
	if (e->ok == 0) {
		failed(s, NULL, now);	/* it has said why */
		return;
	}
	s->works = true;
	s->failures = 0;
}

void
speech_step(struct speech *s, int64_t now)
{
	struct herald_end e;
	ssize_t n;

	while (s->fd != -1 && (n = recv(s->fd, &e, sizeof(e), 0)) != -1)
		if (n == (ssize_t)sizeof(e))
			take(s, &e, now);
		else
			gone(s, now);
	if (s->fd != -1 && errno != EAGAIN && errno != EINTR)
		gone(s, now);
	if (s->busy && now >= s->until) {
		speech_stop(s, now);
		failed(s, "it does not end", now);
	}
	if (!s->busy && !s->works && now >= s->retry_at) {
		s->retry_at = NEVER;
		speech_say(s, "en", PROBE, now);
	}
}

bool
speech_is_busy(const struct speech *s)
{
	return s->busy;
}

bool
speech_works(const struct speech *s)
{
	return s->works;
}

int
speech_fd(const struct speech *s)
{
	return s->fd;
}

int64_t
speech_wake(const struct speech *s)
{
	if (s->busy)
		return s->until;
	return s->works ? NEVER : s->retry_at;
}

bw_err
speech_open(struct speech **out, int64_t now)
{
	struct speech *s = calloc(1, sizeof(*s));
	bw_err r;

	*out = NULL;
	if (s == NULL)
		return BW_ERR_NOMEM;
	if ((r = herald_fork(&s->fd)) != BW_OK) {
		free(s);
		return r;
	}
	s->retry_at = now;
	speech_step(s, now);
	*out = s;
	return BW_OK;
}

void
speech_close(struct speech **s)
{
	if (*s == NULL)
		return;
	if ((*s)->fd != -1)
		close((*s)->fd);
	free(*s);
	*s = NULL;
}
