// SPDX-License-Identifier: Apache-2.0
/* What a browser sends: cookies, a query, a form, a form with files. The first
 * line is the Content-Type, the second the Cookie, the rest the body; the body
 * is the query too. */
#include "tests/fuzz/fuzz.h"

#include "host/http.h"

#define OUT 64

/* A value is whole and within its room, or empty. */
static void
check(bw_err r, const char *out)
{
	CHECK(memchr(out, 0, OUT) != NULL);
	CHECK(r == BW_OK || r == BW_ERR_NOTFOUND || r == BW_ERR_FORMAT ||
	    r == BW_ERR_BOUND);
	CHECK(r == BW_OK || out[0] == 0);
}

static void
try_form(const struct http_request *in)
{
	char out[OUT];
	bw_err r = BW_OK;

	for (size_t n = 0; r == BW_OK && n < 8; n++) {
		memset(out, 'x', sizeof(out));
		r = http_form_at(in, "a", n, out, sizeof(out));
		check(r, out);
	}
}

static void
try_parts(const struct http_request *in)
{
	struct http_part p;

	for (size_t n = 0; n < 8 && http_part(in, "a", n, &p) == BW_OK; n++) {
		CHECK(p.ptr >= in->body && p.len <= in->body_len &&
		    (size_t)(p.ptr - in->body) <= in->body_len - p.len);
		CHECK(memchr(p.file, 0, sizeof(p.file)) != NULL);
	}
}

static void
try_request(char *type, char *cookie, const uint8_t *body, size_t len)
{
	struct strict_head head = { .method = "POST", .target = "/",
		.version = "HTTP/1.1", .n = 2, .header = {
		{ "Content-Type", type, 12, strlen(type) },
		{ "Cookie", cookie, 6, strlen(cookie) } } };
	struct http_request in = { .head = &head, .method = HTTP_POST,
		.body = body, .body_len = len };
	size_t most = len < STRICT_TARGET_MAX ? len : STRICT_TARGET_MAX;
	char out[OUT];

	for (size_t i = 0; i < most && body[i] != 0; i++)
		in.query[i] = (char)body[i];
	memset(out, 'x', sizeof(out));
	check(http_cookie(&in, "a", out, sizeof(out)), out);
	memset(out, 'x', sizeof(out));
	check(http_param(&in, "a", out, sizeof(out)), out);
	try_form(&in);
	try_parts(&in);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	char *text = malloc(len + 1), *cookie, *body;

	CHECK(text != NULL);
	if (len != 0)
		memcpy(text, data, len);
	text[len] = 0;
	if ((cookie = memchr(text, '\n', len)) != NULL) {
		*cookie++ = 0;
		body = memchr(cookie, '\n', len - (size_t)(cookie - text));
		if (body != NULL) {
			*body++ = 0;
			/* Not the copy: its end is the input's. */
			try_request(text, cookie, data + (body - text),
			    len - (size_t)(body - text));
		}
	}
	free(text);
	return 0;
}
