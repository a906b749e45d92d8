/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kiosk_parts.h - the inside of the kiosk; for kiosk*.c alone.
 *
 *	kiosk.c		opens, loops, closes
 *	kiosk_act.c	carries out what the consent machine wants
 *	kiosk_face.c	from touches and keys to events, from state to frame
 *	kiosk_voice.c	what is said aloud
 *	kiosk_world.c	policy, troubles
 *	kiosk_clock.c	whether the clock is believed
 *	kiosk_mail.c	outbox, inbox
 *	kiosk_lost.c	a host that lost a part of the log
 *	kiosk_revoked.c	a device that was revoked
 *	kiosk_aside.c	a log that must not be continued
 *	kiosk_disk.c	room on the disk
 *	kiosk_staff.c	the staff's screens
 *	kiosk_enrol.c	the first start
 *	kiosk_status.c	what is told of the device's health
 */
#ifndef KIOSK_KIOSK_PARTS_H
#define KIOSK_KIOSK_PARTS_H

#include "base/pace.h"
#include "kiosk/admit.h"
#include "kiosk/clock_trust.h"
#include "kiosk/consent.h"
#include "kiosk/door.h"
#include "kiosk/enrolment.h"
#include "kiosk/first.h"
#include "kiosk/gate.h"
#include "kiosk/journal.h"
#include "kiosk/keys.h"
#include "kiosk/kiosk.h"
#include "kiosk/outbox.h"
#include "kiosk/place.h"
#include "kiosk/rules.h"
#include "kiosk/screen.h"
#include "kiosk/speech.h"
#include "kiosk/staff.h"
#include "kiosk/tally.h"
#include "kiosk/touch.h"
#include "kiosk/ui.h"
#include "kiosk/view.h"
#include "reader/reader_client.h"
#include "record/receipt.h"

/* How often the kiosk looks at the world without being told. */
#define KIOSK_LOOK_MS 1000
/* A yes counts only fresh: so long at most the kiosk may have stood still
 * before it, ms. */
#define KIOSK_LATE_MS 1000
/* A read that takes no longer than this is not announced on the screen: drawing
 * would only hold up its end. */
#define KIOSK_READING_SHOWN_MS 60
/* Between two tries to draw a frame that could not be drawn. */
#define KIOSK_DRAW_AGAIN_MS 1000
/* The reader may be away so long (a restart) before the booth closes. */
#define KIOSK_READER_AWAY_MS 2000
/* Free space below which nothing is asked any more, bytes. */
#define KIOSK_DISK_MIN (1024 * 1024)
/* Used so far, in percent, staff are told; until it is below the other. */
#define KIOSK_DISK_WARN 80
#define KIOSK_DISK_CALM 75
/* Between two times that it is kept when the clock was last vouched for. */
#define KIOSK_CLOCK_KEEP_MS 3600000
/* Between two tries to get a broken journal going, and two status messages. */
#define KIOSK_MEND_MS 2000
#define KIOSK_STATUS_MS 60000
/* Between two times that the outbox is built again because uploads went away
 * without a note that counts: doubling. */
#define KIOSK_REQUEUE_MS 1000
#define KIOSK_REQUEUE_MOST_MS 300000
/* How long one look at the inbox may go on, whatever lies there. */
#define KIOSK_MAIL_MS 20
/* A host that is said so often, and over such a time, to lack entries that it
 * had cosigned has lost them. */
#define KIOSK_LACKS 3
#define KIOSK_LACKS_MS 60000
/* So long the word that the device is revoked counts: several times as long as
 * until the uplink hears it again. */
#define KIOSK_REVOKED_MS 900000

enum disk { DISK_OK, DISK_LOW, DISK_FULL };

/* What exists only while an attendee is served: secret_alloc'ed. */
struct visit {
	struct admitted badge;
	struct journal_mark mark;	/* the badge's, with the day on which
					 * it was last shared here; 0: never */
	uint8_t rc[RECEIPT_RC];
	uint8_t rh[RECEIPT_RH];
	char url[POLICY_URL_MAX + 160];
};

/* What was on the screen when it was last looked at for the voice. */
struct said {
	bool on, list, undone, failed, removed, large, contrast;
	enum kiosk_state state;
	enum trouble trouble;
	unsigned lang, page, left;
	field_set ticked;
	char focus[UI_NAME_MAX];
};

struct kiosk {
	const struct kiosk_options *o;
	struct place place;
	int lock;			/* -1: not held */

	struct consent consent;
	struct keys keys;
	struct journal *journal;	/* NULL: not enrolled, or damaged */
	struct rules *rules;		/* NULL: none */
	struct rules *next;		/* stored, not yet in force; or NULL */
	struct field_keys *fields;	/* only while a question is open */
	struct visit *visit;
	bool enrolled;
	bool join_again;		/* the log or the policy is not open */
	int64_t join_at;		/* real ms: not before */
	bool forked;			/* the log must not be continued */
	bool log_lost;			/* and is no longer open */
	bool anew;			/* it was let go, to be enrolled anew */
	bool log_doubted;		/* it looked lost, once */
	bool host_lost;			/* it lacks what it had cosigned */
	unsigned lacks;			/* how often that was said */
	int64_t lacks_since;		/* own clock: first so */
	int64_t revoked_till;		/* own clock: said to be; 0: not */
	enum disk disk;
	struct pace pace;		/* of the host's cosigning */
	uint64_t paced;			/* entries when that was looked at */

	int64_t skew;			/* own clock less CLOCK_MONOTONIC, ms */
	struct clock_trust clock;
	int64_t clock_kept;		/* CLOCK_BOOTTIME, ms */

	struct reader_client *reader;
	int64_t reader_away;		/* since when, real ms; 0: it is there */
	enum reader_cause reader_cause;	/* why it is away, as last heard */
	bool read_wanted;		/* to begin when the reader is back */

	uint64_t share_seq;		/* the last share */
	bool share_held;		/* it must not go out yet */
	bool undo_owed;			/* an undo that could not be stored */
	struct outbox outbox;
	bool outbox_open, outbox_stuck;	/* stuck: that it is was said */
	int64_t requeue_at;		/* real ms: not again before */
	int64_t requeue_wait;
	int inbox_fd;
	bool mail_news;			/* something may have come or may go */

	struct screen *screen;
	struct screen_peer peer;
	struct ui *ui;
	struct touch touch;
	char focus[UI_NAME_MAX];	/* "": none */
	bool by_keys;			/* the focus is to be seen */
	unsigned page;
	bool dirty;			/* the frame is older than the state */
	bool moved;			/* and its widgets may be elsewhere */
	bool other_screen;		/* and it is one of another state */
	bool shown;			/* the last frame could be presented */
	int64_t draw_at;		/* own clock: not before */
	bool blind;			/* the last frame was not shown */
	unsigned seconds_shown;
	struct speech *speech;		/* the caller's; NULL: none */
	struct said said;
	bool listening;			/* what is said puts the end off */
	bool burn;			/* something personal was just wiped */
	bool quit;
	bool misused;		/* an option has a value that is none */

	int64_t waits_from, waits_till;	/* real ms: the last wait */
	bool late;			/* the input may have lain for long */

	struct door door;
	struct gate gate;
	struct staff *staff;		/* secret_alloc'ed; blank outside */
	struct staff_list shares;	/* of the last hour */
	struct tally tally;
	bool day_over;			/* the staff closed the booth */
	/* secret_alloc'ed; blank in an enrolled device */
	struct first *first;
	struct enrolment *enrolment;
	const char *enrol_files[3];	/* ended by NULL */

	int64_t look_at, mend_at;	/* real ms */
	int64_t status_at;		/* own clock */
	char status[512];		/* as last written */
};

/* The kiosk's own clock, ms. Only the script moves it on. */
int64_t kiosk_now(const struct kiosk *k);

/* Give the machine one event and do what it wants; draws nothing but the frame
 * that says "You shared", with which the share stands. */
void kiosk_event(struct kiosk *k, const struct consent_event *e);
void kiosk_tick(struct kiosk *k);
/* Take what the reader has to say. */
void kiosk_reader(struct kiosk *k);
/* Once the undo that was owed is stored: keep the share back no longer. */
void kiosk_settle(struct kiosk *k);

/* Draw at this size from now on. False, and logged, when that is not possible:
 * the kiosk is to end. */
BW_MUST_USE bool kiosk_size(struct kiosk *k, int w, int h);
/* Nobody can see anything. */
bool kiosk_is_dark(const struct kiosk *k);
/* Draw and present if the frame is old and it is time for it. */
void kiosk_show(struct kiosk *k, bool now);
/* The frame does not fit the state any more. */
void kiosk_changed(struct kiosk *k, bool other_screen);
/* When the countdown on the screen is next wrong, own clock; 0: never. */
int64_t kiosk_face_due(const struct kiosk *k);
void kiosk_input(struct kiosk *k, const struct screen_event *e);
/* Seconds left, as they are shown: in steps where nothing is to move. */
unsigned kiosk_seconds(const struct kiosk *k);

/* A frame of v was shown: say what is new in it, if that is wanted. */
void kiosk_voice(struct kiosk *k, const struct view *v);
/* See how the voice goes; while a person listens the state does not end. */
void kiosk_listen(struct kiosk *k);
/* Silent at once: somebody pressed or touched something. */
void kiosk_hush(struct kiosk *k);
/* When to look at the voice, real ms. */
int64_t kiosk_voice_wake(const struct kiosk *k);

/* Open what an enrolled device has. What of it is damaged is logged and shows
 * as trouble. BW_ERR_NOTFOUND when the device is not enrolled, BW_ERR_BUSY when
 * another process has the state directory. */
BW_MUST_USE bw_err kiosk_join(struct kiosk *k);
/* Close a log that must not be continued, set it aside and close the booth. The
 * device may be enrolled anew from here on: kiosk_join looks for that. Nobody
 * is being served. */
void kiosk_give_up(struct kiosk *k);
/* The host takes nothing of this log any more, or the log or its policy has
 * ended: only a new enrolment opens the booth. */
bool kiosk_is_over(struct kiosk *k);
/* Let go of the device, and take an enrol address on the screen. */
void kiosk_begin_anew(struct kiosk *k);
/* The log was joined: nobody vouched for the clock yet, unless an earlier kiosk
 * of this boot of the machine knew better. */
void kiosk_clock_begin(struct kiosk *k);
/* Look at the clock; write into the log what it has to know. A step is written
 * at the next look, whoever is being served: put off until a question is over,
 * it would tell when one was declined. */
void kiosk_clock(struct kiosk *k);
/* A note of the host was taken that covers more than any before. */
void kiosk_clock_signed(struct kiosk *k);
/* The clock that is believed, unix seconds; 0 while none is: what a new entry
 * is timed by (never before the last one), and what ends a policy. */
uint64_t kiosk_log_time(const struct kiosk *k);

/* Look at policy, reader and storage; tell the machine what keeps the
 * booth closed. */
void kiosk_trouble(struct kiosk *k);
/* Put answers by which nothing was shared into the log, those of quarter hours
 * that are over at `now`, whoever is asked meanwhile: at the end of a question
 * it would tell how that ended. UINT64_MAX: all, before the journal is closed. */
void kiosk_answers_end(struct kiosk *k, uint64_t now);
/* What is done between attendees, or slowly: once a second. */
void kiosk_world(struct kiosk *k);

/* An error of the system that may be over later. */
bool kiosk_is_passing(bw_err r);
/* True when the mail is to be looked at and may be: mail_news is set, which it
 * is once a second for what comes due by time. */
bool kiosk_mail_due(const struct kiosk *k);
/* Take what came into the inbox; feed the outbox; say how it goes. What there
 * was no time for makes it due again. */
void kiosk_mail(struct kiosk *k);
/* Up to where entries may go out, and be counted, now. */
uint64_t kiosk_tellable(const struct kiosk *k);
/* The uplink says that the host has fewer entries than it had cosigned. */
void kiosk_host_lacks(struct kiosk *k);
/* A note of the host beyond all that it had cosigned came. */
void kiosk_host_is_well(struct kiosk *k);
/* The uplink says that the host says that the device is revoked. */
void kiosk_revoked(struct kiosk *k);
/* The host issued a policy to it after that. */
void kiosk_not_revoked(struct kiosk *k);
/* At the start: it was so when the last process ended. */
void kiosk_was_revoked(struct kiosk *k);
/* Whether the booth is closed for it now. */
bool kiosk_is_revoked(struct kiosk *k);
/* See how full the disk is; logged, and told soon, when that changes. */
void kiosk_look_at_disk(struct kiosk *k);
/* "ok", "low", "full" */
const char *kiosk_disk_name(enum disk d);
/* Write the status when it changed, and not too often: soon when the booth opens
 * or closes. */
void kiosk_say_status(struct kiosk *k);
/* The kiosk ends: the host must not believe that things are as they were. */
void kiosk_say_end(struct kiosk *k);

/* Room for them; whether the day was ended, how often the PIN was tried. */
bool kiosk_staff_init(struct kiosk *k);
/* The way in was taken; nothing happens unless the booth is free. */
void kiosk_staff_open(struct kiosk *k);
/* A widget of theirs was used. */
void kiosk_staff_use(struct kiosk *k, const char *widget);
void kiosk_staff_wipe(struct kiosk *k);
/* A share was stored; its undo was asked for. */
void kiosk_staff_shared(struct kiosk *k, uint64_t seq);
void kiosk_staff_undone(struct kiosk *k, uint64_t seq);

/* Room for the first start; false without memory. */
bool kiosk_first_init(struct kiosk *k);
/* The device is not enrolled: go on with what was begun, or take the address
 * that a file holds, once. */
void kiosk_first_begin(struct kiosk *k);
/* Something may have come for it, or time has passed. */
void kiosk_first_step(struct kiosk *k);
void kiosk_first_use(struct kiosk *k, const char *widget);
/* True when what the reader said was for it. */
bool kiosk_first_reader(struct kiosk *k, const struct reader_event *in);
void kiosk_first_view(const struct kiosk *k, struct view *v);
/* The device is enrolled: wipe, and tidy what was cut short. */
void kiosk_first_leave(struct kiosk *k);
void kiosk_first_close(struct kiosk *k);

/* Put a policy in force, nobody being served: its entry first, unless it is
 * the one that the log says already. Takes *next over on success. */
BW_MUST_USE bw_err kiosk_enforce(struct kiosk *k, struct rules **next);
/* The same with the policy that waits, if one does and nobody is served. It is
 * the stored one already, so a restart does no less. */
void kiosk_enforce_next(struct kiosk *k);
/* Log that a policy has come, or is in force, and what is wrong with --lang for
 * it: never at the end of a question, which may have been declined. */
void kiosk_say_policy(const struct kiosk *k, const struct policy *p,
    const char *what);

#endif
