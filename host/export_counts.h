/* SPDX-License-Identifier: Apache-2.0 */
/*
 * export_counts.h - what devices counted, per hour (store_tally.h), as CSV.
 */
#ifndef HOST_EXPORT_COUNTS_H
#define HOST_EXPORT_COUNTS_H

#include "host/outfile.h"
#include "host/store_tally.h"

#define EXPORT_COUNTS_HEAD "sponsor,device,hour,shares,declines,no_answers," \
	"unreads,undos"

/* sponsor NULL: of all. *n is the number of rows. */
BW_MUST_USE bw_err export_counts(struct store *s, const char *sponsor,
    struct outfile *out, uint64_t *n);

#endif
