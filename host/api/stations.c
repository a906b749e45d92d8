// SPDX-License-Identifier: Apache-2.0
#include "host/api/stations.h"

#include "host/api/station_api.h"
#include "host/person.h"
#include "host/route.h"

static void
answer(struct call *c, void (*post)(struct station_call *))
{
	char name[STRICT_TARGET_MAX + 1];
	struct station_call s = { .stations = c->host->stations,
		.store = c->store, .dir = c->host->dir,
		.owner = c->me->actor, .station = name, .body = c->in->body,
		.len = c->in->body_len, .now = c->now,
		.out = BW_BUF_INIT(STATION_ANSWER_MAX) };

	route_part(c, 0, name);
	post(&s);
	http_text(c->out, s.status, "application/json", s.out.ptr,
	    s.out.len);
	bw_buf_free(&s.out);
}

void
stations_poll(struct call *c)
{
	answer(c, station_post_poll);
}

void
stations_state(struct call *c)
{
	answer(c, station_post_state);
}

void
stations_tag(struct call *c)
{
	answer(c, station_post_tag);
}
