// SPDX-License-Identifier: Apache-2.0
#include "host/mailer.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "host/hostclock.h"
#include "host/hostfile.h"
#include "host/mail_id.h"
#include "host/mail_text.h"
#include "host/smtp.h"
#include "host/store_daily.h"
#include "host/store_redo.h"
#include "host/when.h"

struct mailer {
	struct hostdir *dir;
	struct store *store;
	struct mailconf conf;
	struct smtp *smtp;
	uint8_t key[CRYPTO_KEY];	/* mail_id.h */
	int lock;
};

static bw_err
recover(struct mailer *m)
{
	int64_t now;
	bw_err r;

	if ((r = store_begin(m->store)) == BW_OK &&
	    (r = hostclock_now(m->store, &now)) == BW_OK &&
	    (r = mail_recover(m->store, now)) == BW_OK)
		r = store_commit(m->store);
	store_rollback(m->store);
	return r;
}

static bw_err
open_smtp(struct mailer *m, const char *dir, unsigned seconds,
    const char **why)
{
	bw_err r;

	if ((r = hostdir_open_keyless(&m->dir, dir, why)) != BW_OK ||
	    (r = mailconf_read(dir, &m->conf, why)) != BW_OK)
		return r;
	*why = "out of memory";
	return smtp_open(&m->smtp, &m->conf, seconds);
}

/* Mails go out by what was done for people's rights, all of it. */
static bw_err
open_store(struct mailer *m, const char *dir, const char **why)
{
	const char *waits;
	bw_err r;

	if ((r = store_open(&m->store, m->dir->db_path)) != BW_OK ||
	    (r = recover(m)) != BW_OK) {
		*why = store_open_why(r);
		return r;
	}
	*why = "rights-done is damaged or cannot be read: put its newest copy "
	    "back";
	if ((r = store_redo_waits(m->store, dir, &waits)) != BW_OK ||
	    waits == NULL)
		return r;
	*why = waits;
	return BW_ERR_DENIED;
}

static bw_err
open_all(struct mailer *m, const char *dir, unsigned seconds,
    const char **why)
{
	char lock[FILE_PATH_MAX];
	bw_err r;

	if ((r = open_smtp(m, dir, seconds, why)) != BW_OK)
		return r;
	*why = "another badgeward-mailer runs on it";
	if ((r = file_path(lock, dir, "mailer.lock")) != BW_OK ||
	    (r = hostfile_lock(lock, &m->lock)) != BW_OK ||
	    (r = open_store(m, dir, why)) != BW_OK)
		return r;
	*why = "its mail.key cannot be read or made";
	return mail_key_make(dir, m->key);
}

bw_err
mailer_open(struct mailer **out, const char *dir, unsigned seconds,
    const char **why)
{
	bw_err r = BW_ERR_NOMEM;

	*why = "out of memory";
	if ((*out = calloc(1, sizeof(**out))) == NULL)
		return r;
	(*out)->lock = -1;
	if ((r = open_all(*out, dir, seconds, why)) != BW_OK)
		mailer_close(out);
	return r;
}

void
mailer_close(struct mailer **m)
{
	if (*m == NULL)
		return;
	smtp_close(&(*m)->smtp);
	store_close(&(*m)->store);
	hostdir_close(&(*m)->dir);
	if ((*m)->lock != -1)
		close((*m)->lock);
	explicit_bzero(*m, sizeof(**m));
	free(*m);
	*m = NULL;
}

bw_err
mailer_daily(struct mailer *m, bool forced)
{
	enum daily_time time = DAILY_NOT;
	int64_t now;
	bw_err r = hostclock_now(m->store, &now);

	if (r == BW_OK)
		r = daily_due(m->store, m->conf.hour, now, &time);
	if (r != BW_OK || (time == DAILY_NOT && !forced))
		return r;
	if (time == DAILY_DUE || forced)
		r = daily_collect(m->store, now);
	if (r != BW_OK || (r = store_begin(m->store)) != BW_OK)
		return r;
	if ((r = daily_done(m->store, m->conf.hour, now)) == BW_OK)
		r = store_commit(m->store);
	store_rollback(m->store);
	return r;
}

/* What became of a mail, as it stands in the store now. */
static void
tell(const struct mail_row *row)
{
	char at[WHEN_SIZE], why[MAIL_WORDS_MAX], what[MAIL_WORDS_MAX + 40];

	mail_answer_words(row->answer, why);
	when_format(row->next_try, at);
	if (row->state == MAIL_WAITING)
		snprintf(what, sizeof(what), "put off until %s: %s", at, why);
	else
		snprintf(what, sizeof(what), "failed: %s", why);
	if (row->state == MAIL_SENT)
		log_info("mail %" PRIu64 " to registration %" PRIu64
		    ": sent", row->id, row->mail.registration);
	else
		log_warn("mail %" PRIu64 " to registration %" PRIu64 ": %s",
		    row->id, row->mail.registration, what);
}

/* A mail that needs no sending, or cannot be. */
static bw_err
settle(struct mailer *m, const struct mail_row *row, bw_err why, int64_t now)
{
	struct mail_row left = *row;

	if (why == BW_ERR_NOTFOUND)
		return mail_drop(m->store, row->id);
	left.state = MAIL_FAILED;
	left.answer = MAIL_ANSWER_ADDRESS;
	tell(&left);
	return mail_failed(m->store, row->id, left.answer, now);
}

/* A fault of this mail alone: the others must not wait for it. */
static bool
is_its_own(bw_err r)
{
	return r == BW_ERR_DENIED || r == BW_ERR_FORMAT ||
	    r == BW_ERR_BOUND || r == BW_ERR_ARG;
}

/* Take the next mail and make its text, all in one transaction. *ready: there
 * is one to be sent. BW_ERR_NOTFOUND: none is due. */
static bw_err
take(struct mailer *m, struct mail_row *row, struct mail_text *text,
    bool *ready)
{
	bw_err r, made;
	int64_t now;

	*ready = false;
	if ((r = store_begin(m->store)) != BW_OK)
		return r;
	if ((r = hostclock_now(m->store, &now)) != BW_OK ||
	    (r = mail_take(m->store, now, row)) != BW_OK)
		goto out;
	made = mail_text_make(m->store, &m->dir->config, &m->conf, row, now,
	    text);
	*ready = made == BW_OK;
	if (made == BW_ERR_NOTFOUND || is_its_own(made))
		r = settle(m, row, made, now);
	else
		r = made;
	if (r == BW_OK)
		r = store_commit(m->store);
out:
	store_rollback(m->store);
	if (r != BW_OK)
		*ready = false;
	return r;
}

static bw_err
write_answer(struct mailer *m, const struct mail_row *row,
    enum smtp_answer a, unsigned code)
{
	int64_t now;
	bw_err r = hostclock_now(m->store, &now);

	if (r != BW_OK)
		return r;
	if (a == SMTP_SENT)
		return mail_sent(m->store, row->id, code, now);
	return a == SMTP_NEVER ? mail_failed(m->store, row->id, code, now) :
	    mail_later(m->store, row->id, code, now);
}

static bw_err
answered(struct mailer *m, const struct mail_row *row, enum smtp_answer a,
    unsigned code)
{
	struct mail_row left = { .id = 0 };
	bw_err r;

	if ((r = store_begin(m->store)) == BW_OK &&
	    (r = write_answer(m, row, a, code)) == BW_OK &&
	    (r = mail_get(m->store, row->id, &left)) == BW_ERR_NOTFOUND)
		r = BW_OK;	/* its person was erased meanwhile */
	if (r == BW_OK)
		r = store_commit(m->store);
	store_rollback(m->store);
	if (r == BW_OK && left.id != 0)
		tell(&left);
	return r;
}

static bw_err
send_text(struct mailer *m, const struct mail_row *row,
    struct mail_text *text, enum smtp_answer *a)
{
	char id[MAIL_ID_MAX];
	struct smtp_mail mail = { .to = text->to, .id = id,
		.name = m->dir->config.event_name, .date = clock_wall(),
		.unsubscribe = text->unsubscribe[0] != 0 ?
		text->unsubscribe : NULL };
	unsigned code;
	bw_err r;

	/* The same each time it is tried: who gets it twice sees it once. */
	if ((r = mail_id_format(m->key, m->dir->config.event_id, row,
	    id)) != BW_OK ||
	    (r = bw_buf_cstr(&text->subject, &mail.subject)) != BW_OK ||
	    (r = bw_buf_cstr(&text->body, &mail.body)) != BW_OK)
		return r;
	r = smtp_send(m->smtp, &mail, a, &code);
	if (r == BW_ERR_ARG || r == BW_ERR_BOUND) {
		*a = SMTP_NEVER;
		code = MAIL_ANSWER_ADDRESS;
	} else if (r != BW_OK)
		return r;
	return answered(m, row, *a, code);
}

bw_err
mailer_send(struct mailer *m, const volatile bool *stop, bool *down)
{
	enum smtp_answer a = SMTP_SENT;
	bw_err r = BW_OK;

	*down = false;
	while (r == BW_OK && !*stop && !*down) {
		struct mail_text text = { .to = "" };
		struct mail_row row;
		bool ready;

		r = take(m, &row, &text, &ready);
		if (ready)
			r = send_text(m, &row, &text, &a);
		mail_text_free(&text);
		*down = a == SMTP_DOWN;
	}
	store_tidy(m->store);
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

static bool
test(struct mailer *m, const char *to)
{
	struct smtp_mail mail = { .to = to, .date = clock_wall(),
		.name = m->dir->config.event_name, .subject = "Badgeward",
		.body = "Mail from Badgeward reaches this address.\n" };
	enum smtp_answer a;
	char id[160], why[MAIL_WORDS_MAX];
	unsigned code;

	snprintf(id, sizeof(id), "%s.test.%" PRId64,
	    m->dir->config.event_id, clock_wall_ms());
	mail.id = id;
	if (smtp_send(m->smtp, &mail, &a, &code) != BW_OK) {
		log_error("that is no address that mail can go to");
		return false;
	}
	mail_answer_words(code, why);
	if (a == SMTP_SENT)
		printf("sent: the server took it (%u)\n", code);
	else
		log_error("the mail was not sent: %s", why);
	return a == SMTP_SENT;
}

bool
mailer_test(const char *dir, unsigned seconds, const char *to)
{
	struct mailer m = { .lock = -1 };
	const char *why;
	bool sent = false;

	if (open_smtp(&m, dir, seconds, &why) != BW_OK)
		log_error("%s: %s", dir, why);
	else
		sent = test(&m, to);
	smtp_close(&m.smtp);
	hostdir_close(&m.dir);
	explicit_bzero(&m, sizeof(m));
	return sent;
}
