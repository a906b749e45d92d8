// SPDX-License-Identifier: Apache-2.0
/* What may be asked of the machine, and changes nothing in it. */
#include "kiosk/consent.h"

int64_t
consent_time_of(enum kiosk_state s)
{
	switch (s) {
	case STATE_ASK:
	case STATE_AGAIN:
		return CONSENT_ASK_MS;
	case STATE_HOLD:
		return CONSENT_HOLD_MS;
	case STATE_READING:
		return CONSENT_READING_MS;
	case STATE_SHARED:
		return CONSENT_SHARED_MS;
	case STATE_DECLINED:
	case STATE_NOANSWER:
		return CONSENT_BRIEF_MS;
	case STATE_UNREAD:
		return CONSENT_UNREAD_MS;
	case STATE_IDLE:
		return CONSENT_RESET_MS;
	case STATE_STAFF:
		return CONSENT_STAFF_MS;
	case STATE_TROUBLE:
	case STATE_ENROL:
		return 0;
	}
	return 0;
}

int64_t
consent_listening_of(enum kiosk_state s)
{
	return s == STATE_HOLD ? CONSENT_LISTEN_HOLD_MS : CONSENT_LISTEN_MS;
}

const char *
consent_state_name(enum kiosk_state s)
{
	switch (s) {
	case STATE_IDLE:
		return "idle";
	case STATE_ASK:
	case STATE_AGAIN:
		return "ask";
	case STATE_HOLD:
		return "hold";
	case STATE_READING:
		return "reading";
	case STATE_SHARED:
		return "shared";
	case STATE_DECLINED:
		return "declined";
	case STATE_NOANSWER:
		return "noanswer";
	case STATE_UNREAD:
		return "unread";
	case STATE_TROUBLE:
		return "trouble";
	case STATE_STAFF:
		return "staff";
	case STATE_ENROL:
		return "enrol";
	}
	return "unknown";
}

const char *
consent_trouble_name(enum trouble t)
{
	switch (t) {
	case TROUBLE_NONE:
		return "none";
	case TROUBLE_SCREEN:
		return "screen";
	case TROUBLE_READER:
		return "reader";
	case TROUBLE_POLICY:
		return "policy";
	case TROUBLE_CLOCK:
		return "clock";
	case TROUBLE_LOG:
		return "log";
	case TROUBLE_STORAGE:
		return "storage";
	case TROUBLE_REVOKED:
		return "revoked";
	case TROUBLE_HOST:
		return "host";
	case TROUBLE_CLOSED:
		return "closed";
	case TROUBLE_DAY:
		return "day";
	}
	return "none";
}

bool
consent_is_free(const struct consent *c)
{
	return c->state == STATE_IDLE || c->state == STATE_TROUBLE ||
	    c->state == STATE_ENROL;
}

bool
consent_wants_badge(const struct consent *c, unsigned read, int64_t now)
{
	return (c->state == STATE_HOLD || c->state == STATE_READING) &&
	    !c->storing && c->read == read && now < c->deadline;
}

unsigned
consent_seconds_left(const struct consent *c, int64_t now)
{
	if (c->deadline <= now || c->state == STATE_IDLE)
		return 0;
	return (unsigned)((c->deadline - now + 999) / 1000);
}

bool
consent_may_extend(const struct consent *c)
{
	return (c->state == STATE_ASK || c->state == STATE_AGAIN ||
	    c->state == STATE_SHARED) &&
	    c->extensions < CONSENT_EXTENSIONS;
}
