// SPDX-License-Identifier: Apache-2.0
#include "host/store_retain.h"

#include "host/store_db.h"
#include "host/store_deleted.h"
#include "host/store_handed.h"
#include "host/store_mail.h"

#define BATCH_MAX 512

/*
 * A step's rows: id, moment, held. ?1 is the moment up to which they are over,
 * ?2 the event's end; ?3 and ?4 are struct retain_at's leads and notes, which
 * make of a share's or a note's moment that of a row that goes with it.
 */
#define LATER(a, b) "CASE WHEN " a " > " b " THEN " a " ELSE " b " END"
/* A clock that is ahead does not keep a share until then: one from the future
 * (ODD_AHEAD) is kept from when it came. */
#define LEAD_FROM "coalesce((SELECT found_at FROM odd " \
	"WHERE odd.id = lead.id AND odd.reason = 15), lead.time)"
#define LEAD_END "CASE WHEN part.id IS NULL THEN ?2 ELSE " \
	"min(" LEAD_FROM ", part.valid_until) + part.retain_days * 86400 END"
/* Whether a hold (hold.h) keeps what is of this registration and sponsor. */
#define HELD(whose, where) "EXISTS (SELECT 1 FROM hold " \
	"WHERE lifted_at = 0 AND (hold.scope = 2 " \
	"OR (hold.scope = 0 AND hold.registration = " whose ") " \
	"OR (hold.scope = 1 AND hold.sponsor = " where ")))"

#define OF_LEAD "LEFT JOIN part ON part.id = lead.part " \
	"LEFT JOIN edition ON edition.id = lead.edition " \
	"LEFT JOIN badge ON badge.badge_id = edition.badge_id " \
	"LEFT JOIN device ON device.num = lead.id >> 32 "
#define LEADS "SELECT lead.id AS id, " LEAD_END " AS moment, " \
	HELD("badge.registration", "device.sponsor") " AS held " \
	"FROM lead " OF_LEAD
/* Some go with their share, before their own time. */
#define NOTES "SELECT lead.id AS id, " \
	LEAD_END " + min(?3, 0) AS moment, " \
	HELD("badge.registration", "device.sponsor") " AS held " \
	"FROM lead " OF_LEAD "WHERE lead.id IN " \
	"(SELECT lead FROM note UNION SELECT lead FROM mark)"
/* The end of the shares that a sponsor may still have, as their values go with
 * the person, without those that go in the same run; where these go before their
 * person's period is over, it is that which counts; and whether a hold keeps the
 * shares of one of these sponsors. */
#define LEAD_STAYS "(" LEAD_END " + ?3 > ?1 OR " \
	HELD("badge.registration", "device.sponsor") ")"
#define LAST "(SELECT badge.registration AS whose, " \
	"max(CASE WHEN lead.state = 0 AND " LEAD_STAYS " THEN " LEAD_END \
	" + min(?3, 0) END) AS over, " \
	"max(" HELD("0", "device.sponsor") ") AS kept " \
	"FROM lead " OF_LEAD "GROUP BY 1) AS last"
#define OUTLIVED_KEPT "EXISTS (SELECT 1 FROM badge " \
	"JOIN edition ON edition.badge_id = badge.badge_id " \
	"JOIN outlived ON outlived.edition = edition.id " \
	"JOIN device ON device.num = outlived.id >> 32 " \
	"WHERE badge.registration = registration.id AND " \
	HELD("0", "device.sponsor") ")"
/* A planned erasure takes it, with its line in the record (deleted.h). */
#define REGISTRATIONS "SELECT registration.id AS id, " \
	LATER("coalesce(last.over, 0)", "?2") " AS moment, " \
	HELD("registration.id", "''") " OR coalesce(last.kept, 0) OR " \
	OUTLIVED_KEPT " AS held FROM registration " \
	"LEFT JOIN " LAST " ON last.whose = registration.id WHERE status <> 4 " \
	"AND NOT EXISTS (SELECT 1 FROM barrier WHERE erase_due <> 0 " \
	"AND barrier.registration = registration.id)"
/* A note's goes with the note, or its share. */
#define LOG_END "CASE WHEN outlived.id IS NOT NULL THEN " \
	LATER("outlived.ended", "?2") " WHEN lead.id IS NULL THEN ?2 ELSE " \
	LATER(LEAD_END, "?2") " END"
#define LOGS "SELECT entry.id AS id, " \
	"CASE WHEN note.id IS NULL OR lead.id IS NULL THEN " LOG_END \
	" ELSE min(" LOG_END ", " LEAD_END " + min(?3, ?4)) END AS moment, " \
	HELD("badge.registration", "device.sponsor") " AS held FROM entry " \
	"LEFT JOIN note ON note.id = entry.id " \
	"LEFT JOIN outlived ON outlived.id = entry.id " \
	"LEFT JOIN lead ON lead.id = coalesce(note.lead, entry.id) " \
	"LEFT JOIN part ON part.id = lead.part LEFT JOIN edition " \
	"ON edition.id = coalesce(lead.edition, outlived.edition) " \
	"LEFT JOIN badge ON badge.badge_id = edition.badge_id " \
	"LEFT JOIN device ON device.num = entry.id >> 32 " \
	"WHERE entry.body IS NOT NULL"
#define COUNTS "SELECT device * 4294967296 + hour / 3600 AS id, " \
	"?2 AS moment, " HELD("0", "''") " AS held FROM tally"
#define SALT_HELD HELD("CASE WHEN object LIKE 'registration %' THEN " \
	"CAST(substr(object, 14) AS INTEGER) ELSE 0 END", "''")
#define SALTS "SELECT 0 AS id, ?2 AS moment, " SALT_HELD " AS held " \
	"FROM audit_salt"
#define GONE "purged-"
#define DELETED "SELECT id, " LATER("changed_at", "?2") " AS moment, " \
	HELD("registration.id", "''") " AS held FROM registration " \
	"WHERE status = 4 AND key NOT LIKE '" GONE "%'"
/* Whichever is left of those that correct each other is the one that is told: they
 * go together, with the last; of a batch, what is wrong before what corrects it. */
#define DISCLOSED LATER("disclosure.at", "disclosure.secret_until")
#define DISCLOSURES "WITH RECURSIVE chain (first, id) AS (" \
	"SELECT id, id FROM disclosure " \
	"WHERE corrects NOT IN (SELECT id FROM disclosure) " \
	"UNION ALL SELECT chain.first, disclosure.id FROM chain " \
	"JOIN disclosure ON disclosure.corrects = chain.id) " \
	"SELECT disclosure.id AS id, max(" DISCLOSED ") OVER these AS moment, " \
	"max(" HELD("disclosure.registration", "disclosure.sponsor") \
	") OVER these AS held FROM chain " \
	"JOIN disclosure ON disclosure.id = chain.id " \
	"WINDOW these AS (PARTITION BY chain.first) ORDER BY disclosure.id"
/* What is still to go out has no moment. */
#define MAIL "SELECT id, CASE WHEN ended_at <> 0 THEN ended_at END " \
	"AS moment, " HELD("mail.registration", "''") " AS held FROM mail"
#define CASES "SELECT num AS id, closed_at AS moment, " \
	HELD("max(casefile.registration, casefile.said)", "''") \
	" AS held FROM casefile " \
	"WHERE closed_at <> 0"
#define INCIDENTS "SELECT id, closed_at AS moment, " HELD("0", "incident.sponsor") \
	" AS held FROM incident WHERE closed_at <> 0"
#define STAFF(id, moment, table) "SELECT " id " AS id, " moment \
	" AS moment, " HELD("0", "''") " AS held FROM " table
#define TOKENS STAFF("id", "CASE WHEN revoked_at <> 0 THEN revoked_at " \
	"ELSE expires_at END", "token")

/* By the rows' number or person; what was written is of this class. */
static bw_err
cut_rows(struct store *s, uint64_t *gone, const char *sql, uint64_t id)
{
	int64_t changed;
	bw_err r = db_write(s, &changed, sql, "u", id);

	if (r == BW_OK)
		*gone += (uint64_t)changed;
	return r;
}

static bw_err
noted_row(void *arg, struct db_query *q)
{
	struct retain_gone *gone = arg;

	gone->n[RETAIN_NOTES] += db_uint(q, 0);
	gone->n[RETAIN_LOGS] += db_uint(q, 1);
	return BW_OK;
}

/* The notes on these shares, and the bodies that they came in. */
#define NOTED(these) "SELECT (SELECT count(*) FROM " \
	"(SELECT lead FROM note WHERE lead " these \
	" UNION SELECT lead FROM mark WHERE lead " these ")), " \
	"(SELECT count(*) FROM note JOIN entry " \
	"ON entry.id = note.id WHERE entry.body IS NOT NULL " \
	"AND note.lead " these ")"

static bw_err
drop_notes(struct store *s, uint64_t id, const struct retain_at *at,
    struct retain_gone *gone)
{
	static const char noted[] = NOTED("= ?1");
	bw_err r = db_first(s, noted_row, gone, noted, "u", id);

	(void)at;
	return r == BW_OK ? db_notes_end(s, id) : r;
}

static bw_err
drop_body(struct store *s, uint64_t id, const struct retain_at *at,
    struct retain_gone *gone)
{
	static const char outlived[] = "DELETE FROM outlived WHERE id = ?1";
	static const char sql[] = "UPDATE entry SET body = NULL "
	    "WHERE id = ?1 AND body IS NOT NULL";
	bw_err r = db_write(s, NULL, outlived, "u", id);

	(void)at;
	return r == BW_OK ? cut_rows(s, &gone->n[RETAIN_LOGS], sql, id) : r;
}

/* That somebody agreed can be shown until the logs' own period is over. */
static bw_err
outlive(struct store *s, uint64_t id, int64_t event_end)
{
	static const char sql[] = "INSERT INTO outlived (id, edition, ended) "
	    "SELECT lead.id, lead.edition, " LEAD_END " FROM lead "
	    "JOIN entry ON entry.id = lead.id " OF_LEAD
	    "WHERE lead.id = ?1 AND entry.body IS NOT NULL";

	return db_write(s, NULL, sql, "ui", id, event_end);
}

static bw_err
drop_lead(struct store *s, uint64_t id, const struct retain_at *at,
    struct retain_gone *gone)
{
	static const char receipt[] = "DELETE FROM receipt WHERE id = ?1 "
	    "AND key = (SELECT receipt FROM lead WHERE id = ?1)";
	static const char ack[] = "DELETE FROM ack WHERE lead = ?1";
	static const char lead[] = "DELETE FROM lead WHERE id = ?1";
	bw_err r;

	if ((r = drop_notes(s, id, at, gone)) != BW_OK ||
	    (r = db_write(s, NULL, receipt, "u", id)) != BW_OK ||
	    (r = db_write(s, NULL, ack, "u", id)) != BW_OK ||
	    (r = outlive(s, id, at->event_end)) != BW_OK)
		return r;
	return cut_rows(s, &gone->n[RETAIN_LEADS], lead, id);
}

/* What is of other classes and goes with a registration. */
static bw_err
drop_beside(struct store *s, uint64_t id, struct retain_gone *gone)
{
	static const char noted[] = NOTED("IN (SELECT lead.id FROM badge "
	    "JOIN edition ON edition.badge_id = badge.badge_id "
	    "JOIN lead ON lead.edition = edition.id "
	    "WHERE badge.registration = ?1)");
	static const char shares[] = "DELETE FROM mail_share WHERE mail IN "
	    "(SELECT id FROM mail WHERE registration = ?1)";
	static const char mail[] = "DELETE FROM mail WHERE registration = ?1";
	static const char salt[] = "DELETE FROM audit_salt "
	    "WHERE object = 'registration ' || ?1";
	bw_err r;

	if ((r = db_first(s, noted_row, gone, noted, "u", id)) != BW_OK ||
	    (r = db_notes_erase(s, id)) != BW_OK ||
	    (r = db_write(s, NULL, shares, "u", id)) != BW_OK ||
	    (r = cut_rows(s, &gone->n[RETAIN_MAIL], mail, id)) != BW_OK)
		return r;
	return cut_rows(s, &gone->n[RETAIN_SALTS], salt, id);
}

/* Its number stays, for what names it: the audit, a case, which keeps its texts
 * for its own period. */
static bw_err
drop_registration(struct store *s, uint64_t id, const struct retain_at *at,
    struct retain_gone *gone)
{
	static const char editions[] = "DELETE FROM edition WHERE badge_id IN "
	    "(SELECT badge_id FROM badge WHERE registration = ?1)";
	static const char corrections[] = "DELETE FROM correction "
	    "WHERE edition IN (SELECT edition.id FROM edition JOIN badge "
	    "ON badge.badge_id = edition.badge_id WHERE registration = ?1)";
	static const char sources[] =
	    "DELETE FROM corrected WHERE registration = ?1";
	static const char rights[] =
	    "DELETE FROM barrier WHERE registration = ?1";
	static const char all[] =
	    "DELETE FROM withdrawn WHERE registration = ?1";
	static const char badges[] =
	    "DELETE FROM badge WHERE registration = ?1";
	static const char values[] = "UPDATE registration SET "
	    "key = '" GONE "' || id, status = 4, minor_age = -1, "
	    "minor = 0, cancelled = 0, released = 0, v1 = NULL, v2 = NULL, "
	    "v3 = NULL, v4 = NULL, v5 = NULL, v6 = NULL WHERE id = ?1";
	static const char blocked[] = "UPDATE meta SET value = value + 1 "
	    "WHERE key = 'blocked'";
	bw_err r;

	(void)at;
	if ((r = drop_beside(s, id, gone)) != BW_OK ||
	    (r = mail_forget(s, id)) != BW_OK ||
	    (r = db_write(s, NULL, corrections, "u", id)) != BW_OK ||
	    (r = db_write(s, NULL, sources, "u", id)) != BW_OK ||
	    (r = db_write(s, NULL, rights, "u", id)) != BW_OK ||
	    (r = db_write(s, NULL, all, "u", id)) != BW_OK ||
	    (r = handed_forget(s, id)) != BW_OK ||
	    (r = store_mail_forget(s, id)) != BW_OK ||
	    (r = db_write(s, NULL, editions, "u", id)) != BW_OK ||
	    (r = db_write(s, NULL, badges, "u", id)) != BW_OK ||
	    (r = db_write(s, NULL, blocked, "")) != BW_OK)
		return r;
	return cut_rows(s, &gone->n[RETAIN_REGISTRATIONS], values, id);
}

static bw_err
drop_count(struct store *s, uint64_t id, const struct retain_at *at,
    struct retain_gone *gone)
{
	static const char sql[] = "DELETE FROM tally WHERE device = ?1 "
	    "AND hour = ?2";
	int64_t changed;
	bw_err r = db_write(s, &changed, sql, "uu", id >> 32,
	    (id & 0xffffffffu) * 3600);

	(void)at;
	if (r == BW_OK)
		gone->n[RETAIN_COUNTS] += (uint64_t)changed;
	return r;
}

/* It has no number: any one that no hold keeps. */
static bw_err
drop_salt(struct store *s, uint64_t id, const struct retain_at *at,
    struct retain_gone *gone)
{
	static const char sql[] = "DELETE FROM audit_salt WHERE ?1 = ?1 "
	    "AND object = (SELECT object FROM audit_salt "
	    "WHERE " SALT_HELD " = 0 LIMIT 1)";

	(void)at;
	return cut_rows(s, &gone->n[RETAIN_SALTS], sql, id);
}

static bw_err
drop_deleted(struct store *s, uint64_t id, const struct retain_at *at,
    struct retain_gone *gone)
{
	static const char key[] = "UPDATE registration "
	    "SET key = '" GONE "' || id WHERE id = ?1";
	static const char sql[] = "DELETE FROM deleted WHERE registration = ?1";
	bw_err r = cut_rows(s, &gone->n[RETAIN_DELETED], key, id);

	(void)at;
	return r == BW_OK ? db_write(s, NULL, sql, "u", id) : r;
}

static bw_err
drop_from(struct store *s, uint64_t id, const struct retain_at *at,
    struct retain_gone *gone)
{
	static const char sql[] = "DELETE FROM login_from WHERE account = ?1 "
	    "AND at <= ?2";
	int64_t changed;
	bw_err r = db_write(s, &changed, sql, "ui", id, at->cut);

	if (r == BW_OK)
		gone->n[RETAIN_LOGINS] += (uint64_t)changed;
	return r;
}

static bw_err
drop_mail(struct store *s, uint64_t id, const struct retain_at *at,
    struct retain_gone *gone)
{
	static const char shares[] = "DELETE FROM mail_share WHERE mail = ?1";
	static const char sql[] = "DELETE FROM mail WHERE id = ?1";
	bw_err r = db_write(s, NULL, shares, "u", id);

	(void)at;
	return r == BW_OK ? cut_rows(s, &gone->n[RETAIN_MAIL], sql, id) : r;
}

#define DROP(name, class, table, column)				\
static bw_err								\
name(struct store *s, uint64_t id, const struct retain_at *at,		\
    struct retain_gone *gone)						\
{									\
	static const char sql[] =					\
	    "DELETE FROM " table " WHERE " column " = ?1";		\
									\
	(void)at;							\
	return cut_rows(s, &gone->n[class], sql, id);			\
}
DROP(drop_disclosure, RETAIN_DISCLOSURES, "disclosure", "id")
DROP(drop_case, RETAIN_CASES, "casefile", "num")
DROP(drop_login, RETAIN_LOGINS, "login", "num")
DROP(drop_token, RETAIN_LOGINS, "token", "id")
DROP(drop_health, RETAIN_HEALTH, "health", "id")
DROP(drop_export, RETAIN_EXPORTS, "export", "id")

static bw_err
drop_incident(struct store *s, uint64_t id, const struct retain_at *at,
    struct retain_gone *gone)
{
	static const char texts[] = "DELETE FROM incident_text "
	    "WHERE incident = ?1";
	static const char said[] = "DELETE FROM incident_said "
	    "WHERE incident = ?1";
	static const char sql[] = "DELETE FROM incident WHERE id = ?1";
	bw_err r = db_write(s, NULL, texts, "u", id);

	(void)at;
	if (r == BW_OK)
		r = db_write(s, NULL, said, "u", id);
	return r == BW_OK ? cut_rows(s, &gone->n[RETAIN_INCIDENTS], sql, id) :
	    r;
}

#define OVER "moment <= ?1"
#define COUNT(rows) "SELECT count(*), " \
	"coalesce(sum(CASE WHEN " OVER " AND held = 0 THEN 1 ELSE 0 END), 0), " \
	"coalesce(sum(CASE WHEN " OVER " AND held <> 0 THEN 1 ELSE 0 END), 0), " \
	"min(CASE WHEN " OVER " THEN moment END), " \
	"min(CASE WHEN " OVER " OR held <> 0 THEN NULL ELSE moment END) " \
	"FROM (" rows ") AS r WHERE ?2 = ?2 AND ?3 = ?3 AND ?4 = ?4"
#define DUE(rows) "SELECT id FROM (" rows ") AS r " \
	"WHERE " OVER " AND held = 0 AND ?2 = ?2 AND ?3 = ?3 " \
	"AND ?4 = ?4 LIMIT ?5"
#define STEP(class, rows, drop) { class, COUNT(rows), DUE(rows), drop }

static const struct step {
	enum retain class;
	const char *count, *due;
	bw_err (*drop)(struct store *s, uint64_t id, const struct retain_at *at,
	    struct retain_gone *gone);
} steps[] = {
	STEP(RETAIN_NOTES, NOTES, drop_notes),
	STEP(RETAIN_LEADS, LEADS, drop_lead),
	STEP(RETAIN_REGISTRATIONS, REGISTRATIONS, drop_registration),
	STEP(RETAIN_LOGS, LOGS, drop_body),
	STEP(RETAIN_COUNTS, COUNTS, drop_count),
	STEP(RETAIN_SALTS, SALTS, drop_salt),
	STEP(RETAIN_DELETED, DELETED, drop_deleted),
	STEP(RETAIN_CASES, CASES, drop_case),
	STEP(RETAIN_MAIL, MAIL, drop_mail),
	STEP(RETAIN_DISCLOSURES, DISCLOSURES, drop_disclosure),
	STEP(RETAIN_INCIDENTS, INCIDENTS, drop_incident),
	STEP(RETAIN_LOGINS, STAFF("num", "seen_at", "login"), drop_login),
	STEP(RETAIN_LOGINS, STAFF("account", "at", "login_from"), drop_from),
	STEP(RETAIN_LOGINS, TOKENS, drop_token),
	STEP(RETAIN_HEALTH, STAFF("id", "at", "health"), drop_health),
	STEP(RETAIN_EXPORTS, STAFF("id", "at", "export"), drop_export),
};
_Static_assert(ODD_AHEAD == 15, "LEAD_FROM");
_Static_assert(sizeof(steps) / sizeof(steps[0]) <= RETAIN_STEPS_MAX,
    "more steps than callers have room for");

size_t
store_retain_steps(void)
{
	return sizeof(steps) / sizeof(steps[0]);
}

enum retain
store_retain_class(size_t step)
{
	return steps[step].class;
}

static bw_err
count_row(void *arg, struct db_query *q)
{
	*(struct retain_count *)arg = (struct retain_count){ db_uint(q, 0),
		db_uint(q, 1), db_uint(q, 2), db_int(q, 3), db_int(q, 4) };
	return BW_OK;
}

bw_err
store_retain_count(struct store *s, size_t step, const struct retain_at *at,
    struct retain_count *out)
{
	*out = (struct retain_count){ 0 };
	return db_first(s, count_row, out, steps[step].count, "iiii", at->cut,
	    at->event_end, at->leads, at->notes);
}

/* Those whose time is over, and what is theirs and would else stay. ?1 to ?3
 * are a registration's, ?4 to ?8 the cuts of notes, leads, logs, mail, salts. */
#define THEIRS "badge.registration IN (SELECT id FROM going)"
static const char beside[] = "WITH going AS MATERIALIZED (SELECT id FROM ("
    REGISTRATIONS ") AS r WHERE " OVER " AND held = 0) "
    "SELECT (SELECT count(*) FROM lead " OF_LEAD "WHERE " THEIRS
    " AND lead.id IN (SELECT lead FROM note UNION SELECT lead FROM mark)"
    " AND " LEAD_END " > max(?4, ?5)), "
    "(SELECT count(*) FROM note JOIN entry ON entry.id = note.id "
    "JOIN lead ON lead.id = note.lead " OF_LEAD "WHERE " THEIRS
    " AND entry.body IS NOT NULL AND " LEAD_END " > max(?4, ?5) AND "
    LATER(LEAD_END, "?2") " > ?6), "
    "(SELECT count(*) FROM mail WHERE registration IN "
    "(SELECT id FROM going) AND (ended_at = 0 OR ended_at > ?7)), "
    "(SELECT count(*) FROM audit_salt WHERE ?2 > ?8 AND object IN "
    "(SELECT 'registration ' || id FROM going))";

static bw_err
beside_row(void *arg, struct db_query *q)
{
	struct retain_gone *out = arg;

	out->n[RETAIN_NOTES] = db_uint(q, 0);
	out->n[RETAIN_LOGS] = db_uint(q, 1);
	out->n[RETAIN_MAIL] = db_uint(q, 2);
	out->n[RETAIN_SALTS] = db_uint(q, 3);
	return BW_OK;
}

bw_err
store_retain_beside(struct store *s, const struct retain_at at[RETAIN_CLASSES],
    struct retain_gone *out)
{
	const struct retain_at *reg = &at[RETAIN_REGISTRATIONS];

	*out = (struct retain_gone){ 0 };
	return db_first(s, beside_row, out, beside, "iiiiiiii", reg->cut,
	    reg->event_end, reg->leads, at[RETAIN_NOTES].cut,
	    at[RETAIN_LEADS].cut, at[RETAIN_LOGS].cut, at[RETAIN_MAIL].cut,
	    at[RETAIN_SALTS].cut);
}

struct batch {
	size_t n;
	uint64_t id[BATCH_MAX];
};

static bw_err
batch_row(void *arg, struct db_query *q)
{
	struct batch *b = arg;

	b->id[b->n++] = db_uint(q, 0);
	return BW_OK;
}

bw_err
store_retain_drop(struct store *s, size_t step, const struct retain_at *at,
    unsigned most, struct retain_gone *gone, uint64_t *n)
{
	struct batch b = { 0 };
	bw_err r;

	*n = 0;
	*gone = (struct retain_gone){ 0 };
	r = db_each(s, batch_row, &b, steps[step].due, "iiiii", at->cut,
	    at->event_end, at->leads, at->notes,
	    (int64_t)(most < BATCH_MAX ? most : BATCH_MAX));
	for (size_t i = 0; i < b.n && r == BW_OK; i++)
		r = steps[step].drop(s, b.id[i], at, gone);
	if (r == BW_OK)
		*n = b.n;
	return r;
}

static bw_err
moment_row(void *arg, struct db_query *q)
{
	*(int64_t *)arg = db_int(q, 0);
	return BW_OK;
}

bw_err
store_purging_get(struct store *s, int64_t *over)
{
	static const char sql[] =
	    "SELECT value FROM meta WHERE key = 'purging'";

	*over = 0;
	return db_first(s, moment_row, over, sql, "");
}

bw_err
store_purging_set(struct store *s, int64_t over)
{
	static const char sql[] =
	    "UPDATE meta SET value = ?1 WHERE key = 'purging'";
	bw_err r;

	if ((r = store_begin(s)) != BW_OK)
		return r;
	if ((r = db_write(s, NULL, sql, "i", over)) == BW_OK)
		r = store_commit(s);
	store_rollback(s);
	return r;
}
