// SPDX-License-Identifier: Apache-2.0
#include "host/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

static void
take_v4(const void *ip, struct address *out)
{
	out->family = AF_INET;
	memcpy(out->ip, ip, 4);
}

static void
take_v6(const struct in6_addr *ip, struct address *out)
{
	if (IN6_IS_ADDR_V4MAPPED(ip)) {
		take_v4(ip->s6_addr + 12, out);
		return;
	}
	out->family = AF_INET6;
	memcpy(out->ip, ip, 16);
}

void
address_of(const struct sockaddr *sa, struct address *out)
{
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;

	memset(out, 0, sizeof(*out));
	if (sa == NULL)
		return;
	if (sa->sa_family == AF_INET) {
		memcpy(&v4, sa, sizeof(v4));
		take_v4(&v4.sin_addr, out);
	} else if (sa->sa_family == AF_INET6) {
		memcpy(&v6, sa, sizeof(v6));
		take_v6(&v6.sin6_addr, out);
	}
}

bw_err
address_parse(const char *text, size_t len, struct address *out)
{
	char copy[INET6_ADDRSTRLEN];
	struct in6_addr ip;

	memset(out, 0, sizeof(*out));
	if (len >= sizeof(copy))
		return BW_ERR_FORMAT;
	memcpy(copy, text, len);
	copy[len] = 0;
	if (strlen(copy) != len)
		return BW_ERR_FORMAT;
	if (inet_pton(AF_INET, copy, &ip) == 1)
		take_v4(&ip, out);
	else if (inet_pton(AF_INET6, copy, &ip) == 1)
		take_v6(&ip, out);
	else
		return BW_ERR_FORMAT;
	return BW_OK;
}

bool
address_equal(const struct address *a, const struct address *b)
{
	return a->family == b->family &&
	    memcmp(a->ip, b->ip, sizeof(a->ip)) == 0;
}

void
address_source(const struct address *a, char out[static ADDRESS_SOURCE_MAX])
{
	char text[INET6_ADDRSTRLEN];
	uint8_t net[16] = { 0 };

	out[0] = 0;
	if (a->family == AF_INET)
		inet_ntop(AF_INET, a->ip, out, ADDRESS_SOURCE_MAX);
	if (a->family != AF_INET6)
		return;
	memcpy(net, a->ip, 8);
	if (inet_ntop(AF_INET6, net, text, sizeof(text)) != NULL)
		snprintf(out, ADDRESS_SOURCE_MAX, "%s/64", text);
}
