// SPDX-License-Identifier: Apache-2.0
#include "record/crypto.h"

#include <stdlib.h>

#include <mbedtls/aes.h>

#include "record/crypto_mbed.h"

struct crypto_block {
	mbedtls_aes_context aes;
};

bw_err
crypto_block_open(struct crypto_block **out,
    const uint8_t key[static CRYPTO_KEY])
{
	struct crypto_block *c = calloc(1, sizeof(*c));
	bw_err r;

	*out = NULL;
	if (c == NULL)
		return BW_ERR_NOMEM;
	mbedtls_aes_init(&c->aes);
	if ((r = crypto_mbed_err(mbedtls_aes_setkey_enc(&c->aes, key,
	    CRYPTO_KEY * 8))) == BW_OK)
		*out = c;
	else
		crypto_block_close(&c);
	return r;
}

bw_err
crypto_block_put(struct crypto_block *c,
    const uint8_t in[static CRYPTO_BLOCK], uint8_t out[static CRYPTO_BLOCK])
{
	return crypto_mbed_err(mbedtls_aes_crypt_ecb(&c->aes,
	    MBEDTLS_AES_ENCRYPT, in, out));
}

void
crypto_block_close(struct crypto_block **c)
{
	if (*c == NULL)
		return;
	mbedtls_aes_free(&(*c)->aes);
	free(*c);
	*c = NULL;
}
