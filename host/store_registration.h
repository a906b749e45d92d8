/* SPDX-License-Identifier: Apache-2.0 */
/* store_registration.h - beside store.h: what a put would do. */
#ifndef HOST_STORE_REGISTRATION_H
#define HOST_STORE_REGISTRATION_H

#include "host/store.h"

/* What store_registration_put would do, without doing it: `had` as it is now
 * (all zero when it would be added), `new` as it would be; of STORE_HANDED `had`
 * is who has the ticket now, and new->id who had it before that and gets it
 * back, or 0. Wipe both. */
BW_MUST_USE bw_err store_registration_try(struct store *s,
    const struct registration *in, enum store_change *change,
    struct registration *had, struct registration *new);

/* What withholding (to: REG_WITHHELD) or releasing (to: REG_ATTENDING) makes of
 * it: what comes to light then may be another one. BW_ERR_EXISTS: it is so already; BW_ERR_GONE: it was erased;
 * BW_ERR_DENIED: an import decides that. */
BW_MUST_USE bw_err registration_target(const struct registration *reg,
    enum reg_status to, enum reg_status *out);

/* ---- rows, for store_*.c ---- */

/* The status that counts is another one now: booths hear of it, and if its
 * leads are released, sponsors that they are back. */
BW_MUST_USE bw_err db_registration_changed(struct store *s,
    uint64_t registration, enum reg_status to, int64_t now);
/* Whether it is a minor's, and whether staff said that it is none, as it was
 * before an older store was put back; what withholds it stays. */
BW_MUST_USE bw_err db_registration_minor(struct store *s, uint64_t id,
    bool minor, bool released, int64_t now, bool *changed);

/* What a registration is as soon as nothing withholds it. */
#define REG_BENEATH "CASE WHEN minor THEN 3 WHEN cancelled THEN 1 " \
	"WHEN EXISTS (SELECT 1 FROM handed " \
	"WHERE handed.registration = registration.id) THEN 5 ELSE 0 END"
/* A row as registration_facts takes it; values begin at REG_VALUES. */
#define REG_ROW "SELECT id, key, status, changed_at, minor_age, released, " \
	"cancelled, " REG_BENEATH ", v1, v2, v3, v4, v5, v6 FROM registration "
#define REG_VALUES 8
struct db_query;
/* All but the values. */
BW_MUST_USE bw_err registration_facts(struct db_query *q,
    struct registration *out);

/* ---- lists for people ---- */

#define REGLIST_SEARCH_MAX 120	/* bytes of what is searched */
struct reglist_query {
	const char *search;		/* NULL or "": all; else in name, company,
					 * mail or key without regard to case,
					 * or a registration's number */
	int status;			/* an enum reg_status; -1: any */
	uint64_t behind;		/* this id; 0: from the first */
	bool back;			/* those before `behind`, instead */
};
/* Up to max of them, by id, rising; *more: there are more in the direction of
 * the query. Wipe out. A search walks over all registrations. */
BW_MUST_USE bw_err store_reglist(struct store *s,
    const struct reglist_query *q, struct registration *out, size_t max,
    size_t *n, bool *more);

#endif
