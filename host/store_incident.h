/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_incident.h - beside store.h: a device that was lost, or another breach;
 * from the log alone, whom it may concern, and the 72 hours from when staff
 * became aware of it (GDPR 33).
 */
#ifndef HOST_STORE_INCIDENT_H
#define HOST_STORE_INCIDENT_H

#include "host/store.h"

#define INCIDENT_HOURS 72

/* What it is about: one device, one sponsor's devices, or the whole event, which
 * is the host too; and of which time. */
struct incident_scope {
	char device[TEXT_ID_MAX + 1];	/* "": not one device */
	char sponsor[TEXT_ID_MAX + 1];	/* "": not one sponsor */
	int64_t since, until;		/* until 0: no end */
};
/* When it happened, as far as that is known. */
struct incident_event {
	int64_t from, to;	/* from 0: not known; to 0: no more is known */
};
struct incident {
	uint64_t id;			/* given by the store */
	struct incident_scope scope;
	struct incident_event event;
	int64_t aware_at, opened_at;
	int64_t reported_at, told_at, closed_at;	/* 0: not yet */
	uint64_t told;			/* how many were written to */
	/* Of these letters: not out yet; and given up, or gone before they
	 * went out, so that the person was not told by them. */
	uint64_t waiting, unreached;
};
/* It may concern all that the host holds, not only what was shared. */
static inline bool
incident_whole(const struct incident_scope *scope)
{
	return scope->device[0] == 0 && scope->sponsor[0] == 0;
}
static inline int64_t
incident_due(const struct incident *i)
{
	return i->aware_at + (int64_t)INCIDENT_HOURS * 3600;
}

/* The authority is notified, or still to be, after the 72 hours: that needs its
 * reasons (GDPR 33.1). */
static inline bool
incident_late(const struct incident *i, int64_t now)
{
	if (i->reported_at == 0 && i->closed_at != 0)
		return false;
	return (i->reported_at != 0 ? i->reported_at : now) > incident_due(i);
}

/* No end is later than that of today, which may be 25 hours away. */
#define INCIDENT_TODAY (25 * 3600)
/* Not in time to come, and an end behind a beginning. */
static inline bool
incident_event_ok(const struct incident_event *e, int64_t now)
{
	return e->from >= 0 && e->from <= now &&
	    (e->to == 0 || (e->from != 0 && e->to > e->from &&
	    e->to <= now + INCIDENT_TODAY));
}

/* These write, in the caller's transaction, each with its row in the audit. */
/* Of `in` its scope, event and aware_at. BW_ERR_ARG: aware of it, or an event,
 * in time to come, or an end before the beginning; BW_ERR_NOTFOUND: no such
 * device or sponsor. */
BW_MUST_USE bw_err incident_open(struct store *s, const struct incident *in,
    const char *actor, int64_t now, uint64_t *id);
/* Queue a letter (MAIL_BREACH) to each person whom it may concern and who has
 * not been erased; once for an incident and while it is open (BW_ERR_EXISTS), and
 * not before each of them has a text, in its language or for all
 * (BW_ERR_DENIED). *n: how many. */
BW_MUST_USE bw_err incident_tell(struct store *s, uint64_t id,
    const char *actor, int64_t now, uint64_t *n);

/* What staff tell these people (GDPR 34.2): all of it or, to take a language's
 * text away, nothing (BW_ERR_ARG: some; a text that is not clean
 * (lines.h); or no language of words.h). lang "": for
 * each language without a text of its own. BW_ERR_EXISTS: they were told, or the
 * incident is closed. */
#define INCIDENT_TEXT_MAX 4000	/* bytes */
enum incident_part {
	INCIDENT_HAPPENED, INCIDENT_LIKELY, INCIDENT_MEASURES,
	INCIDENT_ADVICE, INCIDENT_PARTS
};
struct incident_text {
	char part[INCIDENT_PARTS][INCIDENT_TEXT_MAX + 1];
};
BW_MUST_USE bw_err incident_text_set(struct store *s, uint64_t id,
    const char *lang, const struct incident_text *in, const char *actor,
    int64_t now);
/* That of "de" or "" alone; and what a reader of "de-AT" gets. BW_ERR_NOTFOUND,
 * and an empty text: there is none. */
BW_MUST_USE bw_err incident_text_get(struct store *s, uint64_t id,
    const char *lang, struct incident_text *out);
BW_MUST_USE bw_err incident_text_for(struct store *s, uint64_t id,
    const char *language, struct incident_text *out);
/* The booth that the letter names, "Example Corp, Hall 2": the sponsor by its
 * name, as the policy in force has it, and the place of the device, if it is
 * known; "" for the whole event. Once they were told it is as it was then. */
#define INCIDENT_BOOTH_MAX 256
BW_MUST_USE bw_err incident_booth(struct store *s, const struct incident *i,
    char out[static INCIDENT_BOOTH_MAX]);
/* A word for what all its texts and the booth say now, another one for others:
 * so that who saw them can say which. */
#define INCIDENT_SEEN_SIZE 33
BW_MUST_USE bw_err incident_text_seen(struct store *s, uint64_t id,
    char out[static INCIDENT_SEEN_SIZE]);
/* The language of words.h that a letter to a reader of this one is in. */
const char *incident_language(const char *tag);

BW_MUST_USE bw_err incident_get(struct store *s, uint64_t id,
    struct incident *out);
typedef bw_err (*incident_cb)(void *arg, const struct incident *i);
/* The newest first. */
BW_MUST_USE bw_err incident_each(struct store *s, incident_cb cb, void *arg);

/* Those that are open and whose authority was not notified. */
struct incident_counts {
	uint64_t untold, over;	/* over: of them, the 72 hours are past */
	int64_t due;		/* until when the first of them must be */
};
BW_MUST_USE bw_err incident_count(struct store *s, int64_t now,
    struct incident_counts *out);

/* A person whose shares the scope has; registration 0: those whose badge is
 * not known (any more) or who were erased since, together. Of the whole event: each registration that is
 * not erased, whenever it came, with or without a share. */
struct incident_person {
	uint64_t registration;
	char language[BODY_LANG_MAX + 1];	/* of the last share; else "en" */
	uint64_t shares;
	field_set fields;	/* that were shared; or that the host holds */
	int64_t first, last;	/* of the shares; 0: none */
};
typedef bw_err (*incident_person_cb)(void *arg,
    const struct incident_person *p);
/* By registration. Inside a snapshot or a transaction, if one is to be sure
 * that two walks are of the same. */
BW_MUST_USE bw_err incident_people(struct store *s,
    const struct incident_scope *scope, incident_person_cb cb, void *arg);

/* Badges that are in people's hands: with values on them, and without. */
BW_MUST_USE bw_err incident_badges(struct store *s, uint64_t *with,
    uint64_t *pointers);

#endif
