/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cbor.h - deterministic CBOR (RFC 8949, 4.2.1): one encoding only.
 *
 * Getters move the cursor past one item and refuse (BW_ERR_FORMAT) a wrong
 * type, a non-minimal integer or length, an indefinite length and what runs
 * past the end; over a stated bound is BW_ERR_BOUND. Pointers point into the
 * source. The caller checks that the cursor is empty at the end (cbor_end).
 */
#ifndef RECORD_CBOR_H
#define RECORD_CBOR_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

BW_MUST_USE bw_err cbor_get_uint(struct bw_cur *c, uint64_t max, uint64_t *v);
/* Exactly n items must follow (array), or at most max pairs (map). */
BW_MUST_USE bw_err cbor_get_array(struct bw_cur *c, uint64_t n);
BW_MUST_USE bw_err cbor_get_array_max(struct bw_cur *c, uint64_t max,
    uint64_t *n);
BW_MUST_USE bw_err cbor_get_map(struct bw_cur *c, uint64_t max, uint64_t *n);
BW_MUST_USE bw_err cbor_get_bytes(struct bw_cur *c, size_t max,
    const uint8_t **ptr, size_t *len);
/* A byte string of exactly n bytes, copied out. */
BW_MUST_USE bw_err cbor_get_fixed(struct bw_cur *c, void *out, size_t n);
/* Text must be valid UTF-8. */
BW_MUST_USE bw_err cbor_get_text(struct bw_cur *c, size_t max,
    const char **ptr, size_t *len);
/* True, past it, when the next item is null; false, unmoved, else. */
bool cbor_get_null(struct bw_cur *c);
/* BW_ERR_FORMAT unless all was taken. */
BW_MUST_USE bw_err cbor_end(const struct bw_cur *c);
/* Skip one whole item of any of these types, nested at most `depth`; used to
 * cut a sequence apart. Unsorted map keys are refused here too. */
BW_MUST_USE bw_err cbor_skip(struct bw_cur *c, unsigned depth);

BW_MUST_USE bw_err cbor_put_uint(struct bw_buf *b, uint64_t v);
BW_MUST_USE bw_err cbor_put_array(struct bw_buf *b, uint64_t n);
BW_MUST_USE bw_err cbor_put_map(struct bw_buf *b, uint64_t n);
BW_MUST_USE bw_err cbor_put_bytes(struct bw_buf *b, const void *p, size_t n);
BW_MUST_USE bw_err cbor_put_text(struct bw_buf *b, const char *s, size_t n);
BW_MUST_USE bw_err cbor_put_null(struct bw_buf *b);

#endif
