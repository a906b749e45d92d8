// SPDX-License-Identifier: Apache-2.0
#include "host/ingest_plan.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/not_me.h"
#include "host/store_deleted.h"
#include "host/store_handed.h"
#include "host/store_receipt.h"
#include "host/store_redo.h"
#include "host/store_restored.h"
#include "host/store_right.h"
#include "record/seal.h"

#define ODDS_OF_ONE 2	/* a share's own, and that its device was revoked; a
			 * policy entry's serial and its policy */

/* The rules of the part in force when the upload begins. */
static bw_err
rules_load(struct plan *p)
{
	bw_err r;

	if (p->log.part == 0)
		return BW_OK;
	r = store_rules_part(p->store, p->log.part, &p->rules);
	if (r != BW_ERR_NOTFOUND)
		return r;
	p->log.part = 0;
	return BW_OK;
}

bw_err
plan_open(struct plan *p, struct store *s, const struct ingest_in *in,
    const struct store_log *log, size_t n)
{
	memset(p, 0, sizeof(*p));
	p->store = s;
	p->in = in;
	p->log = *log;
	if (n == 0)
		n = 1;
	p->lead = calloc(n, sizeof(*p->lead));
	p->odd = calloc(n * ODDS_OF_ONE, sizeof(*p->odd));
	p->about = calloc(n, sizeof(*p->about));
	if (p->lead == NULL || p->odd == NULL || p->about == NULL)
		return BW_ERR_NOMEM;
	return rules_load(p);
}

void
plan_free(struct plan *p)
{
	for (size_t i = 0; i < p->nabout; i++) {
		if (p->about[i].note != NULL)
			explicit_bzero(p->about[i].note, p->about[i].len);
		free(p->about[i].note);
	}
	free(p->lead);
	free(p->odd);
	free(p->about);
	memset(p, 0, sizeof(*p));
}

static void
list(struct plan *p, uint64_t seq, enum odd_reason reason)
{
	p->odd[p->nodd++] = (struct plan_odd){ seq, reason };
}

/* A policy comes into force: find its part by its hash. */
static bw_err
new_policy(struct plan *p, const struct entry *e, const uint8_t *sha256)
{
	bw_err r = store_rules_get(p->store, p->in->device->sponsor, sha256,
	    &p->rules);

	if (r == BW_ERR_NOTFOUND) {
		p->log.part = 0;
		list(p, e->seq, ODD_POLICY);
		return BW_OK;
	}
	p->log.part = p->rules.part;
	return r;
}

/* The log opens under the policy that its enrolment brings. */
static bw_err
first_serial(struct plan *p)
{
	struct store_issued out;
	bw_err r = store_issued_get(p->store, p->in->device->num, &out);

	p->log.serial = out.serial;
	bw_buf_free(&out.jws);
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

/* "Withdraw all" goes by the serial: what was never issued to this device raises
 * none. */
static bw_err
named_serial(struct plan *p, const struct entry *e, uint64_t serial)
{
	struct store_issued out;
	bw_err r = store_issued_get(p->store, p->in->device->num, &out);

	if (r == BW_OK && serial <= out.serial)
		p->log.serial = serial;
	else if (r == BW_OK || r == BW_ERR_NOTFOUND) {
		list(p, e->seq, ODD_SERIAL);
		p->named = serial > p->named ? serial : p->named;
	}
	bw_buf_free(&out.jws);
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

/* The open entry must be this device's own. */
static bw_err
opened(struct plan *p, const struct entry *e, const struct body_open *b,
    const char **why)
{
	const struct store_device *d = p->in->device;
	bw_err r;

	*why = "the open entry is of another event, device or sponsor";
	if (strcmp(b->event, p->in->host->config.event_id) != 0 ||
	    strcmp(b->device, d->name) != 0 ||
	    strcmp(b->sponsor, d->sponsor) != 0)
		return BW_ERR_DENIED;
	*why = "the open entry names another log key";
	if (memcmp(b->log_spki, d->log_spki, CRYPTO_SPKI) != 0)
		return BW_ERR_DENIED;
	*why = NULL;
	if ((r = first_serial(p)) != BW_OK)
		return r;
	return new_policy(p, e, b->policy_sha256);
}

static bool
has_notice(const struct store_rules *rules, const struct body_share *b)
{
	for (size_t i = 0; i < rules->nnotices; i++)
		if (strcmp(rules->lang[i], b->language) == 0)
			return memcmp(rules->notice[i], b->notice_sha256,
			    CRYPTO_HASH) == 0;
	return false;
}

/* What the policy in force says against a share. */
static enum odd_reason
judge_policy(const struct plan *p, const struct entry *e,
    const struct body_share *b)
{
	const struct store_rules *rules = &p->rules;

	if (strcmp(b->sponsor, p->in->device->sponsor) != 0)
		return ODD_SPONSOR;
	if (p->log.part == 0)
		return ODD_POLICY;
	if (e->time < rules->valid_from || e->time >= rules->valid_until)
		return ODD_TIME;
	if ((b->granted & ~(rules->required | rules->optional)) != 0)
		return ODD_FIELD;
	if (!has_notice(rules, b))
		return ODD_NOTICE;
	return ODD_NONE;
}

/* From when on shares of a badge are odd whose holder does not attend. */
static bw_err
barred_since(struct plan *p, const struct store_edition_state *st,
    int64_t *since)
{
	int64_t handed = 0;
	bw_err r = BW_OK;

	*since = 0;
	if (st->status == REG_WITHHELD)
		r = store_withheld_since(p->store, st->ref, since);
	if (r != BW_OK || (st->status == REG_WITHHELD && *since == 0) ||
	    (st->status != REG_WITHHELD && st->status != REG_HANDED))
		return r;
	r = handed_since(p->store, st->ref, &handed);
	if (handed != 0 && (*since == 0 || handed < *since))
		*since = handed;
	return r;
}

/* What is known of the badge against a share; *ref is its edition, or one by
 * which its holder is known. */
static bw_err
judge_badge(struct plan *p, const struct entry *e,
    const struct body_share *b, uint64_t *ref, enum odd_reason *reason)
{
	struct store_edition_state st;
	int64_t since = 0;
	bw_err r;

	*ref = 0;
	*reason = ODD_BADGE;
	r = store_edition_state(p->store, b->badge_id, b->edition, &st);
	if (r == BW_ERR_NOTFOUND)
		return BW_OK;
	*ref = st.ref;
	if (r != BW_OK || st.other)
		return r;
	r = barred_since(p, &st, &since);
	/* One from before a right was used is away with those that were there,
	 * and back with them; and so is one from before a ticket was handed
	 * on. */
	if (st.status != REG_ATTENDING && e->time >= (uint64_t)since)
		*reason = ODD_WITHHELD;
	else if (st.retired_at != 0 && e->time >= (uint64_t)st.retired_at)
		*reason = ODD_RETIRED;
	else
		*reason = ODD_NONE;
	return r;
}

static bool
is_ahead(const struct plan *p, const struct entry *e)
{
	return e->time > (uint64_t)p->in->now + INGEST_AHEAD;
}

static bw_err
shared(struct plan *p, const struct entry *e, const struct body_share *b,
    const char **why)
{
	struct store_lead *l = &p->lead[p->nlead].lead;
	enum odd_reason badge;
	bw_err r;

	*why = "the host's clock is in doubt, and a share's time has not come";
	if (is_ahead(p, e) && p->in->doubted)
		return BW_ERR_BUSY;
	*why = NULL;
	if ((r = judge_badge(p, e, b, &l->edition, &badge)) != BW_OK)
		return r;
	l->reason = is_ahead(p, e) ? ODD_AHEAD : judge_policy(p, e, b);
	if (l->reason == ODD_NONE)
		l->reason = badge;
	if (l->reason != ODD_NONE)
		list(p, e->seq, l->reason);
	if (p->quarantined)
		list(p, e->seq, ODD_REVOKED);
	l->state = l->reason != ODD_NONE ? LEAD_HELD :
	    p->quarantined ? LEAD_QUARANTINED : LEAD_LIVE;
	l->device = p->in->device->num;
	l->seq = e->seq;
	l->part = p->log.part;
	l->time = (int64_t)e->time;
	l->granted = b->granted;
	memcpy(l->language, b->language, sizeof(l->language));
	memcpy(l->rh, b->rh, sizeof(l->rh));
	p->lead[p->nlead++].serial = p->log.serial;
	return BW_OK;
}

/* Whether a note opens and reads; its plaintext goes to *plain. */
static bool
note_reads(const struct plan *p, const struct body *b, struct bw_buf *plain)
{
	struct note note;
	bool ok;

	ok = seal_open(p->in->host->host_seal, SEAL_NOTE, b->u.note.sealed,
	    b->u.note.sealed_len, plain) == BW_OK &&
	    note_decode(plain->ptr, plain->len, &note) == BW_OK;
	explicit_bzero(&note, sizeof(note));
	return ok;
}

static bw_err
noted(struct plan *p, const struct entry *e, const struct body *b)
{
	struct bw_buf plain = BW_BUF_INIT(BODY_NOTE_MAX);
	struct plan_about *a = &p->about[p->nabout];
	bw_err r = BW_OK;

	*a = (struct plan_about){ .seq = e->seq,
		.share = b->u.note.share_seq };
	if (!note_reads(p, b, &plain))
		list(p, e->seq, ODD_NOTE);
	else if ((a->note = malloc(plain.len)) == NULL)
		r = BW_ERR_NOMEM;
	else {
		memcpy(a->note, plain.ptr, plain.len);
		a->len = plain.len;
		p->nabout++;
	}
	bw_buf_free(&plain);
	return r;
}

static bw_err
follow(struct plan *p, const struct entry *e, const struct body *b,
    const char **why)
{
	bw_err r;

	switch (e->kind) {
	case ENTRY_OPEN:
		return opened(p, e, &b->u.open, why);
	case ENTRY_POLICY:
		if ((r = named_serial(p, e, b->u.policy.serial)) != BW_OK)
			return r;
		return new_policy(p, e, b->u.policy.sha256);
	case ENTRY_SHARE:
		return shared(p, e, &b->u.share, why);
	case ENTRY_UNDO:
		p->about[p->nabout++] = (struct plan_about){ .seq = e->seq,
			.share = b->u.undo.share_seq };
		return BW_OK;
	case ENTRY_NOTE:
		return noted(p, e, b);
	case ENTRY_DECLINE:
	case ENTRY_NO_ANSWER:
	case ENTRY_UNREAD:
	case ENTRY_CLOCK:
	case ENTRY_CLOSE:
		return BW_OK;
	}
	return BW_ERR_FORMAT;
}

bw_err
plan_entry(struct plan *p, const struct upload_item *item, const char **why)
{
	struct entry e;
	struct body b;
	bw_err r;

	*why = "an upload has no deleted bodies";
	if (item->body == NULL)
		return BW_ERR_FORMAT;
	if ((r = chain_add(&p->log.chain, item->entry, item->entry_len,
	    item->body, item->body_len, &e, &b, why)) != BW_OK)
		return r;
	return follow(p, &e, &b, why);
}

/* Somebody said that it, or another of this quarter hour, is not his. */
static bw_err
wait_not_me(struct plan *p, struct store_lead *l, bool held)
{
	bool waits = held;
	bw_err r = held ? BW_OK :
	    not_me_waits(p->store, l->device, l->time, &waits);

	if (r != BW_OK || !waits)
		return r;
	l->state = LEAD_HELD;
	l->reason = ODD_NOT_ME;
	if ((r = store_odd_add(p->store, l->device, l->seq, ODD_NOT_ME,
	    p->in->now)) != BW_OK)
		return r;
	return db_redo_share(p->store, REDO_HELD, l->rh, p->in->now);
}

/* "k07-12" */
static bw_err
told_withdrawn(struct plan *p, const struct store_lead *l,
    enum pending_why why)
{
	char id[TEXT_ID_MAX + 24];

	snprintf(id, sizeof(id), "%s-%" PRIu64, p->in->device->name, l->seq);
	return store_audit(p->store, p->in->now, why == PENDING_ASKED ?
	    "attendee" : "host", DID_WITHDRAW, id);
}

/* A withdrawal that came first counts, however odd the share: doubt is no. It
 * is in the audit from when there is a share that it can name. *held: somebody
 * said before that it is not his. */
static bw_err
apply_waiting(struct plan *p, struct store_lead *l, bool *held)
{
	struct store_pending had;
	bw_err r = store_pending_take(p->store, l->rh, &had);

	*held = r == BW_OK && had.why == PENDING_HELD;
	if (r != BW_OK || *held)
		return r == BW_ERR_NOTFOUND ? BW_OK : r;
	l->state = LEAD_WITHDRAWN;
	l->ended_at = had.since;
	return told_withdrawn(p, l, had.why);
}

static bw_err
apply_lead(struct plan *p, struct plan_lead *in, bool pending)
{
	struct store_lead *l = &in->lead;
	bool held = false;
	int64_t since;
	bw_err r;

	if ((r = store_withdrawn_since(p->store, l->edition, in->serial,
	    &since)) != BW_OK)
		return r;
	if (since != 0) {
		l->state = LEAD_WITHDRAWN;
		l->ended_at = since;
	}
	if ((pending && (r = apply_waiting(p, l, &held)) != BW_OK) ||
	    (l->state == LEAD_LIVE && (r = wait_not_me(p, l,
	    held)) != BW_OK))
		return r;
	/* Its holder may have been erased since it was judged, too. */
	if ((r = store_lead_add(p->store, l)) != BW_OK || l->edition == 0)
		return r;
	return store_erased_drop(p->store, l->device, l->seq);
}

/* A note that nobody reads would be known to no withdrawal and no erasure of
 * its share: its body is not kept. */
static bw_err
apply_odd(struct plan *p, uint64_t seq, enum odd_reason reason)
{
	uint64_t device = p->in->device->num;
	bw_err r = store_odd_add(p->store, device, seq, reason, p->in->now);

	if (r != BW_OK || reason != ODD_NOTE)
		return r;
	return store_body_drop(p->store, device, seq);
}

/* An undo counts in quarantine too: doubt is no. */
static bw_err
apply_about(struct plan *p, const struct plan_about *a)
{
	uint64_t device = p->in->device->num;
	struct store_lead lead;
	bool moved;
	bw_err r;

	if (a->note == NULL)
		r = store_lead_end(p->store, device, a->share, LEAD_UNDONE,
		    p->in->now, &moved);
	else if ((r = store_lead_get(p->store, device, a->share, &lead)) ==
	    BW_OK)
		r = store_note_add(p->store, device, a->seq, a->share,
		    a->note, a->len);
	if (r != BW_ERR_NOTFOUND)
		return r;
	return apply_odd(p, a->seq, a->note == NULL ? ODD_UNDO : ODD_NOTE);
}

bw_err
plan_apply(struct plan *p)
{
	bool pending;
	bw_err r;

	if ((r = store_pending_any(p->store, &pending)) != BW_OK)
		return r;
	for (size_t i = 0; i < p->nlead; i++)
		if ((r = apply_lead(p, &p->lead[i], pending)) != BW_OK)
			return r;
	for (size_t i = 0; i < p->nabout; i++)
		if ((r = apply_about(p, &p->about[i])) != BW_OK)
			return r;
	for (size_t i = 0; i < p->nodd; i++)
		if ((r = apply_odd(p, p->odd[i].seq,
		    p->odd[i].reason)) != BW_OK)
			return r;
	return p->named == 0 ? BW_OK :
	    store_serial_named(p->store, p->in->device->num, p->named);
}
