/* SPDX-License-Identifier: Apache-2.0 */
/*
 * leads_row.h - cells of a leads file.
 *
 * CSV: RFC 4180, quoted where needed. A cell that a spreadsheet would run as
 * a formula gets an apostrophe in front (OWASP, CSV injection): one beginning
 * with = + - @ (their full-width forms too), a tab or a line end. So does a
 * telephone number that begins with "+"; JSON has it as it is.
 */
#ifndef HOST_LEADS_ROW_H
#define HOST_LEADS_ROW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

/* Whether a spreadsheet may run it. */
bool leads_is_formula(const char *s);
BW_MUST_USE bw_err leads_csv_cell(struct bw_buf *out, const char *s);
/* A JSON string with its quotes. */
BW_MUST_USE bw_err leads_json_cell(struct bw_buf *out, const char *s);

/* "2026-06-01T09:30:00Z", fast: the day is worked out once for each day. */
#define LEADS_TIME_SIZE 21
struct leads_clock {
	int64_t day;		/* of `text`; begin with { .day = -1 } */
	char text[LEADS_TIME_SIZE];
};
/* How long it is; a zero is behind it. */
size_t leads_time(struct leads_clock *c, int64_t t,
    char out[static LEADS_TIME_SIZE]);

#endif
