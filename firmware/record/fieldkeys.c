// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "record/cbor.h"
#include "record/seal.h"

bw_err
field_keys_encode(const struct field_keys *k, struct bw_buf *out)
{
	uint64_t n = 0;
	bw_err r;

	for (int f = 1; f <= FIELD_COUNT; f++)
		n += (k->have & FIELD_BIT(f)) != 0;
	if ((r = cbor_put_map(out, n)) != BW_OK)
		return r;
	for (int f = 1; f <= FIELD_COUNT; f++) {
		if ((k->have & FIELD_BIT(f)) == 0)
			continue;
		if ((r = cbor_put_uint(out, (uint64_t)f)) != BW_OK ||
		    (r = cbor_put_bytes(out, k->key[f],
		    CRYPTO_KEY)) != BW_OK)
			return r;
	}
	return BW_OK;
}

static bw_err
take_keys(struct bw_cur *c, struct field_keys *out)
{
	uint64_t n, f, last = 0;
	bw_err r;

	if ((r = cbor_get_map(c, FIELD_COUNT, &n)) != BW_OK)
		return r;
	for (uint64_t i = 0; i < n; i++, last = f) {
		if ((r = cbor_get_uint(c, FIELD_COUNT, &f)) != BW_OK)
			return r;
		if (f <= last)
			return BW_ERR_FORMAT;
		if ((r = cbor_get_fixed(c, out->key[f], CRYPTO_KEY)) != BW_OK)
			return r;
		out->have |= FIELD_BIT(f);
	}
	return cbor_end(c);
}

bw_err
field_keys_decode(const uint8_t *ptr, size_t len, struct field_keys *out)
{
	struct bw_cur c = { ptr, len };
	bw_err r;

	explicit_bzero(out, sizeof(*out));
	if ((r = take_keys(&c, out)) != BW_OK)
		explicit_bzero(out, sizeof(*out));
	return r;
}
