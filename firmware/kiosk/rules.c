// SPDX-License-Identifier: Apache-2.0
#include "kiosk/rules.h"

#include <stdlib.h>
#include <string.h>

#include "record/badge.h"
#include "record/jws.h"

_Static_assert(sizeof(((struct rules *)0)->event_id) == BADGE_EVENT_ID,
    "the size of an event id");

bw_err
rules_open(struct rules **out, const char *jws, size_t len,
    const uint8_t host_spki[static CRYPTO_SPKI], const char *event,
    const char *sponsor)
{
	struct bw_buf payload = BW_BUF_INIT(POLICY_MAX);
	struct rules *s;
	bw_err r;

	*out = NULL;
	if ((s = calloc(1, sizeof(*s))) == NULL)
		return BW_ERR_NOMEM;
	if ((r = jws_verify(jws, len, host_spki, JWS_POLICY_TYP, &payload)) ==
	    BW_OK && (r = policy_decode((const char *)payload.ptr,
	    payload.len, &s->policy)) == BW_OK &&
	    (strcmp(s->policy.event.id, event) != 0 ||
	    (sponsor != NULL && strcmp(s->policy.sponsor.id, sponsor) != 0) ||
	    memcmp(s->policy.host_spki, host_spki, CRYPTO_SPKI) != 0))
		r = BW_ERR_DENIED;
	if (r == BW_OK)
		r = badge_event_id(s->policy.event.uri, s->event_id);
	bw_buf_free(&payload);
	*out = s;
	if (r != BW_OK)
		rules_close(out);
	return r;
}

static bw_err
open_blocked(struct rules *s, const struct keys *k)
{
	struct bw_buf plain = BW_BUF_INIT(POLICY_MAX);
	bw_err r;

	blocked_free(&s->blocked);
	if (s->policy.blocked.len == 0)
		return BW_OK;
	if ((r = seal_open(k->seal, SEAL_BLOCKED, s->policy.blocked.ptr,
	    s->policy.blocked.len, &plain)) == BW_OK)
		r = blocked_decode(plain.ptr, plain.len, &s->blocked);
	bw_buf_free(&plain);
	return r;
}

bw_err
rules_unseal(struct rules *s, const struct keys *k)
{
	struct field_keys *f;
	bw_err r;

	if ((r = keys_fields_open(k, &s->policy, &f)) == BW_OK)
		r = open_blocked(s, k);
	keys_fields_close(&f);
	return r;
}

void
rules_close(struct rules **r)
{
	if (*r == NULL)
		return;
	blocked_free(&(*r)->blocked);
	policy_free(&(*r)->policy);
	free(*r);
	*r = NULL;
}

enum trouble
rules_trouble(const struct rules *r, int64_t now)
{
	if (now < 0 || (uint64_t)now < r->policy.valid_from)
		return TROUBLE_CLOCK;
	if (r->ended || (uint64_t)now >= r->policy.valid_until)
		return TROUBLE_POLICY;
	return TROUBLE_NONE;
}
