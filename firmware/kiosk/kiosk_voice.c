// SPDX-License-Identifier: Apache-2.0
/* What is said aloud, and when: each screen as it comes, then what changes. */
#include "kiosk/kiosk_parts.h"

#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "kiosk/spoken.h"

/* What is left of the time is said when it falls to these, s. */
static const unsigned marks[] = { 30, 10 };

/* Putting a state off redraws it: not more often than this, ms. */
#define PUT_OFF_MS 500

static struct said
said_of(const struct kiosk *k, const struct view *v)
{
	struct said s = { .on = v->speaking, .state = v->state,
		.list = v->language_list, .undone = v->undone,
		.failed = v->undo_failed, .removed = v->removed, .trouble = v->trouble,
		.lang = k->consent.lang, .ticked = v->ticked,
		.large = v->large, .contrast = v->contrast, .page = v->page,
		.left = v->seconds_left };

	if (v->focus != NULL)
		memcpy(s.focus, v->focus, strlen(v->focus) + 1);
	return s;
}

static bool
other_screen(const struct said *a, const struct said *b)
{
	return a->on != b->on || a->state != b->state || a->list != b->list ||
	    a->undone != b->undone || a->failed != b->failed ||
	    a->removed != b->removed ||
	    a->trouble != b->trouble || a->lang != b->lang;
}

static bool
other_control(const struct said *a, const struct said *b)
{
	return strcmp(a->focus, b->focus) != 0 || a->ticked != b->ticked ||
	    a->large != b->large || a->contrast != b->contrast ||
	    a->page != b->page;
}

/* It fell to a mark, or somebody took more of it. */
static bool
other_time(const struct said *was, const struct said *now)
{
	if (was->left == 0 || now->left > was->left + 1)
		return was->left != 0;
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (was->left > marks[i] && now->left <= marks[i])
			return true;
	return false;
}

/* A person who only hears the time run out is not answering: that puts nothing
 * off. */
static void
say(struct kiosk *k, const struct view *v, struct bw_buf *b, bw_err r,
    bool counts)
{
	const char *text;

	if (r == BW_OK)
		r = bw_buf_cstr(b, &text);
	if (r == BW_OK) {
		speech_say(k->speech, v->lang, text, clock_mono_ms());
		k->listening = counts;
	} else
		log_error("a screen cannot be said: %s", bw_strerror(r));
	bw_buf_free(b);
}

void
kiosk_voice(struct kiosk *k, const struct view *v)
{
	struct bw_buf b = BW_BUF_INIT(SPEECH_TEXT_MAX);
	struct said was = k->said, now = said_of(k, v);

	k->said = now;
	if (k->speech == NULL || (!was.on && !now.on))
		return;
	if (!now.on)
		speech_stop(k->speech, clock_mono_ms());
	else if (v->state == STATE_READING)
		return;		/* it is over before it was said */
	else if (other_screen(&was, &now))
		say(k, v, &b, spoken_screen(v, k->ui, &b), true);
	else if (other_control(&was, &now) && v->focus != NULL)
		say(k, v, &b, spoken_control(v, k->ui, v->focus, &b), true);
	else if (other_time(&was, &now) && !speech_is_busy(k->speech))
		say(k, v, &b, spoken_time(v, &b), false);
}

void
kiosk_listen(struct kiosk *k)
{
	const struct consent_event e = { .kind = EV_LISTEN, .seen = true };
	const struct consent *c = &k->consent;
	bool worked;

	if (k->speech == NULL)
		return;
	worked = speech_works(k->speech);
	speech_step(k->speech, clock_mono_ms());
	if (worked != speech_works(k->speech))
		kiosk_changed(k, false);
	if (k->listening && c->speech && c->deadline != 0 &&
	    speech_is_busy(k->speech) &&
	    c->deadline - kiosk_now(k) < c->total - PUT_OFF_MS)
		kiosk_event(k, &e);
}

void
kiosk_hush(struct kiosk *k)
{
	if (k->speech != NULL)
		speech_stop(k->speech, clock_mono_ms());
}

int64_t
kiosk_voice_wake(const struct kiosk *k)
{
	return k->speech != NULL ? speech_wake(k->speech) : INT64_MAX;
}
