/* SPDX-License-Identifier: Apache-2.0 */
/*
 * source.h - where registrations come from: rows of cells under names.
 *
 * The importer reads through this and asks nothing else, so that a file and an
 * answer of a ticket shop's REST API are the same to it.
 */
#ifndef HOST_IMPORT_SOURCE_H
#define HOST_IMPORT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "host/fault.h"

struct import_row {
	size_t line;		/* where it begins in its source, from 1 */
	size_t n;
	const char *const *cell;	/* n C strings in clean UTF-8, living
					 * until the next call */
};

struct import_source {
	void *self;
	/* The names of the columns; the rows begin again behind them. Names
	 * may be there twice. BW_ERR_NOTFOUND: the source is empty. */
	bw_err (*head)(void *self, struct import_row *out, struct fault *f);
	/* The next row, as many cells as there are names. BW_ERR_NOTFOUND
	 * behind the last. BW_ERR_FORMAT and BW_ERR_BOUND fill *f and refuse
	 * the whole source. */
	bw_err (*next)(void *self, struct import_row *out, struct fault *f);
	void (*close)(void *self);
	const char *charset;	/* "UTF-8", … */
	bool guessed;		/* nothing in the source says that it is this */
};

/* Close and clear; all zero is fine. */
static inline void
import_source_close(struct import_source *s)
{
	if (s->close != NULL)
		s->close(s->self);
	*s = (struct import_source){ 0 };
}

/* A CSV file (csvfile.h) from a descriptor that can be read again, which stays
 * the caller's and open until the source is closed. */
BW_MUST_USE bw_err import_source_csv(struct import_source *out, int fd,
    struct fault *f);

#endif
