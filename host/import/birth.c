// SPDX-License-Identifier: Apache-2.0
#include "host/import/birth.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <time.h>

#define AGE_MAX 130

struct date {
	int y, m, d;
};

static bool
is_date(struct date a)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	bool leap = a.y % 4 == 0 && (a.y % 100 != 0 || a.y % 400 == 0);

	return a.m >= 1 && a.m <= 12 && a.d >= 1 &&
	    a.d <= days[a.m - 1] + (a.m == 2 && leap);
}

/* Three numbers with the same mark between them; how long they are tells the
 * year. */
static bool
take_numbers(const char *s, int n[static 3], size_t len[static 3], char *mark)
{
	*mark = 0;
	s += strspn(s, " \t");
	for (size_t i = 0; i < 3; i++) {
		len[i] = strspn(s, "0123456789");
		if (len[i] == 0 || len[i] > 4)
			return false;
		n[i] = 0;
		for (size_t k = 0; k < len[i]; k++)
			n[i] = n[i] * 10 + (s[k] - '0');
		s += len[i];
		if (i == 2)
			break;
		if (*s == 0 || strchr("./-", *s) == NULL ||
		    (*mark != 0 && *mark != *s))
			return false;
		*mark = *s++;
	}
	return s[strspn(s, " \t")] == 0;
}

static int
age_at(struct date born, int64_t now)
{
	time_t t = (time_t)now;
	struct tm tm;
	int age;

	if (gmtime_r(&t, &tm) == NULL)
		return -1;
	age = tm.tm_year + 1900 - born.y;
	if (tm.tm_mon + 1 < born.m ||
	    (tm.tm_mon + 1 == born.m && tm.tm_mday < born.d))
		age--;
	return age;
}

bw_err
birth_age(const char *s, int64_t now, int *years)
{
	struct date a, b;
	size_t len[3];
	int n[3];
	char mark;

	*years = 0;
	if (!take_numbers(s, n, len, &mark))
		return BW_ERR_FORMAT;
	if (len[0] == 4 && len[1] <= 2 && len[2] <= 2) {
		a = (struct date){ n[0], n[1], n[2] };
		b = a;
	} else if (len[2] == 4 && len[0] <= 2 && len[1] <= 2) {
		a = (struct date){ n[2], n[1], n[0] };
		/* Dots are day first everywhere. */
		b = mark == '.' ? a : (struct date){ n[2], n[0], n[1] };
	} else
		return BW_ERR_FORMAT;
	if (!is_date(a) && !is_date(b))
		return BW_ERR_FORMAT;
	if (!is_date(a) || (is_date(b) && (b.m > a.m ||
	    (b.m == a.m && b.d > a.d))))
		a = b;
	*years = age_at(a, now);
	return *years < 0 || *years > AGE_MAX ? BW_ERR_FORMAT : BW_OK;
}
