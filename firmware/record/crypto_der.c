// SPDX-License-Identifier: Apache-2.0
#include "record/crypto.h"

#include <string.h>

#define HALF (CRYPTO_SIG / 2)

/* INTEGER: without leading zeros but for one before a high first bit. */
static size_t
put_integer(const uint8_t *v, uint8_t *der)
{
	size_t skip = 0, len, pad;

	while (skip < HALF - 1 && v[skip] == 0)
		skip++;
	pad = (v[skip] & 0x80) != 0 ? 1 : 0;
	len = HALF - skip;
	der[0] = 0x02;
	der[1] = (uint8_t)(len + pad);
	der[2] = 0;
	memcpy(der + 2 + pad, v + skip, len);
	return 2 + pad + len;
}

bw_err
crypto_sig_to_der(const uint8_t sig[static CRYPTO_SIG],
    uint8_t der[static CRYPTO_DER_MAX], size_t *len)
{
	size_t n = 2;

	memset(der, 0, CRYPTO_DER_MAX);
	n += put_integer(sig, der + n);
	n += put_integer(sig + HALF, der + n);
	der[0] = 0x30;
	der[1] = (uint8_t)(n - 2);
	*len = n;
	return BW_OK;
}

static bw_err
get_integer(struct bw_cur *c, uint8_t *out)
{
	const uint8_t *v;
	uint8_t tag, len;

	if (bw_cur_u8(c, &tag) != BW_OK || tag != 0x02 ||
	    bw_cur_u8(c, &len) != BW_OK || len == 0 || len > HALF + 1 ||
	    bw_cur_take(c, len, &v) != BW_OK)
		return BW_ERR_FORMAT;
	if ((v[0] & 0x80) != 0)
		return BW_ERR_FORMAT;
	if (v[0] == 0) {
		/* A zero stands only before a high bit; 0 is no signature. */
		if (len == 1 || (v[1] & 0x80) == 0)
			return BW_ERR_FORMAT;
		v++;
		len--;
	}
	if (len > HALF)
		return BW_ERR_FORMAT;
	memcpy(out + HALF - len, v, len);
	return BW_OK;
}

bw_err
crypto_sig_from_der(const uint8_t *der, size_t len,
    uint8_t sig[static CRYPTO_SIG])
{
	struct bw_cur c = { der, len };
	uint8_t tag, inner;
	bw_err r;

	memset(sig, 0, CRYPTO_SIG);
	if (len > CRYPTO_DER_MAX || bw_cur_u8(&c, &tag) != BW_OK ||
	    tag != 0x30 || bw_cur_u8(&c, &inner) != BW_OK || inner != c.len)
		return BW_ERR_FORMAT;
	if ((r = get_integer(&c, sig)) == BW_OK &&
	    (r = get_integer(&c, sig + HALF)) == BW_OK && c.len != 0)
		r = BW_ERR_FORMAT;
	if (r != BW_OK)
		memset(sig, 0, CRYPTO_SIG);
	return r;
}
