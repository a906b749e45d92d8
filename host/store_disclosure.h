/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_disclosure.h - beside store.h: what was given to somebody because the
 * law, a court or an emergency asked for it, and who decided that.
 *
 * A disclosure is never changed, and goes when its period is over (retain.h)
 * and by nothing else; what was wrong in one is corrected by another that says
 * which it corrects. It is about one registration, the shares of one sponsor,
 * or the whole event. The person finds it among all that the event has, unless
 * it must not be told until a day.
 */
#ifndef HOST_STORE_DISCLOSURE_H
#define HOST_STORE_DISCLOSURE_H

#include "host/store.h"

enum disclosure_basis {
	DISCLOSURE_LAW = 1,	/* a law demands it */
	DISCLOSURE_COURT,	/* a court's or an authority's order */
	DISCLOSURE_EMERGENCY,	/* to protect somebody's life or body */
	DISCLOSURE_CLAIM	/* to establish or defend a legal claim */
};
#define DISCLOSURE_BASES DISCLOSURE_CLAIM
/* "law", "court", "emergency", "claim"; never NULL. */
const char *disclosure_basis_name(enum disclosure_basis b);
BW_MUST_USE bw_err disclosure_basis_parse(const char *s,
    enum disclosure_basis *out);

#define DISCLOSURE_WHO_CHARS 120
#define DISCLOSURE_WHO_MAX (4 * DISCLOSURE_WHO_CHARS)	/* bytes */
#define DISCLOSURE_REASON_CHARS 400
#define DISCLOSURE_REASON_MAX (4 * DISCLOSURE_REASON_CHARS)
struct disclosure {
	uint64_t id;			/* given by the store */
	int64_t at;			/* when it was given */
	enum disclosure_basis basis;
	uint64_t registration;		/* 0: not of one person */
	char sponsor[TEXT_ID_MAX + 1];	/* "": not of one sponsor */
	field_set fields;		/* 0: none, the fact of a share */
	int64_t since, until;		/* of what time; 0: of any */
	char asked[DISCLOSURE_WHO_MAX + 1];	/* who asked for it */
	char decided[DISCLOSURE_WHO_MAX + 1];	/* who decided it */
	char reason[DISCLOSURE_REASON_MAX + 1];	/* the order's number … */
	int64_t secret_until;		/* 0: it may be told */
	int64_t recorded_at;
	uint64_t corrects;		/* another one, which was wrong; or 0 */
	uint64_t corrected;		/* by which one it is; 0: it is right */
};
/* In the caller's transaction, with a row in the audit that names the ids.
 * BW_ERR_ARG: no basis, nobody who asked or decided, texts that are not clean,
 * a time to come, an end before its beginning, secret until a time that is past;
 * BW_ERR_NOTFOUND: no such registration, sponsor or disclosure to correct;
 * BW_ERR_EXISTS: that one was corrected before. */
BW_MUST_USE bw_err disclosure_add(struct store *s, const struct disclosure *in,
    const char *actor, int64_t now, uint64_t *id);

typedef bw_err (*disclosure_cb)(void *arg, const struct disclosure *d);
#define DISCLOSURE_TEXT_MAX 120		/* bytes to look for */
struct disclosure_query {
	/* NULL or "": any; else its words (search.h) in who asked, who decided
	 * or why. */
	const char *text;
	enum disclosure_basis basis;	/* 0: any */
	uint64_t registration;		/* of it alone; 0: of any, and others */
	int64_t from, to;		/* given from then on, before; 0: any */
	uint64_t before;		/* with a lower id; 0: all */
	unsigned limit;			/* the newest so many; 0: all */
};
/* The newest first. */
BW_MUST_USE bw_err disclosure_find(struct store *s,
    const struct disclosure_query *q, disclosure_cb cb, void *arg);
BW_MUST_USE bw_err disclosure_get(struct store *s, uint64_t id,
    struct disclosure *out);
/* Those that a registration's holder may be told at `now`: of itself, of a
 * sponsor that has a share of it, and of the whole event. Not what is corrected;
 * while the correction is secret, what it corrects stays told. */
BW_MUST_USE bw_err disclosure_each_of(struct store *s, uint64_t registration,
    int64_t now, disclosure_cb cb, void *arg);

#endif
