/* SPDX-License-Identifier: Apache-2.0 */
/*
 * buf.h - a bounded growing buffer for writing, a shrinking cursor for reading.
 *
 * A buffer owns its bytes and wipes them when it grows, is reset or freed: it
 * may hold secrets. A cursor owns nothing; every take moves it forward.
 */
#ifndef BW_BUF_H
#define BW_BUF_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct bw_buf {
	uint8_t *ptr;	/* NULL while empty and never written */
	size_t len;	/* bytes written */
	size_t cap;	/* bytes allocated */
	size_t max;	/* the bound: a put beyond it is BW_ERR_BOUND */
};

struct bw_cur {
	const uint8_t *ptr;
	size_t len;
};

/* One piece of a message that is hashed or signed without being joined. */
struct bw_part {
	const void *ptr;
	size_t len;
};

/* An empty buffer that will hold at most max bytes. Allocates nothing. */
#define BW_BUF_INIT(max_) ((struct bw_buf){ NULL, 0, 0, (max_) })

/* Append. BW_ERR_BOUND over max, BW_ERR_NOMEM; the buffer is as before then. */
BW_MUST_USE bw_err bw_buf_put(struct bw_buf *b, const void *ptr, size_t len);
BW_MUST_USE bw_err bw_buf_put_u8(struct bw_buf *b, uint8_t v);
BW_MUST_USE bw_err bw_buf_put_be16(struct bw_buf *b, uint16_t v);
BW_MUST_USE bw_err bw_buf_put_be32(struct bw_buf *b, uint32_t v);
BW_MUST_USE bw_err bw_buf_put_be64(struct bw_buf *b, uint64_t v);
BW_MUST_USE bw_err bw_buf_put_str(struct bw_buf *b, const char *s);
/* Append formatted text, without its terminating zero. */
BW_MUST_USE bw_err bw_buf_printf(struct bw_buf *b, const char *fmt, ...)
    BW_PRINTF(2, 3);

/* The bytes as a C string: a zero is kept behind len. BW_ERR_FORMAT if the
 * bytes hold a zero. The pointer lives until the next put. */
BW_MUST_USE bw_err bw_buf_cstr(struct bw_buf *b, const char **out);

/* Empty it, wiping the bytes and keeping the memory. */
void bw_buf_reset(struct bw_buf *b);
/* Wipe and free; the buffer is empty and usable again. */
void bw_buf_free(struct bw_buf *b);

/* Take n bytes off the front; *out points into the source. BW_ERR_FORMAT when
 * fewer are left, the cursor unmoved. */
BW_MUST_USE bw_err bw_cur_take(struct bw_cur *c, size_t n, const uint8_t **out);
BW_MUST_USE bw_err bw_cur_copy(struct bw_cur *c, void *dst, size_t n);
BW_MUST_USE bw_err bw_cur_u8(struct bw_cur *c, uint8_t *out);
BW_MUST_USE bw_err bw_cur_be16(struct bw_cur *c, uint16_t *out);
BW_MUST_USE bw_err bw_cur_be32(struct bw_cur *c, uint32_t *out);
BW_MUST_USE bw_err bw_cur_be64(struct bw_cur *c, uint64_t *out);

#endif
