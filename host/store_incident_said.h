/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_incident_said.h - beside store_incident.h: what staff say of an incident
 * to the authority and for the record: what its draft leaves to them (GDPR
 * 33.3), and at its end why nobody was told, its effects and what was done
 * against them (33.1, 33.5, 34). Texts are as lines.h has them.
 */
#ifndef HOST_STORE_INCIDENT_SAID_H
#define HOST_STORE_INCIDENT_SAID_H

#include "host/store_incident.h"

/* As they stand in the store. */
enum incident_saying {
	INCIDENT_CONSEQUENCES,	/* 33.3 c, in the draft */
	INCIDENT_PROPOSED,	/* 33.3 d: measures, in the draft */
	INCIDENT_LATE,		/* 33.1: reasons for a delay, in the draft */
	INCIDENT_NO_NOTICE,	/* why the authority was not notified */
	INCIDENT_NO_LETTER,	/* why those concerned were not told */
	INCIDENT_EFFECTS,	/* 33.5 */
	INCIDENT_REMEDY,	/* 33.5 */
	INCIDENT_SAYINGS
};
struct incident_said {
	char text[INCIDENT_SAYINGS][INCIDENT_TEXT_MAX + 1];	/* "": none */
};

/* All that is said; BW_OK where nothing is. */
BW_MUST_USE bw_err incident_said_get(struct store *s, uint64_t id,
    struct incident_said *out);

/* A word for what the draft says now, of staff's texts and of when it happened;
 * another one for anything else. */
BW_MUST_USE bw_err incident_draft_seen(struct store *s, uint64_t id,
    char out[static INCIDENT_SEEN_SIZE]);

/* These write, in the caller's transaction, with a row in the audit; BW_ERR_ARG:
 * a text that is not clean. */
/* What the draft leaves to staff, and when it happened (0: not known); the other
 * texts are not looked at. seen: of the draft that was filled in. BW_ERR_ARG: an
 * event to come or that ends before it begins; BW_ERR_EXISTS: the incident is
 * closed; BW_ERR_OLD: the draft is another one by now. */
BW_MUST_USE bw_err incident_draft_set(struct store *s, uint64_t id,
    const char *seen, const struct incident_event *event,
    const struct incident_said *in, const char *actor, int64_t now);
/* The authority was notified at `at`; late: reasons for the delay, if it was
 * after the 72 hours, in place of those of the draft, or "". BW_ERR_ARG: before
 * staff knew, or in time to come; BW_ERR_DENIED: too late, and there are no
 * reasons; BW_ERR_NOTFOUND; BW_ERR_EXISTS: it was before, or the incident is
 * closed. */
BW_MUST_USE bw_err incident_report(struct store *s, uint64_t id, int64_t at,
    const char *late, const char *actor, int64_t now);
/* Whether this must be said before the incident is closed. */
bool incident_must_say(const struct incident *i, enum incident_saying what);
/* Close it. BW_ERR_ARG: something that must be said is not; BW_ERR_EXISTS: it
 * was closed before. */
BW_MUST_USE bw_err incident_close(struct store *s, uint64_t id,
    const struct incident_said *in, const char *actor, int64_t now);

#endif
