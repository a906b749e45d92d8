/* SPDX-License-Identifier: Apache-2.0 */
/*
 * case_due.h - until when a request of a person must be answered (GDPR 12.3).
 *
 * A month ends with the day that has the number of the day of receipt, or with
 * the month's last one where there is none (Regulation 1182/71, 3.2 c). Weekends
 * and holidays, which would give more time, are not looked at.
 *
 * Days are calendar days where the event is, and end with its midnight: periods
 * in days and months are of whole days (3.2 b, c), and those are the days of who
 * writes and of who answers. Wherever staff type a day, wherever one is named to
 * a person, and in all that is counted from one, it is a day of the event's time
 * zone (case_zone); UTC's where none is set. Moments stay moments.
 */
#ifndef HOST_CASE_DUE_H
#define HOST_CASE_DUE_H

#include <stdbool.h>
#include <stdint.h>

#define CASE_MONTHS 1			/* 12.3 */
#define CASE_MONTHS_EXTENDED 3		/* from receipt, in all */
#define CASE_BREACH_SECONDS (72 * 3600)	/* 33.1, from when it was known */
#define CASE_ZONE_MAX 40		/* bytes of "America/Argentina/Salta" */

/* A name of the time zone database, "Europe/Berlin"; "" stands for UTC. */
bool case_zone_known(const char *zone);
/* Seconds that the zone's clocks are ahead of UTC at a moment; 0 for "" and for a
 * zone that is not known. */
int64_t case_ahead(const char *zone, int64_t at);
/* The moment at which they show what UTC's would at `wall`: the first where they
 * show it twice, that of their leap where they never do. */
int64_t case_moment(const char *zone, int64_t wall);
/* A moment by the zone's clocks: "2026-06-01 11:30, Europe/Berlin"; "" where the
 * zone is "". */
#define CASE_CLOCK_SIZE (CASE_ZONE_MAX + 20)
void case_clock(const char *zone, int64_t at,
    char out[static CASE_CLOCK_SIZE]);
/* The last second in which an answer is in time. An unknown zone is UTC; never
 * before `received`. */
int64_t case_due(int64_t received, unsigned months, const char *zone);
/* Days that are left, 0 on the last 24 hours; negative: over-due, -1 in the
 * first 24 hours of that. */
int64_t case_days_left(int64_t due, int64_t now);

#endif
