// SPDX-License-Identifier: Apache-2.0
/* Names and values of a request: query, form, multipart, cookies; and where an
 * answer may lead. */
#include "tests/support/unit.h"

#include <stdio.h>

#include "host/http.h"

static struct strict_head head;
static struct http_request req;
static char out[64];

/* A request with this header (NULL: none) and body. */
static void
given(const char *name, const char *value, const char *body)
{
	head = (struct strict_head){ 0 };
	req = (struct http_request){ .head = &head };
	if (name != NULL)
		head.header[head.n++] = (struct strict_header){ name, value,
			strlen(name), strlen(value) };
	if (body != NULL) {
		req.body = (const uint8_t *)body;
		req.body_len = strlen(body);
	}
}

static void
query(void **state)
{
	(void)state;
	given(NULL, NULL, NULL);
	snprintf(req.query, sizeof(req.query), "q=a%%20b+c&page=2&q=z&e=");
	assert_int_equal(http_param(&req, "q", out, sizeof(out)), BW_OK);
	assert_string_equal(out, "a b c");
	assert_int_equal(http_param(&req, "page", out, sizeof(out)), BW_OK);
	assert_string_equal(out, "2");
	assert_int_equal(http_param(&req, "e", out, sizeof(out)), BW_OK);
	assert_string_equal(out, "");
	assert_int_equal(http_param(&req, "pag", out, sizeof(out)),
	    BW_ERR_NOTFOUND);
	assert_int_equal(http_param(&req, "q", out, 3), BW_ERR_BOUND);
	assert_string_equal(out, "");
	snprintf(req.query, sizeof(req.query), "q=%%0");
	assert_int_equal(http_param(&req, "q", out, sizeof(out)),
	    BW_ERR_FORMAT);
}

static void
query_of_known_names(void **state)
{
	static const struct { const char *query, *other; } asked[] = {
		{ "", NULL }, { "a=", NULL }, { "b=1&a=2", NULL },
		{ "&a=1&", NULL }, { "a=1&c=2", "c" }, { "a=1&a=2", "a" },
		{ "aa=1", "aa" }, { "b", "b" }, { "=1", "" }, { "a b=1", "a?b" },
		{ "%61=1", "?61" }, { "a%20b=1", "a?20b" },
		{ "longer_than_the_room=1", "longer_" },
	};
	char name[8];

	(void)state;
	given(NULL, NULL, NULL);
	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
		snprintf(req.query, sizeof(req.query), "%s", asked[i].query);
		assert_int_equal(http_param_other(&req, "a b", name,
		    sizeof(name)), asked[i].other != NULL);
		if (asked[i].other != NULL)
			assert_string_equal(name, asked[i].other);
		assert_int_equal(http_param_other(&req, "", name,
		    sizeof(name)), strchr(asked[i].query, '=') != NULL ||
		    asked[i].other != NULL);
	}
}

static void
form_repeats(void **state)
{
	(void)state;
	given(NULL, NULL, "tag=a&x=1&tag=b&tag=");
	assert_int_equal(http_form_at(&req, "tag", 1, out, sizeof(out)),
	    BW_OK);
	assert_string_equal(out, "b");
	assert_int_equal(http_form_at(&req, "tag", 2, out, sizeof(out)),
	    BW_OK);
	assert_string_equal(out, "");
	assert_int_equal(http_form_at(&req, "tag", 3, out, sizeof(out)),
	    BW_ERR_NOTFOUND);
}

static void
cookies(void **state)
{
	(void)state;
	given("cookie", "a=1; bad; session=xyz; b=2", NULL);
	assert_int_equal(http_cookie(&req, "session", out, sizeof(out)),
	    BW_OK);
	assert_string_equal(out, "xyz");
	assert_int_equal(http_cookie(&req, "sess", out, sizeof(out)),
	    BW_ERR_NOTFOUND);
	/* Planted beside ours: neither is taken, in one header or two. */
	given("Cookie", "session=xyz; session=abc", NULL);
	assert_int_equal(http_cookie(&req, "session", out, sizeof(out)),
	    BW_ERR_FORMAT);
	assert_string_equal(out, "");
	given("Cookie", "session=xyz", NULL);
	head.header[head.n++] = head.header[0];
	assert_int_equal(http_cookie(&req, "session", out, sizeof(out)),
	    BW_ERR_FORMAT);
}

#define TYPE "multipart/form-data; boundary=XyZ"
#define FIELD(n) "\r\nContent-Disposition: form-data; name=\"" n "\"\r\n\r\n"
#define FILE_(n, f) "\r\nContent-Disposition: form-data; name=\"" n \
    "\"; filename=\"" f "\"\r\nContent-Type: text/csv\r\n\r\n"

static void
multipart(void **state)
{
	struct http_part part;

	(void)state;
	given("Content-Type", TYPE, "--XyZ" FIELD("csrf") "abc\r\n--XyZ"
	    FILE_("file", "a.csv") "x,y\r\n--Xy\r\n1,2\r\n\r\n--XyZ--\r\n");
	assert_int_equal(http_form(&req, "csrf", out, sizeof(out)), BW_OK);
	assert_string_equal(out, "abc");
	assert_int_equal(http_part(&req, "file", 0, &part), BW_OK);
	assert_string_equal(part.file, "a.csv");
	assert_int_equal(part.len, 16);
	assert_memory_equal(part.ptr, "x,y\r\n--Xy\r\n1,2\r\n", 16);
	assert_int_equal(http_part(&req, "file", 1, &part), BW_ERR_NOTFOUND);
	assert_null(part.ptr);
}

static void
multipart_broken(void **state)
{
	const char *const bad[] = { "", "--Xy", "--XyZ", "--XyZ\r\n\r\nx",
		"--XyZ" FIELD("a") "no end", "junk\r\n--XyZ" FIELD("a")
		"v\r\n--XyZ--", "--XyZ\r\nX: y\r\n\r\nv\r\n--XyZ--",
		"--XyZ\r\nContent-Disposition: form-data; name=\"a\r\n\r\nv"
		"\r\n--XyZ--", "--XyZ\nContent-Disposition: form-data; "
		"name=\"a\"\n\nv\n--XyZ--" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		given("Content-Type", TYPE, bad[i]);
		assert_int_equal(http_form(&req, "a", out, sizeof(out)),
		    BW_ERR_FORMAT);
	}
	given("Content-Type", "multipart/form-data", "--XyZ" FIELD("a")
	    "v\r\n--XyZ--");
	assert_int_equal(http_form(&req, "a", out, sizeof(out)),
	    BW_ERR_FORMAT);
}

static void
leads_nowhere_else(void **state)
{
	const char *const bad[] = { "", "x", "//evil.example", "/\\evil",
		"https://evil", "/a\r\nSet-Cookie: x", "/a b" };
	struct http_answer a = { .body = BW_BUF_INIT(4096) };

	(void)state;
	http_go(&a, "/me?done=1");
	assert_int_equal(a.status, 303);
	assert_string_equal(a.location, "/me?done=1");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		http_go(&a, bad[i]);
		assert_string_equal(a.location, "/");
	}
	http_save_as(&a, "leads \"x\"\r\n/../ö.csv");
	assert_string_equal(a.download, "leads--x----..---.csv");
	bw_buf_free(&a.body);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(query),
		cmocka_unit_test(query_of_known_names),
		cmocka_unit_test(form_repeats),
		cmocka_unit_test(cookies),
		cmocka_unit_test(multipart),
		cmocka_unit_test(multipart_broken),
		cmocka_unit_test(leads_nowhere_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
