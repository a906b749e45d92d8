/* SPDX-License-Identifier: Apache-2.0 */
/*
 * export_record.h - no export without its record: in the store, and in the
 * audit, both or none, before the file is in anybody's hands.
 */
#ifndef HOST_EXPORT_RECORD_H
#define HOST_EXPORT_RECORD_H

#include "host/store_export.h"

/* Whole, with e's actor and time, but for its id, which is set; now is the
 * audit's. The audit says what it was of and how many: "acme 12", "audit 40",
 * or "12" of all. */
BW_MUST_USE bw_err export_record(struct store *s, struct store_export *e,
    int64_t now);

/* n leads of a sponsor were read through the API: the record of the hour
 * (store_export.h), whose first is a row of the audit too. None of n 0. */
BW_MUST_USE bw_err export_read(struct store *s, const char *sponsor,
    const char *actor, uint64_t n, int64_t now);

#endif
