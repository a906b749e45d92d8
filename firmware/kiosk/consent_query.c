// SPDX-License-Identifier: Apache-2.0
/* What may be asked of the machine, and changes nothing in it. */
#include "kiosk/consent.h"

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
	return (c->state == STATE_ASK || c->state == STATE_SHARED) &&
	    c->extensions < CONSENT_EXTENSIONS;
}
