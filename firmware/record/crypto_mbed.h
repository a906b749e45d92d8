/* SPDX-License-Identifier: Apache-2.0 */
/*
 * crypto_mbed.h - for crypto*.c alone: what differs between mbedtls 2.28
 * (Debian 12) and 3.6 (Debian 13), and its errors as ours.
 */
#ifndef RECORD_CRYPTO_MBED_H
#define RECORD_CRYPTO_MBED_H

#include <stddef.h>

#include <mbedtls/version.h>
#include <mbedtls/sha256.h>

#include "base/err.h"

/* 2.28 keeps the plain names for calls that cannot report an error. */
#if MBEDTLS_VERSION_MAJOR < 3
#define mbed_sha256_starts mbedtls_sha256_starts_ret
#define mbed_sha256_update mbedtls_sha256_update_ret
#define mbed_sha256_finish mbedtls_sha256_finish_ret
#else
#define mbed_sha256_starts mbedtls_sha256_starts
#define mbed_sha256_update mbedtls_sha256_update
#define mbed_sha256_finish mbedtls_sha256_finish
#endif

/* BW_OK for 0, BW_ERR_NOMEM for a failed allocation, BW_ERR_CRYPTO else. */
bw_err crypto_mbed_err(int r);
/* The kernel's generator in the shape that mbedtls asks for. */
int crypto_mbed_random(void *ctx, unsigned char *out, size_t len);

#endif
