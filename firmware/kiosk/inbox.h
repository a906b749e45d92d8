/* SPDX-License-Identifier: Apache-2.0 */
/*
 * inbox.h - what the uplink brought: STATE/inbox. The names only; what stands
 * in the files is checked by whoever acts on it.
 */
#ifndef KIOSK_INBOX_H
#define KIOSK_INBOX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/file.h"
#include "record/enrol.h"

enum inbox_kind {
	INBOX_OTHER,		/* no business of the kiosk's */
	INBOX_IDENTITY,		/* identity.spki */
	INBOX_OFFER,		/* enrol-ID-offer.json */
	INBOX_ANSWER,		/* enrol-ID-answer.json */
	INBOX_POLICY,		/* policy.jws */
	INBOX_NOTE,		/* note-TTTTTTTTTT.txt */
	INBOX_RESEND,		/* resend-NNNNNNNNNN */
	INBOX_UPLINK		/* uplink.json */
};

struct inbox_item {
	enum inbox_kind kind;
	char id[ENROL_ID_HEX];	/* OFFER, ANSWER */
	uint64_t number;	/* NOTE, RESEND */
};

void inbox_parse(const char *name, struct inbox_item *out);

#endif
