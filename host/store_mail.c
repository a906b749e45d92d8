// SPDX-License-Identifier: Apache-2.0
#include "host/store_mail.h"

#include <stdio.h>
#include <string.h>

#include "host/store_db.h"
#include "host/store_link.h"

const char *
mail_kind_name(enum mail_kind k)
{
	static const char *const names[] = { "", "link", "shares", "letter",
		"breach" };

	return k >= MAIL_LINK && k < MAIL_KINDS_ ? names[k] : "unknown";
}

const char *
mail_state_name(enum mail_state st)
{
	static const char *const names[] = { "waiting", "sending", "sent",
		"failed" };

	return (unsigned)st < 4 ? names[st] : "unknown";
}

void
mail_answer_words(unsigned answer, char out[static MAIL_WORDS_MAX])
{
	static const char *const ours[] = {
		[MAIL_ANSWER_NONE] = "it was not tried yet",
		[MAIL_ANSWER_UNREACHED] = "the server did not answer",
		[MAIL_ANSWER_ADDRESS] =
		    "there is no address that mail can go to",
		[MAIL_ANSWER_BOUNCED] = "it was taken and came back",
		[MAIL_ANSWER_UTF8] =
		    "the server takes no such address (SMTPUTF8)"
	};

	if (answer < sizeof(ours) / sizeof(ours[0]))
		snprintf(out, MAIL_WORDS_MAX, "%s", ours[answer]);
	else
		snprintf(out, MAIL_WORDS_MAX, "the server %s (%u)",
		    answer >= 500 ? "said no" : answer >= 400 ? "said not now" : "gave an odd answer",
		    answer);
}

static bw_err
take_number(void *arg, struct db_query *q)
{
	*(int64_t *)arg = db_int(q, 0);
	return BW_OK;
}

bw_err
mail_add(struct store *s, const struct mail *m, int64_t now, uint64_t *id)
{
	static const char sql[] = "INSERT INTO mail (registration, kind, "
	    "letter, language, num, day, queued_at, next_try) "
	    "SELECT id, ?2, ?3, ?4, ?5, ?6, ?7, ?7 FROM registration "
	    "WHERE id = ?1";
	int64_t added;
	bw_err r;

	*id = 0;
	if (m->kind < MAIL_LINK || m->kind >= MAIL_KINDS_ ||
	    (m->kind == MAIL_LETTER && (m->letter <= LETTER_NONE ||
	    m->letter >= LETTER_KINDS_)))
		return BW_ERR_ARG;
	r = db_write(s, &added, sql, "uiituii", m->registration,
	    (int64_t)m->kind, (int64_t)(m->kind == MAIL_LETTER ? m->letter :
	    LETTER_NONE), m->language, m->num, m->day, now);
	if (r == BW_OK && added == 0)
		r = BW_ERR_NOTFOUND;
	if (r == BW_OK)
		*id = (uint64_t)db_last_id(s);
	return r;
}

bw_err
mail_queue(struct store *s, const struct mail *m, int64_t now)
{
	uint64_t id;

	return mail_add(s, m, now, &id);
}

#define ROW "SELECT id, registration, kind, letter, language, num, day, " \
	"state, tries, queued_at, next_try, ended_at, answer FROM mail "

static bw_err
take_row(void *arg, struct db_query *q)
{
	struct mail_row *out = arg;

	out->id = db_uint(q, 0);
	out->mail.registration = db_uint(q, 1);
	out->mail.kind = (enum mail_kind)db_int(q, 2);
	out->mail.letter = (enum letter_kind)db_int(q, 3);
	out->mail.num = db_uint(q, 5);
	out->mail.day = db_int(q, 6);
	out->state = (enum mail_state)db_int(q, 7);
	out->tries = (unsigned)db_int(q, 8);
	out->queued_at = db_int(q, 9);
	out->next_try = db_int(q, 10);
	out->ended_at = db_int(q, 11);
	out->answer = (unsigned)db_int(q, 12);
	return db_copy(q, 4, out->mail.language, sizeof(out->mail.language));
}

bw_err
mail_get(struct store *s, uint64_t id, struct mail_row *out)
{
	static const char sql[] = ROW "WHERE id = ?1";

	memset(out, 0, sizeof(*out));
	return db_first(s, take_row, out, sql, "u", id);
}

bw_err
mail_breach(struct store *s, uint64_t incident, uint64_t registration,
    struct mail_row *out)
{
	static const char sql[] = ROW "WHERE registration = ?1 AND kind = 4 "
	    "AND num = ?2 ORDER BY id DESC LIMIT 1";

	memset(out, 0, sizeof(*out));
	return db_first(s, take_row, out, sql, "uu", registration, incident);
}

bw_err
mail_take(struct store *s, int64_t now, struct mail_row *out)
{
	static const char due[] = ROW "WHERE state = 0 AND next_try <= ?1 "
	    "ORDER BY next_try, id LIMIT 1";
	static const char mark[] = "UPDATE mail SET state = 1, "
	    "tries = tries + 1 WHERE id = ?1";
	bw_err r;

	memset(out, 0, sizeof(*out));
	if ((r = db_writing(s)) != BW_OK ||
	    (r = db_first(s, take_row, out, due, "i", now)) != BW_OK)
		return r;
	out->state = MAIL_SENDING;
	out->tries++;
	return db_write(s, NULL, mark, "u", out->id);
}

static bw_err
end(struct store *s, uint64_t id, enum mail_state to, unsigned answer,
    int64_t now)
{
	static const char sql[] = "UPDATE mail SET state = ?2, answer = ?3, "
	    "ended_at = ?4 WHERE id = ?1";

	return db_write(s, NULL, sql, "uiii", id, (int64_t)to,
	    (int64_t)answer, now);
}

bw_err
mail_sent(struct store *s, uint64_t id, unsigned answer, int64_t now)
{
	return end(s, id, MAIL_SENT, answer, now);
}

bw_err
mail_failed(struct store *s, uint64_t id, unsigned answer, int64_t now)
{
	return end(s, id, MAIL_FAILED, answer, now);
}

static int64_t
pause_after(unsigned tries)
{
	int64_t wait = MAIL_TRY_FIRST;

	while (--tries > 0 && wait < MAIL_TRY_MOST && tries < 32)
		wait *= 2;
	return wait < MAIL_TRY_MOST ? wait : MAIL_TRY_MOST;
}

bw_err
mail_later(struct store *s, uint64_t id, unsigned answer, int64_t now)
{
	static const char sql[] = "UPDATE mail SET state = 0, answer = ?2, "
	    "next_try = ?3 WHERE id = ?1";
	struct mail_row row;
	int64_t next;
	bw_err r;

	if ((r = mail_get(s, id, &row)) != BW_OK)
		return r == BW_ERR_NOTFOUND ? BW_OK : r;
	next = now + pause_after(row.tries);
	if (next >= row.queued_at + MAIL_GIVE_UP)
		return mail_failed(s, id, answer, now);
	return db_write(s, NULL, sql, "uii", id, (int64_t)answer, next);
}

bw_err
mail_drop(struct store *s, uint64_t id)
{
	static const char shares[] = "DELETE FROM mail_share WHERE mail = ?1";
	static const char mail[] = "DELETE FROM mail WHERE id = ?1";
	bw_err r = db_write(s, NULL, shares, "u", id);

	return r != BW_OK ? r : db_write(s, NULL, mail, "u", id);
}

bw_err
mail_recover(struct store *s, int64_t now)
{
	static const char sql[] =
	    "UPDATE mail SET state = 0, next_try = ?1 WHERE state = 1";

	return db_write(s, NULL, sql, "i", now);
}

bw_err
mail_retry(struct store *s, uint64_t id, int64_t now, uint64_t *n)
{
	static const char sql[] = "UPDATE mail SET state = 0, next_try = ?2, "
	    "queued_at = max(?2, queued_at + 1), tries = 0, ended_at = 0 "
	    "WHERE state = 3 AND (id = ?1 OR ?1 = 0)";
	int64_t changed = 0;
	bw_err r = db_write(s, &changed, sql, "ui", id, now);

	*n = (uint64_t)changed;
	return r == BW_OK && id != 0 && changed == 0 ? BW_ERR_NOTFOUND : r;
}

bw_err
mail_forget(struct store *s, uint64_t registration)
{
	static const char shares[] = "DELETE FROM mail_share WHERE mail IN "
	    "(SELECT id FROM mail WHERE registration = ?1)";
	static const char mails[] = "DELETE FROM mail WHERE registration = ?1";
	static const char stop[] = "DELETE FROM optout WHERE registration = ?1";
	bw_err r;

	if ((r = db_write(s, NULL, shares, "u", registration)) != BW_OK ||
	    (r = db_write(s, NULL, mails, "u", registration)) != BW_OK ||
	    (r = db_write(s, NULL, stop, "u", registration)) != BW_OK)
		return r;
	return link_forget(s, registration);
}

struct walk {
	mail_row_cb cb;
	void *arg;
};

static bw_err
give(void *arg, struct db_query *q)
{
	const struct walk *w = arg;
	struct mail_row row = { 0 };
	bw_err r = take_row(&row, q);

	return r == BW_OK ? w->cb(w->arg, &row) : r;
}

bw_err
mail_each(struct store *s, const struct mail_query *q, mail_row_cb cb,
    void *arg)
{
	static const char all[] = ROW "WHERE id < ?2 AND "
	    "(state = ?3 OR ?3 < 0) AND ?1 = 0 ORDER BY id DESC LIMIT ?4";
	static const char one[] = ROW "WHERE registration = ?1 AND id < ?2 "
	    "AND (state = ?3 OR ?3 < 0) ORDER BY id DESC LIMIT ?4";
	struct walk w = { cb, arg };

	return db_each(s, give, &w, q->registration != 0 ? one : all, "uuii",
	    q->registration, q->before != 0 ? q->before : (uint64_t)INT64_MAX,
	    (int64_t)q->state, (int64_t)q->most);
}

bw_err
mail_each_of_case(struct store *s, uint64_t registration, uint64_t case_num,
    mail_row_cb cb, void *arg)
{
	static const char sql[] = ROW "WHERE registration = ?1 AND kind = 3 "
	    "AND num = ?2 ORDER BY id";
	struct walk w = { cb, arg };

	return db_each(s, give, &w, sql, "uu", registration, case_num);
}

static bw_err
take_count(void *arg, struct db_query *q)
{
	uint64_t *n = arg;
	int64_t state = db_int(q, 0);

	if (state >= 0 && state < 4)
		n[state] = db_uint(q, 1);
	return BW_OK;
}

bw_err
mail_count(struct store *s, uint64_t n[static 4])
{
	static const char sql[] =
	    "SELECT state, count(*) FROM mail GROUP BY state";

	memset(n, 0, 4 * sizeof(*n));
	return db_each(s, take_count, n, sql, "");
}

bw_err
mail_next(struct store *s, int64_t *at)
{
	static const char sql[] = "SELECT next_try FROM mail WHERE state = 0 "
	    "ORDER BY next_try LIMIT 1";

	*at = 0;
	return db_first(s, take_number, at, sql, "");
}

bw_err
mail_fails(struct store *s, uint64_t registration, bool *fails)
{
	static const char sql[] = "SELECT state FROM mail "
	    "WHERE registration = ?1 AND state IN (2, 3) "
	    "ORDER BY ended_at DESC, id DESC LIMIT 1";
	int64_t state = MAIL_SENT;
	bw_err r = db_first(s, take_number, &state, sql, "u", registration);

	*fails = r == BW_OK && state == MAIL_FAILED;
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}
