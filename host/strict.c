// SPDX-License-Identifier: Apache-2.0
#include "host/strict.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

/* Headers that mean one thing only when they stand there once. */
static const char *const once[] = {
	"Content-Length", "Host", "Authorization", "Content-Type", "Expect",
	"If-None-Match"
};

static bool
is(const struct strict_header *h, const char *name)
{
	return h->name_len == strlen(name) &&
	    strncasecmp(h->name, name, h->name_len) == 0;
}

static size_t
count(const struct strict_head *h, const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < h->n; i++)
		n += is(&h->header[i], name);
	return n;
}

const char *
strict_value(const struct strict_head *h, const char *name)
{
	for (size_t i = 0; i < h->n; i++)
		if (is(&h->header[i], name))
			return h->header[i].value;
	return NULL;
}

const char *
strict_last(const struct strict_head *h, const char *name)
{
	for (size_t i = h->n; i > 0; i--)
		if (is(&h->header[i - 1], name))
			return h->header[i - 1].value;
	return NULL;
}

static bool
is_token(const char *s, size_t len)
{
	static const char others[] = "!#$%&'*+-.^_`|~";

	for (size_t i = 0; i < len; i++) {
		char c = s[i];
		bool alnum = (c >= '0' && c <= '9') ||
		    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

		if (!alnum && (c == 0 || strchr(others, c) == NULL))
			return false;
	}
	return len > 0;
}

/* Printable bytes (UTF-8 allowed), no blank at either end. */
static bool
is_value(const char *s, size_t len)
{
	if (len > 0 && (s[0] == ' ' || s[len - 1] == ' '))
		return false;
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)s[i] < 0x20 || s[i] == 0x7f)
			return false;
	return true;
}

static bool
is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
	    (c >= 'A' && c <= 'F');
}

static bool
target_ok(const char *s)
{
	if (s[0] != '/' || strlen(s) > STRICT_TARGET_MAX)
		return false;
	for (; *s != 0; s++) {
		if (*s <= ' ' || *s >= 0x7f || strchr("\"#<>\\^`{|}", *s))
			return false;
		if (*s != '%')
			continue;
		if (!is_hex(s[1]) || !is_hex(s[2]) ||
		    (s[1] == '0' && s[2] == '0'))
			return false;
	}
	return true;
}

/* What the head would be, spelled out as it should be. */
static size_t
spelled(const struct strict_head *h)
{
	size_t n = strlen(h->method) + 1 + strlen(h->target) + 1 +
	    strlen(h->version) + 2 + 2;

	for (size_t i = 0; i < h->n; i++)
		n += h->header[i].name_len + 2 + h->header[i].value_len + 2;
	return n;
}

static bool
headers_ok(const struct strict_head *h, const char **why)
{
	*why = "too many headers; send at most 64";
	if (h->more)
		return false;
	*why = "a header is malformed; send each as \"Name: value\" "
	    "on a line of its own";
	for (size_t i = 0; i < h->n; i++)
		if (!is_token(h->header[i].name, h->header[i].name_len) ||
		    !is_value(h->header[i].value, h->header[i].value_len))
			return false;
	if (h->size != 0 && h->size != spelled(h))
		return false;
	*why = "a header is repeated that may stand there only once";
	for (size_t i = 0; i < sizeof(once) / sizeof(once[0]); i++)
		if (count(h, once[i]) > 1)
			return false;
	*why = "Transfer-Encoding is not taken; send a Content-Length";
	return count(h, "Transfer-Encoding") == 0;
}

bw_err
strict_check(const struct strict_head *h, uint64_t *body_len,
    const char **why)
{
	const char *length = strict_value(h, "Content-Length");
	bool bodiless = strcmp(h->method, "GET") == 0 ||
	    strcmp(h->method, "HEAD") == 0;

	*body_len = 0;
	*why = "the request's address is malformed";
	if (!target_ok(h->target))
		return BW_ERR_FORMAT;
	if (!headers_ok(h, why))
		return BW_ERR_FORMAT;
	*why = "Content-Length must be one plain decimal number";
	if (length != NULL && text_number(length, strlen(length),
	    1u << 30, body_len) != BW_OK)
		return BW_ERR_FORMAT;
	*why = "a GET request has no body";
	if (bodiless && *body_len != 0)
		return BW_ERR_FORMAT;
	*why = NULL;
	return BW_OK;
}
