// SPDX-License-Identifier: Apache-2.0
#include "host/server.h"

#include <sys/socket.h>

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "host/deadline.h"
#include "host/workers.h"

#define CONNECTION_MEMORY (64u * 1024)	/* head and buffers of one */
/* Of a body that is too large so much is read and dropped, so that the client
 * is there to hear why; a larger one ends the connection. */
#define DROP_MAX (16u * 1024 * 1024)

/* The old parser lets folded lines, bare LFs and zero bytes through; only the
 * length of the head shows them (strict.h). */
#define AUDIT_HEAD (MHD_VERSION < 0x01000000)

struct server {
	struct MHD_Daemon *daemon;
	struct server_config config;
	struct server_app app;
	struct deadlines *deadlines;
	struct workers *workers;
	char address[64];
	pthread_mutex_t lock;
	unsigned active;	/* requests being handled or answered */
};

/* One request, while the library reads it and while a worker has it. */
struct request {
	struct work work;
	struct server *server;
	struct MHD_Connection *connection;
	char target[STRICT_TARGET_MAX + 2];	/* as it came, or too long */
	struct strict_head head;
	struct http_request in;
	struct http_answer out;
	uint8_t *body;
	size_t body_len, body_room;
	bool seen, refused, handled, counted;
};

static void
count(struct server *s, int by)
{
	pthread_mutex_lock(&s->lock);
	s->active += (unsigned)by;
	pthread_mutex_unlock(&s->lock);
}

static struct deadline *
deadline_of(struct MHD_Connection *c)
{
	const union MHD_ConnectionInfo *i = MHD_get_connection_info(c,
	    MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	return i != NULL ? i->socket_context : NULL;
}

/* The library found a request line: keep the target before it is changed. */
static void *
begin(void *arg, const char *uri, struct MHD_Connection *c)
{
	struct request *r;

	(void)c;
	if ((r = calloc(1, sizeof(*r))) == NULL)
		return NULL;
	r->server = arg;
	r->out.body = BW_BUF_INIT(HTTP_ANSWER_MAX);
	snprintf(r->target, sizeof(r->target), "%s", uri != NULL ? uri : "");
	return r;
}

static void
request_free(struct request *r)
{
	if (r->counted)
		count(r->server, -1);
	if (r->body != NULL)
		explicit_bzero(r->body, r->body_room);
	free(r->body);
	bw_buf_free(&r->out.body);
	free(r);
}

static void
completed(void *arg, struct MHD_Connection *c, void **cls,
    enum MHD_RequestTerminationCode why)
{
	struct server *s = arg;

	(void)why;
	if (*cls != NULL)
		request_free(*cls);
	*cls = NULL;
	deadline_set(s->deadlines, deadline_of(c), s->config.head_seconds);
}

static void
connection_notify(void *arg, struct MHD_Connection *c, void **context,
    enum MHD_ConnectionNotificationCode code)
{
	struct server *s = arg;
	const union MHD_ConnectionInfo *i;
	struct deadline *d;

	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		i = MHD_get_connection_info(c,
		    MHD_CONNECTION_INFO_CONNECTION_FD);
		*context = i != NULL ? deadline_add(s->deadlines,
		    i->connect_fd, s->config.head_seconds) : NULL;
		return;
	}
	d = *context;
	deadline_drop(s->deadlines, &d);
	*context = NULL;
}

static enum MHD_Result
take_header(void *arg, enum MHD_ValueKind kind, const char *name,
    size_t name_len, const char *value, size_t value_len)
{
	struct strict_head *h = arg;

	(void)kind;
	if (h->n == STRICT_HEADERS_MAX) {
		h->more = true;
		return MHD_NO;
	}
	h->header[h->n++] = (struct strict_header){ name,
		value != NULL ? value : "", name_len, value_len };
	return MHD_YES;
}

static void
take_head(struct request *r, struct MHD_Connection *c, const char *method,
    const char *version)
{
	const union MHD_ConnectionInfo *i;

	r->head.method = method;
	r->head.target = r->target;
	r->head.version = version;
	MHD_get_connection_values_n(c, MHD_HEADER_KIND, take_header,
	    &r->head);
	i = MHD_get_connection_info(c,
	    MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
	if (AUDIT_HEAD && i != NULL)
		r->head.size = i->header_size;
}

static bool
is_address(const char *s)
{
	struct in6_addr a;

	return strlen(s) < HTTP_ADDRESS_MAX &&
	    (inet_pton(AF_INET, s, &a) == 1 ||
	    inet_pton(AF_INET6, s, &a) == 1);
}

/* The peer's address; what a proxy on this machine says it is, then that. */
static void
take_address(struct request *r, struct MHD_Connection *c)
{
	const union MHD_ConnectionInfo *i = MHD_get_connection_info(c,
	    MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const char *real = strict_value(&r->head, "X-Real-IP");
	const struct sockaddr *sa = i != NULL ? i->client_addr : NULL;
	char *out = r->in.address;
	bool local = false;

	if (sa != NULL && sa->sa_family == AF_INET) {
		const struct in_addr *a =
		    &((const struct sockaddr_in *)(const void *)sa)->sin_addr;

		inet_ntop(AF_INET, a, out, HTTP_ADDRESS_MAX);
		local = strncmp(out, "127.", 4) == 0;
	} else if (sa != NULL && sa->sa_family == AF_INET6) {
		const struct in6_addr *a =
		    &((const struct sockaddr_in6 *)(const void *)sa)
		    ->sin6_addr;

		inet_ntop(AF_INET6, a, out, HTTP_ADDRESS_MAX);
		local = strcmp(out, "::1") == 0;
	}
	if (local && real != NULL && is_address(real))
		strcpy(out, real);
}

static bool
take_method(struct request *r)
{
	const char *m = r->head.method;

	r->in.post = strcmp(m, "POST") == 0;
	if (r->in.post || strcmp(m, "GET") == 0 || strcmp(m, "HEAD") == 0)
		return true;
	http_error(&r->out, 405, "use GET or POST");
	r->out.allow = "GET, HEAD, POST";
	return false;
}

/* The head is there: check it, and make room for the body. False: the answer
 * is known already. */
static bool
admit(struct request *r, struct MHD_Connection *c)
{
	const struct server_app *app = &r->server->app;
	const char *why, *q;
	uint64_t len;
	size_t most = 0;

	r->out.close = true;
	if (strict_check(&r->head, &len, &why) != BW_OK) {
		http_error(&r->out, 400, why);
		return false;
	}
	if (!take_method(r))
		return false;
	q = strchr(r->target, '?');
	snprintf(r->in.path, sizeof(r->in.path), "%.*s",
	    (int)(q != NULL ? (size_t)(q - r->target) : strlen(r->target)),
	    r->target);
	snprintf(r->in.query, sizeof(r->in.query), "%s",
	    q != NULL ? q + 1 : "");
	r->in.head = &r->head;
	take_address(r, c);
	if (!app->admit(app->arg, &r->in, &most, &r->out))
		return false;
	if (len > most) {
		http_error(&r->out, 413, "the request is too large");
		r->out.close = len > DROP_MAX;
		return false;
	}
	if (len != 0 && (r->body = malloc((size_t)len)) == NULL) {
		http_failure(&r->out, BW_ERR_NOMEM);
		return false;
	}
	r->body_room = (size_t)len;
	r->out.close = false;
	return true;
}

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

static enum MHD_Result
answer(struct request *r, struct MHD_Connection *c)
{
	struct http_answer *a = &r->out;
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

/* A worker's part. Once resumed the library may free the request. */
static void
handle(struct work *work)
{
	struct request *r = (struct request *)work;
	struct server *s = r->server;

	s->app.handle(s->app.arg, &r->in, &r->out);
	r->handled = true;
	deadline_set(s->deadlines, deadline_of(r->connection),
	    s->config.body_seconds);
	MHD_resume_connection(r->connection);
}

/* The request is whole: a worker has it until it is handled. */
static enum MHD_Result
hand_over(struct request *r, struct MHD_Connection *c)
{
	r->in.body = r->body;
	r->in.body_len = r->body_len;
	r->connection = c;
	deadline_set(r->server->deadlines, deadline_of(c), 0);
	MHD_suspend_connection(c);
	workers_add(r->server->workers, &r->work);
	return MHD_YES;
}

static enum MHD_Result
on_request(void *arg, struct MHD_Connection *c, const char *url,
    const char *method, const char *version, const char *data, size_t *len,
    void **cls)
{
	struct server *s = arg;
	struct request *r = *cls;

	(void)url;
	if (r == NULL)
		return MHD_NO;
	if (!r->seen) {
		r->seen = r->counted = true;
		count(s, 1);
		deadline_set(s->deadlines, deadline_of(c),
		    s->config.body_seconds);
		take_head(r, c, method, version);
		r->refused = !admit(r, c);
		/* Answered here, the connection ends; so only if it must. */
		return r->refused && r->out.close ? answer(r, c) : MHD_YES;
	}
	if (*len == 0)
		return r->refused || r->handled ? answer(r, c) :
		    hand_over(r, c);
	if (!r->refused) {
		if (*len > r->body_room - r->body_len)
			return MHD_NO;
		memcpy(r->body + r->body_len, data, *len);
		r->body_len += *len;
	}
	*len = 0;
	return MHD_YES;
}

static void
on_log(void *arg, const char *fmt, va_list ap)
{
	/* What clients do wrong is no news for the operator. */
	(void)arg;
	(void)fmt;
	(void)ap;
}

/* "127.0.0.1:8080" or "[::1]:8080" as a socket address. */
static bw_err
parse_listen(const char *s, struct sockaddr_storage *out, socklen_t *len)
{
	struct sockaddr_in *in4 = (struct sockaddr_in *)(void *)out;
	struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)(void *)out;
	const char *colon = strrchr(s, ':');
	char host[HTTP_ADDRESS_MAX + 2];
	uint64_t port;
	size_t n;

	memset(out, 0, sizeof(*out));
	if (colon == NULL || text_number(colon + 1, strlen(colon + 1), 65535,
	    &port) != BW_OK || (n = (size_t)(colon - s)) >= sizeof(host))
		return BW_ERR_ARG;
	memcpy(host, s, n);
	host[n] = 0;
	if (inet_pton(AF_INET, host, &in4->sin_addr) == 1) {
		in4->sin_family = AF_INET;
		in4->sin_port = htons((uint16_t)port);
		*len = sizeof(*in4);
		return BW_OK;
	}
	if (n < 2 || host[0] != '[' || host[n - 1] != ']')
		return BW_ERR_ARG;
	host[n - 1] = 0;
	if (inet_pton(AF_INET6, host + 1, &in6->sin6_addr) != 1)
		return BW_ERR_ARG;
	in6->sin6_family = AF_INET6;
	in6->sin6_port = htons((uint16_t)port);
	*len = sizeof(*in6);
	return BW_OK;
}

static void
name_address(struct server *s, int fd)
{
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	} sa;
	socklen_t len = sizeof(sa);
	char host[HTTP_ADDRESS_MAX] = "";

	memset(&sa, 0, sizeof(sa));
	getsockname(fd, &sa.any, &len);
	if (sa.any.sa_family == AF_INET) {
		inet_ntop(AF_INET, &sa.v4.sin_addr, host, sizeof(host));
		snprintf(s->address, sizeof(s->address), "%s:%u", host,
		    ntohs(sa.v4.sin_port));
	} else {
		inet_ntop(AF_INET6, &sa.v6.sin6_addr, host, sizeof(host));
		snprintf(s->address, sizeof(s->address), "[%s]:%u", host,
		    ntohs(sa.v6.sin6_port));
	}
}

/* A bound, listening socket; the library takes it over. */
static bw_err
listen_on(struct server *s, int *out, const char **why)
{
	struct sockaddr_storage sa;
	socklen_t len;
	int fd, on = 1;
	bw_err r = BW_ERR_IO;

	*why = "--listen takes ADDRESS:PORT, e.g. 127.0.0.1:8080 or [::1]:8080";
	if (parse_listen(s->config.listen, &sa, &len) != BW_OK)
		return BW_ERR_ARG;
	*why = "a socket could not be had";
	fd = socket(sa.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK,
	    0);
	if (fd == -1)
		return BW_ERR_IO;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(fd, (struct sockaddr *)&sa, len) == -1 ||
	    listen(fd, 511) == -1) {
		*why = "the address cannot be listened on: is the port taken, "
		    "or below 1024, or the address not this machine's?";
		r = errno == EADDRINUSE ? BW_ERR_BUSY :
		    errno == EACCES ? BW_ERR_DENIED : BW_ERR_IO;
		close(fd);
		return r;
	}
	name_address(s, fd);
	*out = fd;
	return BW_OK;
}

static bw_err
daemon_start(struct server *s, int fd, const char **why)
{
	const struct server_config *c = &s->config;

	*why = "the HTTP server could not be started";
	s->daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD |
	    MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, NULL, NULL,
	    on_request, s,
	    MHD_OPTION_EXTERNAL_LOGGER, on_log, NULL,
	    MHD_OPTION_LISTEN_SOCKET, fd,
	    MHD_OPTION_CONNECTION_LIMIT, c->connections,
	    MHD_OPTION_PER_IP_CONNECTION_LIMIT, c->per_address,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
	    MHD_OPTION_STRICT_FOR_CLIENT, 1,
	    MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
	    MHD_OPTION_URI_LOG_CALLBACK, begin, s,
	    MHD_OPTION_NOTIFY_COMPLETED, completed, s,
	    MHD_OPTION_NOTIFY_CONNECTION, connection_notify, s,
	    MHD_OPTION_END);
	if (s->daemon == NULL) {
		close(fd);
		return BW_ERR_IO;
	}
	return BW_OK;
}

bw_err
server_start(struct server **out, const struct server_config *config,
    const struct server_app *app, const char **why)
{
	struct server *s;
	int fd;
	bw_err r = BW_ERR_NOMEM;

	*out = NULL;
	*why = "out of memory";
	if ((s = calloc(1, sizeof(*s))) == NULL)
		return r;
	pthread_mutex_init(&s->lock, NULL);
	s->config = *config;
	s->app = *app;
	if ((r = deadlines_start(&s->deadlines)) != BW_OK ||
	    (r = workers_start(&s->workers, config->threads,
	    handle)) != BW_OK ||
	    (r = listen_on(s, &fd, why)) != BW_OK ||
	    (r = daemon_start(s, fd, why)) != BW_OK) {
		server_stop(&s, 0);
		return r;
	}
	*why = NULL;
	*out = s;
	return BW_OK;
}

const char *
server_address(const struct server *s)
{
	return s->address;
}

/* Wait until no request is being handled. */
static void
drain(struct server *s, unsigned seconds)
{
	const struct timespec moment = { 0, 10000000 };
	int64_t end = clock_mono_ms() + (int64_t)seconds * 1000;
	unsigned active = 1;

	while (active != 0 && clock_mono_ms() < end) {
		pthread_mutex_lock(&s->lock);
		active = s->active;
		pthread_mutex_unlock(&s->lock);
		if (active != 0)
			nanosleep(&moment, NULL);
	}
}

void
server_stop(struct server **s, unsigned seconds)
{
	int fd;

	if (*s == NULL)
		return;
	if ((*s)->daemon != NULL) {
		fd = MHD_quiesce_daemon((*s)->daemon);
		drain(*s, seconds);
		workers_stop(&(*s)->workers);
		MHD_stop_daemon((*s)->daemon);
		if (fd != MHD_INVALID_SOCKET)
			close(fd);
	}
	workers_stop(&(*s)->workers);
	deadlines_stop(&(*s)->deadlines);
	pthread_mutex_destroy(&(*s)->lock);
	free(*s);
	*s = NULL;
}
