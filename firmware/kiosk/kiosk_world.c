// SPDX-License-Identifier: Apache-2.0
/* Policy and storage: what keeps the booth open or closed. */
#include "kiosk/kiosk_parts.h"

#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"

static bw_err
append_policy(struct kiosk *k, const struct policy *p)
{
	struct body b = { .kind = ENTRY_POLICY };
	uint64_t seq;

	memcpy(b.u.policy.version, p->version, sizeof(b.u.policy.version));
	b.u.policy.serial = p->serial;
	memcpy(b.u.policy.sha256, p->sha256, CRYPTO_HASH);
	return journal_append(k->journal, &b, kiosk_log_time(k), &seq);
}

/* The first one when there is none like --lang. */
static unsigned
default_lang(const struct kiosk *k, const struct policy *p, bool *found)
{
	*found = false;
	for (size_t i = 0; k->o->lang != NULL && i < p->nlangs; i++)
		if (strcmp(p->lang[i], k->o->lang) == 0) {
			*found = true;
			return (unsigned)i;
		}
	return 0;
}

void
kiosk_say_policy(const struct kiosk *k, const struct policy *p,
    const char *what)
{
	bool found;
	unsigned lang = default_lang(k, p, &found);

	log_info("policy %s, serial %llu, %s", p->version,
	    (unsigned long long)p->serial, what);
	if (k->o->lang != NULL && !found)
		log_warn("--lang %s: the policy has no notice in that "
		    "language; the booth begins in %s", k->o->lang,
		    p->lang[lang]);
}

bw_err
kiosk_enforce(struct kiosk *k, struct rules **next)
{
	const struct policy *p = &(*next)->policy;
	bool found;
	bw_err r;

	if (!consent_is_free(&k->consent))
		return BW_ERR_BUSY;
	if (p->serial > journal_serial(k->journal) &&
	    (r = append_policy(k, p)) != BW_OK)
		return r;
	rules_close(&k->rules);
	k->rules = *next;
	*next = NULL;
	return consent_rules(&k->consent, p->required, p->optional,
	    (unsigned)p->nlangs, default_lang(k, p, &found)) ? BW_OK :
	    BW_ERR_BUSY;
}

void
kiosk_enforce_next(struct kiosk *k)
{
	bw_err r;

	if (k->next == NULL || k->journal == NULL || k->forked ||
	    journal_is_broken(k->journal) || !consent_is_free(&k->consent))
		return;
	/* The policy before it may have ended meanwhile, and its keys gone. */
	k->next->ended = k->keys.seal == NULL;
	if ((r = kiosk_enforce(k, &k->next)) != BW_OK)
		log_error("a new policy cannot be put in force: %s",
		    bw_strerror(r));
}

/* Without the sealing key nobody can tell whose the marks are; they go too. */
static void
forget_shared(struct kiosk *k)
{
	bw_err r = k->journal != NULL ? journal_forget_shared(k->journal) :
	    BW_OK;

	if (r != BW_OK)
		log_error("what was shared before cannot be forgotten: %s",
		    bw_strerror(r));
}

/* The policy that was stored last. An older one than the log says is not
 * taken: the file was put back. */
static bw_err
join_policy(struct kiosk *k)
{
	const struct body_open *open = journal_opening(k->journal);
	struct bw_buf jws = BW_BUF_INIT(POLICY_MAX);
	struct rules *rules = NULL;
	bw_err r;

	if ((r = file_read(k->place.policy, &jws)) == BW_OK)
		r = rules_open(&rules, (const char *)jws.ptr, jws.len,
		    journal_host_spki(k->journal), open->event, open->sponsor);
	if (r == BW_OK && rules->policy.serial < journal_serial(k->journal))
		r = BW_ERR_OLD;
	if (r == BW_OK && k->keys.seal == NULL) {
		rules->ended = true;
		forget_shared(k);	/* the disk may have refused it */
	} else if (r == BW_OK)
		r = rules_unseal(rules, &k->keys);
	if (r == BW_OK && (r = kiosk_enforce(k, &rules)) == BW_OK)
		kiosk_say_policy(k, &k->rules->policy, "is in force");
	rules_close(&rules);
	bw_buf_free(&jws);
	return r;
}

/* A log is given up for what two looks have found: SQLite calls a journal
 * damaged, too, that the disk cannot read just now. */
static bw_err
doubt(struct kiosk *k, bw_err r)
{
	if (kiosk_is_passing(r) || r == BW_ERR_KEY)
		return r;	/* with another key in log.key it may be sound */
	k->log_lost = k->log_doubted;
	k->log_doubted = true;
	return k->log_lost ? r : BW_ERR_IO;
}

static bw_err
join_log(struct kiosk *k)
{
	bw_err r;

	keys_close(&k->keys);
	if ((r = keys_open(&k->keys, k->place.own)) != BW_OK) {
		log_error("the keys cannot be read: %s", bw_strerror(r));
		return r;
	}
	r = journal_open(&k->journal, k->place.journal, k->keys.log);
	if (r == BW_OK) {
		k->log_doubted = false;
		return r;
	}
	r = doubt(k, r);
	log_error("the journal %s: %s", kiosk_is_passing(r) ?
	    "cannot be opened now" : "cannot be continued", bw_strerror(r));
	return r;
}

bool
kiosk_is_passing(bw_err r)
{
	return r == BW_ERR_IO || r == BW_ERR_FULL || r == BW_ERR_NOMEM ||
	    r == BW_ERR_BUSY;
}

/* Open what is not open yet. What the disk or the memory refused is tried
 * again later. */
static void
join_parts(struct kiosk *k)
{
	bw_err r = BW_OK;

	k->join_again = k->log_lost = false;
	if (k->journal == NULL) {
		r = join_log(k);
		kiosk_clock_begin(k);
		kiosk_clock(k);
	}
	if (r == BW_OK && (r = join_policy(k)) != BW_OK)
		log_error("the policy cannot be used: %s", bw_strerror(r));
	k->join_again = kiosk_is_passing(r);
	k->join_at = clock_mono_ms() + KIOSK_MEND_MS;
	if (k->log_lost)
		kiosk_give_up(k);
}

/* What was known of another log. */
static void
begin(struct kiosk *k)
{
	k->enrolled = true;
	k->forked = k->outbox_open = k->outbox_stuck = false;
	k->log_doubted = false;
	k->outbox.next = 0;
	k->pace = (struct pace){ .n = 0 };
	k->paced = 0;
	k->requeue_at = k->requeue_wait = 0;
	k->lacks = 0;
	k->tally = (struct tally){ .upto = 0 };
	k->shares = (struct staff_list){ .n = 0 };
	k->host_lost = access(k->place.lost, F_OK) == 0;
	k->revoked_till = 0;
	kiosk_was_revoked(k);
}

bw_err
kiosk_join(struct kiosk *k)
{
	const struct consent_event e = { .kind = EV_ENROLLED };
	bw_err r;

	if (!place_is_enrolled(&k->place) ||
	    (k->log_lost && access(k->place.journal, F_OK) != 0))
		return BW_ERR_NOTFOUND;
	if (k->lock == -1 && (r = file_lock(k->place.lock, &k->lock)) != BW_OK)
		return r;
	kiosk_first_leave(k);
	begin(k);
	join_parts(k);
	kiosk_trouble(k);
	kiosk_event(k, &e);
	return BW_OK;
}

/* At the end of the policy its keys go, and only a new enrolment helps: so a
 * clock that nobody vouches for does not end one. */
static void
end_policy(struct kiosk *k)
{
	bw_err r;

	if (k->rules == NULL || k->rules->ended || k->next != NULL ||
	    rules_trouble(k->rules, (int64_t)kiosk_log_time(k)) !=
	    TROUBLE_POLICY)
		return;
	log_warn("the policy has ended: this device must enrol again");
	keys_fields_close(&k->fields);
	k->rules->ended = true;
	forget_shared(k);
	if ((r = keys_end(&k->keys, k->place.own)) != BW_OK)
		log_error("seal.key cannot be removed: %s", bw_strerror(r));
}

static bool
is_reader_away(const struct kiosk *k)
{
	return k->reader == NULL || (k->reader_away != 0 &&
	    clock_mono_ms() - k->reader_away >= KIOSK_READER_AWAY_MS);
}

/* The reader stands behind all that forbids a share: a badge that was read
 * already may be shared without it, and not without the rest. */
static enum trouble
find_trouble(struct kiosk *k)
{
	enum trouble t = TROUBLE_POLICY;
	uint64_t owed;

	if (k->blind || kiosk_is_dark(k))
		return TROUBLE_SCREEN;
	if (k->log_lost || k->forked)
		return TROUBLE_LOG;
	if (k->journal == NULL)
		return TROUBLE_STORAGE;
	if (k->clock.source == CLOCK_UNKNOWN)
		return TROUBLE_CLOCK;
	if (k->rules != NULL)
		t = rules_trouble(k->rules, clock_wall());
	if (t != TROUBLE_NONE)
		return t;
	if (journal_is_broken(k->journal) ||
	    journal_owes_undo(k->journal, &owed) ||
	    k->disk == DISK_FULL)
		return TROUBLE_STORAGE;
	if (kiosk_is_revoked(k))
		return TROUBLE_REVOKED;
	if (k->host_lost)
		return TROUBLE_HOST;
	if (journal_is_closed(k->journal))
		return TROUBLE_CLOSED;
	if (is_reader_away(k))
		return TROUBLE_READER;
	return k->day_over ? TROUBLE_DAY : TROUBLE_NONE;
}

void
kiosk_trouble(struct kiosk *k)
{
	struct consent_event e = { .kind = EV_TROUBLE };

	if (!k->enrolled)
		return;
	end_policy(k);
	e.trouble = find_trouble(k);
	if (e.trouble == k->consent.trouble)
		return;
	log_info("trouble: %s", consent_trouble_name(e.trouble));
	kiosk_event(k, &e);
	k->status_at = 0;	/* told before a minute is over */
}

static void
mend(struct kiosk *k)
{
	int64_t now = clock_mono_ms();
	uint64_t owed;
	bw_err r;

	if (now < k->mend_at || (!journal_is_broken(k->journal) &&
	    !journal_owes_undo(k->journal, &owed)))
		return;
	k->mend_at = now + KIOSK_MEND_MS;
	if ((r = journal_mend(k->journal)) != BW_OK)
		log_debug("the journal cannot be mended yet: %s",
		    bw_strerror(r));
}

void
kiosk_answers_end(struct kiosk *k, uint64_t now)
{
	uint64_t owed;
	bw_err r;

	if (k->journal == NULL || k->forked || k->share_held ||
	    journal_is_broken(k->journal) ||
	    journal_owes_undo(k->journal, &owed))
		return;
	if ((r = journal_answers_end(k->journal, now)) != BW_OK)
		log_debug("answers wait on: %s", bw_strerror(r));
}

void
kiosk_world(struct kiosk *k)
{
	bw_err r;

	if (k->anew)
		return;
	if (!k->enrolled) {
		if ((r = kiosk_join(k)) != BW_OK && r != BW_ERR_NOTFOUND &&
		    r != BW_ERR_BUSY)
			log_error("the state directory cannot be used: %s",
			    bw_strerror(r));
		return;
	}
	kiosk_look_at_disk(k);
	if (k->join_again && clock_mono_ms() >= k->join_at)
		join_parts(k);
	if (k->forked && k->journal != NULL && consent_is_free(&k->consent))
		kiosk_give_up(k);
	if (k->journal != NULL) {
		mend(k);
		kiosk_settle(k);
	}
	kiosk_clock(k);
	kiosk_answers_end(k, kiosk_log_time(k));
	kiosk_trouble(k);
	if (k->journal != NULL && consent_is_free(&k->consent))
		journal_rest(k->journal, kiosk_now(k));
}
