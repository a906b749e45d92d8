/* SPDX-License-Identifier: Apache-2.0 */
/* device_rows.h - devices as a table, and the words that they say of
 * themselves. */
#ifndef HOST_PORTAL_DEVICE_ROWS_H
#define HOST_PORTAL_DEVICE_ROWS_H

#include "host/portal/care.h"
#include "host/portal/layout.h"

struct device_row {
	struct store_device d;
	struct health h;
	unsigned cares;
};
struct device_rows {
	struct device_row *row;
	size_t n, room;
	size_t urgent;			/* that need somebody */
};

/* All of a sponsor (NULL: of all), those that need somebody first. Free it in
 * any case. */
BW_MUST_USE bw_err device_rows_take(struct call *c, const char *sponsor,
    struct device_rows *out);
void device_rows_free(struct device_rows *r);
/* The table; staff: with sponsors, and links to each device's page. */
void device_rows_put(struct page *p, const struct device_rows *r,
    bool staff);

/* What is wrong and what to do, a paragraph each, or that all is well. */
void device_cares(struct page *p, unsigned cares);
/* A device's word for its clock, its reader, its disk as a sentence; "–" for
 * none. */
void device_clock(struct page *p, const char *word);
void device_reader(struct page *p, const char *word);
void device_storage(struct page *p, const char *word);

#endif
