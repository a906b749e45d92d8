// SPDX-License-Identifier: Apache-2.0
#include "host/server_answer.h"

#include <stdio.h>

#define STREAM_BLOCK 4096

static bool
put(struct MHD_Response *m, const char *name, const char *value)
{
	return value == NULL ||
	    MHD_add_response_header(m, name, value) == MHD_YES;
}

static bool
put_page_headers(struct MHD_Response *m)
{
	return put(m, "Content-Security-Policy", "default-src 'none'; "
	    "style-src 'self'; script-src 'self'; img-src 'self' data:; "
	    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'") &&
	    put(m, "Cross-Origin-Opener-Policy", "same-origin") &&
	    put(m, "Referrer-Policy", "no-referrer");
}

/* The portal's script asks this host for what changed; nobody sees its pages
 * inside another. */
static bool
put_portal_headers(struct MHD_Response *m)
{
	return put(m, "Content-Security-Policy", "default-src 'none'; "
	    "style-src 'self'; script-src 'self'; img-src 'self' data:; "
	    "connect-src 'self'; form-action 'self'; base-uri 'none'; "
	    "frame-ancestors 'none'") &&
	    put(m, "Cross-Origin-Opener-Policy", "same-origin") &&
	    put(m, "Cross-Origin-Resource-Policy", "same-origin") &&
	    put(m, "Referrer-Policy", "same-origin");
}

static bool
put_cookies(struct MHD_Response *m, const struct http_answer *a)
{
	bool ok = true;

	for (unsigned i = 0; ok && i < a->cookies; i++)
		ok = put(m, "Set-Cookie", a->cookie[i]);
	return ok;
}

static const char *
caching(const struct http_answer *a)
{
	if (a->forever)
		return a->personal ?
		    "private, max-age=31536000, immutable" :
		    "public, max-age=31536000, immutable";
	if (a->keep)
		return "max-age=3600";
	if (a->etag[0] == 0)
		return "no-store";
	return a->personal ? "private, no-cache" : "no-cache";
}

/* A proxy that takes all of it at once would say that it has arrived. */
static bool
unbuffered(const struct http_answer *a)
{
	return a->stream != NULL || a->ended != NULL;
}

static bool
put_headers(struct MHD_Response *m, const struct http_answer *a)
{
	char retry[16], save[HTTP_NAME_MAX + 32];

	snprintf(retry, sizeof(retry), "%u", a->retry_after);
	snprintf(save, sizeof(save), "attachment; filename=\"%s\"",
	    a->download);
	return put(m, "Content-Type", a->type) &&
	    put(m, "X-Content-Type-Options", "nosniff") &&
	    put(m, "Cache-Control", caching(a)) &&
	    put(m, "ETag", a->etag[0] != 0 ? a->etag : NULL) &&
	    put(m, "Retry-After", a->retry_after != 0 ? retry : NULL) &&
	    put(m, "Allow", a->allow) &&
	    put(m, "Link", a->link[0] != 0 ? a->link : NULL) &&
	    put(m, "WWW-Authenticate", a->challenge) &&
	    put(m, "Location", a->location[0] != 0 ? a->location : NULL) &&
	    put(m, "Content-Language", a->language) &&
	    put(m, "Vary", a->language != NULL ? "Accept-Language" : NULL) &&
	    put(m, "Content-Disposition",
	    a->download[0] != 0 ? save : NULL) &&
	    put(m, "X-Accel-Buffering", unbuffered(a) ? "no" : NULL) &&
	    put(m, "Connection", a->close ? "close" : NULL) &&
	    put_cookies(m, a) &&
	    (!a->portal || put_portal_headers(m)) &&
	    (!a->page || put_page_headers(m));
}

static ssize_t
stream_read(void *arg, uint64_t pos, char *buf, size_t max)
{
	struct http_stream *s = arg;
	ssize_t n = s->read(s, buf, max);

	(void)pos;
	return n < 0 ? MHD_CONTENT_READER_END_OF_STREAM : n;
}

static void
stream_end(void *arg)
{
	struct http_stream *s = arg;

	s->end(s);
}

void
http_stream_wait(struct http_stream *s)
{
	MHD_suspend_connection(s->connection);
}

void
http_stream_wake(struct http_stream *s)
{
	MHD_resume_connection(s->connection);
}

/* The connection ends with it. In chunks the library would send the last one in
 * answer to HEAD, too, where the next answer is awaited (seen in 0.9.75). */
static struct MHD_Response *
stream_response(struct MHD_Connection *c, struct http_stream *s)
{
	struct MHD_Response *m;

	s->connection = c;
	m = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK,
	    stream_read, s, stream_end);
	if (m != NULL)
		MHD_set_response_options(m, MHD_RF_HTTP_1_0_COMPATIBLE_STRICT,
		    MHD_RO_END);
	return m;
}

/* What the answer owned besides its buffer is the response's from here. */
static struct MHD_Response *
response(struct MHD_Connection *c, struct http_answer *a)
{
	struct MHD_Response *m;

	if (a->stream != NULL)
		return stream_response(c, a->stream);
	if (!a->file)
		return MHD_create_response_from_buffer(a->body.len,
		    a->body.ptr, MHD_RESPMEM_PERSISTENT);
	m = MHD_create_response_from_fd64(a->fd_len, a->fd);
	if (m != NULL)
		a->file = false;
	return m;
}

enum MHD_Result
server_answer(struct MHD_Connection *c, struct http_answer *a)
{
	struct MHD_Response *m;
	enum MHD_Result ok = MHD_NO;

	if ((m = response(c, a)) == NULL)
		return MHD_NO;
	if (put_headers(m, a))
		ok = MHD_queue_response(c, a->status, m);
	/* It ends its stream with its last user. */
	a->stream = NULL;
	MHD_destroy_response(m);
	return ok;
}
