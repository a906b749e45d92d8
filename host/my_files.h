/* SPDX-License-Identifier: Apache-2.0 */
/*
 * my_files.h - a copy (my_copy.h) as files in one ZIP: itself, one CSV for each
 * of its lists, and a page to read.
 */
#ifndef HOST_MY_FILES_H
#define HOST_MY_FILES_H

#include "base/buf.h"
#include "host/my_copy.h"

#define MY_FILES_MAX (7u * 1024 * 1024)
#define MY_FILES_COPY "about-me.json"	/* /verify looks for it in the ZIP */

/* Append a list of objects as CSV (RFC 4180): a header with the members of all
 * of them, members of members as "sponsor.name", lists joined with "; ". What a
 * spreadsheet would take for a formula gets an apostrophe in front. */
BW_MUST_USE bw_err my_csv(const json_t *list, struct bw_buf *out);
/* Append the ZIP; page: the HTML that becomes index.html. */
BW_MUST_USE bw_err my_zip(const json_t *copy, const struct bw_buf *page,
    struct bw_buf *out);

#endif
