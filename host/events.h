/* SPDX-License-Identifier: Apache-2.0 */
/*
 * events.h - server-sent events: an open page is told that something has
 * changed and asks again itself, so every value still comes through a route that
 * was asked for (access.h).
 *
 * One thread looks once a second, and only while somebody listens, whether the
 * store, a writing station or a running export has changed. Staff's pages are told
 * of each change; a sponsor's of those of its own devices, notices and exports, and
 * every EVENTS_HINT seconds whether anything changed or not: when somebody shared,
 * withdrew or refused elsewhere is nothing to them. A stream holds no worker. It
 * ends with its login, and when EVENTS_PER_LOGIN later ones of its login were
 * opened.
 */
#ifndef HOST_EVENTS_H
#define HOST_EVENTS_H

#include "host/host.h"

#define EVENTS_MAX 400
#define EVENTS_PER_LOGIN 8
#define EVENTS_HEARTBEAT 15	/* seconds between comments */
#define EVENTS_RETRY 20		/* seconds until an ended one comes back */
#define EVENTS_HINT 60		/* seconds between a sponsor's, come what may */

BW_MUST_USE bw_err events_open(struct events **out, struct host *h);
/* End all streams and take no more. Accepts NULL. */
void events_stop(struct events *e);
/* After the server has stopped. Accepts NULL, nulls. */
void events_close(struct events **e);

/* How many are open. */
unsigned events_open_count(struct events *e);

/* Answer with a stream for this login: "event: change" with a number as its
 * data, its stream's own, whenever there is news, and once at the beginning. 503
 * when there are EVENTS_MAX. For a route of need PERSON, whose act the page's
 * is. */
void events_answer(struct call *c);

#endif
