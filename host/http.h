/* SPDX-License-Identifier: Apache-2.0 */
/*
 * http.h - a request as handlers see it, and the answer they fill in.
 *
 * Only server.c and server_answer.c know the HTTP library; the request was
 * checked (strict.h) and its body is there before a handler runs.
 */
#ifndef HOST_HTTP_H
#define HOST_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "host/address.h"
#include "host/strict.h"
#include "record/crypto.h"

#define HTTP_ANSWER_MAX (8u * 1024 * 1024)

struct http_request {
	const struct strict_head *head;
	bool post;				/* else GET or HEAD */
	char path[STRICT_TARGET_MAX + 1];	/* without the query */
	char query[STRICT_TARGET_MAX + 1];	/* without "?"; may be "" */
	/* Who asks, as throttles count it. */
	char source[ADDRESS_SOURCE_MAX];
	const uint8_t *body;			/* NULL until it was read */
	size_t body_len;			/* as announced until then */
	/* The device whose token was admitted (0: none), and the hash of the
	 * body that the token is for (session.h). */
	uint64_t device;
	uint8_t body_sha256[CRYPTO_HASH];
};

struct http_answer {
	unsigned status;
	const char *type;		/* static */
	struct bw_buf body;
	char etag[40];			/* with its quotes; "": none */
	unsigned retry_after;		/* seconds; 0: none */
	const char *allow;		/* static; NULL: none */
	const char *challenge;		/* WWW-Authenticate; static or NULL */
	const char *location;		/* static; NULL: none */
	const char *language;		/* of a page; static or NULL */
	const char *download;		/* file name to save as; static, NULL */
	bool page;			/* HTML: send the page's policy */
	bool keep;			/* may be cached for an hour */
	bool close;			/* end the connection after it */
};

/* A JSON answer {"error": sentence}; further members by http_json. */
void http_error(struct http_answer *a, unsigned status, const char *sentence);
/* The same for a page of its own or a plain address. */
void http_text(struct http_answer *a, unsigned status, const char *type,
    const void *ptr, size_t len);
/* The answer to a failure inside: 503 when waiting may help, else 500. The
 * cause was logged where it is known. */
void http_failure(struct http_answer *a, bw_err r);

/* The value of one query parameter, undecoded; false when it is missing, and
 * also when the query holds anything else. */
bool http_query(const struct http_request *r, const char *name,
    const char **value);
/* The value of a form field in an application/x-www-form-urlencoded body,
 * decoded into out, which is "" after BW_ERR_NOTFOUND, BW_ERR_FORMAT (a zero,
 * a broken escape) and BW_ERR_BOUND. */
BW_MUST_USE bw_err http_form(const struct http_request *r, const char *name,
    char *out, size_t size);

#endif
