// SPDX-License-Identifier: Apache-2.0
#include "host/store_leadperson.h"

#include <string.h>

#include "base/text.h"
#include "host/store_db.h"

#define KEY_BYTES ((PERSON_KEY_SIZE - 2) / 2)

static bw_err
take_secret(void *arg, struct db_query *q)
{
	int64_t *half = arg;

	half[0] = db_int(q, 0);
	half[1] = db_int(q, 1);
	return BW_OK;
}

bw_err
person_keys_load(struct store *s, const char *sponsor, struct person_keys *out)
{
	static const char sql[] = "SELECT a.value, b.value FROM meta AS a, "
	    "meta AS b WHERE a.key = 'person1' AND b.key = 'person2'";
	struct bw_part part = { sponsor, strlen(sponsor) };
	uint8_t key[CRYPTO_KEY];
	int64_t half[2];
	bw_err r;

	memset(out, 0, sizeof(*out));
	if ((r = db_first(s, take_secret, half, sql, "")) == BW_OK &&
	    (r = crypto_hmac(half, sizeof(half), &part, 1, key)) == BW_OK)
		r = crypto_block_open(&out->cipher, key);
	explicit_bzero(key, sizeof(key));
	explicit_bzero(half, sizeof(half));
	return r;
}

void
person_keys_free(struct person_keys *k)
{
	crypto_block_close(&k->cipher);
}

/* One block, a fifth of a hash's time: an export asks for each badge. */
bw_err
person_key(const struct person_keys *k, uint64_t registration,
    char out[static PERSON_KEY_SIZE])
{
	uint8_t in[CRYPTO_BLOCK] = { 0 }, block[CRYPTO_BLOCK];
	bw_err r;

	out[0] = 0;
	memcpy(in, &registration, sizeof(registration));
	if ((r = crypto_block_put(k->cipher, in, block)) != BW_OK)
		return r;
	out[0] = 'p';
	text_hex(block, KEY_BYTES, out + 1);
	return BW_OK;
}
