/* SPDX-License-Identifier: Apache-2.0 */
/*
 * csvfile.h - a CSV file (RFC 4180) as rows of cells, strictly.
 *
 * UTF-8 with or without a byte order mark; lines end in CRLF, LF or CR; empty
 * lines are passed over. Every row has as many cells as the first one. What
 * breaks these rules is a fault with the line where it begins, and no row
 * after it is given. Blanks around an unquoted cell are not part of it.
 */
#ifndef HOST_CSVFILE_H
#define HOST_CSVFILE_H

#include <stddef.h>

#include "base/err.h"
#include "host/fault.h"

#define CSVFILE_MAX (64u * 1024 * 1024)	/* bytes */
#define CSVFILE_COLUMNS 256
#define CSVFILE_ROW_MAX (256u * 1024)	/* bytes of one row's cells */

struct csv_row {
	size_t line;		/* where it begins, from 1 */
	size_t n;
	const char *const *cell;	/* n C strings, living during the call */
};
/* Anything but BW_OK ends the walk and is its result. */
typedef bw_err (*csvfile_cb)(void *arg, const struct csv_row *row);

/* The first row is given too. BW_ERR_FORMAT or BW_ERR_BOUND fill *f. */
BW_MUST_USE bw_err csvfile_each(const char *text, size_t len, csvfile_cb cb,
    void *arg, struct fault *f);

#endif
