/* SPDX-License-Identifier: Apache-2.0 */
/*
 * host.h - what every request handler works with: the directory, a store
 * handle of its own, the tokens taken, the throttles.
 */
#ifndef HOST_HOST_H
#define HOST_HOST_H

#include "host/hostdir.h"
#include "host/http.h"
#include "host/replay.h"
#include "host/store.h"
#include "host/throttle.h"

/* More handlers than these never run at once. */
#define HOST_THREADS_MAX 64

struct events;			/* events.h */
struct kept;			/* kept.h */
struct login_gate;		/* login.h */
struct metrics;			/* metrics.h */
struct my_box;			/* my_box.h */
struct once;			/* once.h */
struct person;			/* person.h */
struct previewer;		/* preview.h */
struct running;			/* running.h */
struct settler;			/* settle.h */
struct stations;		/* station.h */

struct host {
	struct hostdir *dir;
	struct replay *replay;
	struct throttle *unknown;	/* enrolment ids that do not exist */
	struct throttle *proofs;	/* wrong proofs, by enrolment id */
	struct throttle *receipts;	/* withdrawals of unknown receipts */
	struct throttle *links;		/* codes at /my/ that open nothing */
	struct throttle *papers;	/* PDFs of one that is */
	struct throttle *wishes;	/* what makes cases at /my/, by whom */
	struct throttle *programs;	/* requests under /api/, by who asks */
	int lock;			/* DIR/host.lock */
	struct host_pool *pool;		/* idle store handles */
	struct login_gate *gate;	/* log-ins and codes tried */
	struct events *events;		/* open streams; the router's */
	struct metrics *metrics;	/* requests counted; the router's */
	struct previewer *previewer;	/* the router's too */
	struct running *running;	/* exports; the router's */
	struct settler *settler;	/* behind uploads; the router's */
	struct stations *stations;	/* at the badge desk; the router's */
	struct my_box *box;		/* who wants a link; the router's */
	struct once *once;		/* forms sent; the router's */
	struct kept *kept;		/* of /privacy; the router's */
};

/* One request being handled. */
struct call {
	struct host *host;
	struct store *store;
	const struct http_request *in;
	struct http_answer *out;
	/* Unix seconds: what others' clocks are compared with, and the time that
	 * all else goes by (hostclock_time). */
	int64_t wall, now;
	struct person *me;	/* of people's routes, else NULL */
	/* Where that stands which a page of people's shows this once; static. */
	const char *shown_once;
};

/* Open everything under DIR. BW_ERR_BUSY: another badgeward-host runs on it.
 * *why is a sentence part saying what to do (static). */
BW_MUST_USE bw_err host_open(struct host **out, const char *dir,
    const char **why);
void host_close(struct host **h);

/* A store handle for the length of a call. */
BW_MUST_USE bw_err host_store_take(struct host *h, struct store **out);
void host_store_give(struct host *h, struct store **s);

#endif
