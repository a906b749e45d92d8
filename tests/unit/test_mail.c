// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include "record/mail.h"

static struct mail m;

static enum mail_kind
kind_of(const char *name)
{
	mail_parse(name, &m);
	return m.kind;
}

static const struct mail known[] = {
	{ MAIL_LOG, "", 0, 1, 0 },
	{ MAIL_LOG, "", 9999999998, 9999999999, 0 },
	{ MAIL_ENROL_GET, "0123456789abcdef", 0, 0, 0 },
	{ MAIL_ENROL_POST, "0123456789abcdef", 0, 0, 0 },
	{ MAIL_STATUS, "", 0, 0, 0 },
	{ MAIL_IDENTITY, "", 0, 0, 0 },
	{ MAIL_OFFER, "d64ccb41aecf3529", 0, 0, 0 },
	{ MAIL_ANSWER, "d64ccb41aecf3529", 0, 0, 0 },
	{ MAIL_POLICY, "", 0, 0, 0 },
	{ MAIL_NOTE, "", 0, 0, 12 },
	{ MAIL_RESEND, "", 0, 0, 9999999999 },
	{ MAIL_REVOKED, "", 0, 0, 0 },
	{ MAIL_UPLINK, "", 0, 0, 0 },
};

static const char *const spelled[] = {
	"log-0000000000-0000000001.cbor", "log-9999999998-9999999999.cbor",
	"enrol-0123456789abcdef-get.json", "enrol-0123456789abcdef-post.json",
	"status.json", "identity.spki", "enrol-d64ccb41aecf3529-offer.json",
	"enrol-d64ccb41aecf3529-answer.json", "policy.jws",
	"note-0000000012.txt", "resend-9999999999", "revoked",
	"uplink.json",
};

static void
names_are_made_and_understood(void **state)
{
	char name[MAIL_NAME_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		mail_name(&known[i], name);
		assert_string_equal(name, spelled[i]);
		assert_int_equal(kind_of(name), known[i].kind);
		assert_string_equal(m.id, known[i].id);
		assert_int_equal(m.from, known[i].from);
		assert_int_equal(m.to, known[i].to);
		assert_int_equal(m.number, known[i].number);
	}
	m = (struct mail){ .kind = MAIL_OTHER };
	mail_name(&m, name);
	assert_string_equal(name, "");
}

static void
all_others_are_left_alone(void **state)
{
	static const char *const names[] = {
		"", "log-", "status.jso", "log-0000000001-0000000001.cbor",
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
		"enrol-../../../../etc/-get.json", "enrol-",
		"enrol-d64ccb41aecf352-answer.json",
		"note-12.txt", "note-0000000012", "note-",
		"resend-0000000007.txt", "resend-00000000x7", "resend-",
		"policy.jws.old", "status.json~", "uplink.jsonl",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		assert_int_equal(kind_of(names[i]), MAIL_OTHER);
		assert_int_equal(m.from, 0);
		assert_int_equal(m.to, 0);
		assert_int_equal(m.number, 0);
		assert_string_equal(m.id, "");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_made_and_understood),
		cmocka_unit_test(all_others_are_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
