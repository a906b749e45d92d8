// SPDX-License-Identifier: Apache-2.0
#include "kiosk/consent.h"

/* The one place that changes the state. It logs nothing, at no level: the
 * system's log stamps every line, and even a question without a share behind
 * it would tell to the second when somebody refused. */
static void
enter(struct consent *c, enum kiosk_state s, int64_t now)
{
	c->state = s;
	c->total = consent_time_of(s);
	c->deadline = c->total != 0 ? now + c->total : 0;
	c->listen_until = now + consent_listening_of(s);
	c->extensions = 0;
	c->language_list = false;
}

static void
forget_person(struct consent *c)
{
	c->ticked = c->required;
	c->by_keys = c->storing = c->undone = c->undo_failed = false;
	c->removed = c->again = false;
	c->asked = c->answered = 0;
	c->reason = 0;
}

/* The next attendee does not learn what this one needed. */
static void
forget_settings(struct consent *c)
{
	c->lang = c->default_lang;
	c->large = c->contrast = c->speech = c->language_list = false;
}

/* The booth is free again, or closed. */
static unsigned
leave(struct consent *c, int64_t now)
{
	forget_person(c);
	forget_settings(c);
	enter(c, c->trouble != TROUBLE_NONE ? STATE_TROUBLE : STATE_IDLE, now);
	return 0;
}

/* Likewise, but for the settings: they go after a while. */
static unsigned
try_again(struct consent *c, int64_t now)
{
	const struct consent was = *c;

	leave(c, now);
	if (c->state != STATE_IDLE)
		return 0;
	c->lang = was.lang;
	c->large = was.large;
	c->contrast = was.contrast;
	c->speech = was.speech;
	return 0;
}

static unsigned
leave_shared(struct consent *c, int64_t now)
{
	/* An undo that could not be stored yet still holds the share back. */
	unsigned act = c->undo_failed ? ACT_WIPE : ACT_WIPE | ACT_RELEASE;

	return leave(c, now) | act;
}

void
consent_init(struct consent *c, bool enrolled)
{
	*c = (struct consent){ .state = STATE_ENROL };
	if (enrolled)
		c->state = STATE_IDLE;
}

bool
consent_rules(struct consent *c, field_set required, field_set optional,
    unsigned nlangs, unsigned default_lang)
{
	if (!consent_is_free(c))
		return false;
	c->required = required;
	c->optional = optional & (field_set)~required;
	c->nlangs = nlangs;
	c->default_lang = c->lang = default_lang;
	c->ticked = required;
	return true;
}

/* The state's time is over. */
static unsigned
expire(struct consent *c, int64_t now)
{
	switch (c->state) {
	case STATE_IDLE:
		forget_settings(c);
		c->deadline = 0;
		return 0;
	case STATE_ASK:
		enter(c, STATE_NOANSWER, now);
		return ACT_KEYS_WIPE | ACT_RECORD_NO_ANSWER;
	case STATE_HOLD:
	case STATE_READING:
		c->reason = c->state == STATE_READING ? UNREAD_READ_ERROR :
		    c->removed ? UNREAD_REMOVED : UNREAD_NO_BADGE;
		enter(c, STATE_UNREAD, now);
		return ACT_READ_CANCEL | ACT_KEYS_WIPE | ACT_RECORD_UNREAD;
	case STATE_AGAIN:
		enter(c, STATE_NOANSWER, now);
		return ACT_WIPE | ACT_RECORD_NO_ANSWER;
	case STATE_SHARED:
		return leave_shared(c, now);
	case STATE_DECLINED:
	case STATE_NOANSWER:
	case STATE_UNREAD:
		return leave(c, now);
	case STATE_STAFF:
		return leave(c, now) | ACT_STAFF_WIPE;
	case STATE_TROUBLE:
	case STATE_ENROL:
		break;
	}
	return 0;
}

static unsigned
on_start(struct consent *c, int64_t now)
{
	if (c->state != STATE_IDLE)
		return 0;
	forget_person(c);
	c->asked = now;
	enter(c, STATE_ASK, now);
	return ACT_KEYS_OPEN;
}

static unsigned
store(struct consent *c)
{
	c->storing = true;
	c->deadline = 0;
	return ACT_RECORD_SHARE;
}

/* The reader is not needed for it any more. */
static unsigned
on_share_again(struct consent *c, bool by_keys, int64_t now)
{
	if (c->storing)
		return 0;
	if (c->trouble != TROUBLE_NONE && c->trouble != TROUBLE_READER)
		return leave(c, now) | ACT_WIPE;
	c->by_keys = by_keys;
	c->answered = now;
	return store(c);
}

static unsigned
on_share(struct consent *c, bool by_keys, int64_t now)
{
	if (c->state == STATE_AGAIN)
		return on_share_again(c, by_keys, now);
	if (c->state != STATE_ASK)
		return 0;
	if (c->trouble != TROUBLE_NONE)
		return leave(c, now) | ACT_KEYS_WIPE;
	c->by_keys = by_keys;
	c->answered = now;
	c->agreed_lang = c->lang;
	c->read++;
	enter(c, STATE_HOLD, now);
	return ACT_READ_START;
}

static unsigned
on_decline(struct consent *c, int64_t now)
{
	unsigned act = ACT_KEYS_WIPE | ACT_RECORD_DECLINE;

	if (c->state == STATE_HOLD || c->state == STATE_READING)
		act |= ACT_READ_CANCEL;
	else if (c->state == STATE_AGAIN)
		act |= ACT_WIPE;
	else if (c->state != STATE_ASK)
		return 0;
	if (c->storing)
		return 0;
	enter(c, STATE_DECLINED, now);
	return act;
}

static unsigned
on_more_time(struct consent *c, int64_t now)
{
	if (!consent_may_extend(c) || c->storing)
		return 0;
	c->extensions++;
	c->deadline = now + c->total;
	return 0;
}

static unsigned
on_undo(struct consent *c)
{
	if (c->state != STATE_SHARED || c->storing)
		return 0;
	c->storing = true;
	return ACT_RECORD_UNDO;
}

static unsigned
on_done(struct consent *c, int64_t now)
{
	if (c->state == STATE_SHARED && !c->storing)
		return leave_shared(c, now);
	if (c->state == STATE_DECLINED)
		return leave(c, now);
	/* Whoever says that is still there, and may want to try again. */
	if (c->state == STATE_NOANSWER || c->state == STATE_UNREAD)
		return try_again(c, now);
	if (c->state == STATE_STAFF)
		return leave(c, now) | ACT_STAFF_WIPE;
	return 0;
}

static unsigned
on_staff(struct consent *c, int64_t now)
{
	if (c->state != STATE_IDLE && c->state != STATE_TROUBLE)
		return 0;
	/* A PIN and what is noted are for nobody's ears. */
	c->speech = false;
	enter(c, STATE_STAFF, now);
	return 0;
}

static unsigned
on_staff_use(struct consent *c, int64_t now)
{
	if (c->state == STATE_STAFF)
		c->deadline = now + c->total;
	return 0;
}

static unsigned
on_field(struct consent *c, enum field f)
{
	if (c->state == STATE_ASK && f >= FIELD_NAME && f <= FIELD_LOCATION &&
	    (c->optional & FIELD_BIT(f)) != 0)
		c->ticked ^= FIELD_BIT(f);
	return 0;
}

/* Language, size, contrast, speech: before and while something is asked. */
static unsigned
on_setting(struct consent *c, const struct consent_event *e, int64_t now)
{
	if (c->state != STATE_IDLE && c->state != STATE_ASK &&
	    (c->state != STATE_AGAIN || c->storing))
		return 0;
	if (e->kind == EV_SIZE)
		c->large = !c->large;
	else if (e->kind == EV_CONTRAST)
		c->contrast = !c->contrast;
	else if (e->kind == EV_SPEECH)
		c->speech = !c->speech;
	else if (e->kind == EV_LANGUAGE_LIST)
		c->language_list = !c->language_list;
	else if (e->lang < c->nlangs) {
		c->lang = e->lang;
		c->language_list = false;
	}
	if (c->state == STATE_IDLE) {
		c->deadline = now + CONSENT_RESET_MS;
		c->listen_until = now + CONSENT_LISTEN_MS;
	}
	return 0;
}

/* The full time is still to come. The badge that is read, and what is being
 * stored, wait for nobody. */
static unsigned
on_listen(struct consent *c, int64_t now)
{
	if (c->deadline != 0 && c->state != STATE_READING &&
	    now < c->listen_until)
		c->deadline = now + consent_time_of(c->state);
	return 0;
}

static void
begin_reading(struct consent *c, int64_t now)
{
	c->hold_deadline = c->deadline;
	c->hold_listen = c->listen_until;
	enter(c, STATE_READING, now);
}

/* What was said still stands until its time is over. */
static unsigned
hold_again(struct consent *c, int64_t now)
{
	enter(c, STATE_HOLD, now);
	c->deadline = c->hold_deadline;
	c->listen_until = c->hold_listen;
	c->removed = true;
	c->read++;
	return ACT_READ_START;
}

static unsigned
on_bad_badge(struct consent *c, enum unread_reason reason, int64_t now)
{
	if (reason == UNREAD_REMOVED && c->trouble == TROUBLE_NONE &&
	    now < c->hold_deadline)
		return hold_again(c, now);
	c->reason = reason;
	enter(c, STATE_UNREAD, now);
	return ACT_KEYS_WIPE | ACT_RECORD_UNREAD;
}

static unsigned
on_badge(struct consent *c, const struct consent_event *e, int64_t now)
{
	if (!consent_wants_badge(c, e->read, now))
		return 0;
	if (c->state == STATE_HOLD)
		begin_reading(c, now);
	if (e->kind == EV_BADGE_SEEN)
		return 0;
	if (e->kind == EV_BADGE_BAD)
		return on_bad_badge(c, e->reason, now);
	if (!e->known)
		return ACT_KEYS_WIPE | store(c);
	c->again = true;
	enter(c, STATE_AGAIN, now);
	return ACT_KEYS_WIPE;
}

static unsigned
on_stored(struct consent *c, int64_t now)
{
	if (!c->storing)
		return 0;
	c->storing = false;
	if (c->state == STATE_READING || c->state == STATE_AGAIN) {
		enter(c, STATE_SHARED, now);
		return 0;
	}
	c->undone = true;
	c->undo_failed = false;
	enter(c, STATE_DECLINED, now);
	return ACT_WIPE | ACT_RELEASE;
}

static unsigned
on_not_stored(struct consent *c, int64_t now)
{
	bool was_storing = c->storing;

	c->trouble = TROUBLE_STORAGE;
	c->storing = false;
	if ((c->state == STATE_READING || c->state == STATE_AGAIN) &&
	    was_storing)
		return leave(c, now) | ACT_WIPE;
	if (c->state == STATE_SHARED && was_storing) {
		/* The receipt stays: with it the attendee can withdraw. */
		c->undo_failed = true;
		c->deadline = now + c->total;
	}
	return 0;
}

static unsigned
on_trouble(struct consent *c, enum trouble t, int64_t now)
{
	c->trouble = t;
	switch (c->state) {
	case STATE_IDLE:
	case STATE_TROUBLE:
		if ((c->state == STATE_IDLE) != (t == TROUBLE_NONE))
			return leave(c, now);
		return 0;
	case STATE_HOLD:
	case STATE_READING:
		/* A reader that fails says so itself, with a reason. */
		if (t == TROUBLE_NONE || t == TROUBLE_READER || c->storing)
			return 0;
		return leave(c, now) | ACT_READ_CANCEL | ACT_KEYS_WIPE;
	case STATE_ASK:
		/* A question that nobody can see is none. */
		return t == TROUBLE_SCREEN ? leave(c, now) | ACT_KEYS_WIPE : 0;
	case STATE_AGAIN:
		return t == TROUBLE_SCREEN && !c->storing ?
		    leave(c, now) | ACT_WIPE : 0;
	case STATE_SHARED:
	case STATE_DECLINED:
	case STATE_NOANSWER:
	case STATE_UNREAD:
	case STATE_STAFF:
	case STATE_ENROL:
		return 0;
	}
	return 0;
}

static unsigned
on_enrolled(struct consent *c, int64_t now)
{
	return c->state == STATE_ENROL ? leave(c, now) : 0;
}

static unsigned
take(struct consent *c, const struct consent_event *e, int64_t now)
{
	switch (e->kind) {
	case EV_START:
		return on_start(c, now);
	case EV_SHARE:
		return on_share(c, e->by_keys, now);
	case EV_DECLINE:
		return on_decline(c, now);
	case EV_MORE_TIME:
		return on_more_time(c, now);
	case EV_UNDO:
		return on_undo(c);
	case EV_DONE:
		return on_done(c, now);
	case EV_FIELD:
		return on_field(c, e->field);
	case EV_LANGUAGE_LIST:
	case EV_LANGUAGE:
	case EV_SIZE:
	case EV_CONTRAST:
	case EV_SPEECH:
		return on_setting(c, e, now);
	case EV_LISTEN:
		return on_listen(c, now);
	case EV_STAFF:
		return on_staff(c, now);
	case EV_STAFF_USE:
		return on_staff_use(c, now);
	case EV_BADGE_SEEN:
	case EV_BADGE_OK:
	case EV_BADGE_BAD:
		return on_badge(c, e, now);
	case EV_STORED:
		return on_stored(c, now);
	case EV_NOT_STORED:
		return on_not_stored(c, now);
	case EV_TROUBLE:
		return on_trouble(c, e->trouble, now);
	case EV_ENROLLED:
		return on_enrolled(c, now);
	case EV_TICK:
		return 0;
	}
	return 0;
}

/* A state whose time is over ends before anything else is looked at; what a
 * person or the reader meant for it is dropped then, but for what the
 * person meant while seeing it still; a yes has no such respite. An outcome of
 * storing is told at once and has no time of its own. */
unsigned
consent_step(struct consent *c, const struct consent_event *e, int64_t now)
{
	bool over = c->deadline != 0 && now >= c->deadline && !c->storing &&
	    e->kind != EV_STORED && e->kind != EV_NOT_STORED &&
	    (!e->seen || e->kind == EV_SHARE);
	bool idle = c->state == STATE_IDLE;
	unsigned act = 0;

	if (e->kind == EV_TROUBLE)
		c->trouble = e->trouble;
	if (over)
		act = expire(c, now);
	if (over && !idle && e->kind != EV_TROUBLE)
		return act;
	return act | take(c, e, now);
}
