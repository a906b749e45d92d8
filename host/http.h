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
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"
#include "host/address.h"
#include "host/strict.h"
#include "record/crypto.h"

#define HTTP_ANSWER_MAX (8u * 1024 * 1024)
#define HTTP_UPLOAD_MAX (64u * 1024 * 1024)	/* the largest body of all */
#define HTTP_COOKIES_MAX 3
#define HTTP_COOKIE_MAX 256
#define HTTP_NAME_MAX 128		/* a file's name to save as */

enum http_method {
	HTTP_GET, HTTP_POST, HTTP_PUT, HTTP_PATCH, HTTP_DELETE, HTTP_METHODS
};

/* An answer without an end in sight. The server reads it when the client can
 * take more; both functions run on the server's thread and may not wait. */
struct http_stream {
	/* Bytes, at most max. 0 after http_stream_wait; negative: it ends. */
	ssize_t (*read)(struct http_stream *s, char *buf, size_t max);
	/* The client is gone or it has ended: free it. Called once. */
	void (*end)(struct http_stream *s);
	void *connection;		/* the server's */
};

struct http_request {
	const struct strict_head *head;
	enum http_method method;		/* HEAD is GET */
	bool post;				/* it is POST */
	const char *listen;			/* where the server listens */
	char path[STRICT_TARGET_MAX + 1];	/* without the query */
	char query[STRICT_TARGET_MAX + 1];	/* without "?"; may be "" */
	/* Who asks, as throttles count it. */
	char source[ADDRESS_SOURCE_MAX];
	unsigned waiting;			/* other requests, for a thread */
	int fd;					/* http_gone looks at it */
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
	char location[STRICT_TARGET_MAX + 1];	/* http_go sets it; "": none */
	const char *language;		/* of a page; static or NULL */
	char download[HTTP_NAME_MAX];	/* http_save_as sets it; "": none */
	char cookie[HTTP_COOKIES_MAX][HTTP_COOKIE_MAX];	/* http_set_cookie */
	unsigned cookies;
	bool page;			/* HTML: send the page's policy */
	bool portal;			/* a page of the portal: a policy that
					 * lets its script ask this host */
	bool keep;			/* may be cached for an hour */
	bool forever;			/* its address changes with it */
	bool personal;			/* nobody but who asked may keep it */
	bool problem;			/* errors are RFC 9457's documents */
	char link[STRICT_TARGET_MAX + 32];	/* Link; "": none */
	bool close;			/* end the connection after it */
	bool file;			/* the body is in fd, not in body */
	int fd;				/* http_file sets it */
	uint64_t fd_len;
	struct http_stream *stream;	/* the body; NULL: none */
	/* The answer has gone, or its client has: called once, where it may
	 * wait. whole: to its end, as far as can be known (sent.h); what is not
	 * known to be is not. NULL: nobody wants to know. */
	void (*ended)(void *arg, bool whole);
	void *ended_arg;
};

/* "GET", "POST" ...; the server's and the routes' names. */
const char *http_method_name(enum http_method m);

/* A target of programs', below /api/. */
bool http_is_api(const char *target);
/* A JSON answer {"error": sentence}; where the answer's `problem` is set an
 * application/problem+json (RFC 9457) with the sentence as its detail. */
void http_error(struct http_answer *a, unsigned status, const char *sentence);
/* The same for a page of its own or a plain address. */
void http_text(struct http_answer *a, unsigned status, const char *type,
    const void *ptr, size_t len);
/* The answer to a failure inside: 503 when waiting may help, else 500. The
 * cause was logged where it is known. */
void http_failure(struct http_answer *a, bw_err r);
/* 303 to a path of this host, which begins with one "/"; what is anything else
 * leads to "/". */
void http_go(struct http_answer *a, const char *path);
/* The body is the open file from its beginning, len bytes, sent as the client
 * takes them and never held in memory. The answer owns fd from here on. */
void http_file(struct http_answer *a, const char *type, int fd, uint64_t len);
/* The browser saves the answer under this name; what is not of [A-Za-z0-9._-]
 * becomes "-". */
void http_save_as(struct http_answer *a, const char *name);
/* One more Set-Cookie: "name=value; attributes" as it stands. BW_ERR_BOUND: too
 * long, or too many. */
BW_MUST_USE bw_err http_set_cookie(struct http_answer *a, const char *cookie);
/* From within read: call no more until http_stream_wake, which any thread may
 * call once for each wait. A lock of the stream's own must be held over both
 * "nothing there" and this. */
void http_stream_wait(struct http_stream *s);
void http_stream_wake(struct http_stream *s);

/* Whether the client has hung up, so that no answer will reach it: for a handler
 * that takes long. */
bool http_gone(const struct http_request *r);

/* A request's cookie. "" and BW_ERR_NOTFOUND: there is none; BW_ERR_FORMAT: it
 * is there twice, so that one that was planted from elsewhere is never taken
 * for ours; BW_ERR_BOUND: it does not fit. */
BW_MUST_USE bw_err http_cookie(const struct http_request *r, const char *name,
    char *out, size_t size);
/* The first value of a query parameter among others, decoded; errors as
 * http_form. */
BW_MUST_USE bw_err http_param(const struct http_request *r, const char *name,
    char *out, size_t size);
/* The first thing in the query that is not "name=" and a value with a name of
 * the list (blanks between), or that comes a second time: its name in out, what
 * is no letter of names as "?", cut to fit. false: there is none. */
bool http_param_other(const struct http_request *r, const char *names,
    char *out, size_t size);
/* The value of one query parameter, undecoded; false when it is missing, and
 * also when the query holds anything else. */
bool http_query(const struct http_request *r, const char *name,
    const char **value);
/* The first value of a form's field, decoded into out: of a body that is
 * application/x-www-form-urlencoded, or multipart/form-data if the request's
 * Content-Type says so. out is "" after BW_ERR_NOTFOUND, BW_ERR_FORMAT (a zero, a
 * broken escape) and BW_ERR_BOUND. */
BW_MUST_USE bw_err http_form(const struct http_request *r, const char *name,
    char *out, size_t size);
/* The same with the n-th of that name, from 0: fields that are repeated. */
BW_MUST_USE bw_err http_form_at(const struct http_request *r,
    const char *name, size_t nth, char *out, size_t size);

/* A part of a multipart/form-data body; the bytes are the request's. */
struct http_part {
	const uint8_t *ptr;
	size_t len;
	char file[HTTP_NAME_MAX];	/* the name it was sent with, or "":
					 * never a path on this machine */
};

/* A hash of what a form brings: names, files' names and values in their order,
 * however a browser has divided them. Of a body that is no multipart: of its
 * bytes. */
BW_MUST_USE bw_err http_form_hash(const struct http_request *r,
    uint8_t out[static CRYPTO_HASH]);

/* The n-th part with this name. BW_ERR_NOTFOUND; BW_ERR_FORMAT: the body breaks
 * RFC 7578 up to there, or is none. */
BW_MUST_USE bw_err http_part(const struct http_request *r, const char *name,
    size_t nth, struct http_part *out);

#endif
