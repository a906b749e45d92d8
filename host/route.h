/* SPDX-License-Identifier: Apache-2.0 */
/*
 * route.h - which function answers which request, and what must be true before
 * it runs.
 *
 * Routes stand in tables of their own: route_device.c for devices and
 * attendees, portal/routes.c for people's pages, api/routes.c for programs.
 */
#ifndef HOST_ROUTE_H
#define HOST_ROUTE_H

#include <stdio.h>

#include "host/access.h"
#include "host/host.h"
#include "host/server.h"

/* What the first "*" of a path names, and so whose the thing is. */
enum route_subject {
	OF_NONE = 0,		/* nothing of a sponsor's */
	OF_SPONSOR,		/* a sponsor's id */
	OF_DEVICE,		/* a device's name */
	OF_LEAD			/* a lead: DEVICE.SEQ, as k07.12 */
};

struct route {
	enum http_method method;
	const char *path;	/* "*" stands for one part of a path, "**" at
				 * its end for all that is left */
	size_t most;		/* bytes of the body */
	/* DEVICE: store and a device's token. PERSON: store and what the
	 * table says of the act; a page, or API: a program's request, which a
	 * token may make and whose errors are JSON. */
	enum { NOTHING, STORE, DEVICE, PERSON, API } need;
	bool writes;		/* so it may wait for who writes now */
	void (*run)(struct call *c);
	enum access_act act;	/* of PERSON and API */
	enum route_subject subject;
	/* Of API: names of the query's parameters, with blanks between; what
	 * else is asked with is refused. NULL: none. */
	const char *params;
};

/* Each ends with a path that is NULL. */
extern const struct route device_routes[], portal_routes[], api_routes[];

/* The n-th part of a path that a "*" stood for, from 0, as it came (ids need no
 * decoding); "" when there is none. */
void route_part(const struct call *c, unsigned n,
    char out[static STRICT_TARGET_MAX + 1]);

/* All of people's routes as a table: method, path, act, subject, need, and for
 * each role (account.h's order) '-', 'o' or 'a'; tabs between, a line each. */
void route_print(FILE *f);

/* Opens what streams need; route_close after the server has stopped. */
BW_MUST_USE bw_err route_open(struct host *h, struct server_app *out);
void route_close(struct host *h);

#endif
