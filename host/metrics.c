// SPDX-License-Identifier: Apache-2.0
#include "host/metrics.h"

#include <sys/stat.h>

#include <inttypes.h>
#include <jansson.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/case.h"
#include "host/events.h"
#include "host/person.h"
#include "host/store_device.h"
#include "host/store_incident.h"
#include "host/store_seen.h"

#define CODE_LEAST 100
#define CODES 500
#define TEXT_MAX (4u * 1024 * 1024)
#define HEALTH_MAX 65536

/* What a request was for. */
enum class { CLASS_NONE, CLASS_PUBLIC, CLASS_DEVICE, CLASS_PAGE, CLASS_API,
	CLASSES };

struct metrics {
	atomic_uint_fast64_t requests[CLASSES][CODES];
	atomic_uint_fast64_t logged_in, refused;
};

bw_err
metrics_open(struct metrics **out)
{
	*out = calloc(1, sizeof(**out));
	return *out != NULL ? BW_OK : BW_ERR_NOMEM;
}

void
metrics_close(struct metrics **m)
{
	free(*m);
	*m = NULL;
}

static enum class
class_of(const struct route *r)
{
	if (r == NULL)
		return CLASS_NONE;
	switch (r->need) {
	case DEVICE:
		return CLASS_DEVICE;
	case PERSON:
		return CLASS_PAGE;
	case API:
		return CLASS_API;
	case NOTHING:
	case STORE:
		break;
	}
	return strncmp(r->path, "/v1/", 4) == 0 ? CLASS_DEVICE : CLASS_PUBLIC;
}

void
metrics_count(struct metrics *m, const struct route *route, unsigned status)
{
	if (status < CODE_LEAST || status >= CODE_LEAST + CODES)
		return;
	m->requests[class_of(route)][status - CODE_LEAST]++;
	if (route == NULL || route->method != HTTP_POST ||
	    strcmp(route->path, "/login") != 0)
		return;
	if (status == 303)
		m->logged_in++;
	else
		m->refused++;
}

struct text {
	struct call *c;
	struct bw_buf buf;
	bw_err r;			/* sticks */
	uint64_t state[3], forked;
	struct bw_buf seen, entries, backlog;
};

static void
family(struct text *t, const char *name, const char *type, const char *help)
{
	if (t->r == BW_OK)
		t->r = bw_buf_printf(&t->buf, "# HELP %s %s\n# TYPE %s %s\n",
		    name, help, name, type);
}

static void
one(struct text *t, const char *name, const char *type, const char *help,
    uint64_t value)
{
	family(t, name, type, help);
	if (t->r == BW_OK)
		t->r = bw_buf_printf(&t->buf, "%s %" PRIu64 "\n", name, value);
}

/* One of a family that has a label. */
static void
sample(struct text *t, struct bw_buf *to, const char *name,
    const char *label, const char *value, uint64_t n)
{
	if (t->r == BW_OK)
		t->r = bw_buf_printf(to, "%s{%s=\"%s\"} %" PRIu64 "\n", name,
		    label, value, n);
}

static void
put_requests(struct text *t, struct metrics *m)
{
	static const char *const names[CLASSES] = { "none", "public",
		"device", "page", "api" };

	family(t, "badgeward_http_requests_total", "counter",
	    "Requests answered, by what they were for.");
	for (unsigned k = 0; k < CLASSES; k++)
		for (unsigned i = 0; i < CODES && t->r == BW_OK; i++) {
			uint64_t n = m->requests[k][i];

			if (n != 0)
				t->r = bw_buf_printf(&t->buf,
				    "badgeward_http_requests_total{class=\"%s"
				    "\",code=\"%u\"} %" PRIu64 "\n", names[k],
				    i + CODE_LEAST, n);
		}
	family(t, "badgeward_logins_total", "counter",
	    "Passwords tried, by what came of it.");
	sample(t, &t->buf, "badgeward_logins_total", "result", "accepted",
	    m->logged_in);
	sample(t, &t->buf, "badgeward_logins_total", "result", "refused",
	    m->refused);
}

/* A device's own words: a number that is none is left out. */
static bool
backlog(struct call *c, uint64_t num, uint64_t *out)
{
	struct bw_buf b = BW_BUF_INIT(HEALTH_MAX);
	json_t *o = NULL, *v;
	bool ok;

	if (store_seen_health(c->store, num, &b) == BW_OK)
		o = json_loadb((const char *)b.ptr, b.len, 0, NULL);
	v = json_object_get(o, "backlog");
	ok = json_is_integer(v) && json_integer_value(v) >= 0;
	*out = ok ? (uint64_t)json_integer_value(v) : 0;
	json_decref(o);
	bw_buf_free(&b);
	return ok;
}

static bw_err
on_device(void *arg, const struct store_device *d)
{
	struct text *t = arg;
	uint64_t n;

	t->state[d->state]++;
	t->forked += d->forked;
	sample(t, &t->entries, "badgeward_log_entries_total", "device",
	    d->name, d->size);
	if (d->last_seen > 0)
		sample(t, &t->seen, "badgeward_device_last_seen_timestamp_"
		    "seconds", "device", d->name, (uint64_t)d->last_seen);
	if (backlog(t->c, d->num, &n))
		sample(t, &t->backlog, "badgeward_device_backlog_entries",
		    "device", d->name, n);
	return t->r;
}

static void
take(struct text *t, const struct bw_buf *from)
{
	if (t->r == BW_OK)
		t->r = bw_buf_put(&t->buf, from->ptr, from->len);
}

static void
put_devices(struct text *t)
{
	bw_err r = store_device_each(t->c->store, on_device, t);

	if (t->r == BW_OK)
		t->r = r;
	family(t, "badgeward_devices", "gauge", "Devices by their state.");
	for (unsigned i = 0; i < 3; i++)
		sample(t, &t->buf, "badgeward_devices", "state",
		    device_state_name((enum device_state)i), t->state[i]);
	one(t, "badgeward_devices_forked", "gauge",
	    "Devices that have shown two logs.", t->forked);
	family(t, "badgeward_log_entries_total", "counter",
	    "Entries taken and verified.");
	take(t, &t->entries);
	family(t, "badgeward_device_last_seen_timestamp_seconds", "gauge",
	    "When a device was heard of last.");
	take(t, &t->seen);
	family(t, "badgeward_device_backlog_entries", "gauge",
	    "Entries that wait on a device, as it said last.");
	take(t, &t->backlog);
}

static void
put_cases(struct text *t)
{
	struct case_counts n;
	bw_err r = case_count(t->c->store, t->c->now, &n);

	if (t->r == BW_OK)
		t->r = r;
	one(t, "badgeward_cases_open", "gauge",
	    "Requests of people that wait for an answer.", n.open);
	one(t, "badgeward_cases_overdue", "gauge",
	    "Of these, those whose time is over.", n.over);
	if (n.open != 0)
		one(t, "badgeward_case_due_timestamp_seconds", "gauge",
		    "When the next of them is due.", (uint64_t)n.next);
}

static void
put_incidents(struct text *t)
{
	struct incident_counts n;
	bw_err r = incident_count(t->c->store, t->c->now, &n);

	if (t->r == BW_OK)
		t->r = r;
	one(t, "badgeward_incidents_untold", "gauge",
	    "Open incidents whose authority was not notified.", n.untold);
	one(t, "badgeward_incidents_overdue", "gauge",
	    "Of these, those whose 72 hours are over.", n.over);
	if (n.untold != 0)
		one(t, "badgeward_incident_due_timestamp_seconds", "gauge",
		    "When the first of them must be notified.",
		    (uint64_t)n.due);
}

static void
put_store(struct text *t)
{
	const char *db = t->c->host->dir->db_path;
	char wal[FILE_PATH_MAX + 8];
	struct stat st;

	family(t, "badgeward_store_bytes", "gauge", "Size of the store's "
	    "files.");
	if (stat(db, &st) == 0)
		sample(t, &t->buf, "badgeward_store_bytes", "file", "host.db",
		    (uint64_t)st.st_size);
	snprintf(wal, sizeof(wal), "%s-wal", db);
	if (stat(wal, &st) == 0)
		sample(t, &t->buf, "badgeward_store_bytes", "file",
		    "host.db-wal", (uint64_t)st.st_size);
}

static void
put_all(struct text *t)
{
	struct host *h = t->c->host;

	family(t, "badgeward_build_info", "gauge", "The version that runs.");
	sample(t, &t->buf, "badgeward_build_info", "version", BW_VERSION, 1);
	put_requests(t, h->metrics);
	put_devices(t);
	put_cases(t);
	put_incidents(t);
	put_store(t);
	one(t, "badgeward_requests_waiting", "gauge",
	    "Requests that wait for a thread.", t->c->in->waiting);
	one(t, "badgeward_event_streams", "gauge",
	    "Open pages that are told of changes.",
	    events_open_count(h->events));
}

/* From this machine itself, and not through a proxy on it. */
static bool
is_local(const struct call *c)
{
	const struct strict_head *h = c->in->head;

	return (strncmp(c->in->source, "127.", 4) == 0 ||
	    strncmp(c->in->source, "::1", 3) == 0) &&
	    strict_value(h, "X-Forwarded-For") == NULL &&
	    strict_value(h, "Forwarded") == NULL &&
	    strict_value(h, "Via") == NULL;
}

static bool
allowed(struct call *c)
{
	struct person me;
	enum access_answer a;

	if (!person_host_ok(c)) {
		http_error(c->out, 421, "this host has another name");
		return false;
	}
	if (!person_find(c, true, &me))
		return false;
	a = access_ask(ACT_METRICS, &me.who, NULL);
	if (a != ACCESS_YES && (a != ACCESS_LOG_IN || !is_local(c))) {
		http_error(c->out, a == ACCESS_LOG_IN ? 401 : 403,
		    "metrics are for this machine, or for a token with "
		    "metrics:read");
		c->out->challenge = a == ACCESS_LOG_IN ? "Bearer" : NULL;
	} else
		a = ACCESS_YES;
	explicit_bzero(&me, sizeof(me));
	return a == ACCESS_YES;
}

void
metrics_answer(struct call *c)
{
	const struct bw_buf empty = BW_BUF_INIT(TEXT_MAX);
	struct text t = { .c = c, .buf = empty, .seen = empty,
		.entries = empty, .backlog = empty };

	if (!allowed(c))
		return;
	put_all(&t);
	if (t.r == BW_OK)
		http_text(c->out, 200, "text/plain; version=0.0.4; "
		    "charset=utf-8", t.buf.ptr, t.buf.len);
	else
		http_failure(c->out, t.r);
	bw_buf_free(&t.buf);
	bw_buf_free(&t.seen);
	bw_buf_free(&t.entries);
	bw_buf_free(&t.backlog);
}
