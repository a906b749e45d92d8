// SPDX-License-Identifier: Apache-2.0
#include "record/digest.h"

#include <stdlib.h>

#include <mbedtls/md.h>

#include "record/crypto_mbed.h"

struct digest {
	mbedtls_md_context_t md;
};

bw_err
digest_open(struct digest **out)
{
	struct digest *d = calloc(1, sizeof(*d));
	bw_err r;

	*out = NULL;
	if (d == NULL)
		return BW_ERR_NOMEM;
	mbedtls_md_init(&d->md);
	if ((r = crypto_mbed_err(mbedtls_md_setup(&d->md,
	    mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), 0))) == BW_OK)
		r = crypto_mbed_err(mbedtls_md_starts(&d->md));
	if (r != BW_OK)
		digest_close(&d);
	*out = d;
	return r;
}

bw_err
digest_put(struct digest *d, const void *ptr, size_t len)
{
	return crypto_mbed_err(mbedtls_md_update(&d->md, ptr, len));
}

bw_err
digest_end(struct digest *d, uint8_t out[static CRYPTO_HASH])
{
	return crypto_mbed_err(mbedtls_md_finish(&d->md, out));
}

void
digest_close(struct digest **d)
{
	if (*d == NULL)
		return;
	mbedtls_md_free(&(*d)->md);
	free(*d);
	*d = NULL;
}
