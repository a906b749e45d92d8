// SPDX-License-Identifier: Apache-2.0
#include "host/connection.h"

#include <sys/socket.h>

#include <stdlib.h>
#include <string.h>

#include "host/crowd.h"
#include "host/deadline.h"
#include "host/linger.h"

struct connections {
	struct connection_rules rules;
	struct deadlines *deadlines;
	struct crowd *crowd;
	struct lingerers *linger;
};

struct connection {
	struct deadline *deadline;
	struct address peer;
	int fd;
	bool counted;		/* among those of its source */
	bool early;		/* answered before its request was all there */
};

bw_err
connections_open(struct connections **out,
    const struct connection_rules *rules)
{
	struct connections *cs;
	bw_err r;

	*out = NULL;
	if ((cs = calloc(1, sizeof(*cs))) == NULL)
		return BW_ERR_NOMEM;
	cs->rules = *rules;
	if ((r = deadlines_start(&cs->deadlines,
	    rules->connections)) != BW_OK ||
	    (r = linger_start(&cs->linger)) != BW_OK ||
	    (r = crowd_open(&cs->crowd)) != BW_OK)
		connections_close(&cs);
	*out = cs;
	return r;
}

void
connections_close(struct connections **cs)
{
	if (*cs == NULL)
		return;
	deadlines_stop(&(*cs)->deadlines);
	linger_stop(&(*cs)->linger);
	crowd_close(&(*cs)->crowd);
	free(*cs);
	*cs = NULL;
}

static bool
is_proxy(const struct connections *cs, const struct address *a)
{
	return cs->rules.proxy.family != 0 &&
	    address_equal(a, &cs->rules.proxy);
}

/* Whether its source may have one more; the proxy's are all and sundry's. */
static bool
may_stay(struct connections *cs, struct connection *k)
{
	char source[ADDRESS_SOURCE_MAX];
	unsigned n;

	if (cs->rules.per_address == 0 || is_proxy(cs, &k->peer))
		return true;
	address_source(&k->peer, source);
	n = crowd_join(cs->crowd, source);
	k->counted = n != 0;
	return n != 0 && n <= cs->rules.per_address;
}

/* NULL when memory is short: the connection ends then. */
static struct connection *
connection_begin(struct connections *cs, struct MHD_Connection *c)
{
	const union MHD_ConnectionInfo *i = MHD_get_connection_info(c,
	    MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const struct sockaddr *sa = i != NULL ? i->client_addr : NULL;
	struct connection *k;
	int fd;

	i = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
	if (i == NULL)
		return NULL;
	fd = i->connect_fd;
	if ((k = calloc(1, sizeof(*k))) != NULL) {
		k->fd = fd;
		address_of(sa, &k->peer);
		/* A proxy may just be about to use it again. */
		k->deadline = deadline_add(cs->deadlines, fd,
		    cs->rules.head_seconds, !is_proxy(cs, &k->peer));
	}
	/* The library sees the end and closes it. */
	if (k == NULL || k->deadline == NULL || !may_stay(cs, k))
		shutdown(fd, SHUT_RDWR);
	else
		deadline_make_room(cs->deadlines, k->deadline);
	return k;
}

static void
connection_end(struct connections *cs, struct connection *k)
{
	char source[ADDRESS_SOURCE_MAX];

	if (k == NULL)
		return;
	deadline_drop(cs->deadlines, &k->deadline);
	if (k->early)
		linger_add(cs->linger, k->fd);
	if (k->counted) {
		address_source(&k->peer, source);
		crowd_leave(cs->crowd, source);
	}
	free(k);
}

void
connection_notify(void *cs, struct MHD_Connection *c, void **context,
    enum MHD_ConnectionNotificationCode code)
{
	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		*context = connection_begin(cs, c);
		return;
	}
	connection_end(cs, *context);
	*context = NULL;
}

static struct connection *
connection_of(struct MHD_Connection *c)
{
	const union MHD_ConnectionInfo *i = MHD_get_connection_info(c,
	    MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	return i != NULL ? i->socket_context : NULL;
}

void
connection_deadline(struct connections *cs, struct MHD_Connection *c,
    unsigned seconds)
{
	const struct connection *k = connection_of(c);

	if (k != NULL)
		deadline_body(cs->deadlines, k->deadline, seconds);
}

void
connection_streams(struct connections *cs, struct MHD_Connection *c)
{
	struct connection *k = connection_of(c);
	char source[ADDRESS_SOURCE_MAX];

	connection_deadline(cs, c, 0);
	if (k == NULL || !k->counted)
		return;
	k->counted = false;
	address_source(&k->peer, source);
	crowd_leave(cs->crowd, source);
}

void
connection_idle(struct connections *cs, struct MHD_Connection *c)
{
	const struct connection *k = connection_of(c);

	if (k != NULL)
		deadline_idle(cs->deadlines, k->deadline,
		    cs->rules.head_seconds);
}

void
connection_early(struct MHD_Connection *c)
{
	struct connection *k = connection_of(c);

	if (k != NULL)
		k->early = true;
}

/* Behind a proxy: what it wrote into X-Forwarded-For itself, the last address
 * of the last one. What stands before that anyone may have sent. */
static void
take_forwarded(const struct strict_head *h, struct address *out)
{
	const char *v = strict_last(h, "X-Forwarded-For");
	const char *comma = v != NULL ? strrchr(v, ',') : NULL;
	struct address a;

	if (comma != NULL)
		v = comma + 1;
	if (v == NULL)
		return;
	v += strspn(v, " ");
	if (address_parse(v, strlen(v), &a) == BW_OK)
		*out = a;
}

void
connection_source(const struct connections *cs, struct MHD_Connection *c,
    const struct strict_head *head, char out[static ADDRESS_SOURCE_MAX])
{
	const struct connection *k = connection_of(c);
	struct address a = { 0 };

	if (k != NULL)
		a = k->peer;
	if (is_proxy(cs, &a))
		take_forwarded(head, &a);
	address_source(&a, out);
}
