// SPDX-License-Identifier: Apache-2.0
/* Addresses, the sources they count as, and how many of a source are here. */
#include "tests/support/unit.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>

#include "host/address.h"
#include "host/crowd.h"

static const char *
source(const char *text)
{
	static char out[ADDRESS_SOURCE_MAX];
	struct address a;

	assert_ok(address_parse(text, strlen(text), &a));
	address_source(&a, out);
	return out;
}

static void
test_sources(void **state)
{
	struct address none = { 0 };
	char out[ADDRESS_SOURCE_MAX] = "x";

	(void)state;
	assert_string_equal(source("192.0.2.1"), "192.0.2.1");
	assert_string_equal(source("::ffff:192.0.2.1"), "192.0.2.1");
	assert_string_equal(source("::FFFF:c000:0201"), "192.0.2.1");
	assert_string_equal(source("2001:db8:1:2:3:4:5:6"),
	    "2001:db8:1:2::/64");
	assert_string_equal(source("2001:db8:1:2:ffff::1"),
	    "2001:db8:1:2::/64");
	assert_string_equal(source("2001:db8:1:3::1"), "2001:db8:1:3::/64");
	assert_string_equal(source("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
	    "ffff:ffff:ffff:ffff::/64");
	assert_string_equal(source("::1"), "::/64");
	address_source(&none, out);
	assert_string_equal(out, "");
}

static void
test_no_address(void **state)
{
	static const char *const bad[] = { "", "1", "1.2.3", "1.2.3.4:80",
		"1.2.3.4 ", " 1.2.3.4", "[::1]", "::1%lo", "localhost",
		"unknown", "1.2.3.04444", "::ffff:1.2.3.4.5",
		"2001:db8:1111:2222:3333:4444:5555:6666:7777:8888:9999" };
	struct address a;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_err(address_parse(bad[i], strlen(bad[i]), &a),
		    BW_ERR_FORMAT);
	assert_err(address_parse("1.2.3.4\0", 8, &a), BW_ERR_FORMAT);
}

/* A peer is the same however its socket spells it. */
static void
test_peers(void **state)
{
	struct sockaddr_in v4 = { .sin_family = AF_INET };
	struct sockaddr_in6 mapped = { .sin6_family = AF_INET6 };
	struct sockaddr other = { .sa_family = AF_UNIX };
	struct address a, b, c;

	(void)state;
	assert_int_equal(inet_pton(AF_INET, "127.0.0.1", &v4.sin_addr), 1);
	assert_int_equal(inet_pton(AF_INET6, "::ffff:127.0.0.1",
	    &mapped.sin6_addr), 1);
	address_of((struct sockaddr *)&v4, &a);
	address_of((struct sockaddr *)&mapped, &b);
	assert_true(address_equal(&a, &b));
	assert_ok(address_parse("127.0.0.1", 9, &c));
	assert_true(address_equal(&a, &c));
	assert_ok(address_parse("127.0.0.2", 9, &c));
	assert_false(address_equal(&a, &c));
	assert_ok(address_parse("::1", 3, &c));
	assert_false(address_equal(&a, &c));
	address_of(&other, &c);
	assert_int_equal(c.family, 0);
	address_of(NULL, &c);
	assert_int_equal(c.family, 0);
}

static void
test_crowd(void **state)
{
	struct crowd *c;
	char name[ADDRESS_SOURCE_MAX];

	(void)state;
	assert_ok(crowd_open(&c));
	assert_int_equal(crowd_join(c, "192.0.2.1"), 1);
	assert_int_equal(crowd_join(c, "192.0.2.1"), 2);
	assert_int_equal(crowd_join(c, "2001:db8::/64"), 1);
	/* More than there are lists: each counts alone, and goes again. */
	for (int i = 0; i < 5000; i++) {
		snprintf(name, sizeof(name), "10.0.%d.%d", i / 250, i % 250);
		assert_int_equal(crowd_join(c, name), 1);
	}
	for (int i = 4999; i >= 0; i--) {
		snprintf(name, sizeof(name), "10.0.%d.%d", i / 250, i % 250);
		crowd_leave(c, name);
		assert_int_equal(crowd_join(c, name), 1);
		crowd_leave(c, name);
	}
	crowd_leave(c, "192.0.2.1");
	assert_int_equal(crowd_join(c, "192.0.2.1"), 2);
	crowd_close(&c);
	assert_null(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sources),
		cmocka_unit_test(test_no_address),
		cmocka_unit_test(test_peers),
		cmocka_unit_test(test_crowd),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
