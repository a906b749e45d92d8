// SPDX-License-Identifier: Apache-2.0
#include "host/right.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/audit.h"
#include "host/case.h"
#include "host/hold.h"
#include "host/hostdir.h"
#include "host/store_device.h"
#include "host/store_redo.h"
#include "host/store_registration.h"
#include "host/store_right.h"
#include "host/when.h"

#define UNDO_MOST (HOSTDIR_UNDO_HOURS_MAX * INT64_C(3600))

#define OBJECT_SIZE 40
#define IDS_MAX (8u * 1024 * 1024)	/* of all that one person shared */

static bw_err
record(struct store *s, uint64_t registration, enum audit_act act,
    const char *detail, const char *actor, int64_t now)
{
	char object[OBJECT_SIZE];

	snprintf(object, sizeof(object), "registration %" PRIu64,
	    registration);
	return audit_add(s, now, actor, act, object, detail);
}

/* A registration without its values. */
struct had {
	enum reg_status status, beneath;	/* store.h */
};

/* BW_ERR_GONE for one that was erased. */
static bw_err
had_of(struct store *s, uint64_t registration, struct had *out)
{
	struct registration reg;
	bw_err r = store_registration_get(s, registration, &reg);

	out->status = reg.status;
	out->beneath = reg.beneath;
	explicit_bzero(&reg, sizeof(reg));
	return r == BW_OK && out->status == REG_DELETED ? BW_ERR_GONE : r;
}

/* Status and reasons. */
static bw_err
look(struct store *s, uint64_t registration, struct right_state *st,
    struct had *had)
{
	bw_err r;

	if ((r = had_of(s, registration, had)) != BW_OK)
		return r;
	return right_look(s, registration, st);
}

/* The reasons as they are now, and the status that follows from them. */
static bw_err
settle(struct store *s, const struct right_state *st, const struct had *had,
    int64_t now)
{
	bool withheld = right_of_person(st) || st->staff != 0;
	enum reg_status to = withheld ? REG_WITHHELD : had->beneath;
	bw_err r;

	if ((r = store_barrier_put(s, st, now)) != BW_OK ||
	    to == had->status)
		return r;
	return store_registration_status(s, st->registration, to, now);
}

/* "k07-12" */
#define SHARE_SIZE (TEXT_ID_MAX + 24)

/* id: of the share, when it moved. */
static bw_err
withdraw(struct store *s, uint64_t device, uint64_t seq, int64_t now,
    bool *moved, char id[static SHARE_SIZE])
{
	struct store_device d;
	bw_err r;

	id[0] = 0;
	if ((r = store_lead_end(s, device, seq, LEAD_WITHDRAWN, now,
	    moved)) != BW_OK || !*moved)
		return r;
	if ((r = store_device_num(s, device, &d)) == BW_OK)
		snprintf(id, SHARE_SIZE, "%s-%" PRIu64, d.name, seq);
	return r;
}

bw_err
right_withdraw(struct store *s, uint64_t device, uint64_t seq,
    const char *actor, int64_t now, bool *moved)
{
	char id[SHARE_SIZE];
	bw_err r = withdraw(s, device, seq, now, moved, id);

	return r != BW_OK || !*moved ? r :
	    store_audit(s, now, actor, DID_WITHDRAW, id);
}

/* *n of a person's are withdrawn; their ids, a line each, go into `ids`. */
static bw_err
withdraw_each(struct store *s, uint64_t registration, int64_t now,
    uint64_t *n, struct bw_buf *ids)
{
	struct store_share *share = NULL;
	char id[SHARE_SIZE];
	size_t all = 0;
	bool moved;
	bw_err r = store_shares_of(s, registration, &share, &all);

	for (size_t i = 0; i < all && r == BW_OK; i++) {
		if ((r = withdraw(s, share[i].device, share[i].seq, now,
		    &moved, id)) != BW_OK || !moved)
			continue;
		r = bw_buf_printf(ids, "%s\n", id);
		++*n;
	}
	free(share);
	return r;
}

/* One row for all: rows of their own, side by side, would say for good which
 * shares are one person's. */
static bw_err
record_all(struct store *s, uint64_t registration, uint64_t n,
    const struct bw_buf *ids, const char *actor, int64_t now)
{
	char object[OBJECT_SIZE], hex[AUDIT_COMMITMENT_SIZE], detail[96];
	bw_err r = BW_OK;

	snprintf(object, sizeof(object), "registration %" PRIu64,
	    registration);
	snprintf(detail, sizeof(detail), "shares %" PRIu64, n);
	if (n != 0 && (r = audit_commitment(s, object, ids->ptr, ids->len,
	    hex)) == BW_OK)
		snprintf(detail, sizeof(detail), "shares %" PRIu64
		    " commitment %s", n, hex);
	return r != BW_OK ? r :
	    audit_add(s, now, actor, DID_WITHDRAW_ALL, object, detail);
}

bw_err
right_withdraw_all(struct store *s, uint64_t registration, const char *actor,
    int64_t now, uint64_t *n)
{
	struct bw_buf ids = BW_BUF_INIT(IDS_MAX);
	struct had had;
	bw_err r;

	*n = 0;
	if ((r = had_of(s, registration, &had)) == BW_OK &&
	    (r = withdraw_each(s, registration, now, n, &ids)) == BW_OK &&
	    (r = store_withdrawn_put(s, registration, now)) == BW_OK)
		r = record_all(s, registration, *n, &ids, actor, now);
	bw_buf_free(&ids);
	return r;
}

/* Sponsors that had its leads are told once, whatever comes first of an
 * objection, a restriction and an erasure, before which all they have is not to
 * be used; of what staff withhold on their own account they are not. */
static bw_err
tell_withheld(struct store *s, const struct right_state *st,
    enum right_why why, int64_t now)
{
	if (why == RIGHT_STAFF || right_of_person(st))
		return BW_OK;
	return store_ack_withheld(s, st->registration, now);
}

bw_err
right_withhold(struct store *s, uint64_t registration, enum right_why why,
    const char *detail, const char *actor, int64_t now)
{
	static const enum audit_act acts[] = { DID_RIGHT_RESTRICT,
		DID_RIGHT_OBJECT, DID_RIGHT_WITHHOLD };
	struct right_state st;
	struct had had;
	int64_t *since;
	bw_err r;

	if ((r = look(s, registration, &st, &had)) != BW_OK)
		return r;
	since = why == RIGHT_OBJECTED ? &st.objected :
	    why == RIGHT_STAFF ? &st.staff : &st.restricted;
	if (*since != 0)
		return BW_ERR_EXISTS;
	if ((r = tell_withheld(s, &st, why, now)) != BW_OK)
		return r;
	*since = now;
	if ((r = settle(s, &st, &had, now)) != BW_OK)
		return r;
	return record(s, registration, acts[why], detail, actor, now);
}

bw_err
right_release(struct store *s, uint64_t registration, const char *actor,
    int64_t now)
{
	struct right_state st;
	struct had had;
	bw_err r;

	if ((r = look(s, registration, &st, &had)) != BW_OK)
		return r;
	if (right_of_person(&st))
		return BW_ERR_DENIED;
	if (had.status != REG_WITHHELD)
		return BW_ERR_EXISTS;
	st.staff = 0;
	if ((r = settle(s, &st, &had, now)) != BW_OK)
		return r;
	return record(s, registration, DID_RIGHT_RELEASE, "", actor, now);
}

bw_err
right_lift(struct store *s, uint64_t registration, const char *actor,
    int64_t now)
{
	struct right_state st;
	struct had had;
	bw_err r;

	if ((r = look(s, registration, &st, &had)) != BW_OK)
		return r;
	/* What was withheld and nobody said why counts as restricted. */
	if (st.restricted == 0 && (had.status != REG_WITHHELD ||
	    st.staff != 0 || right_of_person(&st)))
		return BW_ERR_EXISTS;
	st.restricted = 0;
	if ((r = settle(s, &st, &had, now)) != BW_OK)
		return r;
	return record(s, registration, DID_RIGHT_LIFT, "", actor, now);
}

bw_err
right_agree(struct store *s, uint64_t registration, bool leads,
    const char *actor, int64_t now)
{
	struct right_state st;
	struct had had;
	uint64_t n;
	bw_err r;

	if ((r = look(s, registration, &st, &had)) != BW_OK)
		return r;
	if (st.objected == 0)
		return BW_ERR_EXISTS;
	st.objected = 0;
	if (!leads && (r = right_withdraw_all(s, registration, actor, now,
	    &n)) != BW_OK)
		return r;
	if ((r = settle(s, &st, &had, now)) != BW_OK)
		return r;
	return record(s, registration, DID_RIGHT_AGREE, leads ? "leads back" :
	    "leads withdrawn", actor, now);
}

static bool
is_mail(const char *value)
{
	const char *at = strchr(value, '@');

	return at != NULL && at != value && at[1] != 0 &&
	    strchr(at + 1, '@') == NULL;
}

static bool
may_be(enum field f, const char *value)
{
	if ((unsigned)f - 1 >= FIELD_COUNT)
		return false;
	/* Nobody is without a name or an address. */
	if (value[0] == 0)
		return f != FIELD_NAME && f != FIELD_EMAIL;
	return field_value_ok(value, strlen(value)) &&
	    (f != FIELD_EMAIL || is_mail(value));
}

static bw_err
correct(struct store *s, const struct registration *reg, enum field f,
    const char *value, int64_t now, bool *any)
{
	int64_t editions;
	bw_err r;

	if (strcmp(reg->values.v[f], value) != 0) {
		*any = true;
		if ((r = store_registration_correct(s, reg, f, value,
		    now)) != BW_OK)
			return r;
	}
	if ((r = store_edition_correct(s, reg->id, f, value, now,
	    &editions)) != BW_OK)
		return r;
	*any = *any || editions != 0;
	return BW_OK;
}

bw_err
right_correct(struct store *s, uint64_t registration, enum field field,
    const char *value, const char *actor, int64_t now)
{
	struct registration reg;
	char detail[40];
	bool any = false;
	bw_err r;

	if (!may_be(field, value))
		return BW_ERR_ARG;
	if ((r = store_registration_get(s, registration, &reg)) != BW_OK)
		goto out;
	r = BW_ERR_GONE;
	if (reg.status == REG_DELETED)
		goto out;
	if ((r = correct(s, &reg, field, value, now, &any)) != BW_OK)
		goto out;
	r = BW_ERR_EXISTS;
	if (!any)
		goto out;
	if ((r = db_redo_corrected(s, registration, field, value,
	    now)) != BW_OK)
		goto out;
	snprintf(detail, sizeof(detail), "field %s", field_name(field));
	r = record(s, registration, DID_RIGHT_CORRECT, detail, actor, now);
out:
	explicit_bzero(&reg, sizeof(reg));
	return r;
}

/* What is gone cannot be given back to whom it was taken from. */
static bw_err
asked_by(struct store *s, uint64_t case_num, uint64_t registration)
{
	struct case_file f;
	bw_err r = case_get(s, case_num, &f);

	explicit_bzero(f.text, sizeof(f.text));
	if (r == BW_ERR_NOTFOUND || (r == BW_OK &&
	    (f.registration != registration || f.proof == PROOF_NONE)))
		return BW_ERR_DENIED;
	return r;
}

bw_err
right_erase_plan(struct store *s, uint64_t registration, uint64_t case_num,
    const char *why, unsigned undo_hours, const char *actor, int64_t now,
    int64_t *due)
{
	struct right_state st;
	struct had had;
	char detail[AUDIT_TEXT_MAX], when[WHEN_SIZE];
	bool held;
	bw_err r;

	*due = 0;
	if ((r = look(s, registration, &st, &had)) != BW_OK)
		return r;
	*due = st.erase_due;
	if (st.erase_due != 0)
		return BW_ERR_EXISTS;
	if (case_num != 0 &&
	    (r = asked_by(s, case_num, registration)) != BW_OK)
		return r;
	if ((r = hold_any(s, registration, NULL, &held)) != BW_OK)
		return r;
	if ((r = tell_withheld(s, &st, RIGHT_RESTRICTED, now)) != BW_OK)
		return r;
	*due = now + (int64_t)undo_hours * 3600;
	st.erase_planned = now;
	st.erase_due = *due;
	st.erase_undo = (int64_t)undo_hours * 3600;
	st.erase_case = case_num;
	st.held_at = held ? now : 0;
	if ((r = settle(s, &st, &had, now)) != BW_OK)
		return r;
	when_format(*due, when);
	snprintf(detail, sizeof(detail), "due %s%s%s%s", when,
	    held ? " held" : "", why != NULL ? " why " : "",
	    why != NULL ? why : "");
	return record(s, registration, DID_RIGHT_ERASE, detail, actor, now);
}

bw_err
right_held(struct store *s, const struct right_state *st, int64_t now,
    int64_t *since)
{
	bool held = false;
	bw_err r = BW_OK;

	*since = 0;
	if (st->erase_due != 0 && st->erase_planned != RIGHT_ERASED_BEFORE)
		r = hold_any(s, st->registration, NULL, &held);
	if (held)
		*since = st->held_at != 0 ? st->held_at : now;
	return r;
}

bw_err
right_erase_undo(struct store *s, uint64_t registration, const char *actor,
    int64_t now)
{
	struct right_state st;
	struct had had;
	bw_err r;

	if ((r = look(s, registration, &st, &had)) != BW_OK)
		return r;
	if (st.erase_due == 0)
		return BW_ERR_EXISTS;
	if (!right_can_undo(&st))
		return BW_ERR_GONE;
	st.erase_due = st.erase_planned = st.held_at = st.erase_undo = 0;
	st.erase_case = 0;
	if ((r = settle(s, &st, &had, now)) != BW_OK)
		return r;
	return record(s, registration, DID_RIGHT_UNDO, "", actor, now);
}

static bool
same_reasons(const struct right_state *a, const struct right_state *b)
{
	return a->restricted == b->restricted && a->objected == b->objected &&
	    a->staff == b->staff && a->erase_planned == b->erase_planned &&
	    a->erase_due == b->erase_due;
}

bw_err
right_redo(struct store *s, const struct right_state *to, int64_t now,
    bool *changed)
{
	struct right_state st;
	struct had had;
	bw_err r;

	*changed = false;
	if ((r = look(s, to->registration, &st, &had)) != BW_OK)
		return r == BW_ERR_GONE ? BW_OK : r;
	if (same_reasons(&st, to))
		return BW_OK;
	if (right_of_person(to) &&
	    (r = tell_withheld(s, &st, RIGHT_RESTRICTED, now)) != BW_OK)
		return r;
	st.restricted = to->restricted;
	st.objected = to->objected;
	st.staff = to->staff;
	st.erase_planned = to->erase_planned;
	st.erase_due = to->erase_due;
	/* A hold may have moved the day by more than there is to undo it. */
	st.erase_undo = to->erase_due - to->erase_planned;
	if (st.erase_undo > UNDO_MOST)
		st.erase_undo = UNDO_MOST;
	st.erase_case = 0;	/* it may be another's number now */
	st.held_at = 0;
	if ((r = settle(s, &st, &had, now)) != BW_OK)
		return r;
	*changed = true;
	return record(s, to->registration, DID_RIGHT_REDO, "", "host", now);
}
