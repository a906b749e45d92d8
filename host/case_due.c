// SPDX-License-Identifier: Apache-2.0
#include "host/case_due.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unicode/ucal.h>
#include <unicode/ustring.h>

#define DAY 86400

/* The database's name in ICU's characters; 0 when it cannot be one. */
static int32_t
wide(const char *zone, UChar out[static CASE_ZONE_MAX + 1])
{
	size_t n = strlen(zone);

	if (n == 0 || n > CASE_ZONE_MAX)
		return 0;
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)zone[i] < 0x21 ||
		    (unsigned char)zone[i] > 0x7e)
			return 0;
	u_charsToUChars(zone, out, (int32_t)n + 1);
	return (int32_t)n;
}

bool
case_zone_known(const char *zone)
{
	UChar name[CASE_ZONE_MAX + 1], out[CASE_ZONE_MAX + 1];
	UErrorCode e = U_ZERO_ERROR;
	UBool system = false;
	int32_t n = wide(zone, name);

	if (zone[0] == 0)
		return true;
	if (n == 0)
		return false;
	(void)ucal_getCanonicalTimeZoneID(name, n, out, CASE_ZONE_MAX + 1,
	    &system, &e);
	return U_SUCCESS(e) && system;
}

/* Seconds that the zone's clocks are ahead of UTC at a moment. */
static int64_t
ahead(UCalendar *cal, int64_t at)
{
	UErrorCode e = U_ZERO_ERROR;
	int32_t ms;

	if (cal == NULL)
		return 0;
	ucal_setMillis(cal, (double)at * 1000, &e);
	ms = ucal_get(cal, UCAL_ZONE_OFFSET, &e);
	ms += ucal_get(cal, UCAL_DST_OFFSET, &e);
	return U_SUCCESS(e) ? ms / 1000 : 0;
}

static int
month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 1 && leap ? 29 : days[month];
}

/* The midnight that ends the day so many months on, as the zone's clocks would
 * show it if they were UTC's. */
static int64_t
wall_end(int64_t wall, unsigned months)
{
	time_t t = (time_t)wall;
	struct tm tm;

	if (gmtime_r(&t, &tm) == NULL)
		return wall;
	tm.tm_mon += (int)months;
	tm.tm_year += tm.tm_mon / 12;
	tm.tm_mon %= 12;
	if (tm.tm_mday > month_days(tm.tm_year + 1900, tm.tm_mon))
		tm.tm_mday = month_days(tm.tm_year + 1900, tm.tm_mon);
	tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
	return timegm(&tm) + DAY;
}

/* The moment at which clocks show it: the first where they show it twice, that
 * of their leap where they never do. */
static int64_t
moment(UCalendar *cal, int64_t wall)
{
	int64_t before = wall - ahead(cal, wall - DAY);
	int64_t after = wall - ahead(cal, wall + DAY);

	if (after + ahead(cal, after) != wall)
		return before;
	return before + ahead(cal, before) != wall || after < before ? after :
	    before;
}

static int64_t
due_in(UCalendar *cal, int64_t received, unsigned months)
{
	return moment(cal, wall_end(received + ahead(cal, received), months)) -
	    1;
}

/* NULL, which is UTC: "", a zone that is not known, or no memory. */
static UCalendar *
clocks(const char *zone)
{
	UChar name[CASE_ZONE_MAX + 1];
	UErrorCode e = U_ZERO_ERROR;
	int32_t n = case_zone_known(zone) ? wide(zone, name) : 0;
	UCalendar *cal = n == 0 ? NULL : ucal_open(name, n, "en_US",
	    UCAL_GREGORIAN, &e);

	if (cal == NULL || U_SUCCESS(e))
		return cal;
	ucal_close(cal);
	return NULL;
}

static void
clocks_close(UCalendar *cal)
{
	if (cal != NULL)
		ucal_close(cal);
}

int64_t
case_ahead(const char *zone, int64_t at)
{
	UCalendar *cal = clocks(zone);
	int64_t out = ahead(cal, at);

	clocks_close(cal);
	return out;
}

int64_t
case_moment(const char *zone, int64_t wall)
{
	UCalendar *cal = clocks(zone);
	int64_t out = moment(cal, wall);

	clocks_close(cal);
	return out;
}

void
case_clock(const char *zone, int64_t at, char out[static CASE_CLOCK_SIZE])
{
	time_t there = (time_t)(at + case_ahead(zone, at));
	char text[20];
	struct tm tm;

	out[0] = 0;
	if (zone[0] == 0 || gmtime_r(&there, &tm) == NULL ||
	    strftime(text, sizeof(text), "%Y-%m-%d %H:%M", &tm) == 0)
		return;
	snprintf(out, CASE_CLOCK_SIZE, "%s, %s", text, zone);
}

int64_t
case_due(int64_t received, unsigned months, const char *zone)
{
	UCalendar *cal = clocks(zone);
	int64_t out = due_in(cal, received, months);

	clocks_close(cal);
	return out;
}

int64_t
case_days_left(int64_t due, int64_t now)
{
	return now <= due ? (due - now) / DAY : -1 - (now - due - 1) / DAY;
}
