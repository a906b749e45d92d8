// SPDX-License-Identifier: Apache-2.0
#include "host/station_write.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/badge_issue.h"

static bw_err
check_over(const struct badge_order *o, bool overwrite, struct fault *f)
{
	char id[24];

	if (overwrite || o->over.what == BADGE_FOUND_NOTHING ||
	    (o->over.what == BADGE_FOUND_BADGE &&
	    o->over.registration == o->registration))
		return BW_OK;
	snprintf(id, sizeof(id), "%" PRIu64, o->over.registration);
	if (o->over.what == BADGE_FOUND_BADGE)
		fault_set(f, 0, "the tag holds the badge of registration %s; "
		    "take an empty tag, or allow that it is written over", id);
	else if (o->over.what == BADGE_FOUND_UNKNOWN)
		fault_set(f, 0, "the tag holds a badge of this event whose "
		    "registration is not known here; take an empty tag, or "
		    "allow that it is written over");
	else
		fault_set(f, 0, "the tag holds something that is no badge of "
		    "this event; take an empty tag, or allow that it is "
		    "written over");
	return BW_ERR_DENIED;
}

static bw_err
record(struct store *s, const char *actor, const struct badge_order *o,
    const struct badge_made *made, int64_t now)
{
	char object[64];

	snprintf(object, sizeof(object), "registration %" PRIu64
	    " edition %u", o->registration, made->edition);
	return store_audit(s, now, actor, DID_BADGE_ISSUE, object);
}

bw_err
station_write(struct store *s, const struct hostdir *h, const char *actor,
    const struct station_order *what, const struct station_tag *tag,
    int64_t now, struct bw_buf *tlv, uint8_t *edition,
    struct badge_found *over, struct fault *f)
{
	struct badge_order o = { .registration = what->registration,
		.type = tag->type, .fields = what->fields,
		.reissue = what->reissue };
	struct badge_made made = { 0 };
	bw_err r;

	*edition = 0;
	memset(over, 0, sizeof(*over));
	memcpy(o.uid, tag->uid, BADGE_UID);
	if ((r = store_begin(s)) != BW_OK)
		return r;
	if ((r = badge_found(s, h, tag->uid, tag->ndef, tag->ndef_len,
	    &o.over)) == BW_OK &&
	    (r = check_over(&o, what->overwrite, f)) == BW_OK &&
	    (r = badge_issue(s, h, &o, now, tlv, &made, f)) == BW_OK &&
	    (r = record(s, actor, &o, &made, now)) == BW_OK)
		r = store_commit(s);
	store_rollback(s);
	*over = o.over;
	if (r == BW_OK)
		*edition = made.edition;
	else
		bw_buf_reset(tlv);
	return r;
}

bw_err
station_written(struct store *s, const char *actor,
    const struct station *st, int64_t now)
{
	unsigned blocked;
	uint64_t one;
	bw_err r = store_begin(s);

	if (r == BW_OK && (r = badge_found_over(s, &st->over,
	    st->order.registration, actor, now, &blocked,
	    &one)) == BW_OK)
		r = store_commit(s);
	store_rollback(s);
	return r;
}
