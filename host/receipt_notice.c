// SPDX-License-Identifier: Apache-2.0
#include "host/receipt_notice.h"

#include <string.h>

#include "record/body.h"

/* The hash in a share's body. */
struct shown {
	bool known;
	uint8_t sha256[CRYPTO_HASH];
};

static bw_err
take_hash(void *arg, const struct store_entry *e)
{
	struct shown *s = arg;
	struct body b;

	if (e->body == NULL || body_decode(ENTRY_SHARE, e->body, e->body_len,
	    &b) != BW_OK)
		return BW_OK;
	s->known = true;
	memcpy(s->sha256, b.u.share.notice_sha256, CRYPTO_HASH);
	return BW_OK;
}

bw_err
receipt_notice(struct store *s, const struct store_receipt *r,
    const struct policy *pol, const struct policy_notice **out)
{
	struct shown shown = { 0 };
	bw_err e;

	*out = NULL;
	if ((e = store_entry_each(s, r->lead.device, r->lead.seq,
	    r->lead.seq + 1, take_hash, &shown)) != BW_OK || !shown.known)
		return e;
	for (size_t i = 0; i < pol->nlangs; i++)
		if (memcmp(pol->notice[i].sha256, shown.sha256,
		    CRYPTO_HASH) == 0)
			*out = &pol->notice[i];
	return BW_OK;
}
