/* SPDX-License-Identifier: Apache-2.0 */
/*
 * receipt_file.h - what an attendee can keep of a share: the consent receipt
 * as JSON-LD and on paper, and the proof that the share stands in the log.
 *
 * A receipt names fields and no values, and never the code: whoever is shown
 * one cannot withdraw with it.
 */
#ifndef HOST_RECEIPT_FILE_H
#define HOST_RECEIPT_FILE_H

#include "base/buf.h"
#include "host/host.h"
#include "host/store_contact.h"
#include "host/store_receipt.h"

/* What is known of a share. */
struct share_facts {
	struct store_receipt r;
	struct policy *pol;	/* that it was made under; NULL: unknown */
	const struct policy_notice *read;	/* pol's; NULL: unknown */
	struct store_contact who;	/* answers for the event; of pol */
};
/* k07-12, as leads and pages have it. */
#define SHARE_ID_MAX (TEXT_ID_MAX + 24)
void share_id(const struct share_facts *f, char out[static SHARE_ID_MAX]);
/* Taken back, at the booth or with the code. */
bool share_is_ended(const struct share_facts *f);
/* When the sponsor has to delete it; f->pol is there. */
int64_t share_until(const struct share_facts *f);

/* A consent receipt in the DPV's profile of ISO/IEC TS 27560, receipt-eu-gdpr;
 * f->pol is there. */
BW_MUST_USE bw_err receipt_jsonld(struct call *c, const struct share_facts *f,
    struct bw_buf *out);

/* The same on one page of A4, as PDF, in the language of the share's page;
 * f->pol is there. */
BW_MUST_USE bw_err receipt_paper(struct call *c, const struct share_facts *f,
    struct bw_buf *out);

/* C2SP tlog-proof of the share's entry, under a note that does not tell what
 * came after it within the quarter hour (store_note_over). */
BW_MUST_USE bw_err receipt_proof(struct call *c, const struct share_facts *f,
    struct bw_buf *out);

#endif
