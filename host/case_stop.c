// SPDX-License-Identifier: Apache-2.0
#include "host/case_stop.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/audit.h"
#include "host/case_letter.h"
#include "host/right.h"

struct asked {
	enum case_type type;
	bool open;		/* none that is closed */
	uint64_t num;
};

static bw_err
newest(void *arg, const struct case_file *f)
{
	struct asked *a = arg;

	if (a->num == 0 && f->type == a->type &&
	    (!a->open || case_is_open(f->state)))
		a->num = f->num;
	return BW_OK;
}

bw_err
case_withhold(struct store *s, uint64_t registration, uint64_t num,
    enum right_why why, const char *detail, const char *actor, int64_t now,
    bool *told)
{
	bool objects = why == RIGHT_OBJECTED;
	struct asked a = { objects ? CASE_OBJECTION : CASE_RESTRICTION, true,
		num };
	bw_err r = right_withhold(s, registration, why, detail, actor, now);

	*told = false;
	if (r != BW_OK || why == RIGHT_STAFF)
		return r;
	if (num == 0 && ((r = case_each_of(s, registration, newest, &a)) !=
	    BW_OK || a.num == 0 || (r = case_step(s, a.num, DID_CASE_ACT,
	    objects ? "object" : "restrict", actor, now)) != BW_OK))
		return r;
	*told = true;
	return case_mail(s, a.num, objects ? LETTER_OBJECTION :
	    LETTER_RESTRICTED, now);
}

/* A restriction's letter names the day on which it ends (18.3). */
static bw_err
tell(struct store *s, uint64_t registration, uint64_t num, enum case_type type,
    enum letter_kind kind, int64_t now)
{
	struct asked a = { type, false, num };
	bw_err r = BW_OK;

	if (num == 0)
		r = case_each_of(s, registration, newest, &a);
	return r != BW_OK || a.num == 0 ? r :
	    case_mail_day(s, a.num, kind, now, now);
}

bw_err
case_lift(struct store *s, uint64_t registration, uint64_t num,
    const char *actor, int64_t now)
{
	bw_err r = right_lift(s, registration, actor, now);

	return r != BW_OK ? r : tell(s, registration, num, CASE_RESTRICTION,
	    LETTER_UNRESTRICTED, now);
}

/* Nobody is told that booths may read the badge again while something else
 * stands: a restriction, an erasure that is planned, a ticket that is gone. */
bw_err
case_agree(struct store *s, uint64_t registration, uint64_t num, bool leads,
    const char *actor, int64_t now)
{
	struct registration reg;
	bw_err r = right_agree(s, registration, leads, actor, now);

	if (r != BW_OK || (r = store_registration_get(s, registration,
	    &reg)) != BW_OK)
		return r;
	if (reg.status == REG_ATTENDING)
		r = tell(s, registration, num, CASE_OBJECTION, leads ?
		    LETTER_AGREED : LETTER_AGREED_NEW, now);
	explicit_bzero(&reg, sizeof(reg));
	return r;
}

struct walk {
	enum audit_act began, ended;
	int64_t received, until;
	struct case_force *out;
};

/* The newest row comes first: the first time in force since it was asked for is
 * the case's. */
static bw_err
on_row(void *arg, const struct audit_row *row)
{
	struct walk *w = arg;

	if (audit_did(row, w->ended))
		w->until = row->at;
	if (!audit_did(row, w->began) || row->at < w->received)
		return BW_OK;
	*w->out = (struct case_force){ row->at, w->until };
	w->until = 0;
	return BW_OK;
}

bw_err
case_force(struct store *s, const struct case_file *c, struct case_force *out)
{
	bool objects = c->type == CASE_OBJECTION;
	struct walk w = { objects ? DID_RIGHT_OBJECT : DID_RIGHT_RESTRICT,
		objects ? DID_RIGHT_AGREE : DID_RIGHT_LIFT, c->received, 0,
		out };
	char object[40];

	*out = (struct case_force){ 0, 0 };
	if ((!objects && c->type != CASE_RESTRICTION) || c->registration == 0)
		return BW_OK;
	snprintf(object, sizeof(object), "registration %" PRIu64,
	    c->registration);
	return audit_each(s, 0, UINT32_MAX, object, on_row, &w);
}
