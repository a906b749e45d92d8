// SPDX-License-Identifier: Apache-2.0
#include "record/cbor.h"

#include <string.h>

#include "base/text.h"

enum major {
	MAJOR_UINT = 0,
	MAJOR_BYTES = 2,
	MAJOR_TEXT = 3,
	MAJOR_ARRAY = 4,
	MAJOR_MAP = 5
};
#define CBOR_NULL 0xf6

/* The head of one item: its type and its argument in the shortest form. */
static bw_err
take_head(struct bw_cur *c, unsigned *major, uint64_t *arg)
{
	uint8_t first;
	size_t width;
	bw_err r;

	*arg = 0;
	if ((r = bw_cur_u8(c, &first)) != BW_OK)
		return r;
	*major = first >> 5;
	first &= 31;
	if (first < 24) {
		*arg = first;
		return BW_OK;
	}
	if (first > 27)
		return BW_ERR_FORMAT;
	width = (size_t)1 << (first - 24);
	if (c->len < width)
		return BW_ERR_FORMAT;
	for (size_t i = 0; i < width; i++)
		*arg = *arg << 8 | c->ptr[i];
	c->ptr += width;
	c->len -= width;
	if (width == 1 ? *arg < 24 : *arg >> (4 * width) == 0)
		return BW_ERR_FORMAT;
	return BW_OK;
}

/* A head of this type with an argument of at most max. */
static bw_err
get_head(struct bw_cur *c, enum major want, uint64_t max, uint64_t *arg)
{
	struct bw_cur at = *c;
	unsigned major;
	uint64_t v;
	bw_err r;

	*arg = 0;
	if ((r = take_head(&at, &major, &v)) != BW_OK)
		return r;
	if (major != want)
		return BW_ERR_FORMAT;
	if (v > max)
		return BW_ERR_BOUND;
	*arg = v;
	*c = at;
	return BW_OK;
}

bw_err
cbor_get_uint(struct bw_cur *c, uint64_t max, uint64_t *v)
{
	return get_head(c, MAJOR_UINT, max, v);
}

bw_err
cbor_get_array(struct bw_cur *c, uint64_t n)
{
	struct bw_cur at = *c;
	uint64_t have;
	bw_err r;

	if ((r = get_head(&at, MAJOR_ARRAY, UINT64_MAX, &have)) != BW_OK)
		return r;
	if (have != n)
		return BW_ERR_FORMAT;
	*c = at;
	return BW_OK;
}

bw_err
cbor_get_array_max(struct bw_cur *c, uint64_t max, uint64_t *n)
{
	return get_head(c, MAJOR_ARRAY, max, n);
}

bw_err
cbor_get_map(struct bw_cur *c, uint64_t max, uint64_t *n)
{
	return get_head(c, MAJOR_MAP, max, n);
}

static bw_err
get_string(struct bw_cur *c, enum major want, size_t max,
    const uint8_t **ptr, size_t *len)
{
	struct bw_cur at = *c;
	uint64_t n;
	bw_err r;

	*ptr = NULL;
	*len = 0;
	if ((r = get_head(&at, want, UINT64_MAX, &n)) != BW_OK)
		return r;
	if (n > at.len)
		return BW_ERR_FORMAT;
	if (n > max)
		return BW_ERR_BOUND;
	if ((r = bw_cur_take(&at, (size_t)n, ptr)) != BW_OK)
		return r;
	*len = (size_t)n;
	*c = at;
	return BW_OK;
}

bw_err
cbor_get_bytes(struct bw_cur *c, size_t max, const uint8_t **ptr, size_t *len)
{
	return get_string(c, MAJOR_BYTES, max, ptr, len);
}

bw_err
cbor_get_fixed(struct bw_cur *c, void *out, size_t n)
{
	struct bw_cur at = *c;
	const uint8_t *p;
	size_t len;
	bw_err r;

	if ((r = cbor_get_bytes(&at, SIZE_MAX, &p, &len)) != BW_OK)
		return r;
	if (len != n)
		return BW_ERR_FORMAT;
	if (n != 0)
		memcpy(out, p, n);
	*c = at;
	return BW_OK;
}

bw_err
cbor_get_text(struct bw_cur *c, size_t max, const char **ptr, size_t *len)
{
	struct bw_cur at = *c;
	const uint8_t *p;
	bw_err r;

	*ptr = NULL;
	if ((r = get_string(&at, MAJOR_TEXT, max, &p, len)) != BW_OK)
		return r;
	if (!text_is_utf8((const char *)p, *len)) {
		*len = 0;
		return BW_ERR_FORMAT;
	}
	*ptr = (const char *)p;
	*c = at;
	return BW_OK;
}

bool
cbor_get_null(struct bw_cur *c)
{
	if (c->len == 0 || c->ptr[0] != CBOR_NULL)
		return false;
	c->ptr++;
	c->len--;
	return true;
}

bw_err
cbor_end(const struct bw_cur *c)
{
	return c->len == 0 ? BW_OK : BW_ERR_FORMAT;
}

/* RFC 8949, 4.2.1: keys rise by the bytes of their encodings. */
static bool
rises(struct bw_cur last, struct bw_cur key)
{
	size_t n = last.len < key.len ? last.len : key.len;
	int cmp = memcmp(last.ptr, key.ptr, n);

	return cmp < 0 || (cmp == 0 && last.len < key.len);
}

static bw_err
skip_item(struct bw_cur *c, unsigned depth);

static bw_err
skip_map(struct bw_cur *c, uint64_t n, unsigned depth)
{
	struct bw_cur last = { NULL, 0 }, key;
	bw_err r;

	for (uint64_t i = 0; i < n; i++) {
		key = *c;
		if ((r = skip_item(c, depth)) != BW_OK)
			return r;
		key.len -= c->len;
		if (i != 0 && !rises(last, key))
			return BW_ERR_FORMAT;
		last = key;
		if ((r = skip_item(c, depth)) != BW_OK)
			return r;
	}
	return BW_OK;
}

/* One level of arrays and maps costs one of depth. */
static bw_err
skip_item(struct bw_cur *c, unsigned depth)
{
	const uint8_t *p;
	unsigned major;
	uint64_t n;
	bw_err r;

	if (cbor_get_null(c))
		return BW_OK;
	if ((r = take_head(c, &major, &n)) != BW_OK)
		return r;
	switch (major) {
	case MAJOR_UINT:
		return BW_OK;
	case MAJOR_BYTES:
	case MAJOR_TEXT:
		if (n > c->len)
			return BW_ERR_FORMAT;
		if ((r = bw_cur_take(c, (size_t)n, &p)) != BW_OK)
			return r;
		return major == MAJOR_BYTES ||
		    text_is_utf8((const char *)p, (size_t)n) ? BW_OK :
		    BW_ERR_FORMAT;
	case MAJOR_ARRAY:
		if (depth == 0)
			return BW_ERR_BOUND;
		for (uint64_t i = 0; i < n && r == BW_OK; i++)
			r = skip_item(c, depth - 1);
		return r;
	case MAJOR_MAP:
		return depth == 0 ? BW_ERR_BOUND : skip_map(c, n, depth - 1);
	default:
		return BW_ERR_FORMAT;
	}
}

bw_err
cbor_skip(struct bw_cur *c, unsigned depth)
{
	struct bw_cur at = *c;
	bw_err r = skip_item(&at, depth);

	if (r == BW_OK)
		*c = at;
	return r;
}

static bw_err
put_head(struct bw_buf *b, enum major major, uint64_t v)
{
	uint8_t out[9], code;
	size_t width;

	if (v < 24) {
		out[0] = (uint8_t)(major << 5 | v);
		return bw_buf_put(b, out, 1);
	}
	code = v <= UINT8_MAX ? 0 : v <= UINT16_MAX ? 1 :
	    v <= UINT32_MAX ? 2 : 3;
	width = (size_t)1 << code;
	out[0] = (uint8_t)(major << 5 | (24 + code));
	for (size_t i = 0; i < width; i++)
		out[1 + i] = (uint8_t)(v >> (8 * (width - 1 - i)));
	return bw_buf_put(b, out, 1 + width);
}

bw_err
cbor_put_uint(struct bw_buf *b, uint64_t v)
{
	return put_head(b, MAJOR_UINT, v);
}

bw_err
cbor_put_array(struct bw_buf *b, uint64_t n)
{
	return put_head(b, MAJOR_ARRAY, n);
}

bw_err
cbor_put_map(struct bw_buf *b, uint64_t n)
{
	return put_head(b, MAJOR_MAP, n);
}

bw_err
cbor_put_bytes(struct bw_buf *b, const void *p, size_t n)
{
	bw_err r;

	if ((r = put_head(b, MAJOR_BYTES, n)) != BW_OK)
		return r;
	return bw_buf_put(b, p, n);
}

bw_err
cbor_put_text(struct bw_buf *b, const char *s, size_t n)
{
	bw_err r;

	if (!text_is_utf8(s, n))
		return BW_ERR_FORMAT;
	if ((r = put_head(b, MAJOR_TEXT, n)) != BW_OK)
		return r;
	return bw_buf_put(b, s, n);
}

bw_err
cbor_put_null(struct bw_buf *b)
{
	return bw_buf_put_u8(b, CBOR_NULL);
}
