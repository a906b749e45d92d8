/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sheet.h - sheets of name badges as PDF: name, company, job title if asked
 * for, and the code that leads to the attendee's own page.
 *
 * What is made goes out as it is made, page by page; what is kept meanwhile is
 * some 60 bytes for each registration, for the order by name.
 */
#ifndef HOST_SHEET_H
#define HOST_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "host/fault.h"
#include "host/hostdir.h"
#include "host/label_format.h"
#include "host/progress.h"
#include "host/store.h"

struct sheet_order {
	const struct label_format *format;
	size_t start;			/* the first label to print on, from 1;
					 * those before it are used up */
	bool job_title;
	bool outline;			/* a fine line around each label */
	const uint64_t *only;		/* these registrations, in any order */
	size_t n;			/* of them; 0: all that attend */
	/* How many there are to print, told once, with the arg of put, when all
	 * is known of who is left out and nothing is drawn; anything but BW_OK
	 * ends it there, and is its result. NULL: nobody wants to know. */
	bw_err (*found)(void *arg, size_t badges);
	struct progress *progress;	/* badges; before the first, that who
					 * asked is still there; or NULL */
};

/* Where the PDF goes; anything but BW_OK ends it, and is its result. */
typedef bw_err (*sheet_put)(void *arg, const void *ptr, size_t len);
/* Who is not printed, though asked for. */
enum sheet_why {
	SHEET_NO_NAME,		/* no name, or one that no font here has */
	SHEET_NOT_ATTENDING,	/* one of `only` */
	SHEET_NOT_THERE		/* one of `only`: no such registration */
};
typedef void (*sheet_left)(void *arg, uint64_t registration,
    enum sheet_why why);
/* A sentence part for staff; never NULL. */
const char *sheet_why(enum sheet_why why);

struct sheet_done {
	size_t badges, pages, left;
};

/* The order by name, as people sort names in any language. BW_ERR_ARG when
 * `start` is not on the sheet, BW_ERR_NOTFOUND when there is nobody to print;
 * both with a sentence in *f, and nothing was put; or what progress ended it
 * with. left may be NULL. */
BW_MUST_USE bw_err sheet_make(struct store *s, const struct hostdir *h,
    const struct sheet_order *order, sheet_put put, sheet_left left,
    void *arg, struct sheet_done *done, struct fault *f);

/* One page to hold against a sheet of labels before it is used up: each
 * label's outline with its number, marks where it is cut, and a ruler. */
BW_MUST_USE bw_err sheet_test_page(const struct label_format *format,
    sheet_put put, void *arg);

/* The address that a registration's printed code holds: out is a C string. For
 * now it is the page about badges, that a written badge has too.
 * BW_ERR_BOUND. */
#define SHEET_ADDRESS_MAX 300
BW_MUST_USE bw_err sheet_address(const struct hostdir *h,
    uint64_t registration, char out[static SHEET_ADDRESS_MAX]);

#endif
