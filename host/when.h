/* SPDX-License-Identifier: Apache-2.0 */
/*
 * when.h - dates as staff write them, times as files show them. UTC.
 */
#ifndef HOST_WHEN_H
#define HOST_WHEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* "2026-06-01" (its first second, or with `end` the first one after that day)
 * or "2026-06-01T09:30:00Z", also with an offset like +02:00 in place of Z.
 * Years 2000 to 9999. BW_ERR_FORMAT. */
BW_MUST_USE bw_err when_parse(const char *s, bool end, uint64_t *out);

/* "1.6.2026" or "01.06.2026", alone or with a blank and what follows, as people
 * write days who do not write them as above: the same with "2026-06-01". Day and
 * month have one or two digits, the year four; whether there is such a day is for
 * when_parse. false: it is written in another way, or is too long. */
#define WHEN_TYPED 40
bool when_dotted(const char *s, char out[static WHEN_TYPED]);

/* "2026-06-01T09:30:00Z". */
#define WHEN_SIZE 21
void when_format(int64_t t, char out[static WHEN_SIZE]);

#endif
