/* SPDX-License-Identifier: Apache-2.0 */
/*
 * retain.h - how long the host keeps what: a period for each class of data,
 * counted from a stated moment. The section `retention` of the policy file
 * changes the periods (badgeward-policy.5); purge.h makes them true.
 *
 * What is not here is kept for ever and names nobody from outside the event's
 * team: entries (commitments), the audit, devices, accounts, policies. Uploaded
 * reports live an hour (import/stage.h).
 */
#ifndef HOST_RETAIN_H
#define HOST_RETAIN_H

#include "host/store.h"

enum retain {
	RETAIN_NOTES = 0,	/* what sponsors noted on a share */
	RETAIN_LEADS,		/* shares: who, to whom, when */
	RETAIN_REGISTRATIONS,	/* values, also those on badges */
	RETAIN_LOGS,		/* the bodies of entries */
	RETAIN_COUNTS,		/* declines and the like, by the hour */
	RETAIN_SALTS,		/* of commitments in the audit */
	RETAIN_DELETED,		/* what keeps the erased from coming back */
	RETAIN_CASES,		/* rights requests */
	RETAIN_MAIL,		/* letters and the queue */
	RETAIN_DISCLOSURES,
	RETAIN_INCIDENTS,
	RETAIN_LOGINS,		/* sessions, addresses, ended tokens */
	RETAIN_HEALTH,		/* of devices */
	RETAIN_EXPORTS		/* the list of files given out */
};
#define RETAIN_CLASSES (RETAIN_EXPORTS + 1)

struct retain_class {
	const char *name;	/* the key in the policy: "registrations" */
	const char *what;	/* English: what it is */
	const char *from;	/* English: from when its days count */
	unsigned days;		/* without a word in the policy */
};
const struct retain_class *retain_class(enum retain c);

/* Days of each class, and the event's end: valid_until of the current policy. */
struct retain_rules {
	int64_t event_end;
	unsigned days[RETAIN_CLASSES];
};
/* By the policy in force; BW_ERR_NOTFOUND before the first. A key that this
 * program does not know, or a number that it would refuse, is BW_ERR_FORMAT:
 * nothing is deleted by a guess. */
BW_MUST_USE bw_err retain_load(struct store *s, struct retain_rules *out);

#endif
