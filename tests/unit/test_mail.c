// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include "uplink/mail.h"

static struct mail m;

static enum mail_kind
kind_of(const char *name)
{
	mail_parse(name, &m);
	return m.kind;
}

static void
names_are_understood(void **state)
{
	(void)state;
	assert_int_equal(kind_of("log-0000000000-0000000001.cbor"), MAIL_LOG);
	assert_int_equal(m.from, 0);
	assert_int_equal(m.to, 1);
	assert_int_equal(kind_of("log-9999999998-9999999999.cbor"), MAIL_LOG);
	assert_int_equal(m.from, 9999999998);
	assert_int_equal(m.to, 9999999999);
	assert_int_equal(kind_of("enrol-0123456789abcdef-get.json"),
	    MAIL_ENROL_GET);
	assert_string_equal(m.id, "0123456789abcdef");
	assert_int_equal(kind_of("enrol-0123456789abcdef-post.json"),
	    MAIL_ENROL_POST);
}

static void
all_others_are_left_alone(void **state)
{
	static const char *const names[] = {
		"", "log-", "status.json", "log-0000000001-0000000001.cbor",
		"log-0000000002-0000000001.cbor",
		"log-000000000-0000000001.cbor",
		"log-00000000000-0000000001.cbor",
		"log-0000000000-0000000001.cbor2",
		"log-0000000000-0000000001.CBOR",
		"log-0000000000_0000000001.cbor",
		"log-+000000000-0000000001.cbor",
		"log- 000000000-0000000001.cbor",
		"log-0000000000-0000000001", ".log-0000000000-0000000001.cbor",
		"xlog-0000000000-0000000001.cbor",
		"enrol-0123456789ABCDEF-get.json",
		"enrol-0123456789abcde-get.json",
		"enrol-0123456789abcdef0-get.json",
		"enrol-0123456789abcdef-put.json",
		"enrol-0123456789abcdef-get.jso",
		"enrol-0123456789abcdeg-get.json",
		"enrol-../../../../etc/-get.json",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		assert_int_equal(kind_of(names[i]), MAIL_OTHER);
		assert_int_equal(m.from, 0);
		assert_int_equal(m.to, 0);
		assert_string_equal(m.id, "");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_understood),
		cmocka_unit_test(all_others_are_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
