// SPDX-License-Identifier: Apache-2.0
#include "host/badge_tlv.h"

#include <stdio.h>
#include <string.h>

#include "record/ndef.h"

static void
only(struct field_values *v, field_set set)
{
	for (int f = 1; f <= FIELD_COUNT; f++)
		if ((set & FIELD_BIT(f)) == 0)
			explicit_bzero(v->v[f], sizeof(v->v[f]));
}

field_set
badge_filled(const struct field_values *v)
{
	field_set set = 0;

	for (int f = 1; f <= FIELD_COUNT; f++)
		if (v->v[f][0] != 0)
			set |= FIELD_BIT(f);
	return set;
}

bw_err
badge_tlv(const struct hostdir *h, const struct badge_tlv *b, field_set set,
    bool with_uri, struct bw_buf *out)
{
	struct field_values values = *b->values;
	struct badge_issue in = {
		.registrar = h->registrar, .event_id = h->event_id16,
		.master = h->master, .edition = b->edition,
		.tag_len = BADGE_TAG, .values = &values
	};
	struct bw_buf cose = BW_BUF_INIT(BADGE_TLV_MAX);
	struct bw_buf msg = BW_BUF_INIT(BADGE_TLV_MAX);
	char uri[ENROL_BASE_MAX + 8];
	bw_err r;

	memcpy(in.uid, b->uid, BADGE_UID);
	memcpy(in.badge_id, b->badge_id, BADGE_ID);
	snprintf(uri, sizeof(uri), "%s/b",
	    strstr(h->config.base_url, "://") + 3);
	only(&values, set);
	bw_buf_reset(out);
	if ((r = badge_encode(&in, &cose)) != BW_OK ||
	    (r = ndef_encode(with_uri ? uri : NULL, cose.ptr, cose.len,
	    &msg)) != BW_OK)
		goto out;
	r = ndef_tlv_encode(msg.ptr, msg.len, out);
out:
	explicit_bzero(&values, sizeof(values));
	bw_buf_free(&cose);
	bw_buf_free(&msg);
	return r;
}

size_t
badge_tlv_size(const struct hostdir *h, const struct badge_tlv *in,
    field_set set, bool with_uri)
{
	struct bw_buf b = BW_BUF_INIT(BADGE_TLV_MAX);
	size_t n = 0;

	if (badge_tlv(h, in, set, with_uri, &b) == BW_OK)
		n = b.len;
	bw_buf_free(&b);
	return n;
}
