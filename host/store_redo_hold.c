// SPDX-License-Identifier: Apache-2.0
/* What was held since the copy is held, and what was lifted is not. */
#include "host/store_redo_act.h"

#include <inttypes.h>
#include <stdio.h>

#include "host/audit.h"
#include "host/store_hold.h"

static struct hold
about(const struct redo_act *act, uint64_t registration)
{
	struct hold h = { .registration = registration,
		.scope = registration != 0 ? HOLD_PERSON :
		act->name[0] != 0 ? HOLD_SPONSOR : HOLD_EVENT,
		.reason = HOLD_RESTORED,
		.reviewer = HOLD_RESTORED_REVIEWER };

	snprintf(h.sponsor, sizeof(h.sponsor), "%s", act->name);
	return h;
}

/* Each line is one hold, or one less: two of the same second stay two. */
bw_err
redo_hold(struct redo_run *u, const struct redo_act *act,
    uint64_t registration)
{
	bool placed = act->kind == REDO_HOLD || act->kind == REDO_HOLD_OF;
	struct hold h = about(act, registration);
	char object[40];
	uint64_t id;
	bw_err r;

	h.added_at = placed ? act->at : act->made;
	h.review_at = u->now;
	if (placed)
		r = store_hold_put(u->s, &h, &id);
	else if ((r = store_hold_like(u->s, &h, &id)) == BW_OK)
		r = store_hold_end(u->s, id, act->at);
	if (r != BW_OK)
		return r == BW_ERR_NOTFOUND ? BW_OK : r;
	u->done++;
	snprintf(object, sizeof(object), "hold %" PRIu64, id);
	return audit_add(u->s, u->now, "host", DID_RIGHT_REDO, object,
	    placed ? "placed" : "lifted");
}
