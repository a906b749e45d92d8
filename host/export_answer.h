/* SPDX-License-Identifier: Apache-2.0 */
/*
 * export_answer.h - an export as the answer to a request: made in a file
 * without a name beside the store, so that its length and its checksum are
 * known; recorded and audited; then sent from there, in flat memory.
 *
 * No byte goes out while the file is still being made: no export is in anybody's
 * hands before its record with the checksum is (export_record.h), and what went
 * wrong half way is said by a page instead of by a file that just ends. So that
 * nobody waits without knowing what for, each export is in host->running with
 * its rows, from its beginning until it has arrived or broken off, which its
 * record then says. It ends when whoever asked hangs up, and if that was before
 * it was whole, it leaves nothing. Nor does it when the login or the token that
 * asked for it has ended by then.
 */
#ifndef HOST_EXPORT_ANSWER_H
#define HOST_EXPORT_ANSWER_H

#include "host/export_leads.h"
#include "host/person.h"
#include "host/store_disclosure.h"
#include "host/store_export.h"

/* Each fills in the answer when it gives BW_OK, and leaves nothing behind
 * otherwise: nor when whoever asked has gone, which is no failure. */
BW_MUST_USE bw_err answer_leads(struct call *c, const struct leads_what *what);
BW_MUST_USE bw_err answer_counts(struct call *c);
BW_MUST_USE bw_err answer_audit(struct call *c);
BW_MUST_USE bw_err answer_disclosures(struct call *c,
    const struct disclosure_query *q);
/* Every log as upload form and tiles, in one tar (export_archive.h). */
BW_MUST_USE bw_err answer_logs(struct call *c);

#endif
