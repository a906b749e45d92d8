/* SPDX-License-Identifier: Apache-2.0 */
/*
 * smtp.h - mails to a server, one after the other, over one connection
 * (libcurl).
 *
 * To another machine only under TLS with a certificate that is checked. On
 * loopback smtp:// goes without, unless --starttls was set.
 */
#ifndef HOST_SMTP_H
#define HOST_SMTP_H

#include "base/buf.h"
#include "host/mailconf.h"

struct smtp;

enum smtp_answer {
	SMTP_SENT = 0,
	SMTP_LATER,	/* not this mail, not now */
	SMTP_NEVER,	/* not this mail, and not later */
	SMTP_DOWN	/* no mail now: the server or the way to it */
};

struct smtp_mail {
	const char *to;			/* mail_address_take */
	const char *name;		/* of the event: whom it is from */
	const char *subject;		/* UTF-8 without controls */
	const char *id;			/* of the message, without <> */
	const char *body;
	int64_t date;
	const char *unsubscribe;	/* an address for RFC 8058; NULL: none */
};

/* conf lives until smtp_close; seconds: for a whole mail, and at most as long
 * again to end a connection. */
BW_MUST_USE bw_err smtp_open(struct smtp **out, const struct mailconf *conf,
    unsigned seconds);
void smtp_close(struct smtp **s);
/* *code: the last SMTP status code, MAIL_ANSWER_UNREACHED or MAIL_ANSWER_UTF8.
 * BW_ERR_ARG: it cannot be a mail, nothing was sent. */
BW_MUST_USE bw_err smtp_send(struct smtp *s, const struct smtp_mail *m,
    enum smtp_answer *answer, unsigned *code);

/* Append a header's text, as encoded words (RFC 2047) where it is not plain
 * ASCII. */
BW_MUST_USE bw_err smtp_words(const char *text, struct bw_buf *out);

#endif
