/* SPDX-License-Identifier: Apache-2.0 */
/*
 * server_answer.h - an answer with its headers, as the HTTP library sends it.
 * Between server.c and server_answer.c only.
 */
#ifndef HOST_SERVER_ANSWER_H
#define HOST_SERVER_ANSWER_H

#include <microhttpd.h>

#include "host/http.h"

/* The answer's body must live until the request is completed; its file and its
 * stream are the library's from here on (a keeps what it could not give). */
enum MHD_Result server_answer(struct MHD_Connection *c,
    struct http_answer *a);

#endif
