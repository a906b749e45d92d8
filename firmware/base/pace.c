// SPDX-License-Identifier: Apache-2.0
#include "base/pace.h"

static bool
is_idle(const struct pace *p, int64_t now)
{
	return p->since == 0 || now - p->last > PACE_IDLE_MS;
}

void
pace_start(struct pace *p, int64_t now)
{
	if (is_idle(p, now))
		*p = (struct pace){ .since = now, .last = now };
}

void
pace_add(struct pace *p, uint64_t n, int64_t now)
{
	if (is_idle(p, now)) {
		pace_start(p, now);
		return;
	}
	p->n += n;
	p->last = now;
}

bool
pace_says(const struct pace *p, uint64_t left, int64_t now, uint64_t *rate,
    uint64_t *seconds)
{
	int64_t ms = p->last > p->since ? p->last - p->since : 1;

	*rate = *seconds = 0;
	if (left == 0 || p->n == 0 || is_idle(p, now))
		return false;
	*rate = p->n * 1000 / (uint64_t)ms;
	if (*rate == 0)
		*rate = 1;
	*seconds = (left + *rate - 1) / *rate;
	return true;
}
