// SPDX-License-Identifier: Apache-2.0
#include "host/digest.h"

#include <stdlib.h>

#include <gnutls/crypto.h>

struct digest {
	gnutls_hash_hd_t hash;
};

static bw_err
from_gnutls(int rc)
{
	if (rc >= 0)
		return BW_OK;
	return rc == GNUTLS_E_MEMORY_ERROR ? BW_ERR_NOMEM : BW_ERR_CRYPTO;
}

bw_err
digest_open(struct digest **out)
{
	struct digest *d = calloc(1, sizeof(*d));
	bw_err r;

	*out = NULL;
	if (d == NULL)
		return BW_ERR_NOMEM;
	if ((r = from_gnutls(gnutls_hash_init(&d->hash,
	    GNUTLS_DIG_SHA256))) != BW_OK) {
		free(d);
		return r;
	}
	*out = d;
	return BW_OK;
}

bw_err
digest_put(struct digest *d, const void *ptr, size_t len)
{
	return from_gnutls(gnutls_hash(d->hash, ptr, len));
}

static void
end(struct digest **d, void *out)
{
	gnutls_hash_deinit((*d)->hash, out);
	free(*d);
	*d = NULL;
}

void
digest_end(struct digest **d, uint8_t out[static CRYPTO_HASH])
{
	end(d, out);
}

void
digest_close(struct digest **d)
{
	if (*d != NULL)
		end(d, NULL);
}
