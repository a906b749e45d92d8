// SPDX-License-Identifier: Apache-2.0
#include "host/server_answer.h"

#include <stdio.h>

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

static bool
put_headers(struct MHD_Response *m, const struct http_answer *a)
{
	char retry[16], save[128];

	snprintf(retry, sizeof(retry), "%u", a->retry_after);
	snprintf(save, sizeof(save), "attachment; filename=\"%s\"",
	    a->download != NULL ? a->download : "");
	return put(m, "Content-Type", a->type) &&
	    put(m, "X-Content-Type-Options", "nosniff") &&
	    put(m, "Cache-Control", a->keep ? "max-age=3600" :
	    a->etag[0] != 0 ? "no-cache" : "no-store") &&
	    put(m, "ETag", a->etag[0] != 0 ? a->etag : NULL) &&
	    put(m, "Retry-After", a->retry_after != 0 ? retry : NULL) &&
	    put(m, "Allow", a->allow) &&
	    put(m, "WWW-Authenticate", a->challenge) &&
	    put(m, "Location", a->location) &&
	    put(m, "Content-Language", a->language) &&
	    put(m, "Vary", a->language != NULL ? "Accept-Language" : NULL) &&
	    put(m, "Content-Disposition",
	    a->download != NULL ? save : NULL) &&
	    put(m, "Connection", a->close ? "close" : NULL) &&
	    (!a->page || put_page_headers(m));
}

enum MHD_Result
server_answer(struct MHD_Connection *c, const struct http_answer *a)
{
	struct MHD_Response *m;
	enum MHD_Result ok = MHD_NO;

	m = MHD_create_response_from_buffer(a->body.len, a->body.ptr,
	    MHD_RESPMEM_PERSISTENT);
	if (m == NULL)
		return MHD_NO;
	if (put_headers(m, a))
		ok = MHD_queue_response(c, a->status, m);
	MHD_destroy_response(m);
	return ok;
}
