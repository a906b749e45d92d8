// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unit.h"

#include "host/case_due.h"
#include "host/when.h"

static int64_t
at(const char *s)
{
	uint64_t t;

	assert_ok(when_parse(s, false, &t));
	return (int64_t)t;
}

static const struct {
	const char *received;
	unsigned months;
	const char *zone, *due;
} table[] = {
	/* UTC alone: month ends, leap years, year ends. */
	{ "2026-05-10T12:00:00Z", 1, "", "2026-06-10T23:59:59Z" },
	{ "2026-01-31T12:00:00Z", 1, "", "2026-02-28T23:59:59Z" },
	{ "2026-01-30T00:00:00Z", 1, "", "2026-02-28T23:59:59Z" },
	{ "2028-01-31T12:00:00Z", 1, "", "2028-02-29T23:59:59Z" },
	{ "2028-01-30T12:00:00Z", 1, "", "2028-02-29T23:59:59Z" },
	{ "2100-01-31T12:00:00Z", 1, "", "2100-02-28T23:59:59Z" },
	{ "2028-02-29T23:59:59Z", 1, "", "2028-03-29T23:59:59Z" },
	{ "2026-02-28T12:00:00Z", 1, "", "2026-03-28T23:59:59Z" },
	{ "2026-08-31T12:00:00Z", 1, "", "2026-09-30T23:59:59Z" },
	{ "2026-12-31T23:59:59Z", 1, "", "2027-01-31T23:59:59Z" },
	{ "2026-11-30T12:00:00Z", 3, "", "2027-02-28T23:59:59Z" },
	{ "2027-11-30T12:00:00Z", 3, "", "2028-02-29T23:59:59Z" },
	{ "2026-10-15T00:00:00Z", 3, "", "2027-01-15T23:59:59Z" },
	/* East of UTC the day ends earlier; a request of UTC's evening may be
	 * of the next day there. */
	{ "2026-01-31T12:00:00Z", 1, "Europe/Berlin",
	    "2026-02-28T22:59:59Z" },
	{ "2026-05-10T21:59:59Z", 1, "Europe/Berlin",
	    "2026-06-10T21:59:59Z" },
	{ "2026-05-10T22:30:00Z", 1, "Europe/Berlin",
	    "2026-06-11T21:59:59Z" },
	{ "2026-01-30T12:00:00Z", 1, "Pacific/Auckland",
	    "2026-02-28T10:59:59Z" },
	{ "2026-05-10T12:00:00Z", 1, "Asia/Kolkata",
	    "2026-06-10T18:29:59Z" },
	/* West of it the day ends later; one of UTC's night may be of the day
	 * before. */
	{ "2026-02-01T02:00:00Z", 1, "America/Los_Angeles",
	    "2026-03-01T07:59:59Z" },
	{ "2026-02-01T12:00:00Z", 1, "America/Los_Angeles",
	    "2026-03-02T07:59:59Z" },
	/* Between receipt and end the clocks were changed; on the last day;
	 * on the one behind it. */
	{ "2026-03-01T12:00:00Z", 1, "Europe/Berlin",
	    "2026-04-01T21:59:59Z" },
	{ "2026-09-28T12:00:00Z", 1, "Europe/Berlin",
	    "2026-10-28T22:59:59Z" },
	{ "2025-12-29T12:00:00Z", 3, "Europe/Berlin",
	    "2026-03-29T21:59:59Z" },
	{ "2026-02-28T12:00:00Z", 1, "Europe/Berlin",
	    "2026-03-28T22:59:59Z" },
	{ "2026-09-25T12:00:00Z", 1, "Europe/Berlin",
	    "2026-10-25T22:59:59Z" },
	{ "2026-09-24T12:00:00Z", 1, "Europe/Berlin",
	    "2026-10-24T21:59:59Z" },
	/* In Cairo midnight itself was left out. */
	{ "2026-03-23T12:00:00Z", 1, "Africa/Cairo", "2026-04-23T21:59:59Z" },
	/* Nobody knows it: UTC. */
	{ "2026-01-31T12:00:00Z", 1, "Mars/Olympus", "2026-02-28T23:59:59Z" },
};

static void
months(void **state)
{
	char due[WHEN_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		when_format(case_due(at(table[i].received), table[i].months,
		    table[i].zone), due);
		if (strcmp(due, table[i].due) != 0)
			print_error("%s + %u in \"%s\"\n", table[i].received,
			    table[i].months, table[i].zone);
		assert_string_equal(due, table[i].due);
	}
}

/* Whatever the zone and the hour: it is the last second of a day there, a month
 * behind, and later requests are never due earlier. */
static void
ends_with_a_day_there(void **state)
{
	static const char *const zones[] = { "Pacific/Kiritimati",
		"Pacific/Pago_Pago", "Europe/Berlin", "Australia/Lord_Howe",
		"Africa/Casablanca", "America/St_Johns" };
	int64_t from = at("2027-10-01"), to = at("2028-11-01");
	char clock[CASE_CLOCK_SIZE];

	(void)state;
	for (size_t z = 0; z < 6; z++) {
		int64_t last = 0;

		for (int64_t t = from; t < to; t += 5 * 3600) {
			int64_t due = case_due(t, 1, zones[z]);

			case_clock(zones[z], due, clock);
			assert_memory_equal(clock + 11, "23:59, ", 7);
			assert_true(due >= last);
			assert_in_range(due - t, 28 * 86400, 33 * 86400);
			assert_true(due < case_due(t, 3, zones[z]));
			last = due;
		}
	}
}

static void
zones(void **state)
{
	(void)state;
	assert_true(case_zone_known(""));
	assert_true(case_zone_known("UTC"));
	assert_true(case_zone_known("America/Argentina/Salta"));
	assert_false(case_zone_known("Mars/Olympus"));
	assert_false(case_zone_known("GMT+02:00"));
	assert_false(case_zone_known("Europe/Berl\xc3\xadn"));
	assert_false(case_zone_known("Europe/Berlin Europe/Berlin Europe/Berlin"));
}

static void
clocks_of_a_zone(void **state)
{
	const char *berlin = "Europe/Berlin";
	int64_t summer = 1780306200;	/* 2026-06-01T09:30:00Z */
	int64_t leap = 1774751400;	/* 2026-03-29T02:30, never there */
	int64_t twice = 1792895400;	/* 2026-10-25T02:30 */
	char clock[CASE_CLOCK_SIZE];

	(void)state;
	assert_int_equal(case_ahead("", summer), 0);
	assert_int_equal(case_ahead("Mars/Olympus", summer), 0);
	assert_int_equal(case_ahead(berlin, summer), 7200);
	assert_int_equal(case_ahead(berlin, 1767225600), 3600);
	assert_int_equal(case_moment("", summer), summer);
	assert_int_equal(case_moment(berlin, summer), summer - 7200);
	assert_int_equal(case_moment(berlin, twice), twice - 7200);
	assert_in_range(case_moment(berlin, leap), leap - 7200, leap - 3600);
	case_clock(berlin, summer, clock);
	assert_string_equal(clock, "2026-06-01 11:30, Europe/Berlin");
	case_clock("", summer, clock);
	assert_string_equal(clock, "");
}

static void
days_with_dots(void **state)
{
	static const struct {
		const char *typed, *iso;	/* NULL: it is not that */
	} t[] = {
		{ "1.6.2026", "2026-06-01" }, { "01.06.2026", "2026-06-01" },
		{ "31.12.2026 09:30", "2026-12-31 09:30" },
		{ "99.99.2026", "2026-99-99" },	/* when_parse refuses it */
		{ "", NULL }, { ".", NULL }, { "..", NULL }, { "1.6.", NULL },
		{ "1.6.26", NULL }, { "1.6.20260", NULL }, { "1..2026", NULL },
		{ "001.6.2026", NULL }, { "1.6.2026T09:30", NULL },
		{ "1. 6. 2026", NULL }, { " 1.6.2026", NULL },
		{ "-1.6.2026", NULL }, { "2026-06-01", NULL },
		{ "1.6.2026 and a text that goes on for ever", NULL }
	};
	char iso[WHEN_TYPED];
	uint64_t at;

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		bool is = when_dotted(t[i].typed, iso);

		assert_int_equal(is, t[i].iso != NULL);
		if (is)
			assert_string_equal(iso, t[i].iso);
	}
	assert_true(when_dotted("31.6.2026", iso));
	assert_int_equal(when_parse(iso, false, &at), BW_ERR_FORMAT);
}

static void
days(void **state)
{
	(void)state;
	assert_int_equal(case_days_left(1000000, 1000000), 0);
	assert_int_equal(case_days_left(1000000, 1000000 - 86399), 0);
	assert_int_equal(case_days_left(1000000, 1000000 - 86400), 1);
	assert_int_equal(case_days_left(1000000, 1000001), -1);
	assert_int_equal(case_days_left(1000000, 1000000 + 86400), -1);
	assert_int_equal(case_days_left(1000000, 1000001 + 86400), -2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(months),
		cmocka_unit_test(ends_with_a_day_there),
		cmocka_unit_test(zones),
		cmocka_unit_test(clocks_of_a_zone),
		cmocka_unit_test(days_with_dots),
		cmocka_unit_test(days),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
