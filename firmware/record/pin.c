// SPDX-License-Identifier: Apache-2.0
#include "record/pin.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "record/crypto.h"

#define METHOD "pbkdf2-sha256:"
#define SALT_TEXT (TEXT_B64_SIZE(PIN_SALT) - 1)
#define HASH_TEXT (TEXT_B64_SIZE(CRYPTO_HASH) - 1)

struct parsed {
	uint64_t iterations;
	uint8_t salt[PIN_SALT], hash[CRYPTO_HASH];
};

bool
pin_ok(const char *pin, size_t len)
{
	if (len < PIN_DIGITS_MIN || len > PIN_DIGITS_MAX)
		return false;
	for (size_t i = 0; i < len; i++)
		if (pin[i] < '0' || pin[i] > '9')
			return false;
	return true;
}

static bw_err
unbase64(const char *s, size_t len, uint8_t *out, size_t n)
{
	struct bw_buf b = BW_BUF_INIT(n);
	bw_err r;

	if ((r = text_unb64(s, len, &b)) == BW_OK && b.len != n)
		r = BW_ERR_FORMAT;
	if (r == BW_OK)
		memcpy(out, b.ptr, n);
	bw_buf_free(&b);
	return r == BW_ERR_BOUND ? BW_ERR_FORMAT : r;
}

static bw_err
parse(const char *s, size_t len, struct parsed *out)
{
	const size_t tail = 1 + SALT_TEXT + 1 + HASH_TEXT;
	const size_t head = sizeof(METHOD) - 1;
	const char *at;
	bw_err r;

	memset(out, 0, sizeof(*out));
	if (len <= head + tail || len > PIN_TEXT_MAX ||
	    memcmp(s, METHOD, head) != 0)
		return BW_ERR_FORMAT;
	at = s + len - tail;
	if (at[0] != ':' || at[1 + SALT_TEXT] != ':' ||
	    text_number(s + head, (size_t)(at - s) - head,
	    PIN_ITERATIONS_MAX, &out->iterations) != BW_OK ||
	    out->iterations < PIN_ITERATIONS_MIN)
		return BW_ERR_FORMAT;
	if ((r = unbase64(at + 1, SALT_TEXT, out->salt, PIN_SALT)) != BW_OK)
		return r;
	return unbase64(at + 2 + SALT_TEXT, HASH_TEXT, out->hash, CRYPTO_HASH);
}

bw_err
pin_check(const char *text, size_t len)
{
	struct parsed p;

	return parse(text, len, &p);
}

bw_err
pin_make(const char *pin, size_t len, const uint8_t salt[static PIN_SALT],
    char out[static PIN_TEXT_MAX + 1])
{
	struct bw_buf b = BW_BUF_INIT(PIN_TEXT_MAX);
	uint8_t hash[CRYPTO_HASH];
	bw_err r;

	out[0] = 0;
	if (!pin_ok(pin, len))
		return BW_ERR_ARG;
	if ((r = crypto_pbkdf2(pin, len, salt, PIN_SALT, PIN_ITERATIONS,
	    hash)) != BW_OK ||
	    (r = bw_buf_printf(&b, METHOD "%u:", PIN_ITERATIONS)) != BW_OK ||
	    (r = text_b64(&b, salt, PIN_SALT)) != BW_OK ||
	    (r = bw_buf_put_u8(&b, ':')) != BW_OK ||
	    (r = text_b64(&b, hash, CRYPTO_HASH)) != BW_OK)
		goto out;
	memcpy(out, b.ptr, b.len);
	out[b.len] = 0;
out:
	explicit_bzero(hash, sizeof(hash));
	bw_buf_free(&b);
	return r;
}

bw_err
pin_matches(const char *text, const char *pin, size_t len, bool *same)
{
	uint8_t hash[CRYPTO_HASH];
	struct parsed p;
	bw_err r;

	*same = false;
	if ((r = parse(text, strlen(text), &p)) != BW_OK)
		return r;
	if (!pin_ok(pin, len))
		return BW_OK;
	r = crypto_pbkdf2(pin, len, p.salt, PIN_SALT, (unsigned)p.iterations,
	    hash);
	*same = r == BW_OK && crypto_equal(hash, p.hash, CRYPTO_HASH);
	explicit_bzero(hash, sizeof(hash));
	explicit_bzero(&p, sizeof(p));
	return r;
}
