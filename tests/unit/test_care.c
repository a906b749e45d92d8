// SPDX-License-Identifier: Apache-2.0
/* What is wrong with a device, by what the host knows and the device says. */
#include "tests/support/unit.h"

#include <string.h>

#include "host/portal/care.h"

#define NOW 1000000

static struct store_device d;
static struct health h;

static int
well(void **state)
{
	(void)state;
	d = (struct store_device){ .state = DEVICE_ACTIVE, .enrolled = true,
		.enrolled_at = NOW - 90000, .last_seen = NOW - 60 };
	h = (struct health){ .told = true, .version = "1.0", .clock = "ntp",
		.reader = "ready", .trouble = "none", .storage = "ok" };
	return 0;
}

static unsigned
find(void)
{
	return care_find(&d, &h, "1.0", NOW);
}

static void
says(char *word, const char *what, enum care c)
{
	char before[HEALTH_WORD_MAX + 1];

	memcpy(before, word, sizeof(before));
	strcpy(word, what);
	assert_int_equal(find(), 1u << c);
	memcpy(word, before, sizeof(before));
	assert_int_equal(find(), 0);
}

static void
each_word(void **state)
{
	(void)state;
	assert_int_equal(find(), 0);
	says(h.trouble, "screen", CARE_SCREEN);
	says(h.trouble, "reader", CARE_READER);
	says(h.trouble, "policy", CARE_POLICY);
	says(h.trouble, "clock", CARE_CLOCK);
	says(h.trouble, "log", CARE_LOG);
	says(h.trouble, "storage", CARE_STORAGE);
	says(h.trouble, "host", CARE_HOST);
	says(h.trouble, "closed", CARE_CLOSED);
	says(h.trouble, "day", CARE_DAY);
	says(h.trouble, "off", CARE_OFF);
	says(h.reader, "absent", CARE_READER);
	says(h.clock, "rtc", CARE_CLOCK_UNSURE);
	says(h.clock, "unknown", CARE_CLOCK_UNSURE);
	says(h.storage, "low", CARE_DISK_LOW);
	says(h.version, "0.9", CARE_OLD);
	h.backlog = CARE_BACKLOG;
	assert_int_equal(find(), 1u << CARE_BACKLOG_GROWS);
	/* Where no newer copy of the store is, waiting helps nobody. */
	assert_non_null(strstr(care_todo(CARE_HOST), "reassign it"));
	/* One that is closed for its clock is not said to be unsure as well. */
	h.backlog = 0;
	strcpy(h.clock, "unknown");
	strcpy(h.trouble, "clock");
	assert_int_equal(find(), 1u << CARE_CLOCK);
}

static void
what_the_host_knows(void **state)
{
	(void)state;
	d.forked = true;
	assert_int_equal(find(), 1u << CARE_FORKED);
	d.forked = false;
	d.last_seen = NOW - CARE_SILENT_SECONDS;
	assert_int_equal(find(), 1u << CARE_SILENT);
	d.enrolled_at = NOW - 10;
	d.last_seen = 0;
	h = (struct health){ .told = false };
	assert_int_equal(find(), 1u << CARE_UNTOLD);
	/* Its uplink alone has spoken. */
	h = (struct health){ .told = true, .version = "1.0" };
	assert_int_equal(find(), 1u << CARE_UPLINK_ALONE);
	strcpy(h.reader, "ready");
	assert_int_equal(find(), 0);
	d.state = DEVICE_REVOKED;
	assert_int_equal(find(), 1u << CARE_REVOKED);
	d.lost_at = NOW - 20;
	d.last_seen = NOW - 20;
	assert_int_equal(find(), 1u << CARE_LOST);
	assert_false(care_urgent(find()));
	/* Whoever has it has it on. */
	d.last_seen = NOW - 19;
	assert_int_equal(find(), 1u << CARE_HEARD);
	assert_true(care_urgent(find()));
	d.state = DEVICE_INVITED;
	d.invited_until = NOW + 1;
	assert_int_equal(find(), 1u << CARE_INVITED);
	d.invited_until = NOW;
	assert_int_equal(find(), 1u << CARE_INVITE_OVER);
}

/* The host itself knows of a log that it may lack a part of, also when nothing
 * is heard of the device; what the closed booth says is said once. */
static void
after_a_restore(void **state)
{
	(void)state;
	d.held = DEVICE_HELD_UNSURE;
	assert_int_equal(find(), 1u << CARE_PUT_BACK);
	assert_true(care_urgent(find()));
	d.last_seen = NOW - CARE_SILENT_SECONDS;
	assert_int_equal(find(), 1u << CARE_PUT_BACK | 1u << CARE_SILENT);
	d.last_seen = NOW - 60;
	d.held = DEVICE_HELD_LESS;
	assert_int_equal(find(), 1u << CARE_LESS);
	assert_true(care_urgent(find()));
	strcpy(h.trouble, "host");
	assert_int_equal(find(), 1u << CARE_HOST);
	d.state = DEVICE_REVOKED;
	assert_int_equal(find(), 1u << CARE_REVOKED);
}

/* Nobody says that it goes on recording where that never began. */
static void
silent_before_it_began(void **state)
{
	(void)state;
	d.last_seen = NOW - CARE_SILENT_SECONDS;
	h = (struct health){ .told = true, .version = "1.0" };
	assert_int_equal(find(), 1u << CARE_SILENT_UNBEGUN);
	assert_true(care_urgent(find()));
	h.told = false;
	assert_int_equal(find(), 1u << CARE_SILENT_UNBEGUN);
	assert_null(strstr(care_todo(CARE_SILENT_UNBEGUN), "goes on"));
	d.state = DEVICE_REVOKED;
	assert_int_equal(find(), 1u << CARE_REVOKED);
}

/* What was so when it was heard of last may be so no more. */
static void
silent_ones(void **state)
{
	static const char *const pass[] = { "screen", "reader", "policy",
		"clock", "storage", "host", "off", "none" };

	(void)state;
	d.last_seen = NOW - CARE_SILENT_SECONDS;
	for (size_t i = 0; i < sizeof(pass) / sizeof(pass[0]); i++) {
		strcpy(h.trouble, pass[i]);
		strcpy(h.reader, i % 2 == 0 ? "absent" : "ready");
		strcpy(h.clock, i % 2 == 0 ? "unknown" : "ntp");
		assert_int_equal(find(), 1u << CARE_SILENT);
	}
	strcpy(h.trouble, "log");
	assert_int_equal(find(), 1u << CARE_SILENT | 1u << CARE_LOG);
	strcpy(h.trouble, "day");
	assert_int_equal(find(), 1u << CARE_SILENT | 1u << CARE_DAY);
}

static void
the_worst_first(void **state)
{
	(void)state;
	assert_int_equal(care_worst(0), CARES);
	assert_int_equal(care_worst(1u << CARE_READER | 1u << CARE_OLD),
	    CARE_READER);
	assert_true(care_urgent(1u << CARE_SILENT));
	assert_false(care_urgent(0));
	assert_false(care_urgent(1u << CARE_REVOKED | 1u << CARE_DAY));
	for (int c = 0; c < CARES; c++)
		assert_true(care_what((enum care)c)[0] != 0);
}

/* The same words stand on a device's own page. */
static void
no_word_leads_to_another_page(void **state)
{
	(void)state;
	for (int c = 0; c < CARES; c++)
		assert_null(strstr(care_todo((enum care)c), " page"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(each_word, well),
		cmocka_unit_test_setup(what_the_host_knows, well),
		cmocka_unit_test_setup(after_a_restore, well),
		cmocka_unit_test_setup(silent_ones, well),
		cmocka_unit_test_setup(silent_before_it_began, well),
		cmocka_unit_test(the_worst_first),
		cmocka_unit_test(no_word_leads_to_another_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
