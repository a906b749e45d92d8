// SPDX-License-Identifier: Apache-2.0
/* Whether the clock is believed: every combination of what is known, and how
 * that comes to be known and is forgotten. */
#include "tests/support/unit.h"

#include "kiosk/clock_trust.h"

#define DAY INT64_C(86400)
#define T0 INT64_C(1778572800)	/* s */
#define BOOT INT64_C(5000000)	/* ms */
#define SIZE 10			/* entries that the log has at the start */

/* In the order of struct clock_facts: - no, x yes, . whichever. The first line
 * that fits decides; together they must fit all. */
static const struct {
	const char *fits;
	enum clock_source source;
} table[] = {
	/*synced denied host held rtc behind before_built ahead */
	{ "x.......", CLOCK_NTP },
	{ "-x......", CLOCK_UNKNOWN },
	{ "--x.....", CLOCK_HOST },
	{ "---..x..", CLOCK_UNKNOWN },
	{ "---x.-..", CLOCK_HELD },
	{ "----x---", CLOCK_RTC },
	{ "----x-x.", CLOCK_UNKNOWN },
	{ "----x--x", CLOCK_UNKNOWN },
	{ "-----...", CLOCK_UNKNOWN },
};
#define FACTS 8

static bool
fits(const char *line, unsigned bits)
{
	for (unsigned i = 0; i < FACTS; i++)
		if (line[i] != '.' &&
		    (line[i] == 'x') != ((bits >> i & 1) != 0))
			return false;
	return true;
}

static struct clock_facts
facts(unsigned bits)
{
	return (struct clock_facts){ .synced = bits & 1,
		.denied = bits >> 1 & 1, .host = bits >> 2 & 1,
		.held = bits >> 3 & 1, .rtc = bits >> 4 & 1,
		.behind = bits >> 5 & 1, .before_built = bits >> 6 & 1,
		.ahead = bits >> 7 & 1 };
}

static void
test_every_combination(void **state)
{
	(void)state;
	for (unsigned bits = 0; bits < 1U << FACTS; bits++) {
		const struct clock_facts f = facts(bits);
		size_t i = 0;

		while (i < sizeof(table) / sizeof(table[0]) &&
		    !fits(table[i].fits, bits))
			i++;
		assert_true(i < sizeof(table) / sizeof(table[0]));
		assert_int_equal(clock_decide(&f), table[i].source);
	}
}

/* ---- how it comes to be known ---- */

static struct clock_trust t;
static struct clock_world w;

static void
start(void)
{
	w = (struct clock_world){ .wall = T0 * 1000, .boot = BOOT,
		.last = T0 - 60, .built = T0 - 10 * DAY };
	clock_trust_init(&t, &w, SIZE);
}

static void
pass(int64_t ms)
{
	w.wall += ms;
	w.boot += ms;
}

static enum clock_source
look(void)
{
	clock_trust_look(&t, &w);
	return t.source;
}

#define IS(wanted) assert_int_equal(look(), wanted)

static void
test_it_runs_on(void **state)
{
	(void)state;
	start();
	IS(CLOCK_UNKNOWN);
	w.kernel = true;
	IS(CLOCK_NTP);
	w.kernel = false;
	pass(7 * DAY * 1000);
	IS(CLOCK_HELD);		/* a week */
	pass(CLOCK_HELD_MS - 7 * DAY * 1000);
	IS(CLOCK_HELD);
	pass(1);
	IS(CLOCK_UNKNOWN);
}

static void
test_a_step_ends_it(void **state)
{
	static const int64_t steps[] = { CLOCK_STEP_MS, -CLOCK_STEP_MS,
		DAY * 1000, -DAY * 1000 };

	(void)state;
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		start();
		w.last = T0 - 2 * DAY;
		w.kernel = true;
		IS(CLOCK_NTP);
		w.kernel = false;
		pass(1000);
		w.wall += steps[i] > 0 ? 1999 : -1999;	/* it was slewed */
		IS(CLOCK_HELD);
		pass(1000);
		w.wall += steps[i];
		IS(CLOCK_UNKNOWN);
		pass(1000);
		w.wall -= steps[i];	/* and back */
		IS(CLOCK_UNKNOWN);
	}
}

/* timesyncd's mark counts like the kernel's word, but not one from before a
 * step, nor from a time that is not yet. */
static void
test_timesyncd(void **state)
{
	(void)state;
	start();
	w.touched = T0 - 600;
	IS(CLOCK_NTP);
	pass(1000);
	IS(CLOCK_NTP);
	w.wall += 3600 * 1000;		/* somebody sets it by hand */
	IS(CLOCK_UNKNOWN);
	pass(60000);
	IS(CLOCK_UNKNOWN);
	w.touched = w.wall / 1000;
	IS(CLOCK_NTP);
	pass(1000);
	w.wall += 3600 * 1000;		/* timesyncd steps it, and says so */
	w.touched = w.wall / 1000;
	IS(CLOCK_NTP);
	start();
	w.touched = T0 + CLOCK_SLACK + 1;
	IS(CLOCK_UNKNOWN);
	pass(1000);
	IS(CLOCK_NTP);
}

static void
test_battery_clock(void **state)
{
	(void)state;
	start();
	w.rtc = T0;
	assert_true(t.rtc_wanted);
	IS(CLOCK_RTC);
	assert_false(t.rtc_wanted);
	w.rtc = 0;			/* not looked at again */
	pass(DAY * 1000);
	IS(CLOCK_RTC);
	w.wall += DAY * 1000;
	IS(CLOCK_UNKNOWN);
	assert_true(t.rtc_wanted);	/* the one that was set likewise */
	w.rtc = w.wall / 1000;
	IS(CLOCK_RTC);

	start();
	w.rtc = T0 + CLOCK_SLACK + 1;	/* it was set by something else */
	IS(CLOCK_UNKNOWN);
}

static void
test_battery_clock_must_be_likely(void **state)
{
	(void)state;
	start();
	w.rtc = T0;
	w.last = T0 + CLOCK_SLACK;
	IS(CLOCK_RTC);
	w.last++;
	IS(CLOCK_UNKNOWN);
	w.last = T0 - CLOCK_AHEAD;
	IS(CLOCK_RTC);
	w.last--;
	IS(CLOCK_UNKNOWN);
	w.last = T0 - 60;
	w.built = T0;
	IS(CLOCK_RTC);
	w.built++;
	IS(CLOCK_UNKNOWN);
}

/* ---- the host's word ---- */

static enum clock_word
signed_at(uint64_t size, int64_t time)
{
	return clock_trust_signed(&t, &w, size, time);
}

static void
test_host_agrees(void **state)
{
	(void)state;
	start();
	IS(CLOCK_UNKNOWN);
	clock_trust_made(&t, SIZE + 1, w.boot);
	pass(5000);
	assert_int_equal(signed_at(SIZE + 1, T0 + 3), CLOCK_WORD_AGREES);
	IS(CLOCK_HOST);
	pass(CLOCK_HELD_MS);
	IS(CLOCK_HOST);
	pass(1);
	IS(CLOCK_UNKNOWN);
}

/* From the making of the entry to now, and so much more on either side. */
static void
test_host_denies(void **state)
{
	const int64_t took = 300, now = T0 + took;
	static const struct {
		int64_t off;
		enum clock_word word;
	} cases[] = {
		{ CLOCK_SLACK + 1, CLOCK_WORD_DENIES },
		{ CLOCK_SLACK, CLOCK_WORD_AGREES },
		{ 0, CLOCK_WORD_AGREES },
		{ -300 - CLOCK_SLACK, CLOCK_WORD_AGREES },
		{ -300 - CLOCK_SLACK - 1, CLOCK_WORD_DENIES },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		start();
		w.rtc = T0;
		IS(CLOCK_RTC);
		clock_trust_made(&t, SIZE + 1, w.boot);
		pass(took * 1000);
		assert_int_equal(signed_at(SIZE + 1, now + cases[i].off),
		    cases[i].word);
		IS(cases[i].word == CLOCK_WORD_AGREES ? CLOCK_HOST :
		    CLOCK_UNKNOWN);
	}
	/* What the system says of now is better, and so is a later word. */
	clock_trust_made(&t, SIZE + 2, w.boot);
	assert_int_equal(signed_at(SIZE + 2, now), CLOCK_WORD_AGREES);
	IS(CLOCK_HOST);
	clock_trust_made(&t, SIZE + 3, w.boot);
	assert_int_equal(signed_at(SIZE + 3, now + DAY), CLOCK_WORD_DENIES);
	IS(CLOCK_UNKNOWN);
	w.kernel = true;
	IS(CLOCK_NTP);
	w.kernel = false;
	IS(CLOCK_HELD);
}

/* The log was ahead: the host's word is enough to go back. */
static void
test_host_against_the_log(void **state)
{
	int64_t before;

	(void)state;
	start();
	w.last = T0 + DAY;
	w.rtc = T0;
	IS(CLOCK_UNKNOWN);
	assert_false(clock_trust_stepped(&t, &w, &before));
	clock_trust_made(&t, SIZE + 1, w.boot);
	assert_int_equal(signed_at(SIZE + 1, T0), CLOCK_WORD_AGREES);
	IS(CLOCK_HOST);
	assert_true(clock_trust_stepped(&t, &w, &before));
	assert_int_equal(before, T0 + DAY);
}

/* An old cosignature, or one over what this process did not make, says
 * nothing, whatever time is in it. */
static void
test_old_words_do_not_count(void **state)
{
	(void)state;
	start();
	IS(CLOCK_UNKNOWN);
	for (uint64_t size = 0; size <= SIZE + 1; size++)
		assert_int_equal(signed_at(size, T0), CLOCK_WORD_NONE);
	clock_trust_made(&t, SIZE + 1, w.boot);
	pass(CLOCK_FRESH_MS);
	clock_trust_made(&t, SIZE + 2, w.boot);
	assert_int_equal(signed_at(SIZE + 1, w.wall / 1000),
	    CLOCK_WORD_AGREES);
	pass(1);
	assert_int_equal(signed_at(SIZE + 1, w.wall / 1000), CLOCK_WORD_NONE);
	assert_int_equal(signed_at(SIZE + 3, w.wall / 1000), CLOCK_WORD_NONE);
	/* Too many since: forgotten, and not taken for another. */
	clock_trust_made(&t, SIZE + 2 + CLOCK_MADE, w.boot);
	assert_int_equal(signed_at(SIZE + 2, w.wall / 1000), CLOCK_WORD_NONE);
	assert_int_equal(signed_at(SIZE + 3, w.wall / 1000),
	    CLOCK_WORD_AGREES);
}

static void
test_when_it_asks(void **state)
{
	(void)state;
	start();
	IS(CLOCK_UNKNOWN);
	assert_true(clock_trust_asks(&t, w.boot));
	clock_trust_asked(&t, w.boot);
	clock_trust_made(&t, SIZE + 1, w.boot);
	pass(CLOCK_ASK_MS);
	assert_false(clock_trust_asks(&t, w.boot));
	pass(1);
	assert_true(clock_trust_asks(&t, w.boot));
	clock_trust_asked(&t, w.boot);
	/* The host is there, but its word came too late: soon again. */
	assert_int_equal(signed_at(SIZE + 1, T0), CLOCK_WORD_NONE);
	assert_false(clock_trust_asks(&t, w.boot));
	pass(CLOCK_ASK_SOON_MS + 1);
	assert_true(clock_trust_asks(&t, w.boot));
	clock_trust_asked(&t, w.boot);
	/* A step likewise. */
	pass(CLOCK_ASK_SOON_MS + 1);
	assert_false(clock_trust_asks(&t, w.boot));
	w.wall += DAY * 1000;
	IS(CLOCK_UNKNOWN);
	assert_true(clock_trust_asks(&t, w.boot));
	w.kernel = true;
	IS(CLOCK_NTP);
	assert_false(clock_trust_asks(&t, w.boot));
}

/* ---- what the log is told ---- */

static void
test_steps_of_a_clock_that_is_believed(void **state)
{
	int64_t before;

	(void)state;
	start();
	assert_false(clock_trust_holds(&t, w.wall, w.boot));
	w.kernel = true;
	IS(CLOCK_NTP);
	assert_false(clock_trust_stepped(&t, &w, &before));
	w.kernel = false;
	pass(1000);
	assert_true(clock_trust_holds(&t, w.wall, w.boot));
	w.wall += 1000 * 1000 - 1000;
	assert_false(clock_trust_holds(&t, w.wall, w.boot));
	IS(CLOCK_UNKNOWN);
	assert_false(clock_trust_holds(&t, w.wall, w.boot));
	assert_false(clock_trust_stepped(&t, &w, &before));
	pass(5000);
	w.kernel = true;
	IS(CLOCK_NTP);
	assert_true(clock_trust_stepped(&t, &w, &before));
	assert_int_equal(before, T0 + 6);
	IS(CLOCK_NTP);			/* it could not be stored */
	assert_true(clock_trust_stepped(&t, &w, &before));
	clock_trust_noted(&t);
	assert_false(clock_trust_stepped(&t, &w, &before));
	w.last = w.wall / 1000 + CLOCK_SLACK + 1;
	assert_true(clock_trust_stepped(&t, &w, &before));
	assert_int_equal(before, w.last);
}

static void
recall(int64_t offset, int64_t synced_at, int64_t host_at)
{
	const struct clock_kept kept = { .offset = offset,
		.log_offset = offset, .synced_at = synced_at,
		.host_at = host_at };

	clock_trust_recall(&t, &kept);
}

/* Another process of the same boot of the machine. */
static void
test_recalled(void **state)
{
	int64_t before, offset;

	(void)state;
	start();
	offset = w.wall - w.boot;
	recall(offset, BOOT - 5000, CLOCK_NEVER);
	IS(CLOCK_HELD);
	assert_false(clock_trust_stepped(&t, &w, &before));
	start();
	recall(offset, CLOCK_NEVER, BOOT - 5000);
	IS(CLOCK_HOST);
	start();			/* stepped between the two */
	recall(offset - DAY * 1000, BOOT - 5000, CLOCK_NEVER);
	IS(CLOCK_UNKNOWN);
	w.kernel = true;
	IS(CLOCK_NTP);
	assert_true(clock_trust_stepped(&t, &w, &before));
	assert_int_equal(before, T0 - DAY);
	start();			/* likewise, and with a mark from whenever */
	w.touched = T0 - 600;
	clock_trust_init(&t, &w, SIZE);
	recall(offset - DAY * 1000, BOOT - 5000, CLOCK_NEVER);
	IS(CLOCK_UNKNOWN);
	w.touched = T0;
	IS(CLOCK_NTP);
	start();			/* later than now: of no boot of ours */
	recall(offset, BOOT + 1, BOOT + 1);
	IS(CLOCK_UNKNOWN);
}

/* What the host said of this very clock, too; not of one it was stepped from. */
static void
test_recalled_denial(void **state)
{
	struct clock_kept kept = { .synced_at = BOOT - 5000,
		.host_at = CLOCK_NEVER, .denied = true };
	int64_t before;

	(void)state;
	start();
	kept.offset = w.wall - w.boot;
	kept.log_offset = kept.offset - DAY * 1000;
	w.rtc = T0;
	clock_trust_recall(&t, &kept);
	IS(CLOCK_UNKNOWN);
	w.kernel = true;
	IS(CLOCK_NTP);
	assert_true(clock_trust_stepped(&t, &w, &before));
	assert_int_equal(before, T0 - DAY);
	start();
	w.rtc = T0;
	kept.offset -= DAY * 1000;
	clock_trust_recall(&t, &kept);
	IS(CLOCK_UNKNOWN);
	pass(1000);
	IS(CLOCK_RTC);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_combination),
		cmocka_unit_test(test_it_runs_on),
		cmocka_unit_test(test_a_step_ends_it),
		cmocka_unit_test(test_timesyncd),
		cmocka_unit_test(test_battery_clock),
		cmocka_unit_test(test_battery_clock_must_be_likely),
		cmocka_unit_test(test_host_agrees),
		cmocka_unit_test(test_host_denies),
		cmocka_unit_test(test_host_against_the_log),
		cmocka_unit_test(test_old_words_do_not_count),
		cmocka_unit_test(test_when_it_asks),
		cmocka_unit_test(test_steps_of_a_clock_that_is_believed),
		cmocka_unit_test(test_recalled),
		cmocka_unit_test(test_recalled_denial),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
