/* SPDX-License-Identifier: Apache-2.0 */
/*
 * eventbrite_row.h - one row of the report as one registration, by the rules
 * of import_eventbrite.h. No store, so that tests and fuzzing reach it alone.
 */
#ifndef HOST_EVENTBRITE_ROW_H
#define HOST_EVENTBRITE_ROW_H

#include <stdbool.h>

#include "host/csvfile.h"
#include "host/store.h"

enum column {
	COL_BARCODE, COL_STATUS, COL_FIRST, COL_LAST, COL_EMAIL,
	COL_COMPANY, COL_JOB, COL_PHONE, COL_CITY, COL_STATE, COL_COUNTRY,
	COL_AGE, COL_EVENT, COL_BUYER_EMAIL
};
#define COLUMNS 14
#define COLUMN_NONE SIZE_MAX

/* Where each column stands in a row, COLUMN_NONE where it does not. */
struct layout {
	size_t at[COLUMNS];
	bool of_purchaser;	/* city, state, country are the buyer's */
};

/* From the first row. BW_ERR_FORMAT with *f: a column is missing or twice. */
BW_MUST_USE bw_err layout_read(const struct csv_row *row, struct layout *out,
    struct fault *f);

enum row_use {
	ROW_TAKE,		/* *reg is filled */
	ROW_GONE,		/* does not attend: only its key is filled */
	ROW_SKIP		/* cannot be used */
};
#define ROW_WHY 96
/* The cells of a row. why (ROW_WHY bytes) says why it is not taken. Wipe *reg
 * after use. BW_ERR_FORMAT with *f refuses the whole file. */
BW_MUST_USE bw_err row_read(const struct layout *l, const struct csv_row *row,
    struct registration *reg, enum row_use *use, char why[static ROW_WHY],
    struct fault *f);

#endif
