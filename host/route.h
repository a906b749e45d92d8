/* SPDX-License-Identifier: Apache-2.0 */
/*
 * route.h - which path is answered by what: one table.
 */
#ifndef HOST_ROUTE_H
#define HOST_ROUTE_H

#include "host/host.h"
#include "host/server.h"

/* The handlers of a host as a server runs them; it must outlive the server. */
struct server_app route_app(struct host *h);

#endif
