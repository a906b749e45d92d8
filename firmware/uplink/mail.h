/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mail.h - the names of the files that kiosk and uplink pass each other.
 *
 *     outbox/  enrol-ID-get.json  enrol-ID-post.json
 *              log-FFFFFFFFFF-TTTTTTTTTT.cbor  status.json
 *     inbox/   identity.spki  enrol-ID-offer.json  enrol-ID-answer.json
 *              policy.jws  note-TTTTTTTTTT.txt  resend-NNNNNNNNNN  uplink.json
 *
 * Names that begin with "." are being written. Anything else is left alone.
 */
#ifndef UPLINK_MAIL_H
#define UPLINK_MAIL_H

#include <stdbool.h>
#include <stdint.h>

#include "record/enrol.h"

enum mail_kind { MAIL_OTHER, MAIL_ENROL_GET, MAIL_ENROL_POST, MAIL_LOG };

struct mail {
	enum mail_kind kind;
	char id[ENROL_ID_HEX];		/* of an enrolment */
	uint64_t from, to;		/* of an upload: entries [from, to) */
};

/* What a name in the outbox means. */
void mail_parse(const char *name, struct mail *out);

#endif
