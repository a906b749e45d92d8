/* SPDX-License-Identifier: Apache-2.0 */
/*
 * server.h - HTTP/1.1 over libmicrohttpd, and nothing else: it listens, checks
 * every request (strict.h), keeps its deadlines and bounds, and hands whole
 * requests to handlers on a pool of threads.
 */
#ifndef HOST_SERVER_H
#define HOST_SERVER_H

#include "host/address.h"
#include "host/http.h"

struct server;

struct server_app {
	/* Before any of the body is read, or has room. When the request is
	 * refused already, false with the answer filled in. */
	bool (*admit)(void *arg, struct http_request *in,
	    struct http_answer *out);
	/* The whole request is there. Whether handling it may have to wait for
	 * others: such ones never take the whole pool. */
	bool (*waits)(void *arg, const struct http_request *in);
	/* The whole request is there. Runs on any thread of the pool. */
	void (*handle)(void *arg, const struct http_request *in,
	    struct http_answer *out);
	/* No more requests come: end what streams there are. May be NULL. */
	void (*stop)(void *arg);
	/* The head was refused, and the answer says why in a sentence: it may
	 * be said otherwise. On the server's own thread; in has the head, the
	 * path and the query. */
	void (*refused)(void *arg, const struct http_request *in,
	    struct http_answer *out);
	void *arg;
};

struct server_config {
	const char *listen;		/* "127.0.0.1:8080", "[::1]:0" */
	unsigned threads;
	unsigned connections;		/* at most, in all */
	unsigned per_address;		/* at most, from one source; 0: any */
	/* Requests from here are of whom its X-Forwarded-For says last, and
	 * its connections are as many as it likes. Family 0: no proxy. */
	struct address proxy;
	/* Seconds for a request, from the end of the last one (or from the
	 * connection's start) until its head is there, and from there until
	 * its body is, and its answer has gone; as long again while they move
	 * at DEADLINE_RATE (deadline.h). Idle connections end by the first. */
	unsigned head_seconds, body_seconds;
};

/* BW_ERR_ARG: `listen` is no address and port; BW_ERR_BUSY: the port is
 * taken; BW_ERR_DENIED: it may not be used. *why is a sentence part. */
BW_MUST_USE bw_err server_start(struct server **out,
    const struct server_config *config, const struct server_app *app,
    const char **why);
/* Where it listens: "127.0.0.1:40123". Lives as long as the server. */
const char *server_address(const struct server *s);
/* Take no more connections, let the requests that are there end (for at most
 * so many seconds), stop. */
void server_stop(struct server **s, unsigned seconds);

#endif
