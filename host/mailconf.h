/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mailconf.h - DIR/mail.json: how mail leaves, by `badgeward mail setup`.
 *
 * It may hold a password: it is its owner's alone (0600), and is refused when
 * anybody else may read it.
 */
#ifndef HOST_MAILCONF_H
#define HOST_MAILCONF_H

#include <stdbool.h>

#include "base/err.h"
#include "base/file.h"
#include "host/mail_address.h"

struct mailconf {
	char server[300];	/* "smtps://mail.example:465", or smtp:// */
	bool starttls;		/* of smtp://: on loopback too */
	char from[MAIL_ADDRESS_MAX + 1];
	char contact[MAIL_ADDRESS_MAX + 1];	/* named in letters; "" */
	char complain[500];	/* the supervisory authority; "" */
	char user[200];		/* "": no log-in */
	char password[200];
	char ca[FILE_PATH_MAX];	/* certificates to trust; "": the system's */
	unsigned hour;		/* of the daily mail, 0 to 23 */
};

/* Whether a server's address names this machine. */
bool mail_server_near(const char *url);
/* *why is a sentence that names the option (static). BW_ERR_ARG. */
BW_MUST_USE bw_err mailconf_check(const struct mailconf *c,
    const char **why);
/* Write DIR/mail.json; read it. BW_ERR_NOTFOUND: mail was not set up.
 * BW_ERR_DENIED: others may read it. Wipe what was read. */
BW_MUST_USE bw_err mailconf_write(const char *dir, const struct mailconf *c);
BW_MUST_USE bw_err mailconf_read(const char *dir, struct mailconf *out,
    const char **why);

#endif
