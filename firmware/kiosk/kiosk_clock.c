// SPDX-License-Identifier: Apache-2.0
/* Whether the clock is believed, and what the log is told of it. */
#include "kiosk/kiosk_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "kiosk/clock_world.h"

/* boot id, the members of clock_kept; blanks between them */
#define KEPT_MAX 192
#define KEPT_NUMBERS 5

static struct clock_world
look(const struct kiosk *k)
{
	struct clock_world w;

	clock_world_read(&w, k->clock.rtc_wanted);
	if (k->journal != NULL)
		w.last = (int64_t)journal_last_time(k->journal);
	return w;
}

uint64_t
kiosk_log_time(const struct kiosk *k)
{
	int64_t now = clock_wall_ms();

	return clock_trust_holds(&k->clock, now, clock_boot_ms()) && now > 0 ?
	    (uint64_t)now / 1000 : 0;
}

static void
recall(struct kiosk *k, const char *text)
{
	char id[CLOCK_BOOT_ID + 1], *s;
	struct clock_kept kept;
	int64_t n[KEPT_NUMBERS];

	clock_boot_id(id);
	if (id[0] == '\0' || strncmp(text, id, CLOCK_BOOT_ID) != 0)
		return;
	text += CLOCK_BOOT_ID;
	for (size_t i = 0; i < KEPT_NUMBERS; i++) {
		n[i] = strtoll(text, &s, 10);
		if (s == text)
			return;
		text = s;
	}
	kept = (struct clock_kept){ .offset = n[0], .log_offset = n[1],
		.synced_at = n[2], .host_at = n[3], .denied = n[4] != 0 };
	clock_trust_recall(&k->clock, &kept);
}

void
kiosk_clock_begin(struct kiosk *k)
{
	struct bw_buf b = BW_BUF_INIT(KEPT_MAX);
	struct clock_world w;
	const char *text;

	k->clock.rtc_wanted = false;
	w = look(k);
	clock_trust_init(&k->clock, &w,
	    k->journal != NULL ? journal_size(k->journal) : 0);
	k->clock_kept = CLOCK_NEVER;
	if (file_read(k->place.clock, &b) == BW_OK &&
	    bw_buf_cstr(&b, &text) == BW_OK)
		recall(k, text);
	bw_buf_free(&b);
}

/* So that a kiosk which is started again without a network is open again, or
 * closed again. */
static void
keep(struct kiosk *k, int64_t boot)
{
	const struct clock_trust *t = &k->clock;
	char id[CLOCK_BOOT_ID + 1], text[KEPT_MAX];
	bw_err r;
	int n;

	if ((t->source != CLOCK_NTP && t->source != CLOCK_HOST && !t->denied) ||
	    (k->clock_kept != CLOCK_NEVER &&
	    boot - k->clock_kept < KIOSK_CLOCK_KEEP_MS))
		return;
	k->clock_kept = boot;
	clock_boot_id(id);
	n = snprintf(text, sizeof(text), "%s %lld %lld %lld %lld %d\n", id,
	    (long long)t->offset, (long long)t->log_offset,
	    (long long)t->synced_at, (long long)t->host_at, t->denied);
	if ((r = file_write(k->place.clock, text, (size_t)n, 0600)) != BW_OK)
		log_debug("how the clock is cannot be kept: %s",
		    bw_strerror(r));
}

static bool
append(struct kiosk *k, int64_t before, int64_t now)
{
	const char *source = clock_source_name(k->clock.source);
	struct body b = { .kind = ENTRY_CLOCK };
	uint64_t seq;

	b.u.clock.old_time = before > 0 ? (uint64_t)before : 0;
	b.u.clock.new_time = (uint64_t)now;
	memcpy(b.u.clock.source, source, strlen(source) + 1);
	if (journal_append(k->journal, &b, (uint64_t)now, &seq) != BW_OK)
		return false;
	k->mail_news = true;
	return true;
}

/* An entry that the host has not seen is what it can vouch by. A clock that
 * nobody vouches for does not move the log's time. */
static void
write_down(struct kiosk *k, const struct clock_world *w)
{
	int64_t before;

	if (journal_is_broken(k->journal) || journal_is_closed(k->journal) ||
	    k->forked)
		return;
	if (clock_trust_stepped(&k->clock, w, &before)) {
		if (!append(k, before, w->wall / 1000))
			return;
		log_info("the clock was stepped");
		clock_trust_noted(&k->clock);
		k->clock_kept = CLOCK_NEVER;
	} else if (clock_trust_asks(&k->clock, w->boot) &&
	    append(k, w->last, w->last))
		clock_trust_asked(&k->clock, w->boot);
}

void
kiosk_clock(struct kiosk *k)
{
	enum clock_source before = k->clock.source;
	struct clock_world w = look(k);

	clock_trust_look(&k->clock, &w);
	if (k->journal == NULL)
		return;		/* it is begun anew when there is one */
	if (k->clock.source != before) {
		log_info("the clock: %s", clock_source_name(k->clock.source));
		k->clock_kept = CLOCK_NEVER;
	}
	write_down(k, &w);
	keep(k, w.boot);
}

void
kiosk_clock_signed(struct kiosk *k)
{
	struct clock_world w = look(k);

	switch (clock_trust_signed(&k->clock, &w,
	    journal_cosigned(k->journal),
	    (int64_t)journal_cosigned_time(k->journal))) {
	case CLOCK_WORD_DENIES:
		k->clock_kept = CLOCK_NEVER;
		if (k->clock.source != CLOCK_NTP)
			log_warn("the host's time is another than this "
			    "device's: set the clock, or let the network "
			    "set it");
		break;
	case CLOCK_WORD_NONE:
	case CLOCK_WORD_AGREES:
		break;
	}
}
