// SPDX-License-Identifier: Apache-2.0
/* When the host's clock is in doubt. */
#include "host/case.h"
#include "host/hostclock.h"

#include <string.h>

#include "host/token.h"
#include "tests/support/summit.h"
#include "tests/support/unit.h"

#define THEN 1778000000
#define A "0b8c2434-b4c0-4cec-a638-b72e5a964e8d"
#define B "1b8c2434-b4c0-4cec-a638-b72e5a964e8d"
#define DAY 86400

static struct hostclock_look
look(int64_t wall, int64_t boot, const char *id)
{
	struct hostclock_look l = { .wall = wall, .boot = boot };

	strcpy(l.boot_id, id);
	return l;
}

static void
test_judge(void **state)
{
	const struct hostclock_look last = look(THEN, 5000, A);
	static const struct {
		int64_t wall, boot;
		const char *id;
		enum hostclock_doubt is;
	} rows[] = {
		{ THEN, 5000, A, HOSTCLOCK_FINE },
		{ THEN + DAY, 5000 + DAY, A, HOSTCLOCK_FINE },
		/* A step that a network's time makes now and then. */
		{ THEN + 600, 5000, A, HOSTCLOCK_FINE },
		{ THEN - 600, 5000, A, HOSTCLOCK_FINE },
		{ THEN + 601, 5000, A, HOSTCLOCK_SET },
		{ THEN + 5 * DAY, 5000 + DAY, A, HOSTCLOCK_SET },
		{ THEN + 5 * DAY, 5000 + 6 * DAY, A, HOSTCLOCK_SET },
		{ THEN - 601, 5000, A, HOSTCLOCK_BEHIND },
		/* Another start of the machine, or nobody knows. */
		{ THEN + DAY, 10, B, HOSTCLOCK_FINE },
		{ THEN + DAY, 5000, "", HOSTCLOCK_FINE },
		{ THEN - 601, 10, B, HOSTCLOCK_BEHIND },
		{ THEN + 3 * DAY, 10, B, HOSTCLOCK_FINE },
		{ THEN + 3 * DAY + 1, 10, B, HOSTCLOCK_STARTED },
		{ THEN + 31 * DAY, 10, B, HOSTCLOCK_STARTED },
		{ THEN + 31 * DAY, 5000 + 31 * DAY, A, HOSTCLOCK_FINE },
		{ THEN + 31 * DAY + 1, 10, B, HOSTCLOCK_AHEAD },
		{ THEN + 1000 * DAY, 5000 + 1000 * DAY, A, HOSTCLOCK_AHEAD },
	};
	const struct hostclock_look never = { 0 };
	struct hostclock_look moved = last, now;

	(void)state;
	/* Set ahead, and started anew: only on that start is it known. */
	moved.moved = true;
	now = look(THEN + DAY, 10, B);
	assert_int_equal(hostclock_judge(&moved, &now, 3 * DAY), HOSTCLOCK_SET);
	now = look(THEN + DAY, 5000 + DAY, "");
	assert_int_equal(hostclock_judge(&moved, &now, 3 * DAY), HOSTCLOCK_SET);
	now = look(THEN + DAY, 5000 + DAY, A);
	assert_int_equal(hostclock_judge(&moved, &now, 3 * DAY), HOSTCLOCK_FINE);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		now = look(rows[i].wall, rows[i].boot, rows[i].id);
		assert_int_equal(hostclock_judge(&last, &now, 3 * DAY),
		    rows[i].is);
		assert_int_equal(hostclock_judge(&never, &now, 3 * DAY),
		    HOSTCLOCK_FINE);
		now.synced = true;
		assert_int_equal(hostclock_judge(&last, &now, 3 * DAY),
		    rows[i].is == HOSTCLOCK_STARTED ? HOSTCLOCK_FINE :
		    rows[i].is);
	}
}

static void
test_until(void **state)
{
	struct hostclock h = { .now = look(THEN + 5, 1, A),
		.last = look(THEN, 1, A) };

	(void)state;
	assert_int_equal(hostclock_until(&h), THEN + 5);
	h.doubt = HOSTCLOCK_SET;
	assert_int_equal(hostclock_until(&h), THEN);
	h.doubt = HOSTCLOCK_BEHIND;
	h.now.wall = THEN - 5000;
	assert_int_equal(hostclock_until(&h), THEN - 5000);
}

/* Time does not go back, and goes on while the clock is behind. */
static void
test_time(void **state)
{
	struct hostclock h = { .now = look(THEN - 5000, 6000, A),
		.last = look(THEN, 5000, A) };

	(void)state;
	assert_int_equal(hostclock_time(&h), THEN - 5000);
	h.doubt = HOSTCLOCK_BEHIND;
	assert_int_equal(hostclock_time(&h), THEN + 1000);
	strcpy(h.now.boot_id, B);	/* started anew since */
	h.now.boot = 60;
	assert_int_equal(hostclock_time(&h), THEN + 60);
	h.last.boot_id[0] = 0;		/* it was the audit's newest row */
	assert_int_equal(hostclock_time(&h), THEN);
	h.doubt = HOSTCLOCK_SET;
	h.now.wall = THEN + DAY;
	assert_int_equal(hostclock_time(&h), THEN + DAY);
	h.doubt = HOSTCLOCK_AHEAD;
	assert_int_equal(hostclock_time(&h), THEN + DAY);
}

/* What is in doubt is not kept, so that it stays in doubt; what an officer
 * says is. */
static void
test_kept(void **state)
{
	struct hostclock_look far;
	struct hostclock h;
	struct summit s;

	(void)state;
	summit_open(&s, getenv("STORE"));
	hostclock_read(&far);
	far.wall -= 40 * DAY;
	assert_ok(SUMMIT_KEPT(&s, store_clock_put(s.store, &far)));
	for (int i = 0; i < 2; i++) {
		assert_ok(hostclock_keep(s.store, &h));
		assert_int_equal(h.doubt, HOSTCLOCK_AHEAD);
		assert_int_equal(h.last.wall, far.wall);
		assert_true(strlen(hostclock_sentence(h.doubt)) > 0);
	}
	assert_ok(SUMMIT_KEPT(&s, hostclock_confirm(s.store, "account:1",
	    &h)));
	assert_ok(hostclock_ask(s.store, &h));
	assert_int_equal(h.doubt, HOSTCLOCK_FINE);
	assert_true(h.last.wall > far.wall);
	summit_close(&s);
}

/* That it was set ahead is kept, and outlasts the machine's start. */
static void
test_moved(void **state)
{
	struct hostclock_look then;
	struct hostclock h;
	struct summit s;

	(void)state;
	summit_open(&s, getenv("STORE"));
	hostclock_read(&then);
	then.wall -= DAY;
	assert_ok(SUMMIT_KEPT(&s, store_clock_put(s.store, &then)));
	assert_ok(hostclock_keep(s.store, &h));
	assert_int_equal(h.doubt, HOSTCLOCK_SET);
	assert_ok(store_clock_get(s.store, &then));
	assert_true(then.moved);
	assert_int_equal(then.wall, h.last.wall);
	strcpy(then.boot_id, B);	/* it was another start */
	assert_ok(SUMMIT_KEPT(&s, store_clock_put(s.store, &then)));
	assert_ok(hostclock_keep(s.store, &h));
	assert_int_equal(h.doubt, HOSTCLOCK_SET);
	assert_ok(SUMMIT_KEPT(&s, hostclock_confirm(s.store, "account:1",
	    &h)));
	assert_ok(hostclock_keep(s.store, &h));
	assert_int_equal(h.doubt, HOSTCLOCK_FINE);
	assert_false(h.last.moved);
	summit_close(&s);
}

/* One that was made by a clock that was ahead lasts no longer than one can, and
 * keeps when it was made, by which it is known in rights-done. */
static void
test_token(void **state)
{
	const struct token_new in = { .name = "crm", .days = 30,
		.scopes = TOKEN_METRICS_READ };
	char text[TOKEN_SIZE];
	struct token t;
	struct summit s;
	uint64_t id;

	(void)state;
	summit_open(&s, getenv("STORE"));
	assert_ok(token_add(s.store, "cli:test", &in, THEN + 1000 * DAY, &id,
	    text));
	for (int i = 0; i < 3; i++) {
		assert_ok(SUMMIT_KEPT(&s, store_clock_mend(s.store, THEN - DAY,
		    THEN)));
		assert_ok(token_get(s.store, id, &t));
		assert_int_equal(t.created_at, THEN + 1000 * DAY);
		assert_int_equal(t.expires_at, THEN + TOKEN_DAYS_MAX * DAY);
	}
	summit_close(&s);
}

/* A case that was taken in by a clock that was ahead is due by the calendar, in
 * the event's zone, as one that is taken in now. */
static void
test_case_due(void **state)
{
	static const struct { enum case_type type; unsigned months; } all[] = {
		{ CASE_ACCESS, CASE_MONTHS },
		{ CASE_ERASURE, CASE_MONTHS_EXTENDED }, { CASE_BREACH, 0 } };
	const char *zone = "America/New_York";
	struct case_file f;
	struct summit s;
	uint64_t num[3];

	(void)state;
	summit_open(&s, getenv("STORE"));
	assert_ok(SUMMIT_KEPT(&s, case_zone_set(s.store, zone, "cli:test",
	    THEN)));
	for (size_t i = 0; i < 3; i++) {
		int64_t ahead = THEN + (37 + 200 * (int64_t)i) * DAY + 4711;

		assert_ok(SUMMIT_KEPT(&s, case_open(s.store,
		    &(struct case_new){ .type = all[i].type }, "cli:test",
		    ahead, &num[i])));
		if (all[i].months == CASE_MONTHS_EXTENDED)
			assert_ok(SUMMIT_KEPT(&s, case_extend(s.store, num[i],
			    "much to do", "cli:test", ahead)));
	}
	assert_ok(SUMMIT_KEPT(&s, store_clock_mend(s.store, THEN - DAY,
	    THEN)));
	for (size_t i = 0; i < 3; i++) {
		assert_ok(case_get(s.store, num[i], &f));
		assert_int_equal(f.received, THEN);
		assert_int_equal(f.opened_at, THEN);
		assert_int_equal(f.due, all[i].months == 0 ? THEN + 72 * 3600 :
		    case_due(THEN, all[i].months, zone));
	}
	summit_close(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_judge),
		cmocka_unit_test(test_until),
		cmocka_unit_test(test_time),
		cmocka_unit_test(test_kept),
		cmocka_unit_test(test_moved),
		cmocka_unit_test(test_token),
		cmocka_unit_test(test_case_due),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
