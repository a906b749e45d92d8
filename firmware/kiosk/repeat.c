// SPDX-License-Identifier: Apache-2.0
#include "kiosk/repeat.h"

#include <string.h>
#include <time.h>

#define DAY_S 86400

static bw_err
mark_key(const struct crypto_key *seal, const uint8_t salt[static REPEAT_SALT],
    uint8_t key[static CRYPTO_KEY])
{
	const struct bw_part info = PART_STR0("badgeward/1 shared before");
	uint8_t scalar[CRYPTO_KEY], prk[CRYPTO_HASH];
	bw_err r;

	crypto_key_scalar(seal, scalar);
	if ((r = crypto_hkdf_extract(salt, REPEAT_SALT, scalar,
	    sizeof(scalar), prk)) == BW_OK)
		r = crypto_hkdf_expand(prk, &info, 1, key, CRYPTO_KEY);
	explicit_bzero(scalar, sizeof(scalar));
	explicit_bzero(prk, sizeof(prk));
	return r;
}

bw_err
repeat_mark(const struct crypto_key *seal,
    const uint8_t salt[static REPEAT_SALT],
    const uint8_t badge_id[static BADGE_ID],
    uint8_t mark[static REPEAT_MARK])
{
	const struct bw_part id = PART(badge_id, BADGE_ID);
	uint8_t key[CRYPTO_KEY], hash[CRYPTO_HASH];
	bw_err r;

	memset(mark, 0, REPEAT_MARK);
	if ((r = mark_key(seal, salt, key)) == BW_OK &&
	    (r = crypto_hmac(key, sizeof(key), &id, 1, hash)) == BW_OK)
		memcpy(mark, hash, REPEAT_MARK);
	explicit_bzero(key, sizeof(key));
	return r;
}

int64_t
repeat_day(int64_t wall)
{
	time_t t = (time_t)wall;
	struct tm tm = { .tm_gmtoff = 0 };

	(void)localtime_r(&t, &tm);
	wall += tm.tm_gmtoff;
	return wall >= 0 ? wall / DAY_S : 0;
}
