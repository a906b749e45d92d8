// SPDX-License-Identifier: Apache-2.0
#include "record/enrol.h"

#include <string.h>

#include "base/text.h"

#define LABEL_ID "badgeward/1 enrol id"
#define LABEL_PROOF "badgeward/1 enrol"
#define PATH "/enrol#"
#define B32_16 26	/* base32 characters of 16 bytes */

/* A piece of text with a length, cut from the front. */
static bool
skip(const char **s, size_t *len, const char *prefix)
{
	size_t n = strlen(prefix);

	if (*len < n || memcmp(*s, prefix, n) != 0)
		return false;
	*s += n;
	*len -= n;
	return true;
}

/* How many characters at the front are of this set. */
static size_t
span(const char *s, size_t len, const char *set)
{
	size_t n = 0;

	while (n < len && s[n] != 0 && strchr(set, s[n]) != NULL)
		n++;
	return n;
}

/* The length of the host in "host" or "host:port": a lower-case name, or an
 * IPv6 address in brackets. 0 when it is neither. */
static size_t
host_length(const char *s, size_t len)
{
	size_t n;

	if (len != 0 && s[0] == '[') {
		n = 1 + span(s + 1, len - 1, "0123456789abcdef:.");
		return n > 1 && n < len && s[n] == ']' ? n + 1 : 0;
	}
	n = span(s, len, "abcdefghijklmnopqrstuvwxyz0123456789.-");
	return n != 0 && s[0] != '.' && s[0] != '-' ? n : 0;
}

static bool
authority_ok(const char *s, size_t len)
{
	size_t n = host_length(s, len);
	uint64_t port;

	if (n == 0 || n == len)
		return n != 0;
	return s[n] == ':' && text_number(s + n + 1, len - n - 1, 65535,
	    &port) == BW_OK && port != 0;
}

static bool
is_ipv4_loopback(const char *s, size_t len)
{
	uint64_t v;

	if (!skip(&s, &len, "127."))
		return false;
	for (int i = 0; i < 3; i++) {
		const char *dot = memchr(s, '.', len);
		size_t n = dot != NULL ? (size_t)(dot - s) : len;

		if ((dot == NULL) != (i == 2) ||
		    text_number(s, n, 255, &v) != BW_OK)
			return false;
		s += n + (dot != NULL);
		len -= n + (dot != NULL);
	}
	return true;
}

static bool
is_loopback(const char *s, size_t len)
{
	len = host_length(s, len);
	return (len == 9 && memcmp(s, "localhost", 9) == 0) ||
	    (len == 5 && memcmp(s, "[::1]", 5) == 0) ||
	    is_ipv4_loopback(s, len);
}

bw_err
enrol_base_check(const char *base, size_t len)
{
	if (len > ENROL_BASE_MAX)
		return BW_ERR_BOUND;
	if (skip(&base, &len, "https://"))
		return authority_ok(base, len) ? BW_OK : BW_ERR_FORMAT;
	if (!skip(&base, &len, "http://") || !authority_ok(base, len))
		return BW_ERR_FORMAT;
	return is_loopback(base, len) ? BW_OK : BW_ERR_DENIED;
}

bw_err
enrol_address_format(const struct enrol_address *a, struct bw_buf *out)
{
	bw_err r;

	if ((r = enrol_base_check(a->base, strlen(a->base))) != BW_OK ||
	    (r = bw_buf_put_str(out, a->base)) != BW_OK ||
	    (r = bw_buf_put_str(out, PATH)) != BW_OK ||
	    (r = text_b32(out, a->code, ENROL_CODE)) != BW_OK ||
	    (r = bw_buf_put_u8(out, '.')) != BW_OK)
		return r;
	return text_b32(out, a->pin, ENROL_PIN);
}

static bw_err
take_b32(const char *s, uint8_t out[static 16])
{
	struct bw_buf b = BW_BUF_INIT(16);
	bw_err r = text_unb32(s, B32_16, &b);

	if (r == BW_OK)
		memcpy(out, b.ptr, 16);
	bw_buf_free(&b);
	return r;
}

bw_err
enrol_address_parse(const char *s, size_t len, struct enrol_address *out)
{
	const size_t tail = sizeof(PATH) - 1 + B32_16 + 1 + B32_16;
	const char *code;
	size_t base_len;
	bw_err r = BW_ERR_FORMAT;

	memset(out, 0, sizeof(*out));
	if (len <= tail)
		goto out;
	base_len = len - tail;
	code = s + base_len + sizeof(PATH) - 1;
	if (memcmp(s + base_len, PATH, sizeof(PATH) - 1) != 0 ||
	    code[B32_16] != '.')
		goto out;
	if ((r = enrol_base_check(s, base_len)) != BW_OK)
		goto out;
	memcpy(out->base, s, base_len);
	if ((r = take_b32(code, out->code)) != BW_OK)
		goto out;
	r = take_b32(code + B32_16 + 1, out->pin);
out:
	if (r != BW_OK)
		explicit_bzero(out, sizeof(*out));
	return r;
}

bw_err
enrol_id(const uint8_t code[static ENROL_CODE], char out[static ENROL_ID_HEX])
{
	const struct bw_part parts[] = { PART_STR0(LABEL_ID),
	    PART(code, ENROL_CODE) };
	uint8_t hash[CRYPTO_HASH];
	bw_err r = crypto_sha256(parts, 2, hash);

	text_hex(hash, 8, out);
	return r;
}

bw_err
enrol_proof(const uint8_t code[static ENROL_CODE], const char *device,
    const uint8_t log_spki[static CRYPTO_SPKI],
    const uint8_t seal_spki[static CRYPTO_SPKI],
    const uint8_t identity_spki[static CRYPTO_SPKI],
    uint8_t out[static CRYPTO_HASH])
{
	const struct bw_part parts[] = { PART_STR0(LABEL_PROOF),
	    PART(device, strlen(device) + 1), PART(log_spki, CRYPTO_SPKI),
	    PART(seal_spki, CRYPTO_SPKI), PART(identity_spki, CRYPTO_SPKI) };

	return crypto_hmac(code, ENROL_CODE, parts, 5, out);
}

bw_err
enrol_pin_check(const uint8_t pin[static ENROL_PIN],
    const uint8_t host_spki[static CRYPTO_SPKI])
{
	uint8_t hash[CRYPTO_HASH];
	bw_err r;

	if ((r = crypto_sha256(&PART(host_spki, CRYPTO_SPKI), 1,
	    hash)) != BW_OK)
		return r;
	return crypto_equal(hash, pin, ENROL_PIN) ? BW_OK : BW_ERR_SIG;
}
