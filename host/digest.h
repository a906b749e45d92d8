/* SPDX-License-Identifier: Apache-2.0 */
/*
 * digest.h - SHA-256 of what comes in pieces. By GnuTLS, which is here for HTTP
 * anyhow and uses what the processor has for it: several times as fast as
 * mbedtls, and of a million leads' export a third is this.
 */
#ifndef HOST_DIGEST_H
#define HOST_DIGEST_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "record/crypto.h"

struct digest;

BW_MUST_USE bw_err digest_open(struct digest **out);
BW_MUST_USE bw_err digest_put(struct digest *d, const void *ptr, size_t len);
/* Of all that was put; nothing may be put afterwards. Frees, nulls. */
void digest_end(struct digest **d, uint8_t out[static CRYPTO_HASH]);
/* Accepts NULL, nulls. */
void digest_close(struct digest **d);

#endif
