/* SPDX-License-Identifier: Apache-2.0 */
/*
 * breach.h - the draft of what a supervisory authority must be told of a
 * breach (GDPR 33.3), from the log and the policy alone.
 */
#ifndef HOST_BREACH_H
#define HOST_BREACH_H

#include <stdio.h>

#include "host/hostdir.h"
#include "host/store_contact.h"
#include "host/store_incident_said.h"

struct breach {
	uint64_t people;		/* incident_people, known */
	uint64_t unknown;		/* shares of badges that are not known */
	uint64_t shares;
	field_set fields;		/* theirs */
	int64_t first, last;		/* of the shares; 0: none */
	/* What a device in a stranger's hands can still open, of any badge that
	 * it is held to; until 0: nothing. */
	field_set reach;
	int64_t reach_until;
	uint64_t badges, pointers;	/* with values on them, without */
	char sponsor[TEXT_ID_MAX + 1];	/* whose fields reach is about */
	bool device_revoked;
};
BW_MUST_USE bw_err breach_look(struct store *s,
    const struct incident_scope *scope, int64_t now, struct breach *out);

/* Who is asked about it: who answers for the event and where, as the policy in
 * force says; "" when it does not. */
#define BREACH_CONTACT_SIZE (2 * CONTACT_MAX + 3)
BW_MUST_USE bw_err breach_contact(struct store *s,
    char out[static BREACH_CONTACT_SIZE]);

/* For staff alone: until when the authority is to be notified, and what is left
 * of that; a line without its end. */
void breach_clock(const struct incident *incident, int64_t now, FILE *out);
/* As plain English text; incident NULL: it is not opened (yet), so that nothing
 * is said of it. event: the event's name, contact: whom to
 * ask, or "". */
void breach_print(const struct breach *b, const struct incident_scope *scope,
    const struct incident *incident, const struct incident_said *said,
    const char *event, const char *contact, int64_t now, FILE *out);

#endif
