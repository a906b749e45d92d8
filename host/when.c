// SPDX-License-Identifier: Apache-2.0
#include "host/when.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define DAY 86400

/* The number of n digits at s, -1 when another character is among them. */
static int
digits(const char *s, size_t n)
{
	int v = 0;

	for (size_t i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return -1;
		v = v * 10 + (s[i] - '0');
	}
	return v;
}

/* "Z" or "+02:00" as seconds east of UTC. */
static bw_err
zone_parse(const char *s, long *east)
{
	int h, m;

	*east = 0;
	if (strcmp(s, "Z") == 0)
		return BW_OK;
	if (strlen(s) != 6 || (s[0] != '+' && s[0] != '-') || s[3] != ':')
		return BW_ERR_FORMAT;
	h = digits(s + 1, 2);
	m = digits(s + 4, 2);
	if (h < 0 || h > 14 || m < 0 || m > 59)
		return BW_ERR_FORMAT;
	*east = (s[0] == '-' ? -1L : 1L) * (h * 3600L + m * 60L);
	return BW_OK;
}

/* "09:30:00" and a zone behind it. */
static bw_err
clock_parse(const char *s, struct tm *tm, long *east)
{
	if (strlen(s) < 9 || s[2] != ':' || s[5] != ':')
		return BW_ERR_FORMAT;
	tm->tm_hour = digits(s, 2);
	tm->tm_min = digits(s + 3, 2);
	tm->tm_sec = digits(s + 6, 2);
	if (tm->tm_hour < 0 || tm->tm_hour > 23 || tm->tm_min < 0 ||
	    tm->tm_min > 59 || tm->tm_sec < 0 || tm->tm_sec > 59)
		return BW_ERR_FORMAT;
	return zone_parse(s + 8, east);
}

bw_err
when_parse(const char *s, bool end, uint64_t *out)
{
	struct tm tm = { 0 }, back;
	size_t len = strlen(s);
	long east = 0;
	int year, month;
	time_t t;

	*out = 0;
	if (len < 10 || s[4] != '-' || s[7] != '-')
		return BW_ERR_FORMAT;
	year = digits(s, 4);
	month = digits(s + 5, 2);
	tm.tm_mday = digits(s + 8, 2);
	if (year < 2000 || month < 1 || tm.tm_mday < 1)
		return BW_ERR_FORMAT;
	tm.tm_year = year - 1900;
	tm.tm_mon = month - 1;
	if (len > 10 && (s[10] != 'T' ||
	    clock_parse(s + 11, &tm, &east) != BW_OK))
		return BW_ERR_FORMAT;
	back = tm;
	t = timegm(&back);
	/* timegm carries 31 June over into July: no such day was meant. */
	if (back.tm_mday != tm.tm_mday || back.tm_mon != tm.tm_mon)
		return BW_ERR_FORMAT;
	*out = (uint64_t)(t - east + (len == 10 && end ? DAY : 0));
	return BW_OK;
}

/* One or two digits and a dot; *s is behind them. -1: it is not that. */
static int
dotted(const char **s)
{
	size_t n = strcspn(*s, ".");
	int v = n == 1 || n == 2 ? digits(*s, n) : -1;

	if ((*s)[n] != '.')
		return -1;
	*s += n + 1;
	return v;
}

bool
when_dotted(const char *s, char out[static WHEN_TYPED])
{
	int day, month, year, n;

	out[0] = 0;
	if ((day = dotted(&s)) < 0 || (month = dotted(&s)) < 0 ||
	    strnlen(s, 4) < 4 || (year = digits(s, 4)) < 0 ||
	    (s[4] != 0 && s[4] != ' '))
		return false;
	n = snprintf(out, WHEN_TYPED, "%04d-%02d-%02d%s", year, month, day,
	    s + 4);
	return n > 0 && n < WHEN_TYPED;
}

void
when_format(int64_t t, char out[static WHEN_SIZE])
{
	time_t tt = (time_t)t;
	struct tm tm;

	if (gmtime_r(&tt, &tm) == NULL || tm.tm_year < 0 ||
	    tm.tm_year > 9999 - 1900 ||
	    strftime(out, WHEN_SIZE, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		snprintf(out, WHEN_SIZE, "-");
}
