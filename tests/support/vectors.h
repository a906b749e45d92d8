/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vectors.h - the worked examples of tests/vectors/vectors.json, by path.
 *
 * A path names members and indices, "log/entries/1". Whatever is not there
 * fails the test. Results live until vec_close.
 */
#ifndef TESTS_VECTORS_H
#define TESTS_VECTORS_H

#include <jansson.h>

#include "base/buf.h"
#include "record/crypto.h"

/* printf-like paths. */
json_t *vec(const char *fmt, ...) BW_PRINTF(1, 2);
const char *vec_str(const char *fmt, ...) BW_PRINTF(1, 2);
uint64_t vec_int(const char *fmt, ...) BW_PRINTF(1, 2);
size_t vec_count(const char *fmt, ...) BW_PRINTF(1, 2);
/* A string of hex as bytes. */
struct bw_cur vec_hex(const char *fmt, ...) BW_PRINTF(1, 2);
/* The key pair at a path with private_key; close it. */
struct crypto_key *vec_key(const char *fmt, ...) BW_PRINTF(1, 2);
const uint8_t *vec_spki(const char *name);	/* of keys/<name> */
void vec_close(void);

/* A cmocka group teardown. */
int vec_teardown(void **state);

#endif
