// SPDX-License-Identifier: Apache-2.0
#include "host/hold.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/audit.h"
#include "host/erase_again.h"
#include "host/store_hold.h"
#include "host/store_redo.h"

const char *
hold_scope_name(enum hold_scope scope)
{
	switch (scope) {
	case HOLD_PERSON:
		return "person";
	case HOLD_SPONSOR:
		return "sponsor";
	case HOLD_EVENT:
		return "event";
	}
	return "unknown";
}

static bool
said(const char *text, size_t size)
{
	size_t len = strnlen(text, size);

	return len != 0 && len < size && text_is_clean(text, len);
}

static bool
is_whole(const struct hold *in, int64_t now)
{
	return (in->scope == HOLD_PERSON) == (in->registration != 0) &&
	    (in->scope == HOLD_SPONSOR) == (in->sponsor[0] != 0) &&
	    (unsigned)in->scope <= HOLD_EVENT &&
	    said(in->reason, sizeof(in->reason)) &&
	    said(in->reviewer, sizeof(in->reviewer)) && in->review_at > now;
}

/* What it is on is there. */
static bw_err
find(struct store *s, const struct hold *in)
{
	struct registration reg;
	enum reg_status status;
	bw_err r;

	if (in->scope == HOLD_SPONSOR)
		return store_sponsor_known(s, in->sponsor);
	if (in->scope == HOLD_EVENT)
		return BW_OK;
	r = store_registration_get(s, in->registration, &reg);
	status = reg.status;
	explicit_bzero(&reg, sizeof(reg));
	return r == BW_OK && status == REG_DELETED ? BW_ERR_GONE : r;
}

static bw_err
record(struct store *s, uint64_t id, enum audit_act act, const struct hold *h,
    const char *actor, int64_t now)
{
	char object[40], detail[64];

	snprintf(object, sizeof(object), "hold %" PRIu64, id);
	if (h->scope == HOLD_PERSON)
		snprintf(detail, sizeof(detail), "registration %" PRIu64,
		    h->registration);
	else
		snprintf(detail, sizeof(detail), "%s%s%s",
		    hold_scope_name(h->scope), h->sponsor[0] != 0 ? " " : "",
		    h->sponsor);
	return audit_add(s, now, actor, act, object, detail);
}

struct beyond {
	struct store *s;
	const struct hold *h;
	uint64_t *n;
};

static bw_err
on_final(void *arg, uint64_t registration)
{
	const struct beyond *b = arg;
	bool on = b->h->scope == HOLD_EVENT ||
	    b->h->registration == registration;
	bw_err r = BW_OK;

	if (b->h->scope == HOLD_SPONSOR)
		r = store_hold_shared(b->s, registration, b->h->sponsor, &on);
	*b->n += on;
	return r;
}

bw_err
hold_beyond(struct store *s, const struct hold *h, uint64_t *n)
{
	const char *dir = db_redo(s)->dir;
	struct beyond b = { s, h, n };

	*n = 0;
	return dir[0] == 0 ? BW_OK : erase_final(dir, s, on_final, &b);
}

/* What is promised to a person's hold is kept. */
static bw_err
in_time(struct store *s, const struct hold *h)
{
	uint64_t n;
	bw_err r;

	if (h->scope != HOLD_PERSON)
		return BW_OK;
	r = hold_beyond(s, h, &n);
	return r == BW_OK && n != 0 ? BW_ERR_DENIED : r;
}

bw_err
hold_add(struct store *s, const struct hold *in, const char *actor,
    int64_t now, uint64_t *id)
{
	struct hold h = *in;
	bw_err r;

	*id = 0;
	if (!is_whole(in, now))
		return BW_ERR_ARG;
	h.added_at = now;
	if ((r = find(s, &h)) != BW_OK || (r = in_time(s, &h)) != BW_OK ||
	    (r = store_hold_put(s, &h, id)) != BW_OK ||
	    (r = db_redo_hold(s, &h)) != BW_OK)
		return r;
	return record(s, *id, DID_HOLD_ADD, &h, actor, now);
}

bw_err
hold_lift(struct store *s, uint64_t id, const char *actor, int64_t now)
{
	struct hold h;
	bw_err r;

	if ((r = store_hold_get(s, id, &h)) != BW_OK)
		return r;
	if (h.lifted_at != 0)
		return BW_ERR_EXISTS;
	h.lifted_at = now;
	if ((r = store_hold_end(s, id, now)) != BW_OK ||
	    (r = db_redo_hold(s, &h)) != BW_OK)
		return r;
	return record(s, id, DID_HOLD_LIFT, &h, actor, now);
}
