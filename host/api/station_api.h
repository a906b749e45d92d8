/* SPDX-License-Identifier: Apache-2.0 */
/*
 * station_api.h - what a writing station asks of the host (STATIONS.md): JSON
 * in, JSON out. Who asks was admitted before, with the scope badges:write.
 */
#ifndef HOST_API_STATION_API_H
#define HOST_API_STATION_API_H

#include "base/buf.h"
#include "host/hostdir.h"
#include "host/station.h"
#include "host/store.h"

#define STATION_BODY_MAX 4096	/* bytes of a request */
#define STATION_ANSWER_MAX 8192

struct station_call {
	struct stations *stations;
	struct store *store;
	const struct hostdir *dir;
	const char *owner;		/* who asks, "token:3": for the audit */
	const char *station;		/* its name, of the path */
	const void *body;
	size_t len;
	int64_t now;
	unsigned status;		/* the answer: HTTP's number */
	struct bw_buf out;		/* and an object; the caller frees */
};

void station_post_poll(struct station_call *c);
/* These write to the store: */
void station_post_state(struct station_call *c);
void station_post_tag(struct station_call *c);

#endif
