/* SPDX-License-Identifier: Apache-2.0 */
/*
 * clock_trust.h - whether the wall clock may be believed. Pure: what is seen
 * of the world comes in as an argument.
 *
 * It is believed when somebody vouches for it: the system, the host, or, while
 * nothing better is known, the battery clock that it was set from at boot. It
 * runs on between: a clock that was vouched for and not stepped since is
 * believed for CLOCK_HELD_MS more. All of that is forgotten at a step.
 *
 * The host vouches by its cosignature, which has a time in it. One that was
 * made earlier says nothing of now, and whoever stands between may keep one
 * back or bring it twice. So it counts only over an entry that this process
 * made within the last CLOCK_FRESH_MS: nobody can have signed it before.
 *
 * Times are ms unless said otherwise; boot is CLOCK_BOOTTIME, which counts
 * while the device sleeps and never steps.
 */
#ifndef KIOSK_CLOCK_TRUST_H
#define KIOSK_CLOCK_TRUST_H

#include <stdbool.h>
#include <stdint.h>

#include "kiosk/state.h"

/* How far a clock that is believed may be off, s; for how much the log's last
 * entry may be ahead of it, too. */
#define CLOCK_SLACK 120
/* A crystal is off by 100 ppm at most, which is 121 s in this time. */
#define CLOCK_HELD_MS (14 * 86400 * INT64_C(1000))
#define CLOCK_FRESH_MS (10 * 60 * INT64_C(1000))
/* It moved by itself by as much as this between two looks: a step. */
#define CLOCK_STEP_MS 2000
/* A device is enrolled for one event: a battery clock that is further beyond
 * the log's last entry was never set, or lost its battery, s. */
#define CLOCK_AHEAD (366 * 86400)
/* Between two entries that are made for the host to sign, while nobody vouches:
 * as a rule, and when there is a reason. */
#define CLOCK_ASK_MS CLOCK_FRESH_MS
#define CLOCK_ASK_SOON_MS 3000
#define CLOCK_MADE 256	/* entries whose making is remembered */

#define CLOCK_NEVER INT64_MIN

/* What is known of a clock. */
struct clock_facts {
	bool synced;		/* the system says that it is synchronised */
	bool denied;		/* the host signed another time */
	bool host;		/* the host signed this time */
	bool held;		/* it was synchronised */
	bool rtc;		/* a battery clock set it, and agrees */
	bool behind;		/* the log's last entry is later */
	bool before_built;	/* so is this program */
	bool ahead;		/* CLOCK_AHEAD beyond the last entry */
};

/* Who vouches for it; CLOCK_UNKNOWN: nobody, and the booth is closed. */
enum clock_source clock_decide(const struct clock_facts *f);
/* "ntp", "host", "held", "rtc", "unknown" */
const char *clock_source_name(enum clock_source s);

/* What is seen at one look. */
struct clock_world {
	int64_t wall, boot;
	bool kernel;		/* it says that the clock is synchronised */
	int64_t touched;	/* when timesyncd last did that, s; 0: never */
	int64_t rtc;		/* the battery clock that set it, s; 0: none;
				 * looked at only when rtc_wanted */
	int64_t last;		/* the log's last entry, s */
	int64_t built;		/* this program, s */
};

/* What is remembered from look to look; clock_trust_init first. */
struct clock_trust {
	enum clock_source source;	/* at the last look */
	int64_t offset;			/* wall less boot at the last look */
	int64_t log_offset;		/* as the log goes by it */
	int64_t synced_at, host_at;	/* boot, since the last step */
	bool denied;			/* likewise */
	int64_t touched, void_touch;
	bool rtc, rtc_wanted;
	int64_t asked_at;		/* boot */
	bool ask_soon;
	uint64_t made_upto;
	struct clock_made {
		uint64_t seq;
		int64_t at;		/* boot */
	} made[CLOCK_MADE];
};

/* What of it outlives the process; see there. */
struct clock_kept {
	int64_t offset, log_offset;
	int64_t synced_at, host_at;
	bool denied;
};

/* Nobody vouched yet. size: entries of the log, made by another process. */
void clock_trust_init(struct clock_trust *t, const struct clock_world *w,
    uint64_t size);
/* What an earlier process of the same boot of the machine remembered. Was the
 * clock stepped since, timesyncd's mark may be from before that, and is void. */
void clock_trust_recall(struct clock_trust *t, const struct clock_kept *kept);

/* Look; sets t->source. */
void clock_trust_look(struct clock_trust *t, const struct clock_world *w);
/* Believed at the last look, and not stepped since. */
bool clock_trust_holds(const struct clock_trust *t, int64_t wall,
    int64_t boot);
/* True when the log's clock goes on elsewhere than where it was: a clock entry
 * is due, from *before to now, s. Only of a clock that is believed. */
bool clock_trust_stepped(const struct clock_trust *t,
    const struct clock_world *w, int64_t *before);
/* It is stored: the log goes by this clock now. */
void clock_trust_noted(struct clock_trust *t);

/* The log has this many entries now: those that are new were made just now, or
 * since the last call, and none of them left the device before this call. */
void clock_trust_made(struct clock_trust *t, uint64_t size, int64_t boot);
/* A cosignature over this many entries came that the log did not have before,
 * with this time in it, s: whether the host vouches by it. */
enum clock_word { CLOCK_WORD_NONE, CLOCK_WORD_AGREES, CLOCK_WORD_DENIES };
enum clock_word clock_trust_signed(struct clock_trust *t,
    const struct clock_world *w, uint64_t size, int64_t time);

/* Nobody vouches and an entry is to be made for the host to sign. */
bool clock_trust_asks(const struct clock_trust *t, int64_t boot);
void clock_trust_asked(struct clock_trust *t, int64_t boot);

#endif
