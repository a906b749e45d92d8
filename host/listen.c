// SPDX-License-Identifier: Apache-2.0
#include "host/listen.h"

#include <sys/socket.h>

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

/* "127.0.0.1:8080" or "[::1]:8080" as a socket address. */
static bw_err
parse(const char *s, struct sockaddr_storage *out, socklen_t *len)
{
	struct sockaddr_in *in4 = (struct sockaddr_in *)(void *)out;
	struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)(void *)out;
	const char *colon = strrchr(s, ':');
	char host[INET6_ADDRSTRLEN + 2];
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

bool
listen_ok(const char *where)
{
	struct sockaddr_storage sa;
	socklen_t len;

	return parse(where, &sa, &len) == BW_OK;
}

static void
name_of(int fd, char name[static LISTEN_NAME_MAX])
{
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	} sa;
	socklen_t len = sizeof(sa);
	char host[INET6_ADDRSTRLEN] = "";

	memset(&sa, 0, sizeof(sa));
	getsockname(fd, &sa.any, &len);
	if (sa.any.sa_family == AF_INET) {
		inet_ntop(AF_INET, &sa.v4.sin_addr, host, sizeof(host));
		snprintf(name, LISTEN_NAME_MAX, "%s:%u", host,
		    ntohs(sa.v4.sin_port));
	} else {
		inet_ntop(AF_INET6, &sa.v6.sin6_addr, host, sizeof(host));
		snprintf(name, LISTEN_NAME_MAX, "[%s]:%u", host,
		    ntohs(sa.v6.sin6_port));
	}
}

bw_err
listen_on(const char *where, int *out, char name[static LISTEN_NAME_MAX],
    const char **why)
{
	struct sockaddr_storage sa;
	socklen_t len;
	int fd, on = 1;
	bw_err r = BW_ERR_IO;

	*why = LISTEN_WRONG;
	if (parse(where, &sa, &len) != BW_OK)
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
	name_of(fd, name);
	*out = fd;
	return BW_OK;
}
