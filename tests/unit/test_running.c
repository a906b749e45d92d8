// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include "host/running.h"

static struct running *t;
static struct running_export list[RUNNING_SHOWN];

static int
set_up(void **state)
{
	(void)state;
	assert_ok(running_open(&t));
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	running_close(&t);
	running_close(&t);
	return 0;
}

static struct running_one *
begin(const char *kind, const char *subject)
{
	struct running_export e = { .actor = "account:7", .kind = kind,
		.format = "csv", .done = 99, .most = 5000, .sending = true };
	struct running_one *one;

	strcpy(e.subject, subject);
	assert_ok(running_begin(t, &e, &one));
	return one;
}

static void
one_is_seen_from_its_begin_to_its_end(void **state)
{
	struct running_one *one = begin("leads", "acme");

	(void)state;
	assert_int_equal(running_list(t, NULL, NULL, list), 1);
	assert_string_equal(list[0].actor, "account:7");
	assert_string_equal(list[0].subject, "acme");
	assert_int_equal(list[0].done, 0);
	assert_int_equal(list[0].most, 5000);
	assert_false(list[0].sending);
	running_step(one, 1024);
	assert_int_equal(running_list(t, NULL, NULL, list), 1);
	assert_int_equal(list[0].done, 1024);
	running_sends(one, 2000);
	assert_int_equal(running_list(t, NULL, NULL, list), 1);
	assert_int_equal(list[0].done, 2000);
	assert_true(list[0].sending);
	running_end(&one);
	assert_null(one);
	running_end(&one);
	assert_int_equal(running_list(t, NULL, NULL, list), 0);
}

static void
a_sponsor_sees_its_leads_alone(void **state)
{
	struct running_one *one[4] = { begin("leads", "acme"),
		begin("audit", ""), begin("leads", "acme-two"),
		begin("log", "acme") };

	(void)state;
	assert_int_equal(running_list(t, NULL, NULL, list), 4);
	assert_int_equal(running_list(t, "leads", "acme", list), 1);
	assert_string_equal(list[0].subject, "acme");
	assert_int_equal(running_list(t, "leads", "ac", list), 0);
	running_end(&one[0]);
	assert_int_equal(running_list(t, "leads", "acme", list), 0);
	assert_int_equal(running_list(t, NULL, NULL, list), 3);
	for (size_t i = 1; i < 4; i++)
		running_end(&one[i]);
}

static void
a_list_is_bounded_and_the_oldest_come_first(void **state)
{
	struct running_one *one[RUNNING_SHOWN + 1];

	(void)state;
	for (size_t i = 0; i <= RUNNING_SHOWN; i++) {
		one[i] = begin("leads", "acme");
		running_step(one[i], i);
	}
	assert_int_equal(running_list(t, NULL, NULL, list), RUNNING_SHOWN);
	assert_int_equal(list[RUNNING_SHOWN - 1].done, RUNNING_SHOWN - 1);
	running_end(&one[3]);
	assert_int_equal(running_list(t, NULL, NULL, list), RUNNING_SHOWN);
	assert_int_equal(list[3].done, 4);
	for (size_t i = 0; i <= RUNNING_SHOWN; i++)
		running_end(&one[i]);
}

/* Open pages are told of these, and not of every step. */
static void
changes_are_begin_sending_and_end(void **state)
{
	uint64_t before = running_changes(t);
	struct running_one *one = begin("audit", "");

	(void)state;
	assert_true(running_changes(t) > before);
	before = running_changes(t);
	running_step(one, 1);
	assert_int_equal(running_changes(t), before);
	running_sends(one, 1);
	assert_true(running_changes(t) > before);
	before = running_changes(t);
	running_end(&one);
	assert_true(running_changes(t) > before);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    one_is_seen_from_its_begin_to_its_end,
		    set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_sponsor_sees_its_leads_alone,
		    set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_list_is_bounded_and_the_oldest_come_first,
		    set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    changes_are_begin_sending_and_end,
		    set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
