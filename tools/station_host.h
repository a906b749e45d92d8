/* SPDX-License-Identifier: Apache-2.0 */
/*
 * station_host.h - the host, as a writing station speaks to it
 * (host/STATIONS.md). What goes wrong is said on standard error, once.
 */
#ifndef TOOLS_STATION_HOST_H
#define TOOLS_STATION_HOST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "tools/tagwriter.h"

struct station_host;

struct station_where {
	const char *base;	/* "https://host" */
	const char *name;	/* the station's */
	const char *token;
	const char *ca;		/* certificates to trust, or NULL */
};
BW_MUST_USE bw_err station_host_open(struct station_host **out,
    const struct station_where *where, const volatile bool *stop);
void station_host_close(struct station_host **h);

/* In all of these: BW_ERR_DENIED when the token is not good or another station
 * has the name: there is no use in going on. BW_ERR_GONE when the host cannot
 * be reached or cannot do it now. */

/* Is there something to write? *job of 0: no. */
BW_MUST_USE bw_err station_host_poll(struct station_host *h, uint64_t *job,
    uint64_t *registration);
/* How it goes: "waiting", "done", "failed" with a word of station_why.
 * BW_ERR_EXPIRED: it is not this station's job any more. */
BW_MUST_USE bw_err station_host_state(struct station_host *h, uint64_t job,
    const char *state, const char *why);
/* What the tag is to hold. BW_ERR_EXPIRED; BW_ERR_ARG when the host makes no
 * badge for it, which was said. */
BW_MUST_USE bw_err station_host_tag(struct station_host *h, uint64_t job,
    const struct tagwriter_tag *tag, struct bw_buf *tlv, unsigned *edition);

#endif
