// SPDX-License-Identifier: Apache-2.0
#include "host/route_find.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "host/events.h"
#include "host/hostclock.h"
#include "host/metrics.h"
#include "host/kept.h"
#include "host/my_box.h"
#include "host/once_form.h"
#include "host/page_receipt.h"
#include "host/page_site.h"
#include "host/person.h"
#include "host/portal/layout.h"
#include "host/preview.h"
#include "host/running.h"
#include "host/session.h"
#include "host/settle.h"
#include "host/station.h"

/* There is no such route. */
static void
missing(struct host *h, const struct http_request *in, unsigned methods,
    struct http_answer *out)
{
	if (methods == 1u << HTTP_POST && route_led_above(in, out))
		return;
	if (methods != 0) {
		http_error(out, 405, methods == 1u << HTTP_GET ?
		    "use GET here" : methods == 1u << HTTP_POST ?
		    "use POST here" : "this address has no such method");
		out->allow = route_allow(methods);
		site_refused(in, h->dir->config.base_url, out);
	} else if (strncmp(in->path, "/v1/", 4) == 0 ||
	    http_is_api(in->path))
		http_error(out, 404, "there is no such address");
	else
		site_missing(in, out);
}

/* Whose the thing is: "" when there is none. */
static bw_err
subject(struct call *c, const struct route *r, char out[TEXT_ID_MAX + 1])
{
	char part[STRICT_TARGET_MAX + 1], *dot;
	struct store_device d;
	bw_err e = BW_OK;

	out[0] = 0;
	if (r->subject == OF_NONE)
		return BW_OK;
	route_part(c, 0, part);
	/* A device's name may have dots. */
	if (r->subject == OF_LEAD && (dot = strrchr(part, '.')) != NULL)
		*dot = 0;
	if (!text_is_id(part, strlen(part)))
		return BW_OK;
	if (r->subject == OF_SPONSOR) {
		if ((e = store_sponsor_known(c->store, part)) == BW_OK)
			memcpy(out, part, strlen(part) + 1);
	} else if ((e = store_device_get(c->store, part, &d)) == BW_OK)
		memcpy(out, d.sponsor, sizeof(d.sponsor));
	return e == BW_ERR_NOTFOUND ? BW_OK : e;
}

static bool
refuse(struct call *c, const struct route *r, enum access_answer why)
{
	if (r->need == API) {
		http_error(c->out, why == ACCESS_HIDDEN ? 404 :
		    why == ACCESS_NO ? 403 : 401, why == ACCESS_HIDDEN ?
		    "there is no such thing" : why == ACCESS_NO ?
		    "the table of roles does not allow it" :
		    "log in, or send a token");
		c->out->challenge = why == ACCESS_LOG_IN ? "Bearer" : NULL;
	} else
		layout_refuse(c, why);
	return false;
}

/* A change that no page of this host has sent. */
static bool
foreign(struct call *c, const struct route *r)
{
	if (r->need == API)
		http_error(c->out, 403, "a program's change needs a token");
	else
		layout_foreign(c);
	return false;
}

/* Not too often? Who asks is known. */
static bool
paced(struct call *c, const struct route *r)
{
	unsigned wait;

	if (r->need != API || throttle_take(c->host->programs, c->me->actor,
	    clock_mono_ms(), &wait))
		return true;
	http_error(c->out, 429, "too many requests; wait as Retry-After says");
	c->out->retry_after = wait;
	return false;
}

/* A misspelt parameter must not make it a list of everything. */
static bool
understood(struct call *c, const struct route *r)
{
	const char *names = r->params != NULL ? r->params : "";
	char name[40], text[200];

	if (r->need != API || !http_param_other(c->in, names, name,
	    sizeof(name)))
		return true;
	snprintf(text, sizeof(text), "the parameter \"%s\" is not known here, "
	    "or stands there twice or without a value; %s%s", name,
	    names[0] != 0 ? "these are known: " : "none is known here", names);
	http_error(c->out, 422, text);
	return false;
}

/* Who asks, and may they? Else false with the answer filled in. */
static bool
admit_person(struct call *c, const struct route *r, struct person *me)
{
	enum access_answer a;
	bw_err e;

	c->me = me;
	if (!person_host_ok(c)) {
		http_error(c->out, 421, "this host has another name");
		site_refused(c->in, c->host->dir->config.base_url, c->out);
		return false;
	}
	if (!person_find(c, r->need == API, me))
		return false;
	if ((e = subject(c, r, me->sponsor)) != BW_OK) {
		http_failure(c->out, e);
		return false;
	}
	a = access_ask(r->act, &me->who,
	    r->subject != OF_NONE ? me->sponsor : NULL);
	if (a != ACCESS_YES)
		return refuse(c, r, a);
	if (r->method != HTTP_GET && me->who.token == NULL &&
	    !person_same_origin(c))
		return foreign(c, r);
	return understood(c, r);
}

/* The same for the body, once it is there. */
static bool
form_ok(struct call *c, const struct route *r)
{
	if (r->method == HTTP_GET || c->me->who.token != NULL ||
	    c->me->who.login == NULL || person_csrf_ok(c, c->me))
		return true;
	return foreign(c, r);
}

/* A store, and the time. */
static bw_err
begin_call(struct call *c)
{
	bw_err r = host_store_take(c->host, &c->store);

	return r == BW_OK ? hostclock_now(c->store, &c->now) : r;
}

static void
end_call(struct call *c)
{
	if (c->store != NULL)
		host_store_give(c->host, &c->store);
}

/* A token is looked at before its body is: who has none must not make us keep
 * megabytes. The same for a login. */
static bool
admit_sender(struct host *h, const struct route *route,
    struct http_request *in, struct http_answer *out)
{
	struct call c = { .host = h, .in = in, .out = out,
		.wall = clock_wall() };
	struct person me = { .actor = "" };
	bool ok;
	bw_err r;

	if ((r = begin_call(&c)) != BW_OK) {
		http_failure(out, r);
		end_call(&c);
		return false;
	}
	ok = route->need == DEVICE ? session_admit(&c, in) == BW_OK :
	    admit_person(&c, route, &me);
	explicit_bzero(&me, sizeof(me));
	end_call(&c);
	return ok;
}

/* More than the route takes: a person is told so in a page, in the language of
 * the account or of the browser. */
static void
too_large(struct host *h, const struct route *route, struct http_request *in,
    struct http_answer *out)
{
	struct call c = { .host = h, .in = in, .out = out,
		.wall = clock_wall() };
	struct person me = { .actor = "" };
	bw_err r;

	if (route->need != PERSON) {
		http_error(out, 413, "the request is too large");
		site_refused(in, h->dir->config.base_url, out);
		return;
	}
	c.me = &me;
	if ((r = begin_call(&c)) != BW_OK)
		http_failure(out, r);
	else if (person_find(&c, false, &me))
		layout_too_large(&c, route->most);
	explicit_bzero(&me, sizeof(me));
	end_call(&c);
}

static bool
may_send(struct host *h, const struct route *r, unsigned methods,
    struct http_request *in, struct http_answer *out)
{
	out->problem = http_is_api(in->path);
	if (r == NULL) {
		missing(h, in, methods, out);
		return false;
	}
	if (in->body_len > r->most) {
		too_large(h, r, in, out);
		return false;
	}
	/* Without a body it is asked once, as it is handled. */
	return r->need < DEVICE || (r->need != DEVICE && in->body_len == 0) ||
	    admit_sender(h, r, in, out);
}

static bool
admit(void *arg, struct http_request *in, struct http_answer *out)
{
	struct host *h = arg;
	unsigned methods;
	const struct route *r = route_find(in, &methods);
	bool ok = may_send(h, r, methods, in, out);

	if (!ok)
		metrics_count(h->metrics, r, out->status);
	return ok;
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
	unsigned methods;
	const struct route *r = route_find(in, &methods);

	(void)arg;
	return r != NULL && (r->writes ||
	    (r->run == receipt_show && withdraws(in)));
}

/* Where a repeat is led: where this one was, or to what it has shown. NULL: it
 * did nothing, or handed out a file, which may be asked for again. */
static const char *
led_to(const struct call *c, char text[static ONCE_TEXT_SIZE])
{
	if (c->out->status == 303)
		return c->out->location;
	if (c->shown_once == NULL || c->out->status != 200)
		return NULL;
	snprintf(text, ONCE_TEXT_SIZE, "%s?done=once", c->shown_once);
	return text;
}

/* A form of a login counts once. One of a page without the value is done as it
 * comes: somebody has typed it, and it has the login's secret. */
static void
run_once(struct call *c, const struct route *route)
{
	struct once *t = c->host->once;
	char text[ONCE_TEXT_SIZE];
	struct once_key key;
	bw_err r = BW_ERR_NOTFOUND;

	if (c->in->post && c->me->who.token == NULL &&
	    c->me->who.login != NULL)
		r = once_read(c->in, c->me->id, &key);
	if (r == BW_ERR_NOTFOUND)
		route->run(c);
	else if (r == BW_ERR_FORMAT)
		(void)foreign(c, route);
	else if (r == BW_OK && (r = once_begin(t, &key, c->in,
	    text)) == BW_OK) {
		route->run(c);
		once_end(t, &key, led_to(c, text));
	} else if (r == BW_ERR_EXISTS)
		http_go(c->out, text);
	else if (r == BW_ERR_GONE)
		http_error(c->out, 408, "who asked has gone");
	else
		layout_failure(c, r);
}

static void
handle(void *arg, const struct http_request *in, struct http_answer *out)
{
	struct call c = { .host = arg, .in = in, .out = out,
		.wall = clock_wall() };
	struct person me = { .actor = "" };
	const struct route *route;
	unsigned methods;
	bw_err r;

	if ((route = route_find(in, &methods)) == NULL) {
		http_failure(out, BW_ERR_ARG);
		return;
	}
	c.now = c.wall;
	if (route->need != NOTHING && (r = begin_call(&c)) != BW_OK)
		http_failure(out, r);
	else if (route->need < PERSON)
		route->run(&c);
	else if (admit_person(&c, route, &me) && form_ok(&c, route) &&
	    paced(&c, route))
		run_once(&c, route);
	metrics_count(c.host->metrics, route, out->status);
	explicit_bzero(&me, sizeof(me));
	end_call(&c);
}

static void
stop(void *arg)
{
	struct host *h = arg;

	events_stop(h->events);
}

static void
refused(void *arg, const struct http_request *in, struct http_answer *out)
{
	const struct host *h = arg;

	site_refused(in, h->dir->config.base_url, out);
}

bw_err
route_open(struct host *h, struct server_app *out)
{
	bw_err r;

	*out = (struct server_app){ admit, waits, handle, stop, refused,
		h };
	if (metrics_open(&h->metrics) != BW_OK)
		return BW_ERR_NOMEM;
	if ((r = preview_open(&h->previewer, NULL)) != BW_OK)
		return r;
	if ((r = stations_open(&h->stations)) != BW_OK ||
	    (r = running_open(&h->running)) != BW_OK ||
	    (r = once_open(&h->once)) != BW_OK ||
	    (r = kept_open(&h->kept)) != BW_OK ||
	    (r = my_box_open(&h->box, h)) != BW_OK)
		return r;
	if ((r = settler_open(&h->settler, h)) != BW_OK)
		return r;
	return events_open(&h->events, h);
}

void
route_close(struct host *h)
{
	my_box_close(&h->box);
	events_close(&h->events);
	settler_close(&h->settler);
	metrics_close(&h->metrics);
	preview_close(&h->previewer);
	running_close(&h->running);
	once_close(&h->once);
	kept_close(&h->kept);
	stations_close(&h->stations);
}
