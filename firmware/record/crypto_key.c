// SPDX-License-Identifier: Apache-2.0
#include "record/crypto.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <mbedtls/ecdh.h>
#include <mbedtls/ecdsa.h>
#include <mbedtls/ecp.h>

#include "base/file.h"
#include "record/crypto_mbed.h"

#define SPKI_PREFIX (CRYPTO_SPKI - CRYPTO_PUB)

static const uint8_t spki_prefix[SPKI_PREFIX] = {
	0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d,
	0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01,
	0x07, 0x03, 0x42, 0x00
};

/*
 * The group lies behind a pointer because mbedtls takes it as not const; it
 * changes only while the key is opened (the table of multiples of the base
 * point is made then), so threads may sign with one key at a time they like.
 */
struct crypto_key {
	mbedtls_ecp_group *grp;
	mbedtls_mpi d;
	uint8_t spki[CRYPTO_SPKI];
};

static bw_err
derive_public(struct crypto_key *k)
{
	mbedtls_ecp_point q;
	size_t len;
	int r;

	mbedtls_ecp_point_init(&q);
	if ((r = mbedtls_ecp_mul(k->grp, &q, &k->d, &k->grp->G,
	    crypto_mbed_random, NULL)) == 0)
		r = mbedtls_ecp_point_write_binary(k->grp, &q,
		    MBEDTLS_ECP_PF_UNCOMPRESSED, &len,
		    k->spki + SPKI_PREFIX, CRYPTO_PUB);
	memcpy(k->spki, spki_prefix, SPKI_PREFIX);
	mbedtls_ecp_point_free(&q);
	return crypto_mbed_err(r);
}

static bw_err
load_scalar(struct crypto_key *k, const uint8_t *scalar)
{
	bw_err r;

	if ((r = crypto_mbed_err(mbedtls_ecp_group_load(k->grp,
	    MBEDTLS_ECP_DP_SECP256R1))) != BW_OK ||
	    (r = crypto_mbed_err(mbedtls_mpi_read_binary(&k->d, scalar,
	    CRYPTO_KEY))) != BW_OK)
		return r;
	if (mbedtls_ecp_check_privkey(k->grp, &k->d) != 0)
		return BW_ERR_KEY;
	return derive_public(k);
}

bw_err
crypto_key_open(struct crypto_key **out,
    const uint8_t scalar[static CRYPTO_KEY])
{
	struct crypto_key *k;
	bw_err r = BW_ERR_NOMEM;

	*out = NULL;
	if ((k = calloc(1, sizeof(*k))) == NULL)
		return r;
	mbedtls_mpi_init(&k->d);
	if ((k->grp = malloc(sizeof(*k->grp))) == NULL)
		goto out;
	mbedtls_ecp_group_init(k->grp);
	if ((r = load_scalar(k, scalar)) != BW_OK)
		goto out;
	*out = k;
	k = NULL;
	r = BW_OK;
out:
	crypto_key_close(&k);
	return r;
}

bw_err
crypto_key_generate(struct crypto_key **out)
{
	uint8_t scalar[CRYPTO_KEY];
	bw_err r;

	*out = NULL;
	/* A scalar that is out of range comes up once in 2^32 times. */
	do {
		if ((r = bw_random(scalar, sizeof(scalar))) == BW_OK)
			r = crypto_key_open(out, scalar);
	} while (r == BW_ERR_KEY);
	explicit_bzero(scalar, sizeof(scalar));
	return r;
}

void
crypto_key_close(struct crypto_key **key)
{
	struct crypto_key *k = *key;

	*key = NULL;
	if (k == NULL)
		return;
	if (k->grp != NULL)
		mbedtls_ecp_group_free(k->grp);
	free(k->grp);
	mbedtls_mpi_free(&k->d);
	explicit_bzero(k, sizeof(*k));
	free(k);
}

void
crypto_key_scalar(const struct crypto_key *key,
    uint8_t out[static CRYPTO_KEY])
{
	/* It cannot fail: the scalar is below the order, which has 32 bytes. */
	if (mbedtls_mpi_write_binary(&key->d, out, CRYPTO_KEY) != 0)
		abort();
}

const uint8_t *
crypto_key_spki(const struct crypto_key *key)
{
	return key->spki;
}

const uint8_t *
crypto_spki_pub(const uint8_t spki[static CRYPTO_SPKI])
{
	return spki + SPKI_PREFIX;
}

/* A point in the form 04 || x || y that lies on the curve. */
static bw_err
load_point(mbedtls_ecp_group *grp, mbedtls_ecp_point *q, const uint8_t *pub)
{
	int r;

	if (pub[0] != 4)
		return BW_ERR_KEY;
	if ((r = mbedtls_ecp_point_read_binary(grp, q, pub,
	    CRYPTO_PUB)) == 0)
		r = mbedtls_ecp_check_pubkey(grp, q);
	if (r == MBEDTLS_ERR_ECP_INVALID_KEY ||
	    r == MBEDTLS_ERR_ECP_BAD_INPUT_DATA)
		return BW_ERR_KEY;
	return crypto_mbed_err(r);
}

/*
 * One group for all that is done with public keys. It is multiplied once by
 * the base point, which makes the table that saves a third of every
 * verification; from then on nothing writes to it, whatever the thread.
 */
static mbedtls_ecp_group curve;
static bw_err curve_err;
static pthread_once_t curve_once = PTHREAD_ONCE_INIT;

static void
curve_load(void)
{
	mbedtls_ecp_point q;
	mbedtls_mpi three;
	int r;

	mbedtls_ecp_group_init(&curve);
	mbedtls_ecp_point_init(&q);
	mbedtls_mpi_init(&three);
	if ((r = mbedtls_ecp_group_load(&curve,
	    MBEDTLS_ECP_DP_SECP256R1)) == 0 &&
	    (r = mbedtls_mpi_lset(&three, 3)) == 0)
		r = mbedtls_ecp_mul(&curve, &q, &three, &curve.G,
		    crypto_mbed_random, NULL);
	mbedtls_mpi_free(&three);
	mbedtls_ecp_point_free(&q);
	curve_err = crypto_mbed_err(r);
}

/* BW_ERR_CRYPTO or BW_ERR_NOMEM for good when the first use failed. */
static bw_err
load_public(mbedtls_ecp_point *q, const uint8_t *pub)
{
	if (pthread_once(&curve_once, curve_load) != 0)
		return BW_ERR_CRYPTO;
	return curve_err != BW_OK ? curve_err : load_point(&curve, q, pub);
}

bw_err
crypto_spki_check(const uint8_t *spki, size_t len)
{
	mbedtls_ecp_point q;
	bw_err r;

	if (len != CRYPTO_SPKI || memcmp(spki, spki_prefix, SPKI_PREFIX) != 0)
		return BW_ERR_FORMAT;
	mbedtls_ecp_point_init(&q);
	r = load_public(&q, spki + SPKI_PREFIX);
	mbedtls_ecp_point_free(&q);
	return r;
}

bw_err
crypto_sign(const struct crypto_key *key, const struct bw_part *parts,
    size_t n, uint8_t sig[static CRYPTO_SIG])
{
	uint8_t hash[CRYPTO_HASH];
	mbedtls_mpi r, s;
	bw_err e;
	int m;

	memset(sig, 0, CRYPTO_SIG);
	if ((e = crypto_sha256(parts, n, hash)) != BW_OK)
		return e;
	mbedtls_mpi_init(&r);
	mbedtls_mpi_init(&s);
	if ((m = mbedtls_ecdsa_sign_det_ext(key->grp, &r, &s, &key->d, hash,
	    sizeof(hash), MBEDTLS_MD_SHA256, crypto_mbed_random,
	    NULL)) == 0 &&
	    (m = mbedtls_mpi_write_binary(&r, sig, CRYPTO_SIG / 2)) == 0)
		m = mbedtls_mpi_write_binary(&s, sig + CRYPTO_SIG / 2,
		    CRYPTO_SIG / 2);
	mbedtls_mpi_free(&s);
	mbedtls_mpi_free(&r);
	return crypto_mbed_err(m);
}

static bw_err
verify_hash(const mbedtls_ecp_point *q, const uint8_t *hash,
    const uint8_t *sig)
{
	mbedtls_mpi r, s;
	int m;

	mbedtls_mpi_init(&r);
	mbedtls_mpi_init(&s);
	if ((m = mbedtls_mpi_read_binary(&r, sig, CRYPTO_SIG / 2)) == 0 &&
	    (m = mbedtls_mpi_read_binary(&s, sig + CRYPTO_SIG / 2,
	    CRYPTO_SIG / 2)) == 0)
		m = mbedtls_ecdsa_verify(&curve, hash, CRYPTO_HASH, q, &r, &s);
	mbedtls_mpi_free(&s);
	mbedtls_mpi_free(&r);
	if (m == MBEDTLS_ERR_ECP_VERIFY_FAILED)
		return BW_ERR_SIG;
	return crypto_mbed_err(m);
}

bw_err
crypto_verify(const uint8_t spki[static CRYPTO_SPKI],
    const struct bw_part *parts, size_t n,
    const uint8_t sig[static CRYPTO_SIG])
{
	uint8_t hash[CRYPTO_HASH];
	mbedtls_ecp_point q;
	bw_err e;

	if (memcmp(spki, spki_prefix, SPKI_PREFIX) != 0)
		return BW_ERR_FORMAT;
	mbedtls_ecp_point_init(&q);
	if ((e = crypto_sha256(parts, n, hash)) == BW_OK &&
	    (e = load_public(&q, spki + SPKI_PREFIX)) == BW_OK)
		e = verify_hash(&q, hash, sig);
	mbedtls_ecp_point_free(&q);
	return e;
}

bw_err
crypto_ecdh(const struct crypto_key *key, const uint8_t pub[static CRYPTO_PUB],
    uint8_t x[static CRYPTO_KEY])
{
	mbedtls_ecp_point q;
	mbedtls_mpi z;
	bw_err e;

	memset(x, 0, CRYPTO_KEY);
	mbedtls_ecp_point_init(&q);
	mbedtls_mpi_init(&z);
	if ((e = load_point(key->grp, &q, pub)) == BW_OK &&
	    (e = crypto_mbed_err(mbedtls_ecdh_compute_shared(key->grp, &z,
	    &q, &key->d, crypto_mbed_random, NULL))) == BW_OK)
		e = crypto_mbed_err(mbedtls_mpi_write_binary(&z, x,
		    CRYPTO_KEY));
	mbedtls_mpi_free(&z);
	mbedtls_ecp_point_free(&q);
	return e;
}
