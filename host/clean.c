// SPDX-License-Identifier: Apache-2.0
#include "host/clean.h"

#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

/* Unicode's White_Space. */
static bool
is_blank(utf8proc_int32_t c)
{
	return (c >= 0x09 && c <= 0x0d) || c == 0x20 || c == 0x85 ||
	    c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) ||
	    c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f ||
	    c == 0x3000;
}

/* Shows nothing: harmless at the ends, where copying leaves them. Inside they
 * have a use (joiners in Hindi or Persian, marks in Arabic). */
static bool
is_invisible(utf8proc_int32_t c)
{
	return (c >= 0x200b && c <= 0x200f) || c == 0x2060 || c == 0xfeff ||
	    c == 0xad;
}

bool
clean_refuses(int32_t c)
{
	return c < 0x20 || (c >= 0x7f && c <= 0x9f) ||
	    (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* Squeeze blanks in place; code points are at most as many as before. */
static bw_err
squeeze(utf8proc_int32_t *p, size_t n, size_t *out)
{
	size_t to = 0;

	for (size_t i = 0; i < n; i++) {
		if (is_blank(p[i])) {
			if (to > 0 && p[to - 1] != ' ')
				p[to++] = ' ';
		} else if (clean_refuses(p[i]))
			return BW_ERR_FORMAT;
		else if (to > 0 || !is_invisible(p[i]))
			p[to++] = p[i];
	}
	while (to > 0 && (p[to - 1] == ' ' || is_invisible(p[to - 1])))
		to--;
	*out = to;
	return BW_OK;
}

/* Composed text as UTF-8, with its whole length also when it does not fit. */
static bw_err
spell(const utf8proc_int32_t *p, size_t n, char *out, size_t *len)
{
	utf8proc_uint8_t one[4];

	*len = 0;
	for (size_t i = 0; i < n; i++) {
		size_t k = (size_t)utf8proc_encode_char(p[i], one);

		if (*len + k <= FIELD_VALUE_MAX)
			memcpy(out + *len, one, k);
		*len += k;
	}
	if (*len > FIELD_VALUE_MAX) {
		explicit_bzero(out, FIELD_VALUE_MAX + 1);
		return BW_ERR_BOUND;
	}
	out[*len] = 0;
	return BW_OK;
}

bw_err
clean_value(const char *in, char out[static FIELD_VALUE_MAX + 1], size_t *len)
{
	const utf8proc_option_t how =
	    (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	size_t n = strlen(in), size = n * sizeof(utf8proc_int32_t) + 64;
	utf8proc_int32_t *p;
	utf8proc_ssize_t got;
	bw_err r;

	memset(out, 0, FIELD_VALUE_MAX + 1);
	*len = 0;
	/* Decomposing makes at most four code points of one byte's worth. */
	size *= 4;
	if ((p = malloc(size)) == NULL)
		return BW_ERR_NOMEM;
	r = BW_ERR_FORMAT;
	got = utf8proc_decompose((const utf8proc_uint8_t *)in,
	    (utf8proc_ssize_t)n, p,
	    (utf8proc_ssize_t)(size / sizeof(*p)), how);
	if (got < 0 || (size_t)got > size / sizeof(*p))
		goto out;
	got = utf8proc_normalize_utf32(p, got, how);
	if (got < 0)
		goto out;
	if ((r = squeeze(p, (size_t)got, &n)) == BW_OK)
		r = spell(p, n, out, len);
out:
	explicit_bzero(p, size);
	free(p);
	return r;
}
