/* SPDX-License-Identifier: Apache-2.0 */
/*
 * my_box.h - addresses and receipts that somebody wants a link for (page_my.h),
 * on their way from the request to the store.
 *
 * The request puts one into the box and is answered; a thread of the box's own
 * looks it up later. So the answer, its bytes and its time cannot depend on
 * whether it is known. What is in the box is in memory alone, and is wiped.
 */
#ifndef HOST_MY_BOX_H
#define HOST_MY_BOX_H

#include "host/host.h"
#include "host/store_about.h"

struct my_box;

BW_MUST_USE bw_err my_box_open(struct my_box **out, struct host *h);
/* Queue what is still in it, and end. Accepts NULL, nulls. */
void my_box_close(struct my_box **b);
/* Whether this source may ask once more; *wait: how long until it may. */
bool my_box_may(struct my_box *b, const char *source, unsigned *wait);
/* mail: about_mail's. language: of the page that asked. A full box drops
 * it without a word; so does its thread an address that was asked for too
 * often. */
void my_box_put(struct my_box *b, const char *mail, const char *language);
/* The same for whose share has this receipt, whatever became of the share: the
 * mail goes to the registered address, and counts among that address's. */
void my_box_put_receipt(struct my_box *b, const uint8_t rh[static RECEIPT_RH],
    const char *language);

#endif
