/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_receipt.h - /r/, where an attendee sees and withdraws a share.
 *
 * The code is the only key and stands in the body of a POST, never in an
 * address: nothing else is needed and no other site can act for someone. A
 * page shows which fields went to whom, never a value.
 */
#ifndef HOST_PAGE_RECEIPT_H
#define HOST_PAGE_RECEIPT_H

#include "host/host.h"

#define RECEIPT_FORM_MAX 8192	/* bytes of the form */

/* GET: the box for the code; a script takes it from behind the "#". */
void receipt_ask(struct call *c);
/* POST code[, act]: show the share; act "withdraw" withdraws it, "proof",
 * "receipt" and "paper" give the files. */
void receipt_show(struct call *c);

#endif
