/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mail.h - a mail to an attendee, as it is queued (store_mail.h).
 *
 * It names a registration and what to tell it, and has no value of a person:
 * address and text are made from the store as it is sent (mail_text.h), by
 * badgeward-mailer.
 */
#ifndef HOST_MAIL_H
#define HOST_MAIL_H

#include "base/err.h"
#include "host/letter.h"
#include "host/store.h"

/* As they stand in the store: add at the end. */
enum mail_kind {
	MAIL_LINK = 1,	/* a one-time link to all that the event has */
	MAIL_SHARES,	/* the daily one: what was shared since the last */
	MAIL_LETTER,	/* of a case: letter, num: the case */
	MAIL_BREACH,	/* num: the incident (store_incident.h) */
	MAIL_KINDS_	/* one more than the last */
};
/* "link", "shares", "letter", "breach"; never NULL. */
const char *mail_kind_name(enum mail_kind k);

struct mail {
	uint64_t registration;
	enum mail_kind kind;
	enum letter_kind letter;	/* of MAIL_LETTER; else not looked at */
	char language[BODY_LANG_MAX + 1];	/* "de"; "": English */
	uint64_t num;			/* as its kind says; 0: none */
	int64_t day;			/* a point in time that it names, in
					 * unix seconds; 0: none */
};

/* Queue a mail, in the caller's transaction: it will be sent if that is
 * committed. BW_ERR_NOTFOUND: no such registration. Whether there is an address
 * to send it to is asked when it is sent. */
BW_MUST_USE bw_err mail_queue(struct store *s, const struct mail *m,
    int64_t now);

#endif
