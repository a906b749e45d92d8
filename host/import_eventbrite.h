/* SPDX-License-Identifier: Apache-2.0 */
/*
 * import_eventbrite.h - an attendee report of Eventbrite as registrations.
 *
 * Two layouts are known, told apart by their column names (case and order do
 * not matter, other columns are passed over, a byte order mark too):
 *
 *	             classic report             report of 2025
 *	key          Barcode #                  Barcode number
 *	status       Attendee Status            Attendee Status
 *	name         First Name, Last Name      Attendee first name, … last name
 *	email        Email                      Attendee email
 *	company      Company                    Company
 *	job title    Job Title                  Job Title
 *	work phone   Work Phone                 Work Phone, else Phone number
 *	location     Home City, State, Country  Purchaser city, state, country
 *	age          Age                        Age
 *
 * Key, status, names and email must be there as columns. The rules:
 *
 *  - A row is found again by its barcode, the only number that both layouts
 *    have for a single ticket, with its leading zeros. The order number is
 *    shared by all tickets of an order.
 *  - The buyer is not the attendee: names and addresses of "Buyer …" columns
 *    are never taken, and a purchaser's place only where the buyer's e-mail
 *    address is the attendee's.
 *  - The name is first name, space, last name; one of them may be empty.
 *  - Attending and Checked In attend. Every other status (Not Attending,
 *    Refunded, Transferred, Deleted, or one that is not known) does not: who
 *    was never taken up is skipped, so that nothing is kept of people who do
 *    not come; who was, becomes cancelled.
 *  - "Info Requested" in place of a name means that nobody has said yet who
 *    comes: the same as not attending.
 *  - Under 18 by their Age: a minor, kept as such, never given a badge, unless
 *    staff have released it at this very Age. An Age that is not a whole number
 *    is doubt: the row is skipped.
 *  - Who is not in the file at all stays as he is, and is counted: a report
 *    may be about some of the attendees only.
 *  - Values are cleaned (clean.h). A value that cannot be kept whole, an
 *    e-mail address without one "@" between two parts, a row without barcode,
 *    or a barcode that stands in the file before: the row is skipped.
 *  - A file about more than one event, with a barcode that a spreadsheet has
 *    rounded ("5.12E+17"), or one that csvfile.h refuses, is refused whole.
 */
#ifndef HOST_IMPORT_EVENTBRITE_H
#define HOST_IMPORT_EVENTBRITE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "host/fault.h"
#include "host/store.h"

#define IMPORT_ABSENT_MAX 20

/* A row that was skipped, or taken with a remark: why, never a value but a
 * status's word. */
struct import_remark {
	size_t line;
	char why[96];
};

struct import_report {
	size_t added, changed, unchanged, skipped;
	size_t cancelled;		/* of `changed`: they were not before */
	size_t minors;			/* rows among the first three */
	size_t released;		/* of them those whom staff released */
	bool has_age;			/* there is a column Age */
	size_t aged;			/* attendees with something in it */
	size_t ageless;			/* attendees with nothing in it */
	size_t absent;			/* registrations that attend, and are
					 * not in this file */
	uint64_t absent_id[IMPORT_ABSENT_MAX];	/* the first of them */
	size_t n, cap;
	struct import_remark *remark;	/* by line; one per skipped row */
};
void import_report_free(struct import_report *r);

/* Read the file into the store. The caller has opened a transaction and rolls
 * it back unless this is BW_OK: BW_ERR_FORMAT and BW_ERR_BOUND fill *f, others
 * are the store's. Free *rep in any case. */
BW_MUST_USE bw_err import_eventbrite(struct store *s, const char *text,
    size_t len, int64_t now, struct import_report *rep, struct fault *f);

#endif
