// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <stdio.h>

#include "host/station.h"

#define NOW 1778000000

static struct stations *t;
static struct station s;

static int
set_up(void **state)
{
	(void)state;
	return stations_open(&t) == BW_OK ? 0 : -1;
}

static int
tear_down(void **state)
{
	(void)state;
	stations_close(&t);
	return 0;
}

static uint64_t
order(const char *name, int64_t now)
{
	const struct station_order o = { .registration = 7 };
	uint64_t job;

	assert_ok(station_order(t, name, &o, now, &job));
	return job;
}

static enum station_state
state_at(const char *name, int64_t now)
{
	assert_ok(station_get(t, name, now, &s));
	return s.state;
}

static const struct badge_found over;	/* nothing */

static void
test_a_job(void **state)
{
	struct station_order o = { .registration = 7, .fields = FIELD_ALL };
	uint64_t job, other, changes = stations_changes(t);

	(void)state;
	assert_int_equal(station_order(t, "left", &o, NOW, &job),
	    BW_ERR_NOTFOUND);
	assert_ok(station_poll(t, "left", "token:1", NOW, &s));
	assert_int_equal(s.state, STATION_IDLE);
	assert_true(s.live);
	assert_ok(station_order(t, "left", &o, NOW, &job));
	assert_int_equal(station_order(t, "left", &o, NOW, &other),
	    BW_ERR_BUSY);
	/* It cannot say anything of what it has not taken. */
	assert_int_equal(station_say(t, "left", "token:1", job,
	    STATION_WAITING, NULL, NOW), BW_ERR_GONE);
	assert_ok(station_poll(t, "left", "token:1", NOW, &s));
	assert_int_equal(s.state, STATION_WAITING);
	assert_int_equal(s.order.registration, 7);
	/* Nor that something was written that was not made. */
	assert_int_equal(station_say(t, "left", "token:1", job, STATION_DONE,
	    NULL, NOW), BW_ERR_ARG);
	memset(&o, 0, sizeof(o));
	assert_ok(station_begin(t, "left", "token:1", job, "ntag215", NOW,
	    &o));
	assert_int_equal(o.fields, FIELD_ALL);
	station_made(t, "left", job, 3, &over, BW_OK, NULL, NOW);
	assert_ok(station_say(t, "left", "token:1", job, STATION_DONE, NULL,
	    NOW));
	assert_int_equal(state_at("left", NOW), STATION_DONE);
	assert_int_equal(s.edition, 3);
	assert_string_equal(s.type, "ntag215");
	assert_true(stations_changes(t) > changes);
	/* Once. */
	assert_int_equal(station_say(t, "left", "token:1", job, STATION_FAILED,
	    "removed", NOW), BW_ERR_GONE);
	assert_true(order("left", NOW) > job);
}

static void
test_cancelled(void **state)
{
	const struct fault said = { .text = "a sentence" };
	struct station_order o;
	uint64_t job;

	(void)state;
	assert_ok(station_poll(t, "left", "token:1", NOW, &s));
	job = order("left", NOW);
	assert_ok(station_poll(t, "left", "token:1", NOW, &s));
	assert_int_equal(station_cancel(t, "left", job + 1, NOW),
	    BW_ERR_NOTFOUND);
	assert_ok(station_cancel(t, "left", job, NOW));
	/* No badge is made for it any more. */
	assert_int_equal(station_begin(t, "left", "token:1", job, "ntag215",
	    NOW, &o), BW_ERR_GONE);
	job = order("left", NOW);
	assert_ok(station_poll(t, "left", "token:1", NOW, &s));
	assert_ok(station_begin(t, "left", "token:1", job, "ntag215", NOW,
	    &o));
	assert_int_equal(station_cancel(t, "left", job, NOW), BW_ERR_BUSY);
	station_made(t, "left", job, 0, &over, BW_ERR_FULL, &said, NOW);
	assert_int_equal(state_at("left", NOW), STATION_FAILED);
	assert_string_equal(s.why, "refused");
	assert_int_equal(s.refused, BW_ERR_FULL);
	assert_string_equal(s.said.text, "a sentence");
}

static void
test_silence(void **state)
{
	const struct station_order o = { .registration = 7 };
	uint64_t job;

	(void)state;
	assert_ok(station_poll(t, "left", "token:1", NOW, &s));
	job = order("left", NOW);
	assert_int_equal(state_at("left", NOW + STATION_LIVE_S),
	    STATION_ORDERED);
	assert_false(s.live);
	assert_ok(station_poll(t, "left", "token:1", NOW + 20, &s));
	assert_ok(station_say(t, "left", "token:1", job, STATION_WAITING,
	    NULL, NOW + 100));
	assert_int_equal(state_at("left", NOW + 100 + STATION_WAIT_S - 1),
	    STATION_WAITING);
	assert_int_equal(state_at("left", NOW + 100 + STATION_WAIT_S),
	    STATION_FAILED);
	assert_string_equal(s.why, "gone");
	assert_int_equal(station_order(t, "left", &o, NOW + 500, &job),
	    BW_ERR_NOTFOUND);
	/* One that starts anew knows nothing of what it had. */
	assert_ok(station_poll(t, "left", "token:1", NOW + 600, &s));
	order("left", NOW + 600);
	assert_ok(station_poll(t, "left", "token:1", NOW + 600, &s));
	assert_ok(station_poll(t, "left", "token:1", NOW + 601, &s));
	assert_int_equal(s.state, STATION_FAILED);
}

static void
test_others(void **state)
{
	struct station_order o;
	uint64_t job;

	(void)state;
	assert_ok(station_poll(t, "left", "token:1", NOW, &s));
	assert_int_equal(station_poll(t, "left", "token:2", NOW, &s),
	    BW_ERR_BUSY);
	job = order("left", NOW);
	assert_ok(station_poll(t, "left", "token:1", NOW, &s));
	assert_int_equal(station_say(t, "left", "token:2", job, STATION_FAILED,
	    "removed", NOW), BW_ERR_GONE);
	assert_int_equal(station_begin(t, "left", "token:2", job, "ntag215",
	    NOW, &o), BW_ERR_GONE);
	assert_int_equal(station_say(t, "left", "token:1", job, STATION_FAILED,
	    "<b>", NOW), BW_ERR_ARG);
	assert_int_equal(station_poll(t, "", "token:1", NOW, &s), BW_ERR_ARG);
	assert_int_equal(station_poll(t, "A/b", "token:1", NOW, &s),
	    BW_ERR_ARG);
	/* The name of one that went is free. */
	assert_ok(station_say(t, "left", "token:1", job, STATION_FAILED,
	    "removed", NOW));
	assert_ok(station_poll(t, "left", "token:2", NOW + STATION_LIVE_S,
	    &s));
}

static void
test_many(void **state)
{
	struct station all[STATIONS_MAX];
	char name[16];

	(void)state;
	for (int i = STATIONS_MAX; i > 0; i--) {
		snprintf(name, sizeof(name), "s%03d", i);
		assert_ok(station_poll(t, name, "token:1", NOW, &s));
	}
	assert_int_equal(station_poll(t, "more", "token:1", NOW, &s),
	    BW_ERR_FULL);
	assert_int_equal(stations_list(t, NOW, all, STATIONS_MAX),
	    STATIONS_MAX);
	for (size_t i = 1; i < STATIONS_MAX; i++)
		assert_true(strcmp(all[i - 1].name, all[i].name) < 0);
	/* Of those that went one makes room. */
	assert_ok(station_poll(t, "more", "token:1", NOW + STATION_LIVE_S,
	    &s));
	assert_int_equal(stations_list(t, NOW, all, STATIONS_MAX),
	    STATIONS_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_a_job, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_cancelled, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_silence, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_others, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(test_many, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
