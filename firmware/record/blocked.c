// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>
#include <string.h>

#include "record/cbor.h"
#include "record/seal.h"

#define HASH 8

static bw_err
hash_id(const uint8_t salt[static BLOCKED_SALT], const uint8_t *id,
    uint8_t out[static HASH])
{
	const struct bw_part parts[] = { PART(salt, BLOCKED_SALT),
	    PART(id, BADGE_ID) };
	uint8_t hash[CRYPTO_HASH];
	bw_err r = crypto_sha256(parts, 2, hash);

	memcpy(out, hash, HASH);
	return r;
}

static int
by_bytes(const void *a, const void *b)
{
	return memcmp(a, b, HASH);
}

static bw_err
put_hashes(const uint8_t (*hash)[HASH], size_t n, struct bw_buf *out)
{
	bw_err r;

	if ((r = cbor_put_array(out, n)) != BW_OK)
		return r;
	for (size_t i = 0; i < n; i++)
		if ((r = cbor_put_bytes(out, hash[i], HASH)) != BW_OK)
			return r;
	return BW_OK;
}

/* The sorted hashes of n ids, each once; *n may become less. */
static bw_err
sorted_hashes(const uint8_t salt[static BLOCKED_SALT],
    const uint8_t (*ids)[BADGE_ID], size_t *n, uint8_t (*hash)[HASH])
{
	size_t kept = 0;
	bw_err r;

	for (size_t i = 0; i < *n; i++)
		if ((r = hash_id(salt, ids[i], hash[i])) != BW_OK)
			return r;
	if (*n != 0)
		qsort(hash, *n, HASH, by_bytes);
	for (size_t i = 0; i < *n; i++)
		if (kept == 0 || memcmp(hash[kept - 1], hash[i], HASH) != 0)
			memmove(hash[kept++], hash[i], HASH);
	*n = kept;
	return BW_OK;
}

bw_err
blocked_encode(const uint8_t salt[static BLOCKED_SALT],
    const uint8_t (*ids)[BADGE_ID], size_t n, struct bw_buf *out)
{
	uint8_t (*hash)[HASH];
	bw_err r;

	if (n > BLOCKED_MAX)
		return BW_ERR_BOUND;
	if ((hash = calloc(n + 1, HASH)) == NULL)
		return BW_ERR_NOMEM;
	if ((r = sorted_hashes(salt, ids, &n, hash)) != BW_OK ||
	    (r = cbor_put_array(out, 3)) != BW_OK ||
	    (r = cbor_put_uint(out, 1)) != BW_OK ||
	    (r = cbor_put_bytes(out, salt, BLOCKED_SALT)) != BW_OK)
		goto out;
	r = put_hashes((const uint8_t (*)[HASH])hash, n, out);
out:
	free(hash);
	return r;
}

static bw_err
take_hashes(struct bw_cur *c, struct blocked *out)
{
	uint64_t n;
	bw_err r;

	if ((r = cbor_get_array_max(c, BLOCKED_MAX, &n)) != BW_OK)
		return r;
	if (n > c->len / (HASH + 1))
		return BW_ERR_FORMAT;
	if ((out->hash = calloc(n + 1, HASH)) == NULL)
		return BW_ERR_NOMEM;
	for (out->n = 0; out->n < n; out->n++) {
		if ((r = cbor_get_fixed(c, out->hash[out->n], HASH)) != BW_OK)
			return r;
		if (out->n != 0 && memcmp(out->hash[out->n - 1],
		    out->hash[out->n], HASH) >= 0)
			return BW_ERR_FORMAT;
	}
	return cbor_end(c);
}

bw_err
blocked_decode(const uint8_t *ptr, size_t len, struct blocked *out)
{
	struct bw_cur c = { ptr, len };
	uint64_t version;
	bw_err r;

	memset(out, 0, sizeof(*out));
	if ((r = cbor_get_array(&c, 3)) != BW_OK ||
	    (r = cbor_get_uint(&c, 1, &version)) != BW_OK ||
	    (r = version == 1 ? BW_OK : BW_ERR_FORMAT) != BW_OK ||
	    (r = cbor_get_fixed(&c, out->salt, BLOCKED_SALT)) != BW_OK ||
	    (r = take_hashes(&c, out)) != BW_OK)
		blocked_free(out);
	return r;
}

bool
blocked_has(const struct blocked *b, const uint8_t id[static BADGE_ID])
{
	uint8_t hash[HASH];

	if (b->n == 0)
		return false;
	/* Doubt blocks. */
	if (hash_id(b->salt, id, hash) != BW_OK)
		return true;
	return bsearch(hash, b->hash, b->n, HASH, by_bytes) != NULL;
}

void
blocked_free(struct blocked *b)
{
	free(b->hash);
	memset(b, 0, sizeof(*b));
}
