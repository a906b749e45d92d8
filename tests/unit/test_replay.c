// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "host/replay.h"

static char dir[] = "/tmp/badgeward-XXXXXX";
static char path[64], old[64];

static int
setup(void **state)
{
	(void)state;
	strcpy(dir, "/tmp/badgeward-XXXXXX");
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/replay", dir);
	snprintf(old, sizeof(old), "%s/replay.old", dir);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	unlink(path);
	unlink(old);
	rmdir(dir);
	return 0;
}

static void
test_once(void **state)
{
	struct replay *r;

	(void)state;
	assert_ok(replay_open(&r, path, 1000));
	assert_ok(replay_take(r, 1, "aa", 1000));
	assert_err(replay_take(r, 1, "aa", 1000), BW_ERR_EXISTS);
	assert_ok(replay_take(r, 2, "aa", 1000));	/* another device */
	assert_ok(replay_take(r, 1, "ab", 1000));
	replay_close(&r);
	assert_null(r);
}

/* At any time in the 600 seconds after, also across generations. */
static void
test_for_its_time(void **state)
{
	struct replay *r;

	(void)state;
	assert_ok(replay_open(&r, path, 1000));
	for (int64_t t = 1000; t < 3000; t += 50) {
		char jti[32], before[32];

		snprintf(jti, sizeof(jti), "%lld", (long long)t);
		assert_ok(replay_take(r, 1, jti, t));
		for (int64_t u = t < 1600 ? 1000 : t - 600; u <= t; u += 50) {
			snprintf(before, sizeof(before), "%lld",
			    (long long)u);
			assert_err(replay_take(r, 1, before, t),
			    BW_ERR_EXISTS);
		}
	}
	replay_close(&r);
}

/* A clock that was a day ahead was put right: what was taken is forgotten in
 * its time all the same, and not before. */
static void
test_clock_was_ahead(void **state)
{
	struct replay *r;

	(void)state;
	assert_ok(replay_open(&r, path, 1000 + 86400));
	assert_ok(replay_take(r, 1, "ahead", 1000 + 86400));
	assert_err(replay_take(r, 1, "ahead", 1000), BW_ERR_EXISTS);
	assert_ok(replay_take(r, 1, "first", 1000));
	assert_err(replay_take(r, 1, "first", 1599), BW_ERR_EXISTS);
	assert_ok(replay_take(r, 1, "second", 1650));	/* turns over */
	assert_err(replay_take(r, 1, "first", 1650), BW_ERR_EXISTS);
	assert_ok(replay_take(r, 1, "third", 2300));	/* turns over */
	assert_ok(replay_take(r, 1, "first", 2300));
	replay_close(&r);
}

static void
test_survives_a_restart(void **state)
{
	struct replay *r;

	(void)state;
	assert_ok(replay_open(&r, path, 1000));
	assert_ok(replay_take(r, 1, "first", 1550));
	assert_ok(replay_take(r, 1, "second", 1650));	/* turns over */
	replay_close(&r);
	assert_ok(replay_open(&r, path, 1700));
	assert_err(replay_take(r, 1, "first", 1700), BW_ERR_EXISTS);
	assert_err(replay_take(r, 1, "second", 1700), BW_ERR_EXISTS);
	replay_close(&r);
	assert_ok(replay_open(&r, path, 9999));
	assert_ok(replay_take(r, 1, "second", 9999));	/* long over */
	replay_close(&r);
}

/* What a kill left of a record is passed over. */
static void
test_torn_record(void **state)
{
	static const char torn[5] = "torn";
	struct replay *r;
	FILE *f;

	(void)state;
	assert_ok(replay_open(&r, path, 1000));
	assert_ok(replay_take(r, 1, "first", 1000));
	replay_close(&r);
	f = fopen(path, "a");
	assert_non_null(f);
	assert_int_equal(fwrite(torn, 1, sizeof(torn), f), sizeof(torn));
	fclose(f);
	assert_ok(replay_open(&r, path, 1001));
	assert_err(replay_take(r, 1, "first", 1001), BW_ERR_EXISTS);
	assert_ok(replay_take(r, 1, "second", 1001));
	replay_close(&r);
	assert_ok(replay_open(&r, path, 1002));
	assert_err(replay_take(r, 1, "second", 1002), BW_ERR_EXISTS);
	replay_close(&r);
}

static void
test_many(void **state)
{
	struct replay *r;
	char jti[32];

	(void)state;
	assert_ok(replay_open(&r, path, 1000));
	for (int i = 0; i < 5000; i++) {
		snprintf(jti, sizeof(jti), "%d", i);
		assert_ok(replay_take(r, 1, jti, 1000));
	}
	for (int i = 0; i < 5000; i++) {
		snprintf(jti, sizeof(jti), "%d", i);
		assert_err(replay_take(r, 1, jti, 1000), BW_ERR_EXISTS);
	}
	replay_close(&r);
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_once),
		TEST(test_for_its_time),
		TEST(test_clock_was_ahead),
		TEST(test_survives_a_restart),
		TEST(test_torn_record),
		TEST(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
