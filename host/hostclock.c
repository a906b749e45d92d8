// SPDX-License-Identifier: Apache-2.0
#include "host/hostclock.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/audit.h"
#include "host/fault.h"

void
hostclock_read(struct hostclock_look *out)
{
	out->wall = clock_wall();
	out->boot = clock_boot_ms() / 1000;
	clock_boot_id(out->boot_id);
	out->moved = false;
	out->synced = clock_synchronised();
}

static bool
same_start(const struct hostclock_look *a, const struct hostclock_look *b)
{
	return a->boot_id[0] != 0 && strcmp(a->boot_id, b->boot_id) == 0;
}

/* By how much it was set since; 0 when the machine has started anew. */
static int64_t
moved_by(const struct hostclock_look *last, const struct hostclock_look *now)
{
	if (!same_start(last, now))
		return 0;
	return (now->wall - now->boot) - (last->wall - last->boot);
}

/* A machine that has started anew since shows by nothing how long that was. */
static bool
started(const struct hostclock_look *last, const struct hostclock_look *now)
{
	return last->boot_id[0] != 0 && !same_start(last, now);
}

enum hostclock_doubt
hostclock_judge(const struct hostclock_look *last,
    const struct hostclock_look *now, int64_t undo)
{
	int64_t by = moved_by(last, now);

	if (last->wall == 0)
		return HOSTCLOCK_FINE;
	if (now->wall < last->wall - HOSTCLOCK_SLACK)
		return HOSTCLOCK_BEHIND;
	if (now->wall > last->wall + HOSTCLOCK_AWAY)
		return HOSTCLOCK_AHEAD;
	if (by > HOSTCLOCK_SLACK || by < -HOSTCLOCK_SLACK ||
	    (last->moved && !same_start(last, now)))
		return HOSTCLOCK_SET;
	if (started(last, now) && !now->synced && now->wall > last->wall + undo)
		return HOSTCLOCK_STARTED;
	return HOSTCLOCK_FINE;
}

const char *
hostclock_sentence(enum hostclock_doubt d)
{
	switch (d) {
	case HOSTCLOCK_FINE:
		break;
	case HOSTCLOCK_BEHIND:
		return FAULT_PART("The host's clock is behind: it was later "
		    "when the host last looked.");
	case HOSTCLOCK_AHEAD:
		return FAULT_PART("The host's clock may be ahead: it says that "
		    "the host has not looked for more than 31 days.");
	case HOSTCLOCK_SET:
		return FAULT_PART("The host's clock was set while the machine "
		    "ran, or the machine was paused.");
	case HOSTCLOCK_STARTED:
		return FAULT_PART("The host's clock may be ahead: the machine "
		    "was started anew, and by it longer has passed than an "
		    "erasure can be undone. The system does not say that it "
		    "is synchronised.");
	}
	return "";
}

/* At least so long it is since the last look: also when the machine has started
 * since. */
static int64_t
passed(const struct hostclock *h)
{
	if (same_start(&h->last, &h->now))
		return h->now.boot - h->last.boot;
	return h->last.boot_id[0] != 0 ? h->now.boot : 0;
}

int64_t
hostclock_time(const struct hostclock *h)
{
	int64_t least = h->last.wall + passed(h);
	bool back = h->doubt == HOSTCLOCK_BEHIND || h->doubt == HOSTCLOCK_SET;

	return back && h->now.wall < least ? least : h->now.wall;
}

bw_err
hostclock_ask(struct store *s, struct hostclock *out)
{
	int64_t undo = HOSTCLOCK_START;
	bw_err r;

	*out = (struct hostclock){ .doubt = HOSTCLOCK_SET };
	hostclock_read(&out->now);
	r = store_clock_get(s, &out->last);
	if (r == BW_OK && started(&out->last, &out->now))
		r = store_clock_undo(s, &undo);
	if (r == BW_OK)
		out->doubt = hostclock_judge(&out->last, &out->now, undo);
	return r;
}

bw_err
hostclock_now(struct store *s, int64_t *out)
{
	struct hostclock h;
	bw_err r = hostclock_ask(s, &h);

	*out = hostclock_time(&h);
	return r;
}

bw_err
hostclock_sure(struct store *s, int64_t *out)
{
	struct hostclock h;
	bw_err r = hostclock_ask(s, &h);

	*out = hostclock_until(&h);
	return r;
}

static bool
worth_keeping(const struct hostclock *h)
{
	return h->doubt == HOSTCLOCK_FINE && (h->last.moved ||
	    h->last.boot_id[0] == 0 || !same_start(&h->last, &h->now) ||
	    h->now.wall >= h->last.wall + HOSTCLOCK_KEEP);
}

static bool
newly_moved(const struct hostclock *h)
{
	return !h->last.moved &&
	    moved_by(&h->last, &h->now) > HOSTCLOCK_SLACK;
}

static bw_err
believe(struct store *s, const struct hostclock *h)
{
	bw_err r = store_clock_put(s, &h->now);

	return r != BW_OK ? r :
	    store_clock_mend(s, h->last.wall, h->now.wall);
}

bw_err
hostclock_keep(struct store *s, struct hostclock *out)
{
	bool moved;
	bw_err r = hostclock_ask(s, out);

	if (r != BW_OK)
		return r;
	moved = newly_moved(out);
	out->last.moved = out->last.moved || moved;
	if (!moved && !worth_keeping(out))
		return BW_OK;
	if ((r = store_begin(s)) != BW_OK)
		return r;
	r = moved ? store_clock_put(s, &out->last) : believe(s, out);
	if (r == BW_OK)
		r = store_commit(s);
	store_rollback(s);
	return r;
}

bw_err
hostclock_confirm(struct store *s, const char *actor, struct hostclock *out)
{
	char detail[64];
	bw_err r;

	if ((r = hostclock_ask(s, out)) != BW_OK ||
	    (r = believe(s, out)) != BW_OK)
		return r;
	out->doubt = HOSTCLOCK_FINE;
	snprintf(detail, sizeof(detail), "last %" PRId64, out->last.wall);
	return audit_add(s, out->now.wall, actor, DID_CLOCK_CONFIRM, "clock",
	    detail);
}
