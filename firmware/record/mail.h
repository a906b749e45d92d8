/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mail.h - the names of the files that kiosk and uplink pass each other.
 *
 *     outbox/  enrol-ID-get.json  enrol-ID-post.json
 *              log-FFFFFFFFFF-TTTTTTTTTT.cbor  status.json
 *     inbox/   identity.spki  enrol-ID-offer.json  enrol-ID-answer.json
 *              policy.jws  note-TTTTTTTTTT.txt  resend-NNNNNNNNNN  revoked
 *              uplink.json
 *
 * Names that begin with "." are being written. Anything else is left alone.
 * What stands in the files is checked by whoever acts on it.
 */
#ifndef RECORD_MAIL_H
#define RECORD_MAIL_H

#include <stdint.h>

#include "record/enrol.h"

enum mail_kind {
	MAIL_OTHER,
	/* outbox */
	MAIL_ENROL_GET,
	MAIL_ENROL_POST,
	MAIL_LOG,
	MAIL_STATUS,
	/* inbox */
	MAIL_IDENTITY,
	MAIL_OFFER,
	MAIL_ANSWER,
	MAIL_POLICY,
	MAIL_NOTE,
	MAIL_RESEND,
	MAIL_REVOKED,
	MAIL_UPLINK
};

struct mail {
	enum mail_kind kind;
	char id[ENROL_ID_HEX];		/* of an enrolment; else "" */
	uint64_t from, to;		/* LOG: entries [from, to) */
	uint64_t number;		/* NOTE: its size; RESEND: from where */
};

/* What a name means. */
void mail_parse(const char *name, struct mail *out);

/* Longest name, its zero included. */
#define MAIL_NAME_MAX 48
/* The name of a message; of *m what its kind has is used. MAIL_OTHER has "". A
 * number is taken modulo 10^10. */
void mail_name(const struct mail *m, char out[static MAIL_NAME_MAX]);

#endif
