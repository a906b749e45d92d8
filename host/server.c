// SPDX-License-Identifier: Apache-2.0
#include "host/server.h"

#include <sys/socket.h>

#include <microhttpd.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "host/connection.h"
#include "host/listen.h"
#include "host/sent.h"
#include "host/server_answer.h"
#include "host/workers.h"

#define CONNECTION_MEMORY (64u * 1024)	/* head and buffers of one */

/* A refused body of this size is read and dropped, and the connection goes on;
 * a larger one is not waited for. */
#define DROP_MAX (64u * 1024)

/* The old parser lets folded lines, bare LFs and zero bytes through; only the
 * length of the head shows them (strict.h). */
#define AUDIT_HEAD (MHD_VERSION < 0x01000000)

struct server {
	struct MHD_Daemon *daemon;
	struct server_config config;
	struct server_app app;
	struct connections *connections;
	struct workers *workers;
	struct sent *sent;
	char address[LISTEN_NAME_MAX];
	pthread_mutex_t lock;
	unsigned active;	/* requests being handled or answered */
	bool over;		/* the workers take no more */
};

/* How far a request is. */
enum stage {
	STAGE_HEAD,		/* the library reads its head */
	STAGE_ADMITTING,	/* a worker has it */
	STAGE_ADMITTED,		/* or not: `refused` */
	STAGE_BODY,		/* the library reads its body */
	STAGE_HANDLING,		/* a worker has it */
	STAGE_HANDLED
};

/* One request, while the library reads it and while a worker has it. */
struct request {
	struct work work;
	struct sent_one sent;	/* behind its answer */
	struct server *server;
	struct MHD_Connection *connection;
	enum stage stage;
	char target[STRICT_TARGET_MAX + 2];	/* as it came, or too long */
	struct strict_head head;
	struct http_request in;
	struct http_answer out;
	uint8_t *body;
	size_t body_len, body_room;
	bool refused, counted;
};

static void
count(struct server *s, int by)
{
	pthread_mutex_lock(&s->lock);
	s->active += (unsigned)by;
	pthread_mutex_unlock(&s->lock);
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
	if (r->out.file)
		close(r->out.fd);
	if (r->out.stream != NULL)
		r->out.stream->end(r->out.stream);
	bw_buf_free(&r->out.body);
	free(r);
}

static void
told(void *arg, bool whole)
{
	struct request *r = arg;

	r->out.ended(r->out.ended_arg, whole);
	request_free(r);
}

static void
completed(void *arg, struct MHD_Connection *c, void **cls,
    enum MHD_RequestTerminationCode why)
{
	struct server *s = arg;
	struct request *r = *cls;

	*cls = NULL;
	if (r != NULL && r->out.ended != NULL)
		sent_add(s->sent, &r->sent,
		    why == MHD_REQUEST_TERMINATED_COMPLETED_OK ? r->in.fd : -1,
		    r);
	else if (r != NULL)
		request_free(r);
	connection_idle(s->connections, c);
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
	i = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
	r->in.fd = i != NULL ? i->connect_fd : -1;
}

static bool
take_method(struct request *r)
{
	const char *m = r->head.method;

	for (unsigned i = 0; i < HTTP_METHODS; i++)
		if (strcmp(m, http_method_name(i)) == 0 ||
		    (i == HTTP_GET && strcmp(m, "HEAD") == 0)) {
			r->in.method = i;
			r->in.post = i == HTTP_POST;
			return true;
		}
	http_error(&r->out, 405, "use GET or POST");
	r->out.allow = "GET, HEAD, POST";
	return false;
}

static void
take_target(struct request *r)
{
	size_t len = strcspn(r->target, "?");

	snprintf(r->in.path, sizeof(r->in.path), "%.*s", (int)len, r->target);
	snprintf(r->in.query, sizeof(r->in.query), "%s",
	    r->target[len] != 0 ? r->target + len + 1 : "");
}

/* The head alone: no more is needed to refuse what is not plain HTTP. */
static bool
check_head(struct request *r, struct MHD_Connection *c)
{
	const struct server_app *app = &r->server->app;
	const char *why;
	uint64_t len = 0;
	bool ok = strict_check(&r->head, &len, &why) == BW_OK;

	r->out.close = true;
	r->out.problem = http_is_api(r->target);
	r->in.head = &r->head;
	take_target(r);
	if (!ok)
		http_error(&r->out, 400, why);
	if (!ok || !take_method(r)) {
		app->refused(app->arg, &r->in, &r->out);
		return false;
	}
	r->in.listen = r->server->address;
	r->in.body_len = (size_t)len;
	connection_source(r->server->connections, c, &r->head, r->in.source);
	return true;
}

/* May it be sent? Then make room for the body. False: the answer is known
 * already. */
static bool
admit(struct request *r)
{
	const struct server_app *app = &r->server->app;
	size_t len = r->in.body_len;

	if (!app->admit(app->arg, &r->in, &r->out)) {
		/* Who asks first whether to send the body is told not to. */
		r->out.close = len > DROP_MAX ||
		    strict_value(&r->head, "Expect") != NULL;
		return false;
	}
	if (len != 0 && (r->body = malloc(len)) == NULL) {
		http_failure(&r->out, BW_ERR_NOMEM);
		return false;
	}
	r->body_room = len;
	r->out.close = false;
	return true;
}

/* A worker's part. Once resumed the library may free the request. */
static void
work(struct work *job)
{
	struct request *r = (struct request *)job;
	struct server *s = r->server;

	if (r->stage == STAGE_ADMITTING) {
		r->refused = !admit(r);
		r->stage = STAGE_ADMITTED;
	} else {
		r->in.waiting = workers_waiting(s->workers);
		s->app.handle(s->app.arg, &r->in, &r->out);
		r->stage = STAGE_HANDLED;
	}
	if (r->out.stream != NULL)
		connection_streams(s->connections, r->connection);
	else
		connection_deadline(s->connections, r->connection,
		    s->config.body_seconds);
	MHD_resume_connection(r->connection);
}

/* It is ours to get on with until a worker has done its part. */
static enum MHD_Result
hand_over(struct request *r, struct MHD_Connection *c, enum stage stage)
{
	struct server *s = r->server;
	enum MHD_Result ok = MHD_NO;
	bool slow = false;

	if (stage == STAGE_HANDLING) {
		r->in.body = r->body;
		r->in.body_len = r->body_len;
		slow = s->app.waits(s->app.arg, &r->in);
	}
	r->stage = stage;
	r->connection = c;
	connection_deadline(s->connections, c, 0);
	pthread_mutex_lock(&s->lock);
	if (!s->over) {
		MHD_suspend_connection(c);
		workers_add(s->workers, &r->work, slow);
		ok = MHD_YES;
	}
	pthread_mutex_unlock(&s->lock);
	return ok;
}

/* Answered here, the connection ends; so only if it must. */
static enum MHD_Result
answer_early(struct request *r, struct MHD_Connection *c)
{
	connection_early(c);
	return server_answer(c, &r->out);
}

static enum MHD_Result
on_head(struct request *r, struct MHD_Connection *c, const char *method,
    const char *version)
{
	struct server *s = r->server;

	r->counted = true;
	count(s, 1);
	connection_deadline(s->connections, c, s->config.body_seconds);
	take_head(r, c, method, version);
	return check_head(r, c) ? hand_over(r, c, STAGE_ADMITTING) :
	    answer_early(r, c);
}

static enum MHD_Result
on_body(struct request *r, const char *data, size_t *len)
{
	if (!r->refused) {
		if (*len > r->body_room - r->body_len)
			return MHD_NO;
		memcpy(r->body + r->body_len, data, *len);
		r->body_len += *len;
	}
	*len = 0;
	return MHD_YES;
}

static enum MHD_Result
on_request(void *arg, struct MHD_Connection *c, const char *url,
    const char *method, const char *version, const char *data, size_t *len,
    void **cls)
{
	struct request *r = *cls;

	(void)arg;
	(void)url;
	if (r == NULL)
		return MHD_NO;
	switch (r->stage) {
	case STAGE_HEAD:
		return on_head(r, c, method, version);
	case STAGE_ADMITTED:
		r->stage = STAGE_BODY;
		return r->refused && r->out.close ? answer_early(r, c) :
		    MHD_YES;
	case STAGE_BODY:
		if (*len != 0)
			return on_body(r, data, len);
		return r->refused ? server_answer(c, &r->out) :
		    hand_over(r, c, STAGE_HANDLING);
	case STAGE_HANDLED:
		return server_answer(c, &r->out);
	case STAGE_ADMITTING:
	case STAGE_HANDLING:
		break;
	}
	return MHD_NO;
}

static void
on_log(void *arg, const char *fmt, va_list ap)
{
	/* What clients do wrong is no news for the operator. */
	(void)arg;
	(void)fmt;
	(void)ap;
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
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
	    MHD_OPTION_STRICT_FOR_CLIENT, 1,
	    MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
	    MHD_OPTION_URI_LOG_CALLBACK, begin, s,
	    MHD_OPTION_NOTIFY_COMPLETED, completed, s,
	    MHD_OPTION_NOTIFY_CONNECTION, connection_notify,
	    s->connections,
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
	const struct connection_rules rules = { config->connections,
		config->per_address, config->head_seconds, config->proxy };
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
	if ((r = connections_open(&s->connections, &rules)) != BW_OK ||
	    (r = sent_start(&s->sent, told)) != BW_OK ||
	    (r = workers_start(&s->workers, config->threads,
	    work)) != BW_OK ||
	    (r = listen_on(s->config.listen, &fd, s->address,
	    why)) != BW_OK ||
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
		if ((*s)->app.stop != NULL)
			(*s)->app.stop((*s)->app.arg);
		drain(*s, seconds);
		pthread_mutex_lock(&(*s)->lock);
		(*s)->over = true;
		pthread_mutex_unlock(&(*s)->lock);
		workers_stop(&(*s)->workers);
		MHD_stop_daemon((*s)->daemon);
		if (fd != MHD_INVALID_SOCKET)
			close(fd);
	}
	workers_stop(&(*s)->workers);
	sent_stop(&(*s)->sent);
	connections_close(&(*s)->connections);
	pthread_mutex_destroy(&(*s)->lock);
	free(*s);
	*s = NULL;
}
