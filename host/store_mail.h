/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store_mail.h - the queue of mails to attendees (mail.h), beside store.h.
 *
 * A row is marked as being sent before, and as sent after. One process sends
 * at a time (it holds DIR/mailer.lock), so a row that is being sent when it
 * begins was left by one that died: it is due again, and such a mail may go out
 * twice. None is lost. Rows of what was sent or given up go by retain.h.
 */
#ifndef HOST_STORE_MAIL_H
#define HOST_STORE_MAIL_H

#include "host/mail.h"

enum mail_state {
	MAIL_WAITING = 0,
	MAIL_SENDING,
	MAIL_SENT,
	MAIL_FAILED
};
/* "waiting", "sending", "sent", "failed"; never NULL. */
const char *mail_state_name(enum mail_state st);

/* What was answered last: an SMTP status code (three digits), or one of: */
#define MAIL_ANSWER_NONE 0		/* not tried yet */
#define MAIL_ANSWER_UNREACHED 1		/* the server did not answer */
#define MAIL_ANSWER_ADDRESS 2		/* no address that mail can go to */
#define MAIL_ANSWER_BOUNCED 3		/* taken, and then sent back */
#define MAIL_ANSWER_UTF8 4		/* no server for such an address */

/* Why a mail is not sent, in words for staff: "the server said no (550)". */
#define MAIL_WORDS_MAX 64
void mail_answer_words(unsigned answer, char out[static MAIL_WORDS_MAX]);

#define MAIL_TRY_FIRST 300		/* seconds until the second try */
#define MAIL_TRY_MOST 21600		/* between two tries */
#define MAIL_GIVE_UP (4 * 86400)	/* after it was queued */

struct mail_row {
	uint64_t id;			/* never another's */
	struct mail mail;
	enum mail_state state;
	unsigned tries;
	int64_t queued_at, next_try;
	int64_t ended_at;		/* sent or failed; 0 */
	unsigned answer;		/* the last one, as above */
};

/* These write, in the caller's transaction. */

/* Take the mail that is due longest and mark it as being sent.
 * BW_ERR_NOTFOUND: none is due. */
BW_MUST_USE bw_err mail_take(struct store *s, int64_t now,
    struct mail_row *out);
/* It went out. */
BW_MUST_USE bw_err mail_sent(struct store *s, uint64_t id, unsigned answer,
    int64_t now);
/* Not now: later, with more and more time between; failed when its days are
 * over. */
BW_MUST_USE bw_err mail_later(struct store *s, uint64_t id, unsigned answer,
    int64_t now);
/* Never, unless staff try again. */
BW_MUST_USE bw_err mail_failed(struct store *s, uint64_t id, unsigned answer,
    int64_t now);
/* Nothing is left to be told: the mail goes. */
BW_MUST_USE bw_err mail_drop(struct store *s, uint64_t id);
/* What a sender that died has left is due again. */
BW_MUST_USE bw_err mail_recover(struct store *s, int64_t now);
/* Staff's: a failed mail is due now, as if new, and never as if queued in the
 * same second as before (mail_id.h). BW_ERR_NOTFOUND: no failed mail has this
 * id. id 0: all of them, which may be none; *n how many. */
BW_MUST_USE bw_err mail_retry(struct store *s, uint64_t id, int64_t now,
    uint64_t *n);
/* Queue m and give its id. */
BW_MUST_USE bw_err mail_add(struct store *s, const struct mail *m, int64_t now,
    uint64_t *id);
/* A registration is erased: its mails, links (store_link.h) and what says
 * whether it gets the daily one. What shall reach it nevertheless is queued
 * afterwards. */
BW_MUST_USE bw_err mail_forget(struct store *s, uint64_t registration);

/* These read. */

typedef bw_err (*mail_row_cb)(void *arg, const struct mail_row *m);
struct mail_query {
	uint64_t registration;		/* 0: of all */
	int state;			/* an enum mail_state; -1: any */
	uint64_t before;		/* ids below this; 0: from the newest */
	unsigned most;
};
/* Newest first. */
BW_MUST_USE bw_err mail_each(struct store *s, const struct mail_query *q,
    mail_row_cb cb, void *arg);
BW_MUST_USE bw_err mail_get(struct store *s, uint64_t id,
    struct mail_row *out);
/* The letter to a registration of an incident (MAIL_BREACH). BW_ERR_NOTFOUND:
 * none was written, or it is not kept any more. */
BW_MUST_USE bw_err mail_breach(struct store *s, uint64_t incident,
    uint64_t registration, struct mail_row *out);
/* The letters of a case (MAIL_LETTER) to a registration, the oldest first, as far
 * as they are kept: what was queued, and what became of it. */
BW_MUST_USE bw_err mail_each_of_case(struct store *s, uint64_t registration,
    uint64_t case_num, mail_row_cb cb, void *arg);
/* How many there are in each state. */
BW_MUST_USE bw_err mail_count(struct store *s, uint64_t n[static 4]);
/* When the next one is due; BW_ERR_NOTFOUND: none waits. */
BW_MUST_USE bw_err mail_next(struct store *s, int64_t *at);
/* Whether mail to this registration fails: the last one that ended did. */
BW_MUST_USE bw_err mail_fails(struct store *s, uint64_t registration,
    bool *fails);

#endif
