/* SPDX-License-Identifier: Apache-2.0 */
/*
 * address.h - who asks: an IP address, and the source that it is counted as.
 *
 * An IPv4 address is a source of its own, also when it comes mapped into IPv6
 * (::ffff:192.0.2.1). Of IPv6 it is the /64: that is what one customer gets,
 * and within it anyone may take 2^64 addresses.
 */
#ifndef HOST_ADDRESS_H
#define HOST_ADDRESS_H

#include <sys/socket.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define ADDRESS_SOURCE_MAX 64	/* a source in text, its zero included */

struct address {
	int family;		/* AF_INET, AF_INET6; 0: none */
	uint8_t ip[16];		/* 4 bytes of it for AF_INET */
};

/* Of a peer; none for NULL and other families. */
void address_of(const struct sockaddr *sa, struct address *out);
/* "192.0.2.1", "2001:db8::1", without brackets or port. BW_ERR_FORMAT. */
BW_MUST_USE bw_err address_parse(const char *text, size_t len,
    struct address *out);
bool address_equal(const struct address *a, const struct address *b);
/* "192.0.2.1", "2001:db8:0:1::/64"; "" for none. */
void address_source(const struct address *a,
    char out[static ADDRESS_SOURCE_MAX]);

#endif
