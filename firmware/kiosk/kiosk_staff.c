// SPDX-License-Identifier: Apache-2.0
/* The staff's screens: the way in, the PIN, notes, the end of the day. */
#include "kiosk/kiosk_parts.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "kiosk/secret.h"

static bool
own_path(const struct kiosk *k, const char *name,
    char path[static FILE_PATH_MAX])
{
	return file_path(path, k->place.own, name) == BW_OK;
}

bool
kiosk_staff_init(struct kiosk *k)
{
	char path[FILE_PATH_MAX];

	if ((k->staff = secret_alloc(sizeof(*k->staff))) == NULL)
		return false;
	if (own_path(k, "pin-tries", path))
		gate_open(&k->gate, path, kiosk_now(k));
	k->day_over = own_path(k, "day-over", path) && access(path, F_OK) == 0;
	return true;
}

void
kiosk_staff_wipe(struct kiosk *k)
{
	explicit_bzero(k->staff, sizeof(*k->staff));
	k->burn = true;
}

void
kiosk_staff_open(struct kiosk *k)
{
	const struct consent_event e = { .kind = EV_STAFF, .seen = true };

	door_close(&k->door);
	if (k->consent.state != STATE_IDLE &&
	    k->consent.state != STATE_TROUBLE)
		return;
	if (k->log_lost && !k->enrolled) {
		kiosk_begin_anew(k);
		return;
	}
	if (k->rules == NULL || k->rules->policy.staff_pin[0] == 0) {
		log_info("the staff's screens stay closed: the policy has no "
		    "staff_pin for this sponsor");
		return;
	}
	kiosk_event(k, &e);
}

/* ---- what they show ---- */

static void
local_time(int64_t at, struct tm *out)
{
	time_t t = (time_t)at;

	if (localtime_r(&t, out) == NULL)
		memset(out, 0, sizeof(*out));
}

static int64_t
day_began(int64_t now)
{
	struct tm tm;

	local_time(now, &tm);
	tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
	return (int64_t)mktime(&tm);
}

static void
look_at_log(struct kiosk *k, struct staff_facts *f)
{
	uint64_t limit, cosigned;
	bw_err r;

	if (k->journal == NULL || journal_is_broken(k->journal))
		return;
	limit = kiosk_tellable(k);
	cosigned = journal_cosigned(k->journal);
	f->pending = limit > cosigned ? (unsigned long)(limit - cosigned) : 0;
	memcpy(f->device, journal_opening(k->journal)->device,
	    sizeof(f->device));
	r = tally_count(&k->tally, k->journal, limit,
	    day_began(clock_wall()));
	if (r != BW_OK)
		log_error("the log cannot be counted: %s", bw_strerror(r));
	memcpy(f->all, k->tally.all, sizeof(f->all));
	memcpy(f->today, k->tally.today, sizeof(f->today));
}

static void
look(struct kiosk *k)
{
	struct staff_facts *f = &k->staff->facts;
	char until[40] = "";
	struct tm tm;
	time_t end;

	memset(f, 0, sizeof(*f));
	look_at_log(k, f);
	f->reader = k->reader != NULL && k->reader_away == 0;
	f->clock = k->clock.source;
	f->day_over = k->day_over;
	f->over = kiosk_is_over(k);
	if (k->rules == NULL)
		return;
	end = (time_t)k->rules->policy.valid_until;
	if (gmtime_r(&end, &tm) != NULL)
		(void)strftime(until, sizeof(until), "%Y-%m-%d %H:%M UTC",
		    &tm);
	snprintf(f->policy, sizeof(f->policy), "%s, %s",
	    k->rules->policy.version, until);
}

void
kiosk_staff_shared(struct kiosk *k, uint64_t seq)
{
	struct staff_share s = { .seq = seq, .since = kiosk_now(k) };
	struct tm tm;

	local_time(clock_wall(), &tm);
	(void)strftime(s.at, sizeof(s.at), "%H:%M", &tm);
	staff_list_add(&k->shares, &s);
}

void
kiosk_staff_undone(struct kiosk *k, uint64_t seq)
{
	staff_list_drop(&k->shares, seq);
}

/* ---- what they do ---- */

static void
try_pin(struct kiosk *k)
{
	struct staff *s = k->staff;
	bool same = false;
	bw_err r = BW_ERR_NOTFOUND;

	s->wrong = true;
	if (k->rules != NULL && pin_ok(s->pin, strlen(s->pin)) &&
	    gate_try(&k->gate, kiosk_now(k)) == BW_OK &&
	    (r = pin_matches(k->rules->policy.staff_pin, s->pin,
	    strlen(s->pin), &same)) != BW_OK)
		log_error("the PIN cannot be looked at: %s", bw_strerror(r));
	explicit_bzero(s->pin, sizeof(s->pin));
	secret_burn_stack();
	if (!same)
		return;
	s->wrong = false;
	gate_pass(&k->gate);
	s->page = STAFF_HOME;
	look(k);
}

static bw_err
append_note(struct kiosk *k, const uint8_t *plain, size_t len)
{
	struct bw_buf box = BW_BUF_INIT(BODY_NOTE_MAX);
	struct body b = { .kind = ENTRY_NOTE,
		.u.note.share_seq = k->staff->share.seq };
	uint64_t seq;
	bw_err r;

	if ((r = seal_box(k->rules->policy.host_seal_spki, SEAL_NOTE, NULL,
	    plain, len, &box)) == BW_OK) {
		b.u.note.sealed = box.ptr;
		b.u.note.sealed_len = box.len;
		r = journal_append(k->journal, &b, kiosk_log_time(k), &seq);
	}
	bw_buf_free(&box);
	return r;
}

/* Sealed to the host at once; nothing of it stays here. */
static bw_err
save(struct kiosk *k)
{
	struct bw_buf plain = BW_BUF_INIT(BODY_NOTE_MAX);
	struct note n;
	bw_err r;

	if (k->journal == NULL || k->rules == NULL)
		return BW_ERR_NOTFOUND;
	staff_note(k->staff, &k->rules->policy, &n);
	if ((r = note_encode(&n, &plain)) == BW_OK)
		r = append_note(k, plain.ptr, plain.len);
	explicit_bzero(&n, sizeof(n));
	bw_buf_free(&plain);
	return r;
}

static void
save_card(struct kiosk *k)
{
	struct staff *s = k->staff;
	uint64_t seq = s->share.seq;
	bw_err r = save(k);

	if (r != BW_OK) {
		log_error("a note cannot be stored: %s", bw_strerror(r));
		s->failed = true;
		kiosk_trouble(k);
		return;
	}
	for (size_t i = 0; i < k->shares.n; i++)
		if (k->shares.share[i].seq == seq)
			k->shares.share[i].noted = true;
	kiosk_staff_wipe(k);
	s->page = STAFF_LEADS;
	look(k);
	k->mail_news = true;
}

/* The log has no entry for it: a close would end the log for ever. So it is a
 * mark beside it, which keeps the booth closed over a restart too. */
static void
turn_day(struct kiosk *k)
{
	char path[FILE_PATH_MAX];
	bool over = !k->day_over;
	bw_err r = BW_ERR_BOUND;

	if (own_path(k, "day-over", path))
		r = over ? file_write(path, "", 0, 0600) : file_remove(path);
	if (r != BW_OK)
		log_error("the mark of the day's end cannot be changed: %s",
		    bw_strerror(r));
	else
		k->day_over = over;
	kiosk_trouble(k);
	look(k);
}

static void
leave(struct kiosk *k)
{
	const struct consent_event e = { .kind = EV_DONE, .seen = true };

	kiosk_event(k, &e);
}

void
kiosk_staff_use(struct kiosk *k, const char *widget)
{
	const struct policy *p = k->rules != NULL ? &k->rules->policy : NULL;
	const char *lang = p != NULL ? p->lang[k->consent.lang] : "en";
	enum staff_page page = k->staff->page;

	switch (staff_use(k->staff, &k->shares, p, lang, widget)) {
	case STAFF_IGNORE:
	case STAFF_STAY:
	case STAFF_TURN:
		break;
	case STAFF_TRY_PIN:
		try_pin(k);
		break;
	case STAFF_SAVE:
		save_card(k);
		break;
	case STAFF_DAY:
		turn_day(k);
		break;
	case STAFF_ENROL:
		if (kiosk_is_over(k)) {
			kiosk_begin_anew(k);
			return;
		}
		leave(k);
		return;
	case STAFF_LEAVE:
		leave(k);
		return;
	}
	staff_list_age(&k->shares, kiosk_now(k));
	kiosk_changed(k, k->staff->page != page);
}
