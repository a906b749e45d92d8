// SPDX-License-Identifier: Apache-2.0
#include "host/store_daily.h"

#include "host/case.h"
#include "host/store_db.h"
#include "host/store_redo.h"

#define DAY 86400
#define STEP 2000	/* entries of a log looked at in one transaction */

struct behind {
	uint64_t device, from, to;
};

static bw_err
take_behind(void *arg, struct db_query *q)
{
	struct behind *b = arg;

	*b = (struct behind){ db_uint(q, 0), db_uint(q, 1), db_uint(q, 2) };
	if (b->to - b->from > STEP)
		b->to = b->from + STEP;
	return BW_OK;
}

static bw_err
next_behind(struct store *s, struct behind *out)
{
	static const char sql[] = "SELECT log.device, "
	    "coalesce(told.size, 0), log.size FROM log "
	    "LEFT JOIN told ON told.device = log.device "
	    "WHERE log.size > coalesce(told.size, 0) LIMIT 1";

	return db_first(s, take_behind, out, sql, "");
}

/* Of a row of lead: it has a holder, who wants such mails. */
#define HOLDER "JOIN edition ON edition.id = lead.edition " \
	"JOIN badge ON badge.badge_id = edition.badge_id " \
	"JOIN registration ON registration.id = badge.registration " \
	"WHERE registration.status NOT IN (3, 4) AND " \
	"registration.v2 IS NOT NULL AND NOT EXISTS (SELECT 1 FROM optout " \
	"WHERE optout.registration = registration.id) "
/* Shares among the entries ?1 to ?2 that their badge's holder is to be told. */
#define NEW "FROM lead " HOLDER \
	"AND lead.id >= ?1 AND lead.id < ?2 AND lead.state NOT IN (1, 2) "
/* Those that were held, and of which nothing else is to be told today. */
#define AGAIN "FROM passed_again JOIN lead ON lead.id = passed_again.lead " \
	HOLDER "AND lead.state = 0 AND registration.status <> 2 "
/* This time's mail of a registration: no one has begun to send it. */
#define OPEN "mail.registration = registration.id AND mail.kind = 2 " \
	"AND mail.state = 0 AND mail.tries = 0"

static bw_err
tell(struct store *s, const struct behind *b, int64_t now)
{
	static const char mails[] = "INSERT INTO mail (registration, kind, "
	    "letter, language, num, day, queued_at, next_try) "
	    "SELECT DISTINCT registration.id, 2, 0, '', 0, ?3, ?3, ?3 " NEW
	    "AND NOT EXISTS (SELECT 1 FROM mail WHERE " OPEN ")";
	static const char shares[] = "INSERT INTO mail_share (mail, lead) "
	    "SELECT (SELECT max(id) FROM mail WHERE " OPEN "), lead.id " NEW;
	static const char mark[] = "INSERT INTO told (device, size) "
	    "VALUES (?1, ?2) ON CONFLICT (device) DO UPDATE SET size = ?2";
	uint64_t from = db_key(b->device, b->from);
	uint64_t to = db_key(b->device, b->to);
	bw_err r;

	if ((r = db_write(s, NULL, mails, "uui", from, to, now)) != BW_OK ||
	    (r = db_write(s, NULL, shares, "uu", from, to)) != BW_OK)
		return r;
	return db_write(s, NULL, mark, "uu", b->device, b->to);
}

static bw_err
tell_again(struct store *s, int64_t now)
{
	static const char mails[] = "INSERT INTO mail (registration, kind, "
	    "letter, language, num, day, queued_at, next_try) "
	    "SELECT DISTINCT registration.id, 2, 0, '', 0, ?1, ?1, ?1 " AGAIN
	    "AND NOT EXISTS (SELECT 1 FROM mail WHERE " OPEN ")";
	static const char shares[] = "INSERT INTO mail_share (mail, lead, "
	    "again) SELECT (SELECT max(id) FROM mail WHERE " OPEN "), "
	    "lead.id, 1 " AGAIN "ON CONFLICT DO NOTHING";
	/* Of who is withheld just now it waits until that is over. */
	static const char done[] = "DELETE FROM passed_again "
	    "WHERE lead NOT IN (SELECT lead.id FROM passed_again "
	    "JOIN lead ON lead.id = passed_again.lead " HOLDER
	    "AND lead.state = 0 AND registration.status = 2)";
	bw_err r;

	if ((r = db_write(s, NULL, mails, "i", now)) != BW_OK ||
	    (r = db_write(s, NULL, shares, "")) != BW_OK)
		return r;
	return db_write(s, NULL, done, "");
}

bw_err
daily_again(struct store *s, uint64_t device, uint64_t seq)
{
	static const char sql[] = "INSERT INTO passed_again (lead) VALUES (?1) "
	    "ON CONFLICT DO NOTHING";

	return db_write(s, NULL, sql, "u", db_key(device, seq));
}

/* A mail's language is that of its last share. */
static bw_err
set_languages(struct store *s)
{
	static const char sql[] = "UPDATE mail SET language = (SELECT "
	    "lead.language FROM mail_share "
	    "JOIN lead ON lead.id = mail_share.lead "
	    "WHERE mail_share.mail = mail.id "
	    "ORDER BY lead.time DESC, lead.id DESC LIMIT 1) "
	    "WHERE kind = 2 AND state = 0 AND tries = 0";

	return db_write(s, NULL, sql, "");
}

/* *more: there may be something left. */
static bw_err
step(struct store *s, int64_t now, bool *more)
{
	struct behind b;
	bw_err r;

	if ((r = store_begin(s)) != BW_OK)
		return r;
	r = next_behind(s, &b);
	*more = r == BW_OK;
	if (r == BW_OK)
		r = tell(s, &b, now);
	else if (r == BW_ERR_NOTFOUND &&
	    (r = tell_again(s, now)) == BW_OK)
		r = set_languages(s);
	if (r == BW_OK)
		r = store_commit(s);
	store_rollback(s);
	return r;
}

bw_err
daily_collect(struct store *s, int64_t now)
{
	bool more = true;
	bw_err r = BW_OK;

	while (r == BW_OK && more)
		r = step(s, now, &more);
	return r;
}

/* The day that began at this hour. */
static bw_err
day_of(struct store *s, unsigned hour, int64_t now, int64_t *day)
{
	char zone[CASE_ZONE_MAX + 1];
	bw_err r = case_zone(s, zone);

	*day = (now + case_ahead(zone, now) - (int64_t)hour * 3600) / DAY;
	return r;
}

static bw_err
take_number(void *arg, struct db_query *q)
{
	*(int64_t *)arg = db_int(q, 0);
	return BW_OK;
}

bw_err
daily_due(struct store *s, unsigned hour, int64_t now,
    enum daily_time *out)
{
	static const char sql[] =
	    "SELECT value FROM meta WHERE key = 'daily'";
	int64_t day, last;
	bw_err r;

	*out = DAILY_NOT;
	if ((r = day_of(s, hour, now, &day)) != BW_OK)
		return r;
	r = db_first(s, take_number, &last, sql, "");
	if (r == BW_ERR_NOTFOUND)
		*out = DAILY_FIRST;
	/* One beyond the next is a clock's that was ahead. */
	else if (r == BW_OK && (last < day || last > day + 1))
		*out = DAILY_DUE;
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

bw_err
daily_done(struct store *s, unsigned hour, int64_t now)
{
	static const char sql[] = "INSERT INTO meta (key, value) "
	    "VALUES ('daily', ?1) ON CONFLICT (key) DO UPDATE SET value = ?1";

	int64_t day;
	bw_err r = day_of(s, hour, now, &day);

	return r == BW_OK ? db_write(s, NULL, sql, "i", day) : r;
}

struct walk {
	daily_share_cb cb;
	void *arg;
};

static bw_err
give(void *arg, struct db_query *q)
{
	const struct walk *w = arg;
	struct daily_share d = {
		.device = db_uint(q, 0) >> 32,
		.seq = db_uint(q, 0) & STORE_SEQ_MAX,
		.time = db_int(q, 1),
		.fields = (field_set)db_int(q, 2),
		.state = (enum lead_state)db_int(q, 3),
		.name = db_text(q, 4),
		.booth = db_text(q, 5),
		.sponsor = db_text(q, 6),
		.status = (enum reg_status)db_int(q, 7),
		.retain_days = db_uint(q, 8),
		.again = db_int(q, 9) != 0
	};

	return w->cb(w->arg, &d);
}

bw_err
daily_each(struct store *s, uint64_t mail, daily_share_cb cb, void *arg)
{
	static const char sql[] = "SELECT lead.id, lead.time, lead.granted, "
	    "lead.state, device.name, device.booth, "
	    "coalesce(part.name, device.sponsor), registration.status, "
	    "coalesce(part.retain_days, 0), again FROM mail_share "
	    "JOIN mail ON mail.id = mail_share.mail "
	    "JOIN registration ON registration.id = mail.registration "
	    "JOIN lead ON lead.id = mail_share.lead "
	    "JOIN device ON device.num = lead.id >> 32 "
	    "LEFT JOIN part ON part.id = lead.part "
	    "WHERE mail_share.mail = ?1 ORDER BY lead.time, lead.id";
	struct walk w = { cb, arg };

	return db_each(s, give, &w, sql, "u", mail);
}

bw_err
daily_has(struct store *s, uint64_t mail, uint64_t device, uint64_t seq)
{
	static const char sql[] =
	    "SELECT 1 FROM mail_share WHERE mail = ?1 AND lead = ?2";
	int64_t one;

	if (seq > STORE_SEQ_MAX)
		return BW_ERR_NOTFOUND;
	return db_first(s, take_number, &one, sql, "uu", mail,
	    db_key(device, seq));
}

bw_err
daily_stop(struct store *s, uint64_t registration, int64_t now)
{
	static const char sql[] = "INSERT INTO optout (registration, at) "
	    "VALUES (?1, ?2) ON CONFLICT DO NOTHING";
	int64_t n = 0;
	bw_err r = db_write(s, &n, sql, "ui", registration, now);

	return r == BW_OK && n != 0 ? db_redo_daily(s, registration, now) : r;
}

bw_err
daily_stopped(struct store *s, uint64_t registration, bool *stopped)
{
	static const char sql[] =
	    "SELECT 1 FROM optout WHERE registration = ?1";
	int64_t one;
	bw_err r = db_first(s, take_number, &one, sql, "u", registration);

	*stopped = r == BW_OK;
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}
