// SPDX-License-Identifier: Apache-2.0
/* What a request brings as names and values: query, form, cookies. */
#include <string.h>
#include <strings.h>

#include "host/http.h"

static int
unhex(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Decode one value of a form. */
static bw_err
decode(const uint8_t *p, size_t len, char *out, size_t size)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		uint8_t c = p[i] == '+' ? ' ' : p[i];

		if (c == '%') {
			bool both = len - i > 2;
			int hi = both ? unhex(p[i + 1]) : -1;
			int lo = both ? unhex(p[i + 2]) : -1;

			if (hi < 0 || lo < 0)
				return BW_ERR_FORMAT;
			c = (uint8_t)(hi << 4 | lo);
			i += 2;
		}
		if (c == 0)
			return BW_ERR_FORMAT;
		if (n + 1 >= size)
			return BW_ERR_BOUND;
		out[n++] = (char)c;
	}
	out[n] = 0;
	return BW_OK;
}

/* The n-th value of a name among name=value pairs between "&". */
static bw_err
pair(const uint8_t *p, size_t size_in, const char *name, size_t nth,
    char *out, size_t size)
{
	const uint8_t *end = p + size_in;
	size_t len = strlen(name);

	while (p != NULL && p < end) {
		const uint8_t *amp = memchr(p, '&', (size_t)(end - p));
		const uint8_t *stop = amp != NULL ? amp : end;

		if ((size_t)(stop - p) > len && p[len] == '=' &&
		    memcmp(p, name, len) == 0 && nth-- == 0)
			return decode(p + len + 1,
			    (size_t)(stop - p) - len - 1, out, size);
		p = amp != NULL ? amp + 1 : end;
	}
	return BW_ERR_NOTFOUND;
}

bw_err
http_param(const struct http_request *r, const char *name, char *out,
    size_t size)
{
	bw_err e;

	out[0] = 0;
	e = pair((const uint8_t *)r->query, strlen(r->query), name, 0, out,
	    size);
	if (e != BW_OK)
		out[0] = 0;
	return e;
}

/* Where the name stands in the list, from 0; -1: nowhere. */
static int
place(const char *names, const char *name, size_t len)
{
	int at = 0;

	for (; *names != 0; names += strspn(names, " "), at++) {
		size_t n = strcspn(names, " ");

		if (n == len && memcmp(names, name, len) == 0)
			return at;
		names += n;
	}
	return -1;
}

static void
name_shown(const char *name, size_t len, char *out, size_t size)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";
	size_t n = 0;

	for (; n < len && n + 1 < size; n++)
		out[n] = (char)(strchr(letters, name[n]) != NULL ? name[n] :
		    '?');
	out[n] = 0;
}

bool
http_param_other(const struct http_request *r, const char *names, char *out,
    size_t size)
{
	unsigned seen = 0;

	for (const char *p = r->query; *p != 0;) {
		size_t all = strcspn(p, "&"), len = strcspn(p, "=&");
		int at = len < all ? place(names, p, len) : -1;

		if (all != 0 && (at < 0 || (seen & 1u << at) != 0)) {
			name_shown(p, len, out, size);
			return true;
		}
		if (at >= 0)
			seen |= 1u << at;
		p += all + (p[all] == '&');
	}
	return false;
}

/* A multipart field is its bytes. */
static bw_err
part_value(const struct http_request *r, const char *name, size_t nth,
    char *out, size_t size)
{
	struct http_part part;
	bw_err e;

	if ((e = http_part(r, name, nth, &part)) != BW_OK)
		return e;
	if (memchr(part.ptr, 0, part.len) != NULL)
		return BW_ERR_FORMAT;
	if (part.len >= size)
		return BW_ERR_BOUND;
	memcpy(out, part.ptr, part.len);
	out[part.len] = 0;
	return BW_OK;
}

bw_err
http_form_at(const struct http_request *r, const char *name, size_t nth,
    char *out, size_t size)
{
	static const char multipart[] = "multipart/form-data";
	const char *type = r->head != NULL ?
	    strict_value(r->head, "Content-Type") : NULL;
	bw_err e;

	out[0] = 0;
	if (r->body == NULL)
		return BW_ERR_NOTFOUND;
	if (type != NULL && strncasecmp(type, multipart,
	    sizeof(multipart) - 1) == 0)
		e = part_value(r, name, nth, out, size);
	else
		e = pair(r->body, r->body_len, name, nth, out, size);
	if (e != BW_OK)
		out[0] = 0;
	return e;
}

bw_err
http_form(const struct http_request *r, const char *name, char *out,
    size_t size)
{
	return http_form_at(r, name, 0, out, size);
}

/* One header's cookies; *seen counts those of this name. */
static bw_err
cookie_in(const struct strict_header *h, const char *name, unsigned *seen,
    char *out, size_t size)
{
	const char *p = h->value, *end = p + h->value_len;
	size_t len = strlen(name);

	while (p < end) {
		const char *semi = memchr(p, ';', (size_t)(end - p));
		const char *stop = semi != NULL ? semi : end;
		size_t n = (size_t)(stop - p);

		if (n > len && p[len] == '=' && memcmp(p, name, len) == 0) {
			if (++*seen > 1)
				return BW_ERR_FORMAT;
			n -= len + 1;
			if (n >= size)
				return BW_ERR_BOUND;
			memcpy(out, p + len + 1, n);
			out[n] = 0;
		}
		for (p = stop; p < end && (*p == ';' || *p == ' '); p++)
			continue;
	}
	return BW_OK;
}

bw_err
http_cookie(const struct http_request *r, const char *name, char *out,
    size_t size)
{
	unsigned seen = 0;
	bw_err e = BW_OK;

	out[0] = 0;
	for (size_t i = 0; e == BW_OK && i < r->head->n; i++) {
		const struct strict_header *h = &r->head->header[i];

		if (h->name_len == 6 && strncasecmp(h->name, "Cookie", 6) == 0)
			e = cookie_in(h, name, &seen, out, size);
	}
	if (e == BW_OK && seen == 0)
		e = BW_ERR_NOTFOUND;
	if (e != BW_OK)
		out[0] = 0;
	return e;
}
