/* SPDX-License-Identifier: Apache-2.0 */
/*
 * person.h - who sends this request: a person, by the cookie of a login or by
 * an API token; and whether the table lets them (access.h).
 */
#ifndef HOST_PERSON_H
#define HOST_PERSON_H

#include "host/access.h"
#include "host/host.h"

#define PERSON_CSRF_FIELD "csrf"

/* Plain data, wiped by the router; c->me. */
struct person {
	struct access_who who;		/* points into this, or NULL */
	struct login login;
	struct token token;
	char id[LOGIN_ID_SIZE];		/* of the cookie, "" without */
	char csrf[LOGIN_CSRF_SIZE];
	const char *actor;		/* for audit.h; "" for nobody */
	/* Whose the thing is that the path names; "" when it names none. */
	char sponsor[TEXT_ID_MAX + 1];
};

/* Fill in from the cookie or the token; nobody is no error. false: the answer
 * is filled in (the store failed, a token that is none). */
bool person_find(struct call *c, bool api, struct person *out);

/* The request came from a page of this host, as far as its head says (Origin
 * with its scheme, Sec-Fetch-Site); what says nothing passes: old browsers. */
bool person_same_origin(const struct call *c);
/* The form carries this login's secret. */
bool person_csrf_ok(const struct call *c, const struct person *p);
/* The Host header names the base URL's host or where the server listens. */
bool person_host_ok(const struct call *c);

/* For what has taken its time, before it is handed over: a login or token that
 * has ended since has no more of it. Another role ends them, too.
 * BW_ERR_DENIED. */
BW_MUST_USE bw_err person_still_may(const struct call *c);

/* Set the cookie of a login, or take it away (id NULL). With an https base URL
 * it is "__Host-badgeward", Secure; a browser takes neither over plain http,
 * which a base URL has on loopback only: there it is "badgeward". */
BW_MUST_USE bw_err person_cookie(struct call *c, const char *id);

#endif
