// SPDX-License-Identifier: Apache-2.0
/* Outbox and inbox: what goes to and comes from the uplink. */
#include "kiosk/kiosk_parts.h"

#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "record/mail.h"

/* A note that is there again after a power cut is an old one; all else counts
 * by its being there. */
static bool
drop(const char *path, bool note)
{
	bw_err r = note ? file_drop(path) : file_remove(path);

	if (r != BW_OK)
		log_error("a file in the inbox cannot be removed: %s",
		    bw_strerror(r));
	return r == BW_OK;
}

/* What became of a file. */
enum taken {
	TAKEN_GONE,	/* it was dealt with */
	TAKEN_LATER,	/* it is to be looked at again */
	TAKEN_NOTHING	/* nothing is known of it, or it does not go */
};

static enum taken
dealt_with(const char *path, bool note)
{
	return drop(path, note) ? TAKEN_GONE : TAKEN_NOTHING;
}

static enum taken
take_note(struct kiosk *k, const char *path)
{
	struct bw_buf b = BW_BUF_INIT(NOTE_MAX);
	bool known;
	bw_err r;

	r = file_read(path, &b);
	known = r != BW_ERR_IO;
	if (r == BW_OK)
		r = journal_cosign(k->journal, (const char *)b.ptr, b.len);
	bw_buf_free(&b);
	if (r == BW_ERR_FORK) {
		log_error("the host knows entries of this log that are not "
		    "here: the journal is an old copy");
		k->forked = true;
		return TAKEN_LATER;
	}
	if (r == BW_OK) {
		uint64_t size = journal_cosigned(k->journal);

		pace_add(&k->pace, size - k->paced, clock_mono_ms());
		k->paced = size;
		k->requeue_at = k->requeue_wait = 0;
		kiosk_clock_signed(k);
		kiosk_host_is_well(k);
	} else if (r != BW_ERR_OLD)
		log_warn("a note of the host is not taken: %s",
		    bw_strerror(r));
	if (!kiosk_is_passing(r))
		return dealt_with(path, true);
	return known ? TAKEN_LATER : TAKEN_NOTHING;
}

/* The host is said to have only so many entries. That is no reason to begin
 * anywhere else than behind what it cosigned, and what is missing from there
 * on is put out anew without being asked for. A file counts once. */
static enum taken
take_resend(struct kiosk *k, const char *path, uint64_t from)
{
	enum taken t = dealt_with(path, false);

	if (t == TAKEN_GONE && from < journal_cosigned(k->journal))
		kiosk_host_lacks(k);
	return t;
}

/* This one counts once, too. */
static enum taken
take_revoked(struct kiosk *k, const char *path)
{
	enum taken t = dealt_with(path, false);

	if (t == TAKEN_GONE)
		kiosk_revoked(k);
	return t;
}

/* Store a policy whose checks are done. It waits until nobody is served, but
 * nothing that others see does: neither the file in the inbox nor the word in
 * the system's log may tell when a question ended. */
static bw_err
store_policy(struct kiosk *k, const struct bw_buf *jws, struct rules **next)
{
	bw_err r;

	if ((r = file_write(k->place.policy, jws->ptr, jws->len, 0600)) !=
	    BW_OK) {
		log_error("a new policy cannot be stored: %s",
		    bw_strerror(r));
		return r;
	}
	rules_close(&k->next);
	k->next = *next;
	*next = NULL;
	kiosk_say_policy(k, &k->next->policy, "has come");
	kiosk_not_revoked(k);
	return BW_OK;
}

static uint64_t
newest_serial(const struct kiosk *k)
{
	return k->next != NULL ? k->next->policy.serial :
	    journal_serial(k->journal);
}

/* BW_OK when it was taken or is no news; BW_ERR_BUSY to look again later. */
static bw_err
judge_policy(struct kiosk *k, const struct bw_buf *jws)
{
	const struct body_open *open = journal_opening(k->journal);
	int64_t now = (int64_t)kiosk_log_time(k);
	struct rules *next = NULL;
	bw_err r;

	if ((r = rules_open(&next, (const char *)jws->ptr, jws->len,
	    journal_host_spki(k->journal), open->event, open->sponsor)) !=
	    BW_OK)
		return r;
	if (next->policy.serial <= newest_serial(k))
		r = next->policy.serial == newest_serial(k) ? BW_OK :
		    BW_ERR_OLD;
	else if (rules_trouble(next, now) == TROUBLE_CLOCK)
		r = BW_ERR_BUSY;	/* its time comes, or a clock does */
	else if (rules_trouble(next, now) != TROUBLE_NONE)
		r = BW_ERR_EXPIRED;
	else if ((r = rules_unseal(next, &k->keys)) == BW_OK &&
	    store_policy(k, jws, &next) != BW_OK)
		r = BW_ERR_BUSY;
	rules_close(&next);
	return r;
}

static enum taken
take_policy(struct kiosk *k, const char *path)
{
	struct bw_buf jws = BW_BUF_INIT(POLICY_MAX);
	bw_err r;

	if ((r = file_read(path, &jws)) == BW_OK)
		r = judge_policy(k, &jws);
	bw_buf_free(&jws);
	/* The uplink does not bring the same one again. */
	if (kiosk_is_passing(r))
		return TAKEN_LATER;
	if (r != BW_OK)
		log_warn("a policy that the uplink brought is not taken: %s",
		    bw_strerror(r));
	return dealt_with(path, false);
}

static enum taken
take_file(struct kiosk *k, const struct mail *m, const char *path)
{
	switch (m->kind) {
	case MAIL_NOTE:
		return take_note(k, path);
	case MAIL_RESEND:
		return take_resend(k, path, m->number);
	case MAIL_REVOKED:
		return take_revoked(k, path);
	case MAIL_POLICY:
		return take_policy(k, path);
	case MAIL_OTHER:
	case MAIL_ENROL_GET:
	case MAIL_ENROL_POST:
	case MAIL_LOG:
	case MAIL_STATUS:
	case MAIL_IDENTITY:
	case MAIL_OFFER:
	case MAIL_ANSWER:
	case MAIL_UPLINK:
		break;
	}
	return TAKEN_NOTHING;
}

/* One sitting over the inbox. Whoever fills it must not keep the kiosk from
 * its screen and its reader. */
struct sitting {
	int64_t end;		/* real ms */
	bool noted;		/* the note that counts was looked at */
	bool gone;		/* a file went, so another sitting gets on */
	bool left;		/* notes stay, or the time did not do */
};

/* Of several notes the one over most entries says all; the others go unread,
 * and need not be gone for good when the power fails. What stands in a note's
 * place and can be neither read nor removed says nothing. */
static void
sit_over(struct kiosk *k, struct sitting *s, const char *name, bool notes)
{
	struct mail m;
	char path[FILE_PATH_MAX];
	enum taken t;

	mail_parse(name, &m);
	if (m.kind == MAIL_OTHER || (m.kind == MAIL_NOTE) != notes ||
	    file_path(path, k->place.inbox, name) != BW_OK)
		return;
	if (clock_mono_ms() >= s->end) {
		s->left = true;
		return;
	}
	if (notes && s->noted)
		t = unlink(path) == 0 ? TAKEN_GONE : TAKEN_NOTHING;
	else
		t = take_file(k, &m, path);
	s->left = s->left || (notes && t == TAKEN_LATER);
	s->noted = s->noted || (notes && t != TAKEN_NOTHING);
	s->gone = s->gone || t == TAKEN_GONE;
}

/* False when notes may be left. What there was no time for has its next turn,
 * which looks at the screen and the reader first. */
static bool
take_inbox(struct kiosk *k)
{
	struct sitting s = { 0 };
	struct file_list l;
	bw_err r;

	if ((r = file_list(k->place.inbox, &l)) != BW_OK) {
		log_error("the inbox cannot be read: %s", bw_strerror(r));
		return false;
	}
	s.end = clock_mono_ms() + KIOSK_MAIL_MS;
	for (size_t i = l.n; i-- > 0 && !k->forked;)
		sit_over(k, &s, l.name[i], true);
	for (size_t i = 0; i < l.n && !k->forked; i++)
		sit_over(k, &s, l.name[i], false);
	file_list_free(&l);
	if (s.left && s.gone)
		k->mail_news = true;
	return !s.left;
}

/* Build the outbox again from what is cosigned. A network that answers for the
 * host is so sent the same again and again, but ever more seldom. */
static void
requeue(struct kiosk *k)
{
	int64_t now = clock_mono_ms();
	bw_err r;

	if (now < k->requeue_at)
		return;
	k->requeue_wait = k->requeue_wait == 0 ? KIOSK_REQUEUE_MS :
	    k->requeue_wait * 2;
	if (k->requeue_wait > KIOSK_REQUEUE_MOST_MS)
		k->requeue_wait = KIOSK_REQUEUE_MOST_MS;
	k->requeue_at = now + k->requeue_wait;
	r = outbox_reset(&k->outbox, k->place.outbox,
	    journal_cosigned(k->journal));
	if (r != BW_OK)
		log_error("the outbox cannot be made: %s", bw_strerror(r));
	else if (!k->outbox_open)
		k->requeue_at = k->requeue_wait = 0;	/* the start */
	k->outbox_open = r == BW_OK;
}

/* Take the inbox, and see that every entry that is not cosigned and was put
 * out is still there. The outbox is looked at first: the uplink removes an
 * upload only when the note on it is in the inbox, so what was missing then
 * and is not cosigned now went away on a note that does not count. */
static void
take_and_complete(struct kiosk *k)
{
	uint64_t at, next = k->outbox.next;
	bool known, all;

	known = k->outbox_open && outbox_missing(&k->outbox,
	    journal_cosigned(k->journal), &at) == BW_OK;
	all = take_inbox(k);
	if (k->forked || !all)
		return;
	if (!k->outbox_open || (known && at < next &&
	    at >= journal_cosigned(k->journal)))
		requeue(k);
}

uint64_t
kiosk_tellable(const struct kiosk *k)
{
	uint64_t cosigned = journal_cosigned(k->journal);
	uint64_t from = k->outbox.next > cosigned ? k->outbox.next : cosigned;
	uint64_t to = k->share_held ? k->share_seq : journal_size(k->journal);
	uint64_t owed;

	if (journal_owes_undo(k->journal, &owed) && owed < to)
		to = owed;
	return outbox_tellable(k->journal, from, to,
	    (int64_t)kiosk_log_time(k));
}

static void
feed(struct kiosk *k)
{
	uint64_t limit = kiosk_tellable(k);
	bw_err r;

	clock_trust_made(&k->clock, journal_size(k->journal),
	    clock_boot_ms());
	if (!k->outbox_open || k->outbox.next >= limit)
		return;
	r = outbox_feed(&k->outbox, k->journal, limit);
	if (r != BW_OK && !k->outbox_stuck)
		log_error("the outbox cannot be fed: %s. What waits is kept "
		    "in the log.", bw_strerror(r));
	k->outbox_stuck = r != BW_OK;
}

/* Whoever fills the inbox sees when it is looked at. So that is not put off
 * while somebody is asked or looks for the badge, for its end may be a no;
 * only while a badge is read, which takes no time. */
bool
kiosk_mail_due(const struct kiosk *k)
{
	return k->mail_news && k->journal != NULL && !k->forked &&
	    !journal_is_broken(k->journal) &&
	    k->consent.state != STATE_READING;
}

void
kiosk_mail(struct kiosk *k)
{
	k->mail_news = false;
	take_and_complete(k);
	kiosk_enforce_next(k);
	feed(k);
	kiosk_say_status(k);
}
