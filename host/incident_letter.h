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

/* The rest of a letter whose event, person, fields and language are set. What
 * staff wrote stands in *text, which the caller keeps as long as the letter.
 * Without a text what it would say is left out. */
BW_MUST_USE bw_err incident_letter_fill(struct store *s,
    const struct incident *i, const struct mailconf *conf,
    struct incident_text *text, struct letter *out);

#endif
