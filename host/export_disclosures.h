/* SPDX-License-Identifier: Apache-2.0 */
/*
 * export_disclosures.h - what was disclosed (store_disclosure.h), as CSV, the
 * newest first. Times are UTC, as in all files for programs; texts are guarded
 * as leads_row.h says.
 */
#ifndef HOST_EXPORT_DISCLOSURES_H
#define HOST_EXPORT_DISCLOSURES_H

#include "host/outfile.h"
#include "host/store_disclosure.h"

#define EXPORT_DISCLOSURES_HEAD "number,given,basis,registration,sponsor," \
	"fields,since,until,asked,decided,reason,secret_until,recorded," \
	"corrects,corrected_by"

/* Those that the query looks for. *n is how many. */
BW_MUST_USE bw_err export_disclosures(struct store *s,
    const struct disclosure_query *q, struct outfile *out, uint64_t *n);

#endif
