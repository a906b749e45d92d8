// SPDX-License-Identifier: Apache-2.0
/* The routes of programs, under /api/v1/: need API, so that a token may ask. */
#include "host/route.h"

const struct route api_routes[] = {
	{ .path = NULL },
};
