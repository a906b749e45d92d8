/* SPDX-License-Identifier: Apache-2.0 */
/*
 * client.h - one HTTP request and its answer; the only door to libcurl.
 *
 * Certificates are verified, redirects are not followed, an answer is bounded
 * and has a deadline. Only https, and http to what the caller has checked to
 * be loopback (enrol_base_check).
 */
#ifndef UPLINK_CLIENT_H
#define UPLINK_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "record/reach.h"

#define CLIENT_ETAG_MAX 128
/* A request may take so long, and as much longer as its body takes at this
 * rate; but for so long nothing, or next to nothing, may come or go. */
#define CLIENT_TIMEOUT_MS 60000
#define CLIENT_BYTES_PER_MS 8
#define CLIENT_STALLED_S 30
#define CLIENT_RETRY_MOST_S 86400	/* what Retry-After is cut to */

struct client;

struct client_request {
	const char *method;		/* "GET" or "POST" */
	const char *url;
	const char *token;		/* bearer token, or NULL */
	const char *etag;		/* for If-None-Match, or NULL or "" */
	const char *type;		/* content type of the body */
	const void *body;		/* NULL for GET */
	size_t len;
};

struct client_reply {
	int status;			/* 0: no whole answer came */
	enum reach reach;		/* then says why, else REACH_OK */
	int64_t date;			/* the host's clock, 0: unknown */
	unsigned retry_after;		/* seconds, 0: not said; bounded */
	int64_t retry_at;		/* the same when it was a date, or 0 */
	char etag[CLIENT_ETAG_MAX];	/* empty: none */
	struct bw_buf body;		/* client_reply_free */
};

/* ca: a file of certificates to trust instead of the system's, or NULL. stop
 * is looked at while waiting; when it becomes true a request ends at once. */
BW_MUST_USE bw_err client_open(struct client **out, const char *ca,
    const volatile bool *stop);
void client_close(struct client **c);

/* BW_OK with any status from the host; BW_ERR_GONE when it cannot be reached
 * or the answer broke off, BW_ERR_TIMEOUT, BW_ERR_BOUND when the answer is
 * over max bytes. *out is to be freed in any case. */
BW_MUST_USE bw_err client_do(struct client *c, const struct client_request *q,
    size_t max, struct client_reply *out);
void client_reply_free(struct client_reply *r);

#endif
