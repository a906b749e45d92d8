// SPDX-License-Identifier: Apache-2.0
#include "host/route.h"

#include <string.h>

#include "base/clock.h"
#include "host/device_api.h"
#include "host/enrol_api.h"
#include "host/page_receipt.h"
#include "host/page_site.h"
#include "host/session.h"
#include "record/upload.h"

struct route {
	bool post;
	const char *path;	/* a last "*" stands for one part of a path */
	size_t most;		/* bytes of the body */
	enum { NOTHING, STORE, DEVICE } need;	/* DEVICE: store and token */
	bool writes;		/* so it may wait for who writes now */
	void (*run)(struct call *c);
};

static const struct route routes[] = {
	{ false, "/", 0, NOTHING, false, site_home },
	{ false, "/b", 0, NOTHING, false, site_badge },
	{ false, "/r", 0, NOTHING, false, site_receipt_moved },
	{ false, "/r/", 0, NOTHING, false, receipt_ask },
	{ true, "/r/", RECEIPT_FORM_MAX, STORE, false, receipt_show },
	{ false, "/style.css", 0, NOTHING, false, site_style },
	{ false, "/receipt.js", 0, NOTHING, false, site_script },
	{ false, "/healthz", 0, STORE, false, site_health },
	{ false, "/log/*/checkpoint", 0, STORE, false, site_checkpoint },
	{ false, "/v1/device/enrol", 0, STORE, false, enrol_get },
	{ true, "/v1/device/enrol", ENROL_POST_MAX, STORE, true, enrol_post },
	{ false, "/v1/device/policy", 0, DEVICE, true, device_get_policy },
	{ false, "/v1/device/log", 0, DEVICE, false, device_get_log },
	{ true, "/v1/device/log", UPLOAD_MAX, DEVICE, true, device_post_log },
	{ true, "/v1/device/status", STATUS_MAX, DEVICE,
	    true, device_post_status },
};
#define NROUTES (sizeof(routes) / sizeof(routes[0]))

static bool
matches(const char *pattern, const char *path)
{
	const char *star = strchr(pattern, '*');
	size_t head, tail, len = strlen(path);

	if (star == NULL)
		return strcmp(pattern, path) == 0;
	head = (size_t)(star - pattern);
	tail = strlen(star + 1);
	return len > head + tail && memcmp(path, pattern, head) == 0 &&
	    strcmp(path + len - tail, star + 1) == 0 &&
	    memchr(path + head, '/', len - head - tail) == NULL;
}

/* The route; *other says that the path exists for the other method. */
static const struct route *
find(const struct http_request *in, bool *other)
{
	*other = false;
	for (size_t i = 0; i < NROUTES; i++) {
		if (!matches(routes[i].path, in->path))
			continue;
		if (routes[i].post == in->post)
			return &routes[i];
		*other = true;
	}
	return NULL;
}

/* There is no such route. */
static void
missing(const struct http_request *in, bool other, struct http_answer *out)
{
	if (other) {
		http_error(out, 405, in->post ? "use GET here" :
		    "use POST here");
		out->allow = in->post ? "GET, HEAD" : "POST";
	} else if (strncmp(in->path, "/v1/", 4) == 0)
		http_error(out, 404, "there is no such address");
	else
		site_missing(in, out);
}

/* A token is looked at before its body is: who has none must not make us keep
 * megabytes. */
static bool
admit_device(struct host *h, struct http_request *in, struct http_answer *out)
{
	struct call c = { .host = h, .in = in, .out = out,
		.now = clock_wall() };
	bw_err r;

	if ((r = host_store_take(h, &c.store)) != BW_OK) {
		http_failure(out, r);
		return false;
	}
	r = session_admit(&c, in);
	host_store_give(h, &c.store);
	return r == BW_OK;
}

static bool
admit(void *arg, struct http_request *in, struct http_answer *out)
{
	bool other;
	const struct route *r = find(in, &other);

	if (r == NULL) {
		missing(in, other, out);
		return false;
	}
	if (in->body_len > r->most) {
		http_error(out, 413, "the request is too large");
		return false;
	}
	return r->need != DEVICE || admit_device(arg, in, out);
}

/* A withdrawal is the only thing that POST /r/ writes. */
static bool
withdraws(const struct http_request *in)
{
	char act[16];

	return http_form(in, "act", act, sizeof(act)) == BW_OK &&
	    strcmp(act, "withdraw") == 0;
}

static bool
waits(void *arg, const struct http_request *in)
{
	bool other;
	const struct route *r = find(in, &other);

	(void)arg;
	return r != NULL && (r->writes ||
	    (r->run == receipt_show && withdraws(in)));
}

static void
handle(void *arg, const struct http_request *in, struct http_answer *out)
{
	struct call c = { .host = arg, .in = in, .out = out,
		.now = clock_wall() };
	const struct route *route;
	bool other;
	bw_err r;

	if ((route = find(in, &other)) == NULL) {
		http_failure(out, BW_ERR_ARG);
		return;
	}
	if (route->need != NOTHING &&
	    (r = host_store_take(c.host, &c.store)) != BW_OK) {
		http_failure(out, r);
		return;
	}
	route->run(&c);
	if (c.store != NULL)
		host_store_give(c.host, &c.store);
}

struct server_app
route_app(struct host *h)
{
	return (struct server_app){ admit, waits, handle, NULL, h };
}
