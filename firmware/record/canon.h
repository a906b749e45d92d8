/* SPDX-License-Identifier: Apache-2.0 */
/*
 * canon.h - canonical JSON (RFC 8785 with integers and ASCII keys only).
 *
 * Texts in our JSON hold no control characters, so jansson's compact, sorted
 * output is the canonical form; members that break this are refused.
 */
#ifndef RECORD_CANON_H
#define RECORD_CANON_H

#include <jansson.h>

#include "base/buf.h"
#include "base/err.h"

#define CANON_INT_MAX ((json_int_t)9007199254740991)	/* 2^53 - 1 */

/* Append the canonical form. NULL is BW_ERR_NOMEM: what made it had none. */
BW_MUST_USE bw_err canon_put(struct bw_buf *out, const json_t *json);
/* Parse JSON of any spelling, no member twice; *out is a new reference, NULL
 * on error. At most `max` bytes. */
BW_MUST_USE bw_err canon_load(const char *text, size_t len, size_t max,
    json_t **out);
/* Copy a text of at most max bytes (out has max + 1): clean UTF-8. */
BW_MUST_USE bw_err canon_text(const json_t *json, char *out, size_t max);
/* An integer of 0 to 2^53-1. */
BW_MUST_USE bw_err canon_uint(const json_t *json, uint64_t *out);
/* Standard base64 of exactly n bytes, or (canon_bytes) of any number. */
BW_MUST_USE bw_err canon_fixed(const json_t *json, void *out, size_t n);
BW_MUST_USE bw_err canon_bytes(const json_t *json, struct bw_buf *out);
/* A new JSON string of base64, NULL when there is no memory. */
json_t *canon_new_b64(const void *ptr, size_t n);

#endif
