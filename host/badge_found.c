// SPDX-License-Identifier: Apache-2.0
#include "host/badge_found.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/audit_act.h"
#include "record/ndef.h"

/* A tag that some program has formatted holds one empty record. */
static bool
is_empty(const uint8_t *ndef, size_t len)
{
	static const uint8_t record[] = { 0xd0, 0x00, 0x00 };

	return len == 0 ||
	    (len == sizeof(record) && memcmp(ndef, record, len) == 0);
}

static bool
is_ours(const struct hostdir *h, const uint8_t uid[static BADGE_UID],
    const uint8_t *ndef, size_t len, struct badge *out)
{
	const uint8_t *payload;
	size_t n;

	return ndef_badge_find(ndef, len, &payload, &n) == BW_OK &&
	    badge_verify(payload, n, uid, crypto_key_spki(h->registrar),
	    out) == BW_OK &&
	    memcmp(out->eid, h->event_id16, BADGE_EID) == 0;
}

/* Whether the newest edition of whose it is, is on this very tag. */
static bw_err
look_last(struct store *s, struct badge_found *out)
{
	struct store_edition e;
	bw_err r;

	out->last = false;
	if ((r = store_edition_current(s, out->registration, &e)) == BW_OK)
		out->last = memcmp(e.badge_id, out->badge_id, BADGE_ID) == 0 &&
		    memcmp(e.uid, out->uid, BADGE_UID) == 0;
	explicit_bzero(&e, sizeof(e));
	return r == BW_ERR_NOTFOUND ? BW_OK : r;	/* all are retired */
}

static bw_err
look_up(struct store *s, const struct badge *b, struct badge_found *out)
{
	struct store_edition e;
	bw_err r;

	if ((r = store_edition_find(s, b->badge_id, b->edition,
	    &e)) != BW_OK)
		goto out;
	out->what = BADGE_FOUND_BADGE;
	out->registration = e.registration;
	memcpy(out->badge_id, b->badge_id, BADGE_ID);
	r = look_last(s, out);
out:
	explicit_bzero(&e, sizeof(e));
	return r;
}

bw_err
badge_found(struct store *s, const struct hostdir *h,
    const uint8_t uid[static BADGE_UID], const uint8_t *ndef, size_t len,
    struct badge_found *out)
{
	struct badge b;
	bw_err r;

	memset(out, 0, sizeof(*out));
	memcpy(out->uid, uid, BADGE_UID);
	if (is_empty(ndef, len))
		return BW_OK;
	out->what = BADGE_FOUND_OTHER;
	if (!is_ours(h, uid, ndef, len, &b))
		return BW_OK;
	out->what = BADGE_FOUND_UNKNOWN;
	r = look_up(s, &b, out);
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

static bw_err
block(struct store *s, const uint8_t badge_id[static BADGE_ID],
    uint64_t registration, const char *actor, int64_t now)
{
	char object[40];
	bw_err r = store_badge_over(s, badge_id, now);

	snprintf(object, sizeof(object), "registration %" PRIu64,
	    registration);
	return r != BW_OK ? r :
	    store_audit(s, now, actor, DID_BADGE_OVER, object);
}

/* What lay there when the tag was laid down. */
static bw_err
block_found(struct store *s, const struct badge_found *found,
    uint64_t registration, const char *actor, int64_t now, unsigned *blocked)
{
	struct badge_found now_there = *found;
	bw_err r;

	if (found->what != BADGE_FOUND_BADGE ||
	    found->registration == registration)
		return BW_OK;
	if ((r = look_last(s, &now_there)) != BW_OK || !now_there.last)
		return r;
	r = block(s, found->badge_id, found->registration, actor, now);
	*blocked += r == BW_OK;
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

bw_err
badge_found_over(struct store *s, const struct badge_found *found,
    uint64_t registration, const char *actor, int64_t now, unsigned *blocked,
    uint64_t *one)
{
	uint8_t id[BADGE_ID];
	uint64_t whose;
	bw_err r;

	*blocked = 0;
	r = block_found(s, found, registration, actor, now, blocked);
	*one = *blocked != 0 ? found->registration : 0;
	while (r == BW_OK && (r = store_badge_under(s, found->uid,
	    registration, id, &whose)) == BW_OK) {
		r = block(s, id, whose, actor, now);
		++*blocked;
		*one = whose;
	}
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}
