// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static const char hex_digits[] = "0123456789abcdef";
static const char b64_std[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char b64_url[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
static const char b32_upper[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

void
text_hex(const void *ptr, size_t n, char *out)
{
	const uint8_t *p = ptr;

	for (size_t i = 0; i < n; i++) {
		out[2 * i] = hex_digits[p[i] >> 4];
		out[2 * i + 1] = hex_digits[p[i] & 15];
	}
	out[2 * n] = 0;
}

static int
digit_of(const char *digits, char c)
{
	const char *at = c != 0 ? strchr(digits, c) : NULL;

	return at != NULL ? (int)(at - digits) : -1;
}

bw_err
text_unhex(const char *s, void *out, size_t n)
{
	uint8_t *p = out;

	if (strlen(s) != 2 * n)
		return BW_ERR_FORMAT;
	for (size_t i = 0; i < n; i++) {
		int hi = digit_of(hex_digits, s[2 * i]);
		int lo = digit_of(hex_digits, s[2 * i + 1]);

		if (hi < 0 || lo < 0)
			return BW_ERR_FORMAT;
		p[i] = (uint8_t)(hi << 4 | lo);
	}
	return BW_OK;
}

/* Spell bytes in digits of `bits` bits, the last one filled with zeros. */
static bw_err
spell(struct bw_buf *b, const uint8_t *p, size_t n, const char *digits,
    unsigned bits)
{
	unsigned acc = 0, have = 0, mask = (1u << bits) - 1;
	bw_err r = BW_OK;

	for (size_t i = 0; i < n && r == BW_OK; i++) {
		acc = acc << 8 | p[i];
		for (have += 8; have >= bits && r == BW_OK; have -= bits)
			r = bw_buf_put_u8(b, (uint8_t)
			    digits[acc >> (have - bits) & mask]);
		acc &= (1u << have) - 1;
	}
	if (r == BW_OK && have != 0)
		r = bw_buf_put_u8(b, (uint8_t)
		    digits[acc << (bits - have) & mask]);
	return r;
}

/* The inverse of spell; spare bits must be zero and fewer than a digit. */
static bw_err
unspell(const char *s, size_t len, const char *digits, unsigned bits,
    struct bw_buf *b)
{
	unsigned acc = 0, have = 0;
	bw_err r;

	for (size_t i = 0; i < len; i++) {
		int d = digit_of(digits, s[i]);

		if (d < 0)
			return BW_ERR_FORMAT;
		acc = acc << bits | (unsigned)d;
		have += bits;
		if (have < 8)
			continue;
		have -= 8;
		if ((r = bw_buf_put_u8(b, (uint8_t)(acc >> have))) != BW_OK)
			return r;
		acc &= (1u << have) - 1;
	}
	return have >= bits || acc != 0 ? BW_ERR_FORMAT : BW_OK;
}

bw_err
text_b64(struct bw_buf *b, const void *ptr, size_t n)
{
	static const char *const pads[3] = { "", "==", "=" };
	bw_err r;

	if ((r = spell(b, ptr, n, b64_std, 6)) != BW_OK)
		return r;
	return bw_buf_put_str(b, pads[n % 3]);
}

bw_err
text_b64url(struct bw_buf *b, const void *ptr, size_t n)
{
	return spell(b, ptr, n, b64_url, 6);
}

bw_err
text_b32(struct bw_buf *b, const void *ptr, size_t n)
{
	return spell(b, ptr, n, b32_upper, 5);
}

bw_err
text_unb64(const char *s, size_t len, struct bw_buf *b)
{
	size_t pad = 0;

	if (len % 4 != 0)
		return BW_ERR_FORMAT;
	while (pad < 2 && pad < len && s[len - 1 - pad] == '=')
		pad++;
	return unspell(s, len - pad, b64_std, 6, b);
}

bw_err
text_unb64url(const char *s, size_t len, struct bw_buf *b)
{
	return unspell(s, len, b64_url, 6, b);
}

bw_err
text_unb32(const char *s, size_t len, struct bw_buf *b)
{
	return unspell(s, len, b32_upper, 5, b);
}

/* The length of the UTF-8 character at p, 0 if it is not one. */
static size_t
utf8_len(const uint8_t *p, size_t left, uint32_t *cp)
{
	static const uint32_t least[5] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t n = p[0] < 0x80 ? 1 : p[0] < 0xc2 ? 0 : p[0] < 0xe0 ? 2 :
	    p[0] < 0xf0 ? 3 : p[0] < 0xf5 ? 4 : 0;

	if (n == 0 || n > left)
		return 0;
	*cp = n == 1 ? p[0] : p[0] & (0x7fu >> n);
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		*cp = *cp << 6 | (p[i] & 0x3fu);
	}
	if (*cp < least[n] || *cp > 0x10ffff ||
	    (*cp >= 0xd800 && *cp <= 0xdfff))
		return 0;
	return n;
}

static bool
is_control(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp <= 0x9f);
}

/* Unseen itself, it changes how what is around it looks: sets directions, ends
 * lines, joins words, tags. Not U+200B to U+200D, which scripts need. */
static bool
is_sly(uint32_t cp)
{
	static const struct {
		uint32_t from, to;
	} all[] = { { 0x61c, 0x61c }, { 0x200e, 0x200f }, { 0x2028, 0x202e },
		{ 0x2060, 0x206f }, { 0xfeff, 0xfeff }, { 0xfff9, 0xfffb },
		{ 0xe0000, 0xe007f } };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (cp >= all[i].from && cp <= all[i].to)
			return true;
	return false;
}

static bool
check_utf8(const char *s, size_t len, bool controls, bool sly)
{
	const uint8_t *p = (const uint8_t *)s;
	uint32_t cp;
	size_t n;

	for (; len > 0; p += n, len -= n) {
		if ((n = utf8_len(p, len, &cp)) == 0)
			return false;
		if ((!controls && is_control(cp)) || (!sly && is_sly(cp)))
			return false;
	}
	return true;
}

bool
text_is_plain(const char *s, size_t len)
{
	return check_utf8(s, len, false, false);
}

bool
text_is_clean(const char *s, size_t len)
{
	return check_utf8(s, len, false, true);
}

bool
text_is_utf8(const char *s, size_t len)
{
	return check_utf8(s, len, true, true);
}

static bool
is_shell_plain(const char *s)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._+,:@%-";

	return s[0] != 0 && s[strspn(s, plain)] == 0;
}

char *
text_shell_word(const char *path)
{
	size_t len = strlen(path);
	char *word, *p;

	if (is_shell_plain(path))
		return strdup(path);
	/* Four characters for each quote. */
	if ((word = malloc(4 * len + 3)) == NULL)
		return NULL;
	p = word;
	*p++ = '\'';
	for (; *path != 0; path++)
		if (*path == '\'')
			p = stpcpy(p, "'\\''");
		else
			*p++ = *path;
	*p++ = '\'';
	*p = 0;
	return word;
}

bool
text_is_id(const char *s, size_t len)
{
	if (len == 0 || len > TEXT_ID_MAX || s[0] == '.' || s[0] == '-')
		return false;
	for (size_t i = 0; i < len; i++)
		if (digit_of("abcdefghijklmnopqrstuvwxyz0123456789.-",
		    s[i]) < 0)
			return false;
	return true;
}

bw_err
text_number(const char *s, size_t len, uint64_t max, uint64_t *out)
{
	uint64_t v = 0;

	*out = 0;
	if (len == 0 || (len > 1 && s[0] == '0'))
		return BW_ERR_FORMAT;
	for (size_t i = 0; i < len; i++) {
		unsigned d = (unsigned)(unsigned char)s[i] - '0';

		if (d > 9)
			return BW_ERR_FORMAT;
		if (d > max || v > (max - d) / 10)
			return BW_ERR_BOUND;
		v = v * 10 + d;
	}
	*out = v;
	return BW_OK;
}
