/* SPDX-License-Identifier: Apache-2.0 */
/* route_find.h - which route of the tables is an address's, for route.c. */
#ifndef HOST_ROUTE_FIND_H
#define HOST_ROUTE_FIND_H

#include "host/route.h"

/* The route, or NULL, and which methods the path has (bits). */
const struct route *route_find(const struct http_request *in,
    unsigned *methods);
/* The header Allow for those; static. */
const char *route_allow(unsigned methods);
/* A form's address of people's pages that is asked for as if it were a page:
 * who may see what is above it is asked there. false: it is none. */
bool route_led_above(const struct http_request *in, struct http_answer *out);

#endif
