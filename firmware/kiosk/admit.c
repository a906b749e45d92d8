// SPDX-License-Identifier: Apache-2.0
#include "kiosk/admit.h"

#include <string.h>

#include "record/ndef.h"

#define ADMITTED ((enum unread_reason)0)

static bool
same_event(const struct rules *rules, const struct badge *b)
{
	return memcmp(rules->event_id, b->eid, BADGE_EID) == 0;
}

/* A signature that does not verify: the badge of another event, signed by its
 * own registrar, is told apart from a false one of ours. */
static enum unread_reason
why_not(const struct rules *rules, bw_err r, const uint8_t *ptr, size_t len)
{
	struct badge b;

	if (r != BW_ERR_KEY && r != BW_ERR_SIG)
		return UNREAD_NOT_OURS;
	if (r == BW_ERR_KEY && badge_decode(ptr, len, &b) == BW_OK &&
	    !same_event(rules, &b))
		return UNREAD_OTHER_EVENT;
	return UNREAD_BAD_SIGNATURE;
}

/* The tag's length is the issuer's choice, 8 or 16 bytes, and not said. */
static bw_err
open_field(const struct badge *b, enum field f, const struct field_keys *keys,
    char out[static FIELD_VALUE_MAX + 1])
{
	bw_err r = badge_open_field(b, f, keys->key[f], 8, out);

	if (r == BW_ERR_KEY)
		r = badge_open_field(b, f, keys->key[f], 16, out);
	return r;
}

static bw_err
open_fields(const struct badge *b, const struct field_keys *keys,
    field_set granted, struct admitted *out)
{
	bw_err r = BW_OK;

	for (int f = FIELD_NAME; f <= FIELD_COUNT && r == BW_OK; f++)
		if ((granted & keys->have & b->present & FIELD_BIT(f)) != 0)
			r = open_field(b, (enum field)f, keys,
			    out->values.v[f]);
	return r;
}

enum unread_reason
admit_badge(const struct rules *rules, const struct field_keys *keys,
    field_set granted, const uint8_t uid[static BADGE_UID],
    const uint8_t *ndef, size_t len, struct admitted *out)
{
	const uint8_t *cose;
	size_t cose_len;
	struct badge b;
	bw_err r;

	memset(out, 0, sizeof(*out));
	if (ndef_badge_find(ndef, len, &cose, &cose_len) != BW_OK)
		return UNREAD_NOT_OURS;
	if ((r = badge_verify(cose, cose_len, uid,
	    rules->policy.registrar_spki, &b)) != BW_OK)
		return why_not(rules, r, cose, cose_len);
	if (!same_event(rules, &b))
		return UNREAD_OTHER_EVENT;
	if (blocked_has(&rules->blocked, b.badge_id))
		return UNREAD_BLOCKED;
	if (open_fields(&b, keys, granted, out) != BW_OK) {
		explicit_bzero(out, sizeof(*out));
		return UNREAD_BAD_SIGNATURE;
	}
	memcpy(out->badge_id, b.badge_id, BADGE_ID);
	out->edition = b.edition;
	return ADMITTED;
}
