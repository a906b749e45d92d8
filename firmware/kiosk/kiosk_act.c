// SPDX-License-Identifier: Apache-2.0
/* What the consent machine wants done: reads, entries, keys, wiping. */
#include "kiosk/kiosk_parts.h"

#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "kiosk/secret.h"
#include "reader/cause.h"

/* A code for the receipt of the share that may come; made while the attendee
 * looks for the badge, not while it is held. */
static bw_err
prepare_receipt(struct kiosk *k)
{
	struct bw_buf url = BW_BUF_INIT(sizeof(k->visit->url) - 1);
	bw_err r;

	if ((r = bw_random(k->visit->rc, RECEIPT_RC)) == BW_OK &&
	    (r = receipt_hash(k->visit->rc, k->visit->rh)) == BW_OK &&
	    (r = receipt_url(k->rules->policy.event.receipts, k->visit->rc,
	    &url)) == BW_OK) {
		memcpy(k->visit->url, url.ptr, url.len);
		k->visit->url[url.len] = '\0';
	}
	bw_buf_free(&url);
	return r;
}

static void
start_read(struct kiosk *k)
{
	int64_t wait = k->consent.deadline - kiosk_now(k);
	bw_err r = BW_ERR_GONE;

	if (wait < 1)
		wait = 1;
	if (k->consent.speech)
		wait += CONSENT_LISTEN_HOLD_MS;
	if (k->reader != NULL && k->consent.removed)
		r = reader_client_read_same(k->reader, (uint32_t)wait,
		    clock_mono_ms());
	else if (k->reader != NULL)
		r = reader_client_read(k->reader, (uint32_t)wait,
		    clock_mono_ms());
	/* It may just be on its way back: then the read begins late. */
	k->read_wanted = r != BW_OK;
}

static void
cancel_read(struct kiosk *k)
{
	k->read_wanted = false;
	if (k->reader != NULL)
		reader_client_cancel(k->reader, clock_mono_ms());
}

static void
wipe(struct kiosk *k)
{
	explicit_bzero(k->visit, sizeof(*k->visit));
	k->burn = true;
}

static bw_err
append_share(struct kiosk *k)
{
	const struct policy *p = &k->rules->policy;
	const struct policy_notice *notice;
	struct consent *c = &k->consent;
	struct body b = { .kind = ENTRY_SHARE };
	struct body_share *s = &b.u.share;
	bw_err r;

	notice = policy_notice(p, p->lang[c->agreed_lang]);
	if (notice == NULL)
		return BW_ERR_NOTFOUND;
	memcpy(s->badge_id, k->visit->badge.badge_id, BADGE_ID);
	s->edition = k->visit->badge.edition;
	memcpy(s->sponsor, p->sponsor.id, sizeof(s->sponsor));
	s->granted = c->ticked;
	memcpy(s->language, notice->lang, sizeof(s->language));
	memcpy(s->notice_sha256, notice->sha256, CRYPTO_HASH);
	s->by_keys = c->by_keys;
	s->answer_ms = (uint64_t)(c->answered - c->asked);
	memcpy(s->rh, k->visit->rh, RECEIPT_RH);
	k->visit->mark.day = repeat_day((int64_t)kiosk_log_time(k));
	r = journal_append_share(k->journal, &b, &k->visit->mark,
	    kiosk_log_time(k), &k->share_seq);
	if (r == BW_OK) {
		k->share_held = true;
		kiosk_staff_shared(k, k->share_seq);
	}
	explicit_bzero(&b, sizeof(b));
	return r;
}

static bw_err
keep_stop(struct kiosk *k, enum entry_kind kind)
{
	const char *sponsor = k->rules->policy.sponsor.id;
	struct body b = { .kind = kind };

	if (kind == ENTRY_UNREAD) {
		memcpy(b.u.unread.sponsor, sponsor, TEXT_ID_MAX + 1);
		b.u.unread.reason = k->consent.reason;
	} else
		memcpy(b.u.stop.sponsor, sponsor, TEXT_ID_MAX + 1);
	return journal_answer(k->journal, &b, kiosk_log_time(k));
}

static bw_err
append_undo(struct kiosk *k)
{
	struct body b = { .kind = ENTRY_UNDO,
		.u.undo.share_seq = k->share_seq };
	uint64_t seq;
	bw_err r;

	kiosk_staff_undone(k, k->share_seq);
	/* The journal stores by itself what it owes. */
	if (k->undo_owed && !journal_owes_undo(k->journal, &seq))
		r = BW_OK;
	else
		r = journal_append(k->journal, &b, kiosk_log_time(k), &seq);
	k->undo_owed = r != BW_OK && journal_owes_undo(k->journal, &seq);
	return r;
}

static bw_err
record(struct kiosk *k, unsigned act)
{
	if (k->journal == NULL || k->rules == NULL)
		return BW_ERR_NOTFOUND;
	if ((act & ACT_RECORD_SHARE) != 0)
		return append_share(k);
	if ((act & ACT_RECORD_DECLINE) != 0)
		return keep_stop(k, ENTRY_DECLINE);
	if ((act & ACT_RECORD_NO_ANSWER) != 0)
		return keep_stop(k, ENTRY_NO_ANSWER);
	if ((act & ACT_RECORD_UNREAD) != 0)
		return keep_stop(k, ENTRY_UNREAD);
	return append_undo(k);
}

static void
open_fields(struct kiosk *k)
{
	bw_err r;

	if (k->rules == NULL)
		return;
	r = keys_fields_open(&k->keys, &k->rules->policy, &k->fields);
	if (r != BW_OK)
		log_error("the field keys cannot be opened: %s",
		    bw_strerror(r));
}

/* In the order of enum consent_act, but for the outcome of storing, which the
 * machine takes last. */
static void
act(struct kiosk *k, unsigned a)
{
	if ((a & ACT_READ_CANCEL) != 0)
		cancel_read(k);
	if ((a & ACT_KEYS_WIPE) != 0)
		keys_fields_close(&k->fields);
	if ((a & ACT_WIPE) != 0)
		wipe(k);
	if ((a & ACT_STAFF_WIPE) != 0)
		kiosk_staff_wipe(k);
	if ((a & ACT_RELEASE) != 0)
		k->share_held = false;
	if ((a & ACT_KEYS_OPEN) != 0)
		open_fields(k);
	if ((a & ACT_READ_START) != 0) {
		bw_err r = prepare_receipt(k);

		if (r == BW_OK)
			start_read(k);
		else
			log_error("no receipt can be made: %s",
			    bw_strerror(r));
	}
	if ((a & ACT_RECORD) != 0) {
		bw_err r = record(k, a);
		struct consent_event e = { .kind = r == BW_OK ? EV_STORED :
		    EV_NOT_STORED };

		kiosk_event(k, &e);
	}
}

void
kiosk_event(struct kiosk *k, const struct consent_event *e)
{
	struct consent before = k->consent;
	unsigned a = consent_step(&k->consent, e, kiosk_now(k));
	const struct consent *c = &k->consent;

	if (c->state != before.state || c->language_list !=
	    before.language_list)
		kiosk_changed(k, true);
	else if (e->kind != EV_TICK || c->deadline != before.deadline)
		kiosk_changed(k, false);
	if ((a & (ACT_RECORD | ACT_RELEASE)) != 0)
		k->mail_news = true;
	if (a != 0)
		act(k, a);
}

void
kiosk_tick(struct kiosk *k)
{
	const struct consent_event e = { .kind = EV_TICK };

	kiosk_listen(k);
	kiosk_event(k, &e);
	if (door_opens(&k->door, kiosk_now(k)))
		kiosk_staff_open(k);
}

/* Whether the badge was shared here before; BW_ERR_*: nobody can tell, and what
 * nobody can tell is not shared. */
static bw_err
is_known(struct kiosk *k, bool *known)
{
	struct visit *v = k->visit;
	bw_err r = BW_ERR_KEY;

	if (k->keys.seal != NULL && k->journal != NULL)
		r = repeat_mark(k->keys.seal, journal_salt(k->journal),
		    v->badge.badge_id, v->mark.mark);
	if (r == BW_OK)
		r = journal_shared_before(k->journal, &v->mark);
	*known = r == BW_OK;
	if (r == BW_ERR_NOTFOUND)
		return BW_OK;
	if (r != BW_OK)
		log_error("what was shared before cannot be looked up: %s",
		    bw_strerror(r));
	return r;
}

/* The answer is looked at only while it is wanted: what comes too late is not
 * even decrypted. */
static void
take_badge(struct kiosk *k, const struct reader_event *in)
{
	struct consent_event e = { .kind = EV_BADGE_BAD,
		.read = k->consent.read, .reason = UNREAD_READ_ERROR };

	kiosk_trouble(k);	/* the policy may have ended just now */
	if (!consent_wants_badge(&k->consent, e.read, kiosk_now(k)))
		return;
	if (k->fields != NULL)
		e.reason = admit_badge(k->rules, k->fields, k->consent.ticked,
		    in->uid, in->ndef, in->ndef_len, &k->visit->badge);
	if (e.reason == 0) {
		if (is_known(k, &e.known) == BW_OK)
			e.kind = EV_BADGE_OK;
		else
			e.reason = UNREAD_READ_ERROR;
	}
	kiosk_event(k, &e);
}

/* For the staff, once for each change; the screen says less. What a process
 * died of its keeper says. */
static void
note_cause(struct kiosk *k, enum reader_cause cause)
{
	if (cause == k->reader_cause)
		return;
	k->reader_cause = cause;
	if (cause != READER_CAUSE_CRASHED && cause != READER_CAUSE_STARTING)
		log_warn("the reader: %s", reader_cause_says(cause));
}

static void
reader_event(struct kiosk *k, const struct reader_event *in)
{
	struct consent_event e = { .read = k->consent.read };

	if (kiosk_first_reader(k, in))
		return;
	switch (in->type) {
	case READER_READY:
		k->reader_away = 0;
		k->reader_cause = READER_CAUSE_STARTING;
		if (k->read_wanted && k->consent.state == STATE_HOLD)
			start_read(k);
		break;
	case READER_MISSING:
		/* A crash is over in a moment, unless one follows the other;
		 * a plug that is out is not. */
		note_cause(k, in->cause);
		if (in->cause != READER_CAUSE_STARTING &&
		    in->cause != READER_CAUSE_CRASHED)
			k->reader_away = clock_mono_ms() -
			    KIOSK_READER_AWAY_MS;
		else if (k->reader_away == 0)
			k->reader_away = clock_mono_ms();
		break;
	case READER_SEEN:
		e.kind = EV_BADGE_SEEN;
		kiosk_event(k, &e);
		break;
	case READER_BADGE:
		take_badge(k, in);
		break;
	case READER_UNREAD:
		e.kind = EV_BADGE_BAD;
		e.reason = in->reason;
		kiosk_event(k, &e);
		break;
	}
}

void
kiosk_reader(struct kiosk *k)
{
	struct reader_event e;
	bool missing = k->reader_away != 0;

	if (k->reader == NULL)
		return;
	while (reader_client_step(k->reader, clock_mono_ms(), &e)) {
		reader_event(k, &e);
		explicit_bzero(&e, sizeof(e));
	}
	if (missing != (k->reader_away != 0))
		kiosk_trouble(k);
}

/* The undo that an attendee asked for and the disk refused is stored: say so,
 * if somebody is still there to see it. The share was held back until now. */
void
kiosk_settle(struct kiosk *k)
{
	const struct consent_event undo = { .kind = EV_UNDO };
	uint64_t seq;

	if (!k->undo_owed || journal_owes_undo(k->journal, &seq))
		return;
	if (k->consent.state == STATE_SHARED && k->consent.undo_failed) {
		kiosk_event(k, &undo);
		return;
	}
	k->undo_owed = k->share_held = false;
	k->mail_news = true;
}
