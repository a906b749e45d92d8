/* SPDX-License-Identifier: Apache-2.0 */
/*
 * listen.h - the socket that the server listens on.
 */
#ifndef HOST_LISTEN_H
#define HOST_LISTEN_H

#include <stdbool.h>

#include "base/err.h"

#define LISTEN_NAME_MAX 64

#define LISTEN_WRONG \
	"--listen takes ADDRESS:PORT, e.g. 127.0.0.1:8080 or [::1]:8080"

/* Is it an address and a port? */
bool listen_ok(const char *where);
/* Bind and listen at "127.0.0.1:8080" or "[::1]:0". The socket is the
 * caller's; `name` is where it is, with the port that it got. Errors as
 * server_start says them. */
BW_MUST_USE bw_err listen_on(const char *where, int *out,
    char name[static LISTEN_NAME_MAX], const char **why);

#endif
