// SPDX-License-Identifier: Apache-2.0
#include "kiosk/clock_trust.h"

#include <string.h>

enum clock_source
clock_decide(const struct clock_facts *f)
{
	if (f->synced)
		return CLOCK_NTP;
	if (f->denied)
		return CLOCK_UNKNOWN;
	if (f->host)
		return CLOCK_HOST;
	if (f->behind)
		return CLOCK_UNKNOWN;
	if (f->held)
		return CLOCK_HELD;
	return f->rtc && !f->before_built && !f->ahead ? CLOCK_RTC :
	    CLOCK_UNKNOWN;
}

const char *
clock_source_name(enum clock_source s)
{
	switch (s) {
	case CLOCK_NTP:
		return "ntp";
	case CLOCK_HOST:
		return "host";
	case CLOCK_HELD:
		return "held";
	case CLOCK_RTC:
		return "rtc";
	case CLOCK_UNKNOWN:
		break;
	}
	return "unknown";
}

void
clock_trust_init(struct clock_trust *t, const struct clock_world *w,
    uint64_t size)
{
	memset(t, 0, sizeof(*t));
	t->offset = t->log_offset = w->wall - w->boot;
	t->synced_at = t->host_at = t->asked_at = CLOCK_NEVER;
	t->touched = w->touched;
	t->rtc_wanted = true;
	t->made_upto = size;
}

void
clock_trust_recall(struct clock_trust *t, const struct clock_kept *kept)
{
	t->offset = kept->offset;
	t->log_offset = kept->log_offset;
	t->synced_at = kept->synced_at;
	t->host_at = kept->host_at;
	t->denied = kept->denied;
}

static bool
is_step(int64_t from, int64_t to)
{
	return to - from >= CLOCK_STEP_MS || from - to >= CLOCK_STEP_MS;
}

/* What was known was known of another clock. timesyncd's mark that was there
 * before the step says nothing of the clock after it. */
static void
forget(struct clock_trust *t)
{
	t->synced_at = t->host_at = CLOCK_NEVER;
	t->denied = t->rtc = false;
	t->rtc_wanted = t->ask_soon = true;
	t->void_touch = t->touched;
}

static bool
is_synced(const struct clock_trust *t, const struct clock_world *w)
{
	return w->kernel || (w->touched != 0 && w->touched != t->void_touch &&
	    w->touched <= w->wall / 1000 + CLOCK_SLACK);
}

static bool
is_near(int64_t a, int64_t b)
{
	return a - b <= CLOCK_SLACK && b - a <= CLOCK_SLACK;
}

static bool
is_within(int64_t at, int64_t boot, int64_t ms)
{
	return at != CLOCK_NEVER && at <= boot && boot - at <= ms;
}

static struct clock_facts
facts(const struct clock_trust *t, const struct clock_world *w, bool synced)
{
	int64_t now = w->wall / 1000;

	return (struct clock_facts){ .synced = synced, .denied = t->denied,
		.host = is_within(t->host_at, w->boot, CLOCK_HELD_MS),
		.held = is_within(t->synced_at, w->boot, CLOCK_HELD_MS),
		.rtc = t->rtc,
		.behind = now + CLOCK_SLACK < w->last,
		.before_built = now < w->built,
		.ahead = now > w->last + CLOCK_AHEAD };
}

void
clock_trust_look(struct clock_trust *t, const struct clock_world *w)
{
	int64_t offset = w->wall - w->boot;
	struct clock_facts f;

	if (is_step(t->offset, offset))
		forget(t);
	else if (t->rtc_wanted) {
		t->rtc = w->rtc != 0 && is_near(w->rtc, w->wall / 1000);
		t->rtc_wanted = false;
	}
	f = facts(t, w, is_synced(t, w));
	if (f.synced) {
		t->synced_at = w->boot;
		t->denied = false;
	}
	t->offset = offset;
	t->touched = w->touched;
	t->source = clock_decide(&f);
}

bool
clock_trust_holds(const struct clock_trust *t, int64_t wall, int64_t boot)
{
	return t->source != CLOCK_UNKNOWN && !is_step(t->offset, wall - boot);
}

bool
clock_trust_stepped(const struct clock_trust *t, const struct clock_world *w,
    int64_t *before)
{
	bool behind = w->wall / 1000 + CLOCK_SLACK < w->last;

	*before = behind ? w->last : (w->boot + t->log_offset) / 1000;
	return t->source != CLOCK_UNKNOWN && w->wall >= 1000 &&
	    (behind || is_step(t->log_offset, t->offset));
}

void
clock_trust_noted(struct clock_trust *t)
{
	t->log_offset = t->offset;
}

void
clock_trust_made(struct clock_trust *t, uint64_t size, int64_t boot)
{
	uint64_t seq = t->made_upto;

	if (size > CLOCK_MADE && seq < size - CLOCK_MADE)
		seq = size - CLOCK_MADE;
	for (; seq < size; seq++)
		t->made[seq % CLOCK_MADE] = (struct clock_made){ seq, boot };
	t->made_upto = size;
}

/* CLOCK_NEVER: by another process, or too many entries ago. Entry 0 is made by
 * the enrolment, so a blank one is none. */
static int64_t
made_at(const struct clock_trust *t, uint64_t seq)
{
	const struct clock_made *m = &t->made[seq % CLOCK_MADE];

	return seq != 0 && m->seq == seq ? m->at : CLOCK_NEVER;
}

/* The host signed at some moment between the making of the entry and now. */
enum clock_word
clock_trust_signed(struct clock_trust *t, const struct clock_world *w,
    uint64_t size, int64_t time)
{
	int64_t at = size > 0 ? made_at(t, size - 1) : CLOCK_NEVER;
	int64_t now = w->wall / 1000;

	if (!is_within(at, w->boot, CLOCK_FRESH_MS)) {
		if (size >= t->made_upto)
			t->ask_soon = true;	/* else a newer one is on its way */
		return CLOCK_WORD_NONE;
	}
	t->denied = now + CLOCK_SLACK < time ||
	    now > time + (w->boot - at) / 1000 + CLOCK_SLACK;
	t->host_at = t->denied ? CLOCK_NEVER : w->boot;
	return t->denied ? CLOCK_WORD_DENIES : CLOCK_WORD_AGREES;
}

bool
clock_trust_asks(const struct clock_trust *t, int64_t boot)
{
	if (t->source != CLOCK_UNKNOWN)
		return false;
	return !is_within(t->asked_at, boot,
	    t->ask_soon ? CLOCK_ASK_SOON_MS : CLOCK_ASK_MS);
}

void
clock_trust_asked(struct clock_trust *t, int64_t boot)
{
	t->asked_at = boot;
	t->ask_soon = false;
}
