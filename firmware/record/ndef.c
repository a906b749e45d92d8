// SPDX-License-Identifier: Apache-2.0
#include "record/ndef.h"

#include <stdbool.h>
#include <string.h>

#define TLV_NULL 0x00
#define TLV_NDEF 0x03
#define TLV_END 0xfe

#define FLAG_MB 0x80
#define FLAG_ME 0x40
#define FLAG_CF 0x20
#define FLAG_SR 0x10
#define FLAG_IL 0x08
#define TNF_WELL_KNOWN 1
#define TNF_EXTERNAL 4
#define URI_WHOLE 0x00
#define URI_HTTP 0x03
#define URI_HTTPS 0x04
#define RECORDS_MAX 4
/* What a TLV can say; more than a tag has, so that an issuer can say by how
 * much a badge is too long. */
#define LENGTH_MAX 0xfffe

struct record {
	uint8_t flags;
	const uint8_t *type, *payload;
	size_t type_len, payload_len;
};

/* A TLV's length: one byte, or FF and two. BW_ERR_GAP past the end of mem. */
static bw_err
tlv_length(const uint8_t *mem, size_t len, size_t *at, size_t *out)
{
	if (*at >= len)
		return BW_ERR_GAP;
	if (mem[*at] != 0xff) {
		*out = mem[(*at)++];
		return BW_OK;
	}
	if (len - *at < 3)
		return BW_ERR_GAP;
	*out = (size_t)mem[*at + 1] << 8 | mem[*at + 2];
	*at += 3;
	return *out < 0xff ? BW_ERR_FORMAT : BW_OK;
}

/* More bytes are needed, as far as the largest tag has them. */
static bw_err
need(size_t have, size_t want, size_t *total)
{
	if (have >= NDEF_TAG_MAX)
		return BW_ERR_NOTFOUND;
	*total = want < NDEF_TAG_MAX ? want : NDEF_TAG_MAX;
	return BW_ERR_GAP;
}

bw_err
ndef_tlv_find(const uint8_t *mem, size_t len, const uint8_t **msg,
    size_t *msg_len, size_t *total)
{
	size_t at = 0, n = 0;
	bw_err r;

	*msg = NULL;
	*msg_len = *total = 0;
	while (at < len && mem[at] != TLV_END) {
		uint8_t tag = mem[at++];

		if (tag == TLV_NULL)
			continue;
		if ((r = tlv_length(mem, len, &at, &n)) == BW_ERR_GAP)
			return need(len, at + 3, total);
		if (r != BW_OK)
			return r;
		if (at + n > NDEF_TAG_MAX)
			return BW_ERR_FORMAT;
		if (tag == TLV_NDEF && at + n > len)
			return need(len, at + n, total);
		if (tag == TLV_NDEF) {
			*msg = mem + at;
			*msg_len = n;
			*total = at + n;
			return BW_OK;
		}
		at += n;
	}
	return at < len ? BW_ERR_NOTFOUND : need(len, at + 4, total);
}

static bw_err
record_length(struct bw_cur *c, bool is_short, size_t *out)
{
	uint32_t v32;
	uint8_t v8;
	bw_err r;

	if (is_short) {
		r = bw_cur_u8(c, &v8);
		*out = v8;
	} else {
		r = bw_cur_be32(c, &v32);
		*out = v32;
	}
	return r;
}

static bw_err
take_record(struct bw_cur *c, struct record *out)
{
	const uint8_t *id;
	uint8_t type_len, id_len = 0;
	bw_err r;

	if ((r = bw_cur_u8(c, &out->flags)) != BW_OK ||
	    (r = bw_cur_u8(c, &type_len)) != BW_OK ||
	    (r = record_length(c, (out->flags & FLAG_SR) != 0,
	    &out->payload_len)) != BW_OK)
		return r;
	if ((out->flags & FLAG_CF) != 0)
		return BW_ERR_FORMAT;
	if ((out->flags & FLAG_IL) != 0 &&
	    (r = bw_cur_u8(c, &id_len)) != BW_OK)
		return r;
	out->type_len = type_len;
	if ((r = bw_cur_take(c, type_len, &out->type)) != BW_OK ||
	    (r = bw_cur_take(c, id_len, &id)) != BW_OK)
		return r;
	return bw_cur_take(c, out->payload_len, &out->payload);
}

static bool
is_badge(const struct record *rec)
{
	return (rec->flags & 7) == TNF_EXTERNAL &&
	    rec->type_len == sizeof(NDEF_TYPE) - 1 &&
	    memcmp(rec->type, NDEF_TYPE, rec->type_len) == 0;
}

bw_err
ndef_badge_find(const uint8_t *msg, size_t len, const uint8_t **payload,
    size_t *payload_len)
{
	struct bw_cur c = { msg, len };
	struct record rec;
	bw_err r;

	*payload = NULL;
	*payload_len = 0;
	for (int i = 0; i < RECORDS_MAX; i++) {
		if ((r = take_record(&c, &rec)) != BW_OK)
			return r;
		if (((rec.flags & FLAG_MB) != 0) != (i == 0))
			return BW_ERR_FORMAT;
		if (is_badge(&rec)) {
			if (*payload != NULL)
				return BW_ERR_FORMAT;
			*payload = rec.payload;
			*payload_len = rec.payload_len;
		}
		if ((rec.flags & FLAG_ME) != 0) {
			if (c.len != 0)
				return BW_ERR_FORMAT;
			return *payload != NULL ? BW_OK : BW_ERR_NOTFOUND;
		}
	}
	return BW_ERR_FORMAT;
}

static bool
is_uri(const struct record *rec)
{
	return (rec->flags & 7) == TNF_WELL_KNOWN && rec->type_len == 1 &&
	    rec->type[0] == 'U' && rec->payload_len > 1;
}

bw_err
ndef_uri_find(const uint8_t *msg, size_t len, struct bw_buf *out)
{
	struct bw_cur c = { msg, len };
	const char *scheme = NULL;
	struct record rec;
	bw_err r;

	if ((r = take_record(&c, &rec)) != BW_OK)
		return r;
	if ((rec.flags & (FLAG_MB | FLAG_ME)) != (FLAG_MB | FLAG_ME))
		return BW_ERR_NOTFOUND;
	if (c.len != 0)
		return BW_ERR_FORMAT;
	if (is_uri(&rec))
		scheme = rec.payload[0] == URI_WHOLE ? "" :
		    rec.payload[0] == URI_HTTP ? "http://" :
		    rec.payload[0] == URI_HTTPS ? "https://" : NULL;
	if (scheme == NULL)
		return BW_ERR_NOTFOUND;
	if ((r = bw_buf_put_str(out, scheme)) != BW_OK)
		return r;
	return bw_buf_put(out, rec.payload + 1, rec.payload_len - 1);
}

static bw_err
put_length(struct bw_buf *out, uint8_t flags, size_t type_len, size_t len)
{
	bw_err r;

	if (len > LENGTH_MAX)
		return BW_ERR_BOUND;
	if (len <= 0xff)
		flags |= FLAG_SR;
	if ((r = bw_buf_put_u8(out, flags)) != BW_OK ||
	    (r = bw_buf_put_u8(out, (uint8_t)type_len)) != BW_OK)
		return r;
	if (len <= 0xff)
		return bw_buf_put_u8(out, (uint8_t)len);
	return bw_buf_put_be32(out, (uint32_t)len);
}

static bw_err
put_uri(struct bw_buf *out, uint8_t flags, uint8_t scheme, const char *uri)
{
	bw_err r;

	if ((r = put_length(out, flags | TNF_WELL_KNOWN, 1,
	    strlen(uri) + 1)) != BW_OK ||
	    (r = bw_buf_put_u8(out, 'U')) != BW_OK ||
	    (r = bw_buf_put_u8(out, scheme)) != BW_OK)
		return r;
	return bw_buf_put_str(out, uri);
}

bw_err
ndef_uri_encode(const char *uri, struct bw_buf *out)
{
	const uint8_t only = FLAG_MB | FLAG_ME;

	if (strncmp(uri, "https://", 8) == 0)
		return put_uri(out, only, URI_HTTPS, uri + 8);
	if (strncmp(uri, "http://", 7) == 0)
		return put_uri(out, only, URI_HTTP, uri + 7);
	return put_uri(out, only, URI_WHOLE, uri);
}

bw_err
ndef_encode(const char *uri, const uint8_t *payload, size_t payload_len,
    struct bw_buf *out)
{
	uint8_t flags = FLAG_ME | TNF_EXTERNAL;
	bw_err r;

	if (uri == NULL)
		flags |= FLAG_MB;
	else if ((r = put_uri(out, FLAG_MB, URI_HTTPS, uri)) != BW_OK)
		return r;
	if ((r = put_length(out, flags, sizeof(NDEF_TYPE) - 1,
	    payload_len)) != BW_OK ||
	    (r = bw_buf_put_str(out, NDEF_TYPE)) != BW_OK)
		return r;
	return bw_buf_put(out, payload, payload_len);
}

bw_err
ndef_tlv_encode(const uint8_t *msg, size_t len, struct bw_buf *out)
{
	bw_err r;

	if (len > LENGTH_MAX)
		return BW_ERR_BOUND;
	if ((r = bw_buf_put_u8(out, TLV_NDEF)) != BW_OK)
		return r;
	if (len < 0xff)
		r = bw_buf_put_u8(out, (uint8_t)len);
	else if ((r = bw_buf_put_u8(out, 0xff)) == BW_OK)
		r = bw_buf_put_be16(out, (uint16_t)len);
	if (r != BW_OK || (r = bw_buf_put(out, msg, len)) != BW_OK)
		return r;
	return bw_buf_put_u8(out, TLV_END);
}

size_t
ndef_room(const char *type)
{
	static const struct {
		const char *type;
		size_t room;
	} types[] = {
		{ "mf0ul21", 128 },
		{ "ntag213", 144 - 5 },	/* less 01 03 A0 0C 34 */
		{ "ntag215", 496 },
		{ "ntag216", 872 },
	};

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strcmp(type, types[i].type) == 0)
			return types[i].room;
	return 0;
}
