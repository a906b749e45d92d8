/* SPDX-License-Identifier: Apache-2.0 */
/*
 * export_leads.h - a sponsor's leads as CSV or JSON, and in the forms of
 * leads_formats.h.
 *
 * One lead per share that may be released at `now` (store_release_each): with
 * the values of the badge edition in its entry, of the fields that were granted
 * and allowed by the policy that was shown. CSV begins with EXPORT_LEADS_HEAD;
 * what was not released is empty. JSON is an array of objects with the same
 * keys in the same order, null where not released, and behind them what the
 * sponsor's staff noted (leads_note.h). keep_until is when the sponsor may keep it
 * no longer (store_keep_until).
 */
#ifndef HOST_EXPORT_LEADS_H
#define HOST_EXPORT_LEADS_H

#include <stdint.h>

#include "base/err.h"
#include "host/outfile.h"
#include "host/progress.h"
#include "host/store.h"

#define EXPORT_LEADS_HEAD "share_id,time,keep_until,sponsor,device,name,email," \
	"company,job_title,work_phone,location,person,policy_version"

struct leadlist_query;		/* store_leadlist.h */

enum leads_format { LEADS_CSV, LEADS_JSON, LEADS_XLSX, LEADS_VCARD,
	LEADS_SALESFORCE, LEADS_CSV_NOTES };
/* "csv", "json", "xlsx", "vcard", "salesforce", "csv-notes". */
const char *leads_format_name(enum leads_format f);
/* BW_ERR_NOTFOUND for another word. */
BW_MUST_USE bw_err leads_format_parse(const char *s, enum leads_format *out);

struct leads_what {
	const char *sponsor;
	enum leads_format format;
	/* 0: all; else those that came to the host, or were marked, at this
	 * time or later. */
	int64_t since;
	int64_t now;
	/* NULL: all; else what this looks for alone (leadlist_wants). */
	const struct leadlist_query *only;
	/* Where rows may lie in files without a name while XLSX is made: the
	 * host's directory. NULL: the system's. */
	const char *dir;
	/* Of CSV and JSON: how many bytes of values are in memory at a time, at
	 * least LEADS_CELLS_LEAST; 0: as many as usual (leads_cells.h). */
	size_t room;
	/* Told of each lead that may be released; or NULL. */
	struct progress *progress;
};

/* *n is how many; left, unless NULL, how many more there would be if their
 * holders attended. BW_ERR_NOTFOUND for an unknown sponsor. */
BW_MUST_USE bw_err export_leads(struct store *s, const struct leads_what *what,
    struct outfile *out, uint64_t *n, struct store_left_out *left);

#endif
