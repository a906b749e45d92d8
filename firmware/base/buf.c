// SPDX-License-Identifier: Apache-2.0
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bw_err
grow(struct bw_buf *b, size_t need)
{
	size_t cap = b->cap != 0 ? b->cap : 64;
	uint8_t *ptr;

	while (cap < need)
		cap = cap > SIZE_MAX / 2 ? need : cap * 2;
	if ((ptr = malloc(cap)) == NULL)
		return BW_ERR_NOMEM;
	if (b->len != 0)
		memcpy(ptr, b->ptr, b->len);
	if (b->ptr != NULL)
		explicit_bzero(b->ptr, b->cap);
	free(b->ptr);
	b->ptr = ptr;
	b->cap = cap;
	return BW_OK;
}

/* Room for len more bytes and a zero behind them. */
static bw_err
reserve(struct bw_buf *b, size_t len)
{
	if (len > b->max || b->len > b->max - len)
		return BW_ERR_BOUND;
	if (b->len + len < b->cap)
		return BW_OK;
	return grow(b, b->len + len + 1);
}

bw_err
bw_buf_put(struct bw_buf *b, const void *ptr, size_t len)
{
	bw_err r;

	if ((r = reserve(b, len)) != BW_OK)
		return r;
	if (len != 0)
		memcpy(b->ptr + b->len, ptr, len);
	b->len += len;
	return BW_OK;
}

bw_err
bw_buf_put_u8(struct bw_buf *b, uint8_t v)
{
	return bw_buf_put(b, &v, 1);
}

static bw_err
put_be(struct bw_buf *b, uint64_t v, size_t width)
{
	uint8_t out[8];

	for (size_t i = 0; i < width; i++)
		out[i] = (uint8_t)(v >> (8 * (width - 1 - i)));
	return bw_buf_put(b, out, width);
}

bw_err
bw_buf_put_be16(struct bw_buf *b, uint16_t v)
{
	return put_be(b, v, 2);
}

bw_err
bw_buf_put_be32(struct bw_buf *b, uint32_t v)
{
	return put_be(b, v, 4);
}

bw_err
bw_buf_put_be64(struct bw_buf *b, uint64_t v)
{
	return put_be(b, v, 8);
}

bw_err
bw_buf_put_str(struct bw_buf *b, const char *s)
{
	return bw_buf_put(b, s, strlen(s));
}

bw_err
bw_buf_printf(struct bw_buf *b, const char *fmt, ...)
{
	va_list ap, again;
	int n;
	bw_err r = BW_ERR_FORMAT;

	va_start(ap, fmt);
	va_copy(again, ap);
	if ((n = vsnprintf(NULL, 0, fmt, ap)) < 0)
		goto out;
	if ((r = reserve(b, (size_t)n)) != BW_OK)
		goto out;
	vsnprintf((char *)b->ptr + b->len, (size_t)n + 1, fmt, again);
	b->len += (size_t)n;
	r = BW_OK;
out:
	va_end(again);
	va_end(ap);
	return r;
}

bw_err
bw_buf_cstr(struct bw_buf *b, const char **out)
{
	bw_err r;

	*out = NULL;
	if ((r = reserve(b, 0)) != BW_OK)
		return r;
	if (memchr(b->ptr, 0, b->len) != NULL)
		return BW_ERR_FORMAT;
	b->ptr[b->len] = 0;
	*out = (const char *)b->ptr;
	return BW_OK;
}

void
bw_buf_reset(struct bw_buf *b)
{
	if (b->ptr != NULL)
		explicit_bzero(b->ptr, b->cap);
	b->len = 0;
}

void
bw_buf_free(struct bw_buf *b)
{
	bw_buf_reset(b);
	free(b->ptr);
	b->ptr = NULL;
	b->cap = 0;
}

bw_err
bw_cur_take(struct bw_cur *c, size_t n, const uint8_t **out)
{
	*out = NULL;
	if (n > c->len)
		return BW_ERR_FORMAT;
	*out = c->ptr;
	if (n != 0)
		c->ptr += n;
	c->len -= n;
	return BW_OK;
}

bw_err
bw_cur_copy(struct bw_cur *c, void *dst, size_t n)
{
	const uint8_t *p;
	bw_err r;

	if ((r = bw_cur_take(c, n, &p)) != BW_OK)
		return r;
	if (n != 0)
		memcpy(dst, p, n);
	return BW_OK;
}

static bw_err
take_be(struct bw_cur *c, size_t width, uint64_t *out)
{
	const uint8_t *p;
	bw_err r;

	*out = 0;
	if ((r = bw_cur_take(c, width, &p)) != BW_OK)
		return r;
	for (size_t i = 0; i < width; i++)
		*out = *out << 8 | p[i];
	return BW_OK;
}

bw_err
bw_cur_u8(struct bw_cur *c, uint8_t *out)
{
	uint64_t v;
	bw_err r = take_be(c, 1, &v);

	*out = (uint8_t)v;
	return r;
}

bw_err
bw_cur_be16(struct bw_cur *c, uint16_t *out)
{
	uint64_t v;
	bw_err r = take_be(c, 2, &v);

	*out = (uint16_t)v;
	return r;
}

bw_err
bw_cur_be32(struct bw_cur *c, uint32_t *out)
{
	uint64_t v;
	bw_err r = take_be(c, 4, &v);

	*out = (uint32_t)v;
	return r;
}

bw_err
bw_cur_be64(struct bw_cur *c, uint64_t *out)
{
	return take_be(c, 8, out);
}
