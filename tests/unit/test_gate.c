// SPDX-License-Identifier: Apache-2.0
/* The way to the staff's screens, and how often it may be tried. */
#include "tests/support/unit.h"

#include <stdio.h>
#include <unistd.h>

#include "kiosk/door.h"
#include "kiosk/gate.h"

static char dir[] = "/tmp/badgeward-gate-XXXXXX";
static char path[FILE_PATH_MAX];

static int
set_up(void **state)
{
	(void)state;
	strcpy(dir + sizeof(dir) - 7, "XXXXXX");
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/pin-tries", dir);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	(void)unlink(path);
	return rmdir(dir);
}

static void
five_then_ever_longer(void **state)
{
	static const int minutes[] = { 1, 2, 4, 8, 16, 32, 64, 64 };
	int64_t now = 1000;
	struct gate g;

	(void)state;
	gate_open(&g, path, now);
	for (int i = 0; i < GATE_FREE; i++) {
		assert_int_equal(gate_wait(&g, now), 0);
		assert_ok(gate_try(&g, now));
	}
	for (size_t i = 0; i < sizeof(minutes) / sizeof(minutes[0]); i++) {
		assert_int_equal(gate_wait(&g, now), minutes[i] * 60000);
		now += minutes[i] * 60000 - 1;
		assert_err(gate_try(&g, now), BW_ERR_BUSY);
		now++;
		assert_ok(gate_try(&g, now));
	}
	now += 64 * 60000;
	assert_ok(gate_try(&g, now));
	gate_pass(&g);
	assert_int_equal(gate_wait(&g, now), 0);
	assert_int_equal(access(path, F_OK), -1);
}

/* Killed at any moment: a try that was begun counts, and the wait does too. */
static void
a_restart_gives_nothing_back(void **state)
{
	struct gate g;

	(void)state;
	for (int i = 0; i < GATE_FREE; i++) {
		gate_open(&g, path, 0);
		assert_int_equal(gate_wait(&g, 0), 0);
		assert_ok(gate_try(&g, 0));
	}
	gate_open(&g, path, 5);
	assert_int_equal(gate_wait(&g, 5), 60000);
	assert_err(gate_try(&g, 60004), BW_ERR_BUSY);
	assert_ok(gate_try(&g, 60005));
	gate_open(&g, path, 0);
	assert_int_equal(gate_wait(&g, 0), 120000);
	gate_pass(&g);
	gate_open(&g, path, 0);
	assert_int_equal(gate_wait(&g, 0), 0);
}

static void
what_cannot_be_read_waits(void **state)
{
	static const char *const bad[] = { "", "x", "-1", "1 ", "99999999" };
	struct gate g;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_ok(file_write(path, bad[i], strlen(bad[i]), 0600));
		gate_open(&g, path, 0);
		assert_int_equal(gate_wait(&g, 0), 60000);
	}
	/* A disk that takes no count: it holds while this runs. */
	gate_open(&g, "/nonexistent/pin-tries", 0);
	for (int i = 0; i < GATE_FREE; i++)
		assert_ok(gate_try(&g, 0));
	assert_err(gate_try(&g, 59999), BW_ERR_BUSY);
}

static void
the_corner_is_held(void **state)
{
	struct door d = { 0 };

	(void)state;
	door_finger(&d, TOUCH_DOWN, true, 100);
	door_finger(&d, TOUCH_MOVE, true, 1000);
	assert_false(door_opens(&d, 2099));
	assert_true(door_opens(&d, 2100));
	assert_false(door_opens(&d, 2100));
	door_finger(&d, TOUCH_UP, true, 2200);

	/* Elsewhere, off it, back on it, two fingers, let go too early. */
	door_finger(&d, TOUCH_DOWN, false, 0);
	door_finger(&d, TOUCH_MOVE, true, 10);
	assert_false(door_opens(&d, 9000));
	door_finger(&d, TOUCH_UP, true, 9000);
	door_finger(&d, TOUCH_DOWN, true, 0);
	door_finger(&d, TOUCH_MOVE, false, 10);
	door_finger(&d, TOUCH_MOVE, true, 20);
	assert_false(door_opens(&d, 9000));
	door_finger(&d, TOUCH_UP, true, 9000);
	door_finger(&d, TOUCH_DOWN, true, 0);
	door_finger(&d, TOUCH_DOWN, true, 10);
	assert_false(door_opens(&d, 9000));
	door_finger(&d, TOUCH_UP, true, 20);
	door_finger(&d, TOUCH_UP, true, 20);
	door_finger(&d, TOUCH_DOWN, true, 0);
	door_finger(&d, TOUCH_UP, true, 1999);
	assert_false(door_opens(&d, 9000));
	door_finger(&d, TOUCH_DOWN, true, 0);
	door_close(&d);
	assert_false(door_opens(&d, 9000));
}

static bool
press(struct door *d, const char *keys, int64_t from, int64_t step)
{
	bool open = false;

	for (; *keys != 0; keys++, from += step)
		open = door_key(d, *keys == 'b' ? SCREEN_KEY_BACK :
		    *keys == 'u' ? SCREEN_KEY_UP : *keys == 'd' ?
		    SCREEN_KEY_DOWN : SCREEN_KEY_OK, from);
	return open;
}

static void
the_chord_is_pressed(void **state)
{
	struct door d = { 0 };

	(void)state;
	assert_true(press(&d, "bubdb", 0, 1000));
	assert_true(press(&d, "bubdb", 0, 1250));
	assert_false(press(&d, "bubdb", 0, 1251));
	door_close(&d);
	assert_false(press(&d, "bubob", 0, 10));
	assert_false(press(&d, "budb", 0, 10));
	door_close(&d);
	assert_true(press(&d, "uubbubdb", 0, 10));
	assert_false(press(&d, "b", 0, 10));
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(five_then_ever_longer), TEST(a_restart_gives_nothing_back),
		TEST(what_cannot_be_read_waits),
		cmocka_unit_test(the_corner_is_held),
		cmocka_unit_test(the_chord_is_pressed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
