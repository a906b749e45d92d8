/* SPDX-License-Identifier: Apache-2.0 */
/*
 * incident_letter.h - what those whom an incident concerns are told (GDPR
 * 34.2): the mail that goes, and its text to look at before.
 */
#ifndef HOST_INCIDENT_LETTER_H
#define HOST_INCIDENT_LETTER_H

#include "host/letter.h"
#include "host/mailconf.h"
#include "host/store_incident.h"

/* What of it is no one else's: what staff wrote, and whose booth it was at. */
struct incident_letter {
	struct incident_text text;
	char booth[INCIDENT_BOOTH_MAX];
};
/* The rest of a letter whose event, person, fields and language are set. It
 * points into *own, which the caller keeps as long. Without a text what it would
 * say is left out; without a device or sponsor it names no booth. */
BW_MUST_USE bw_err incident_letter_fill(struct store *s,
    const struct incident *i, const struct mailconf *conf,
    struct incident_letter *own, struct letter *out);

#endif
