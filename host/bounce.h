/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bounce.h - a mail that a server sends about one of ours: which one came back
 * (RFC 3464, RFC 6533; GMime takes it apart).
 *
 * Anybody can send such a mail; what it names is believed when the token of its
 * Message-ID is right (mail_id.h), and nothing else of it is.
 */
#ifndef HOST_BOUNCE_H
#define HOST_BOUNCE_H

#include "base/err.h"
#include "host/mail_id.h"

#define BOUNCE_MAX ((size_t)1024 * 1024)	/* of a whole message */

struct bounce {
	uint64_t mail;
	uint8_t token[MAIL_TOKEN];
};

/* Before the first bounce_read of a process: opens what it may need. */
void bounce_begin(void);
/* Of a whole message, with or without a line "From " before it. BW_ERR_NOTFOUND:
 * it does not say that one of ours was given up: another mail, an answer, a
 * delay, a delivery. BW_ERR_BOUND: over BOUNCE_MAX. */
BW_MUST_USE bw_err bounce_read(const void *ptr, size_t len,
    struct bounce *out);

/* Read a message from a descriptor, to its end, and mark the mail in DIR's
 * queue that it says came back, as failed. The parser runs in a process of its
 * own that has nothing but the message. BW_OK also for what changes nothing;
 * else it could not be done now: *why is a sentence part (static). */
BW_MUST_USE bw_err bounce_take(const char *dir, int fd, const char **why);

#endif
