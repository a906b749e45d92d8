// SPDX-License-Identifier: Apache-2.0
#include "host/http.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

void
http_text(struct http_answer *a, unsigned status, const char *type,
    const void *ptr, size_t len)
{
	a->status = status;
	a->type = type;
	bw_buf_reset(&a->body);
	if (bw_buf_put(&a->body, ptr, len) != BW_OK) {
		bw_buf_reset(&a->body);
		a->status = 500;
	}
}

void
http_error(struct http_answer *a, unsigned status, const char *sentence)
{
	json_t *o = json_pack("{s:s}", "error", sentence);
	char *text = o != NULL ? json_dumps(o, JSON_COMPACT) : NULL;

	json_decref(o);
	http_text(a, status, "application/json", text != NULL ? text : "{}",
	    text != NULL ? strlen(text) : 2);
	free(text);
}

void
http_failure(struct http_answer *a, bw_err r)
{
	bool later = r == BW_ERR_BUSY || r == BW_ERR_FULL ||
	    r == BW_ERR_NOMEM || r == BW_ERR_TIMEOUT;

	if (!later) {
		http_error(a, 500, "the host failed; its log says why");
		return;
	}
	http_error(a, 503, r == BW_ERR_FULL ?
	    "the host has no room left; try again later" :
	    "the host is busy; try again later");
	a->retry_after = 5;
}

bool
http_query(const struct http_request *r, const char *name,
    const char **value)
{
	size_t len = strlen(name);

	*value = NULL;
	if (strncmp(r->query, name, len) != 0 || r->query[len] != '=' ||
	    strchr(r->query, '&') != NULL)
		return false;
	*value = r->query + len + 1;
	return true;
}

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

bw_err
http_form(const struct http_request *r, const char *name, char *out,
    size_t size)
{
	const uint8_t *p = r->body, *end = p + r->body_len;
	size_t len = strlen(name);
	bw_err e;

	out[0] = 0;
	while (p != NULL && p < end) {
		const uint8_t *amp = memchr(p, '&', (size_t)(end - p));
		const uint8_t *stop = amp != NULL ? amp : end;

		if ((size_t)(stop - p) > len && p[len] == '=' &&
		    memcmp(p, name, len) == 0) {
			e = decode(p + len + 1, (size_t)(stop - p) - len - 1,
			    out, size);
			if (e != BW_OK)
				out[0] = 0;
			return e;
		}
		p = amp != NULL ? amp + 1 : end;
	}
	return BW_ERR_NOTFOUND;
}
