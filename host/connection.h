/* SPDX-License-Identifier: Apache-2.0 */
/*
 * connection.h - what is remembered of each connection while the HTTP library
 * has it: who is at its other end, by when it must have got on, and whether it
 * was answered before its request was all there. Used by server.c only.
 */
#ifndef HOST_CONNECTION_H
#define HOST_CONNECTION_H

#include <microhttpd.h>

#include "host/address.h"
#include "host/strict.h"

struct connections;

/* What server_config says of them. */
struct connection_rules {
	unsigned connections, per_address, head_seconds;
	struct address proxy;
};

BW_MUST_USE bw_err connections_open(struct connections **out,
    const struct connection_rules *rules);
/* All must have ended. Accepts NULL, nulls. */
void connections_close(struct connections **cs);

/* For MHD_OPTION_NOTIFY_CONNECTION with the connections as its argument: one
 * too many of its source is shut down at once; else, when it is the last that
 * there may be, the one that idles longest (deadline.h). */
void connection_notify(void *cs, struct MHD_Connection *c, void **context,
    enum MHD_ConnectionNotificationCode code);

/* Its time begins anew (deadline_body); 0 seconds: none, it is ours to answer
 * now. */
void connection_deadline(struct connections *cs, struct MHD_Connection *c,
    unsigned seconds);
/* It is answered with a stream, which has all the time it wants and does not
 * count among those of its source: events.h bounds them. */
void connection_streams(struct connections *cs, struct MHD_Connection *c);
/* Its request is done: it idles, with its head's time for the next one. */
void connection_idle(struct connections *cs, struct MHD_Connection *c);
/* It is answered early: at its end it lingers, so that the answer arrives. */
void connection_early(struct MHD_Connection *c);
/* Whom a request is counted to: the peer, or whom the proxy names. */
void connection_source(const struct connections *cs,
    struct MHD_Connection *c, const struct strict_head *head,
    char out[static ADDRESS_SOURCE_MAX]);

#endif
