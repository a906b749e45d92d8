/* SPDX-License-Identifier: Apache-2.0 */
/*
 * metrics.h - figures for whoever watches the host, as Prometheus' text format
 * 0.0.4: to loopback, or to a token with metrics:read. Devices are labelled by
 * their names; nothing is said of a person.
 */
#ifndef HOST_METRICS_H
#define HOST_METRICS_H

#include "host/host.h"
#include "host/route.h"

struct metrics;

BW_MUST_USE bw_err metrics_open(struct metrics **out);
/* Accepts NULL, nulls. */
void metrics_close(struct metrics **m);

/* A request was answered; route NULL: there is none. Threads may call it. */
void metrics_count(struct metrics *m, const struct route *route,
    unsigned status);

/* GET /metrics */
void metrics_answer(struct call *c);

#endif
