// SPDX-License-Identifier: Apache-2.0
#include "record/entry.h"

#include <string.h>

#include "record/cbor.h"

#define ENTRY_MEMBERS 7
#define ENTRY_VERSION 1

static uint8_t *
put_head(uint8_t *p, uint8_t major, uint64_t v)
{
	unsigned width;

	if (v < 24) {
		*p++ = (uint8_t)(major | v);
		return p;
	}
	width = v <= UINT8_MAX ? 1 : v <= UINT16_MAX ? 2 :
	    v <= UINT32_MAX ? 4 : 8;
	*p++ = (uint8_t)(major | (width == 1 ? 24 : width == 2 ? 25 :
	    width == 4 ? 26 : 27));
	while (width-- > 0)
		*p++ = (uint8_t)(v >> (8 * width));
	return p;
}

static uint8_t *
put_hash(uint8_t *p, const uint8_t *hash)
{
	p = put_head(p, 0x40, CRYPTO_HASH);
	memcpy(p, hash, CRYPTO_HASH);
	return p + CRYPTO_HASH;
}

/* By hand into a fixed array: this runs once for every entry of every log. */
bw_err
entry_encode(const struct entry *e, uint8_t out[static ENTRY_MAX],
    size_t *len)
{
	uint8_t *p = out;

	*len = 0;
	if ((unsigned)e->kind >= ENTRY_KINDS || e->seq > ENTRY_NUMBER_MAX ||
	    e->time > ENTRY_NUMBER_MAX || e->pol > ENTRY_NUMBER_MAX)
		return BW_ERR_ARG;
	p = put_head(p, 0x80, ENTRY_MEMBERS);
	p = put_head(p, 0, ENTRY_VERSION);
	p = put_head(p, 0, (uint64_t)e->kind);
	p = put_head(p, 0, e->seq);
	p = put_head(p, 0, e->time);
	p = put_hash(p, e->prev);
	p = put_hash(p, e->commit);
	p = put_head(p, 0, e->pol);
	*len = (size_t)(p - out);
	return BW_OK;
}

bw_err
entry_decode(const uint8_t *ptr, size_t len, struct entry *out)
{
	struct bw_cur c = { ptr, len };
	uint64_t version, kind;
	bw_err r;

	memset(out, 0, sizeof(*out));
	if (len > ENTRY_MAX)
		return BW_ERR_BOUND;
	if ((r = cbor_get_array(&c, ENTRY_MEMBERS)) != BW_OK ||
	    (r = cbor_get_uint(&c, ENTRY_VERSION, &version)) != BW_OK ||
	    (r = cbor_get_uint(&c, ENTRY_KINDS - 1, &kind)) != BW_OK ||
	    (r = cbor_get_uint(&c, ENTRY_NUMBER_MAX, &out->seq)) != BW_OK ||
	    (r = cbor_get_uint(&c, ENTRY_NUMBER_MAX, &out->time)) != BW_OK ||
	    (r = cbor_get_fixed(&c, out->prev, CRYPTO_HASH)) != BW_OK ||
	    (r = cbor_get_fixed(&c, out->commit, CRYPTO_HASH)) != BW_OK ||
	    (r = cbor_get_uint(&c, ENTRY_NUMBER_MAX, &out->pol)) != BW_OK ||
	    (r = cbor_end(&c)) != BW_OK)
		goto out;
	out->kind = (enum entry_kind)kind;
	r = version == ENTRY_VERSION ? BW_OK : BW_ERR_FORMAT;
out:
	if (r != BW_OK)
		memset(out, 0, sizeof(*out));
	return r;
}

const char *
entry_kind_name(enum entry_kind k)
{
	static const char *const names[ENTRY_KINDS] = {
		"open", "share", "decline", "no answer", "unread", "undo",
		"note", "policy", "clock", "close"
	};

	return (unsigned)k < ENTRY_KINDS ? names[k] : "unknown";
}

bool
entry_is_coarse(enum entry_kind k)
{
	return k == ENTRY_DECLINE || k == ENTRY_NO_ANSWER ||
	    k == ENTRY_UNREAD;
}

bool
entry_is_discreet(enum entry_kind k)
{
	return entry_is_coarse(k) || k == ENTRY_POLICY;
}

uint64_t
entry_time(enum entry_kind k, uint64_t prev_time, uint64_t now)
{
	if (k == ENTRY_CLOCK)
		return now;
	if (entry_is_discreet(k))
		now -= now % ENTRY_COARSE;
	return now > prev_time ? now : prev_time;
}
