// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include "host/strict.h"

/* A head with a target and up to three headers; size 0: not known. */
static struct strict_head
head(const char *method, const char *target, const char *const *pairs)
{
	struct strict_head h = { .method = method, .target = target,
		.version = "HTTP/1.1" };

	for (; pairs != NULL && pairs[0] != NULL; pairs += 2)
		h.header[h.n++] = (struct strict_header){ pairs[0], pairs[1],
			strlen(pairs[0]), strlen(pairs[1]) };
	return h;
}

static bw_err
check(const struct strict_head *h, uint64_t *len)
{
	const char *why;
	bw_err r = strict_check(h, len, &why);

	assert_true((r == BW_OK) == (why == NULL));
	return r;
}

static void
test_plain_requests_pass(void **state)
{
	static const char *const none[] = { "Host", "h", NULL };
	static const char *const body[] = { "Host", "h", "content-length",
		"12", "Authorization", "Bearer x", NULL };
	struct strict_head h = head("GET", "/v1/device/enrol?id=00ff", none);
	uint64_t len;

	(void)state;
	assert_ok(check(&h, &len));
	assert_int_equal(len, 0);
	h = head("POST", "/v1/device/log?from=0", body);
	assert_ok(check(&h, &len));
	assert_int_equal(len, 12);
	assert_string_equal(strict_value(&h, "AUTHORIZATION"), "Bearer x");
	assert_null(strict_value(&h, "Author"));
}

static void
test_headers_refused(void **state)
{
	static const char *const table[][7] = {
		{ "Content-Length", "1", "Transfer-Encoding", "chunked" },
		{ "Transfer-Encoding", "chunked" },
		{ "transfer-encoding", "identity" },
		{ "Content-Length", "1", "Content-Length", "1" },
		{ "Content-Length", "1", "content-length", "2" },
		{ "Content-Length", "+1" },
		{ "Content-Length", "-1" },
		{ "Content-Length", "1, 1" },
		{ "Content-Length", "1 1" },
		{ "Content-Length", "0x1" },
		{ "Content-Length", "01" },
		{ "Content-Length", "" },
		{ "Content-Length", "1 " },
		{ "Content-Length", "99999999999999999999" },
		{ "Content-Length ", "1" },
		{ "Content-Length\t", "1" },
		{ "X\x01Y", "1" },
		{ "", "1" },
		{ "X", "a\tb" },
		{ "X", "a\x7f" },
		{ "X", " a" },
		{ "Host", "a", "Host", "b" },
		{ "Authorization", "a", "Authorization", "a" },
	};
	uint64_t len;

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct strict_head h = head("POST", "/", table[i]);

		assert_err(check(&h, &len), BW_ERR_FORMAT);
	}
}

static void
test_targets_refused(void **state)
{
	static const char *const table[] = {
		"", "r/", "http://other/", "/a%00", "/a%00b", "/a%0", "/a%zz",
		"/a b", "/a\tb", "/\x7f", "/\xc3\xa9", "/a#b", "/a\\b",
		"/<script>"
	};
	char longest[STRICT_TARGET_MAX + 2];
	uint64_t len;

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct strict_head h = head("GET", table[i], NULL);

		assert_err(check(&h, &len), BW_ERR_FORMAT);
	}
	memset(longest, 'a', sizeof(longest) - 1);
	longest[0] = '/';
	longest[sizeof(longest) - 1] = 0;
	assert_err(check(&(struct strict_head){ "GET", longest, "HTTP/1.1", 0,
	    { { 0 } }, false, 0 }, &len), BW_ERR_FORMAT);
	longest[sizeof(longest) - 2] = 0;
	assert_ok(check(&(struct strict_head){ "GET", longest, "HTTP/1.1", 0,
	    { { 0 } }, false, 0 }, &len));
}

static void
test_get_has_no_body(void **state)
{
	static const char *const one[] = { "Content-Length", "1", NULL };
	static const char *const zero[] = { "Content-Length", "0", NULL };
	struct strict_head h = head("GET", "/", one);
	uint64_t len;

	(void)state;
	assert_err(check(&h, &len), BW_ERR_FORMAT);
	h = head("HEAD", "/", one);
	assert_err(check(&h, &len), BW_ERR_FORMAT);
	h = head("GET", "/", zero);
	assert_ok(check(&h, &len));
}

/* Bytes that no header shows are seen in the sum. */
static void
test_hidden_bytes(void **state)
{
	static const char *const pairs[] = { "Host", "h", NULL };
	static const char plain[] = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
	struct strict_head h = head("GET", "/", pairs);
	uint64_t len;

	(void)state;
	h.size = sizeof(plain) - 1;
	assert_ok(check(&h, &len));
	h.size++;
	assert_err(check(&h, &len), BW_ERR_FORMAT);
	h.size -= 2;
	assert_err(check(&h, &len), BW_ERR_FORMAT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain_requests_pass),
		cmocka_unit_test(test_headers_refused),
		cmocka_unit_test(test_targets_refused),
		cmocka_unit_test(test_get_has_no_body),
		cmocka_unit_test(test_hidden_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
