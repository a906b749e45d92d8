// SPDX-License-Identifier: Apache-2.0
#include "host/totp.h"

#include <liboath/oath.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"

bw_err
totp_code(const uint8_t secret[static TOTP_SECRET], int64_t step,
    char out[static TOTP_DIGITS + 1])
{
	int rc = oath_hotp_generate((const char *)secret, TOTP_SECRET,
	    (uint64_t)step, TOTP_DIGITS, false, OATH_HOTP_DYNAMIC_TRUNCATION,
	    out);

	return rc == OATH_OK ? BW_OK : BW_ERR_CRYPTO;
}

bw_err
totp_check(const uint8_t secret[static TOTP_SECRET], const char *code,
    int64_t now, int64_t used, int64_t *step)
{
	char is[TOTP_DIGITS + 1];
	bw_err r, found = BW_ERR_DENIED;

	*step = 0;
	if (strlen(code) != TOTP_DIGITS)
		return BW_ERR_DENIED;
	for (int64_t i = -TOTP_SKEW; i <= TOTP_SKEW; i++) {
		int64_t at = totp_step(now) + i;

		if ((r = totp_code(secret, at, is)) != BW_OK)
			return r;
		if (crypto_equal(is, code, TOTP_DIGITS) && at > used) {
			*step = at;
			found = BW_OK;
		}
	}
	explicit_bzero(is, sizeof(is));
	return found;
}

/* A word of an address: all but the plainest characters as %XX. */
static bw_err
put_escaped(struct bw_buf *b, const char *s)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
	bw_err r = BW_OK;

	for (; *s != 0 && r == BW_OK; s++)
		r = strchr(plain, *s) != NULL ?
		    bw_buf_put_u8(b, (uint8_t)*s) :
		    bw_buf_printf(b, "%%%02X", (unsigned char)*s);
	return r;
}

bw_err
totp_text(const uint8_t secret[static TOTP_SECRET],
    char out[static ACCOUNT_SECRET_SIZE])
{
	struct bw_buf b = BW_BUF_INIT(ACCOUNT_SECRET_SIZE - 1);
	bw_err r = text_b32(&b, secret, TOTP_SECRET);

	memset(out, 0, ACCOUNT_SECRET_SIZE);
	if (r == BW_OK)
		memcpy(out, b.ptr, b.len);
	bw_buf_free(&b);
	return r;
}

/* The issuer stands in front of a colon, so it may hold none. An event's name
 * that is long is cut at a character. */
static void
issuer_of(const char *event, char *out, size_t size)
{
	snprintf(out, size, "%s", event);
	for (size_t n = strlen(out); n > 0 && !text_is_utf8(out, n);)
		out[--n] = 0;
	for (char *p = out; *p != 0; p++)
		if (*p == ':')
			*p = ' ';
}

bw_err
totp_uri(const uint8_t secret[static TOTP_SECRET], const char *event,
    const char *mail, char out[static ACCOUNT_URI_MAX])
{
	struct bw_buf b = BW_BUF_INIT(ACCOUNT_URI_MAX - 1);
	char key[ACCOUNT_SECRET_SIZE], issuer[49];
	bw_err r;

	memset(out, 0, ACCOUNT_URI_MAX);
	issuer_of(event, issuer, sizeof(issuer));
	if ((r = totp_text(secret, key)) != BW_OK ||
	    (r = bw_buf_put_str(&b, "otpauth://totp/")) != BW_OK ||
	    (r = put_escaped(&b, issuer)) != BW_OK ||
	    (r = bw_buf_put_str(&b, ":")) != BW_OK ||
	    (r = put_escaped(&b, mail)) != BW_OK ||
	    (r = bw_buf_printf(&b, "?secret=%s&issuer=", key)) != BW_OK ||
	    (r = put_escaped(&b, issuer)) != BW_OK ||
	    (r = bw_buf_put_str(&b,
	    "&algorithm=SHA1&digits=6&period=30")) != BW_OK)
		goto out;
	memcpy(out, b.ptr, b.len);
out:
	explicit_bzero(key, sizeof(key));
	bw_buf_free(&b);
	return r;
}

/* Under the directory's master key, apart from what badges are sealed with. */
static bw_err
key_of(const struct hostdir *h, uint8_t key[static CRYPTO_KEY])
{
	static const char salt[] = "badgeward/1 totp";
	const struct bw_part info[] = { PART_STR0("secret") };
	uint8_t prk[CRYPTO_HASH];
	bw_err r;

	r = crypto_hkdf_extract(salt, sizeof(salt), h->master, CRYPTO_KEY,
	    prk);
	if (r == BW_OK)
		r = crypto_hkdf_expand(prk, info, 1, key, CRYPTO_KEY);
	explicit_bzero(prk, sizeof(prk));
	return r;
}

static void
aad_of(uint64_t account, uint8_t aad[static 8])
{
	for (int i = 0; i < 8; i++)
		aad[i] = (uint8_t)(account >> (56 - 8 * i));
}

bw_err
totp_seal(const struct hostdir *h, uint64_t account,
    const uint8_t secret[static TOTP_SECRET], uint8_t out[static TOTP_SEALED])
{
	uint8_t key[CRYPTO_KEY], aad[8];
	const struct crypto_ccm c = { key, out, aad, sizeof(aad), 16 };
	bw_err r;

	aad_of(account, aad);
	if ((r = key_of(h, key)) == BW_OK &&
	    (r = bw_random(out, CRYPTO_CCM_NONCE)) == BW_OK)
		r = crypto_ccm_seal(&c, secret, TOTP_SECRET,
		    out + CRYPTO_CCM_NONCE);
	explicit_bzero(key, sizeof(key));
	return r;
}

bw_err
totp_open(const struct hostdir *h, uint64_t account, const void *sealed,
    size_t len, uint8_t secret[static TOTP_SECRET])
{
	const uint8_t *p = sealed;
	uint8_t key[CRYPTO_KEY], aad[8];
	const struct crypto_ccm c = { key, p, aad, sizeof(aad), 16 };
	bw_err r;

	memset(secret, 0, TOTP_SECRET);
	if (len != TOTP_SEALED)
		return BW_ERR_FORMAT;
	aad_of(account, aad);
	if ((r = key_of(h, key)) == BW_OK)
		r = crypto_ccm_open(&c, p + CRYPTO_CCM_NONCE,
		    len - CRYPTO_CCM_NONCE, secret);
	explicit_bzero(key, sizeof(key));
	return r;
}
