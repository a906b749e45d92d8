// SPDX-License-Identifier: Apache-2.0
#include "host/not_me.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/audit.h"
#include "host/case_share.h"
#include "host/right.h"
#include "host/store_ack.h"
#include "host/store_daily.h"
#include "host/store_db.h"
#include "host/store_redo.h"

static bw_err
told(struct store *s, uint64_t lead, enum audit_act act, const char *actor,
    int64_t now)
{
	char object[64];

	snprintf(object, sizeof(object), "lead %" PRIu64 "-%" PRIu64,
	    lead >> 32, lead & STORE_SEQ_MAX);
	return audit_add(s, now, actor, act, object, "");
}

/* Those without an edition are of who was erased, and passed on to nobody. */
#define AROUND "lead.edition <> 0 AND lead.id >= (?1 >> 32) << 32 " \
	"AND lead.id <= (?1 | 4294967295) AND lead.time / 900 = " \
	"(SELECT one.time FROM lead AS one WHERE one.id = ?1) / 900 "
#define QUARTER AROUND "AND lead.state = 0"

/* Who was erased is to be erased by the sponsor, and does not come back. */
#define PERSON "EXISTS (SELECT 1 FROM edition " \
	"JOIN registration ON registration.id = edition.holder " \
	"WHERE edition.id = lead.edition AND status <> 4)"

struct noting {
	struct store *s;
	int64_t now;
};

static bw_err
note_row(void *arg, struct db_query *q)
{
	const struct noting *n = arg;
	uint8_t rh[RECEIPT_RH];
	bw_err r = db_fixed(q, 0, rh, sizeof(rh));

	return r == BW_OK ? db_redo_share(n->s, REDO_HELD, rh, n->now) : r;
}

bw_err
not_me_hold(struct store *s, uint64_t device, uint64_t seq,
    const char *actor, int64_t now, uint64_t *n)
{
	static const char each[] = "SELECT rh FROM lead WHERE " QUARTER;
	static const char served[] = ACK_SERVED(QUARTER " AND " PERSON);
	static const char odd[] = "INSERT INTO odd (id, reason, found_at) "
	    "SELECT id, ?2, ?3 FROM lead WHERE " QUARTER
	    " ON CONFLICT DO NOTHING";
	static const char hold[] = "UPDATE lead SET state = 3, reason = ?2 "
	    "WHERE " QUARTER;
	uint64_t share = db_key(device, seq);
	struct noting note = { s, now };
	struct store_lead lead;
	int64_t held = 0;
	bw_err r;

	*n = 0;
	if ((r = store_lead_get(s, device, seq, &lead)) != BW_OK ||
	    (r = db_each(s, note_row, &note, each, "u", share)) != BW_OK ||
	    (r = db_write(s, NULL, served, "uiii", share, (int64_t)FIELD_ALL,
	    (int64_t)ACK_WITHHELD, now)) != BW_OK ||
	    (r = db_write(s, NULL, odd, "uii", share, (int64_t)ODD_NOT_ME,
	    now)) != BW_OK ||
	    (r = db_write(s, &held, hold, "ui", share,
	    (int64_t)ODD_NOT_ME)) != BW_OK)
		return r;
	*n = (uint64_t)held;
	return told(s, share, DID_LEAD_NOT_ME, actor, now);
}

static bw_err
take_number(void *arg, struct db_query *q)
{
	*(uint64_t *)arg = db_uint(q, 0);
	return BW_OK;
}

/* How many others than this share are live. */
static bw_err
beside_of(struct store *s, uint64_t device, uint64_t seq, uint64_t *n)
{
	static const char sql[] = "SELECT count(*) FROM lead WHERE " QUARTER
	    " AND lead.id <> ?1";

	*n = 0;
	return db_first(s, take_number, n, sql, "u", db_key(device, seq));
}

/* The same, and those that are held for this: whatever was said before. */
static bw_err
around_of(struct store *s, const struct case_new *in, uint64_t *n)
{
	static const char sql[] = "SELECT count(*) FROM lead WHERE " AROUND
	    "AND (lead.state = 0 OR (lead.state = 3 AND lead.reason = ?2)) "
	    "AND lead.id <> ?1";

	*n = 0;
	if (in->type != CASE_NOT_ME || in->seq == 0)
		return BW_OK;
	return db_first(s, take_number, n, sql, "ui",
	    db_key(in->device, in->seq), (int64_t)ODD_NOT_ME);
}

static bw_err
yes_row(void *arg, struct db_query *q)
{
	*(bool *)arg = db_int(q, 0) != 0;
	return BW_OK;
}

bw_err
not_me_waits(struct store *s, uint64_t device, int64_t time, bool *waits)
{
	static const char sql[] = "SELECT EXISTS (SELECT 1 FROM casefile "
	    "WHERE closed_at = 0 AND type = ?1 AND device = ?2 "
	    "AND quarter <> 0 AND quarter = ?3 / 900)";

	*waits = false;
	return db_first(s, yes_row, waits, sql, "iui", (int64_t)CASE_NOT_ME,
	    device, time);
}

bw_err
not_me_said(struct store *s, uint64_t device, uint64_t seq, bool *said)
{
	static const char sql[] = "SELECT EXISTS (SELECT 1 FROM casefile "
	    "WHERE type = ?1 AND device = ?2 AND seq = ?3 AND quarter <> 0)";

	*said = false;
	return db_first(s, yes_row, said, sql, "iuu", (int64_t)CASE_NOT_ME,
	    device, seq);
}

#define HELD "SELECT count(*) FROM lead WHERE state = 3 AND reason = ?1 "

bw_err
not_me_held(struct store *s, const char *sponsor, uint64_t *n)
{
	static const char all[] = HELD;
	static const char its[] = "SELECT count(*) FROM lead "
	    "JOIN edition ON edition.id = lead.edition "
	    "JOIN registration ON registration.id = edition.holder "
	    "WHERE state = 3 AND reason = ?1 AND lead.id >> 32 IN "
	    "(SELECT num FROM device WHERE sponsor = ?2) "
	    "AND status IN (0, 5)";	/* reg_releases */

	*n = 0;
	if (sponsor == NULL)
		return db_first(s, take_number, n, all, "i",
		    (int64_t)ODD_NOT_ME);
	return db_first(s, take_number, n, its, "it", (int64_t)ODD_NOT_ME,
	    sponsor);
}

bw_err
not_me_holds(struct store *s, const struct case_file *f, uint64_t *n)
{
	static const char sql[] = HELD "AND id >= ?2 AND id <= ?3 "
	    "AND time / 900 = ?4";
	uint64_t from = db_key(f->device, 0);

	*n = 0;
	return f->type != CASE_NOT_ME || f->quarter == 0 ? BW_OK :
	    db_first(s, take_number, n, sql, "iuui", (int64_t)ODD_NOT_ME,
	    from, from | STORE_SEQ_MAX, f->quarter);
}

/* Whether it takes anything from a sponsor. */
static bw_err
holds(struct store *s, enum case_type type, uint64_t device, uint64_t seq,
    bool *yes)
{
	bool said = false;
	bw_err r = BW_OK;

	if (type == CASE_NOT_ME && seq != 0)
		r = not_me_said(s, device, seq, &said);
	*yes = type == CASE_NOT_ME && seq != 0 && !said;
	return r;
}

bw_err
not_me_beside(struct store *s, enum case_type type, uint64_t device,
    uint64_t seq, uint64_t *n)
{
	bool yes;
	bw_err r = holds(s, type, device, seq, &yes);

	*n = 0;
	return r == BW_OK && yes ? beside_of(s, device, seq, n) : r;
}

bw_err
not_me_case(struct store *s, const struct case_new *in, const char *actor,
    int64_t now, uint64_t *num, uint64_t *beside)
{
	uint64_t held;
	bool yes;
	bw_err r;

	*num = *beside = 0;
	if ((r = holds(s, in->type, in->device, in->seq, &yes)) != BW_OK ||
	    (r = case_open(s, in, actor, now, num)) != BW_OK || !yes ||
	    (r = beside_of(s, in->device, in->seq, beside)) != BW_OK)
		return r;
	return not_me_hold(s, in->device, in->seq, actor, now, &held);
}

bw_err
not_me_take(struct store *s, const struct case_new *in, const char *actor,
    int64_t now, uint64_t *num, uint64_t *beside)
{
	struct case_new other = *in;
	bw_err r = not_me_case(s, in, actor, now, num, beside);

	other.registration = 0;
	other.said = in->registration;
	if (r == BW_ERR_DENIED && in->registration != 0)
		r = case_open(s, &other, actor, now, num);
	return r != BW_OK ? r : around_of(s, in, beside);
}

/* The case, and whether it holds from when it is matched. */
static bw_err
unmatched(struct store *s, uint64_t num, struct case_file *f, bool *yes)
{
	bw_err r = case_get(s, num, f);

	*yes = false;
	explicit_bzero(f->text, sizeof(f->text));
	return r != BW_OK || !case_is_of_another(f) ? r :
	    holds(s, f->type, f->device, f->seq, yes);
}

bw_err
not_me_match(struct store *s, uint64_t num, uint64_t registration,
    enum case_proof proof, const char *actor, int64_t now)
{
	struct case_file f;
	uint64_t held;
	bool yes;
	bw_err r;

	if ((r = unmatched(s, num, &f, &yes)) != BW_OK ||
	    (r = case_match(s, num, registration, proof, actor,
	    now)) != BW_OK || !yes)
		return r;
	return not_me_hold(s, f.device, f.seq, actor, now, &held);
}

static bw_err
open_already(struct store *s, const struct case_new *in, bool *open)
{
	static const char sql[] = "SELECT EXISTS (SELECT 1 FROM casefile "
	    "WHERE registration = ?4 AND type = ?1 AND device = ?2 "
	    "AND seq = ?3 AND closed_at = 0)";

	*open = false;
	return db_first(s, yes_row, open, sql, "iuuu", (int64_t)CASE_NOT_ME,
	    in->device, in->seq, in->registration);
}

bw_err
not_me_disown(struct store *s, const struct case_new *in, const char *actor,
    int64_t now, uint64_t *num)
{
	uint64_t beside;
	bool moved, open;
	bw_err r;

	*num = 0;
	if ((r = right_withdraw(s, in->device, in->seq, actor, now,
	    &moved)) != BW_OK || (r = open_already(s, in, &open)) != BW_OK ||
	    open)
		return r;
	return not_me_case(s, in, actor, now, num, &beside);
}

/* It is there and held for this. */
static bw_err
held(struct store *s, uint64_t device, uint64_t seq, struct store_lead *out)
{
	bw_err r = store_lead_get(s, device, seq, out);

	if (r != BW_OK)
		return r;
	return out->state == LEAD_HELD && out->reason == ODD_NOT_ME ? BW_OK :
	    BW_ERR_EXISTS;
}

bw_err
not_me_other(struct store *s, uint64_t device, int64_t quarter,
    uint64_t case_num, uint64_t *other)
{
	static const char sql[] = "SELECT coalesce(min(num), 0) FROM casefile "
	    "WHERE closed_at = 0 AND type = ?3 AND device = ?1 "
	    "AND quarter = ?4 AND quarter <> 0 AND num <> ?2";

	*other = 0;
	return db_first(s, take_number, other, sql, "uuii", device, case_num,
	    (int64_t)CASE_NOT_ME, quarter);
}

bw_err
not_me_left(struct store *s, uint64_t case_num, uint64_t *n)
{
	static const char sql[] = "SELECT count(*) FROM casefile AS mine "
	    "JOIN lead ON lead.id >= mine.device << 32 "
	    "AND lead.id <= (mine.device << 32 | 4294967295) "
	    "AND lead.time / 900 = mine.quarter "
	    "WHERE mine.num = ?1 AND mine.type = ?2 AND mine.quarter <> 0 "
	    "AND lead.state = 3 AND lead.reason = ?3 AND NOT EXISTS "
	    "(SELECT 1 FROM casefile AS other WHERE other.closed_at = 0 "
	    "AND other.type = ?2 AND other.device = mine.device "
	    "AND other.quarter = mine.quarter AND other.num <> ?1)";

	*n = 0;
	return db_first(s, take_number, n, sql, "uii", case_num,
	    (int64_t)CASE_NOT_ME, (int64_t)ODD_NOT_ME);
}

static bw_err
unmark(struct store *s, const struct store_lead *lead, int64_t now)
{
	static const char free[] = "UPDATE lead SET reason = 0, "
	    "state = CASE WHEN state = 3 THEN 0 ELSE state END WHERE id = ?1";
	static const char odd[] =
	    "DELETE FROM odd WHERE id = ?1 AND reason = ?2";
	uint64_t id = db_key(lead->device, lead->seq);
	bw_err r;

	if ((r = db_write(s, NULL, free, "u", id)) != BW_OK ||
	    (r = db_write(s, NULL, odd, "ui", id,
	    (int64_t)ODD_NOT_ME)) != BW_OK)
		return r;
	return db_redo_share(s, REDO_FREED, lead->rh, now);
}

/* As store_given_back, by one of the leads: its sponsor may have asked meanwhile
 * what is new, and did not get it. */
static bw_err
given_back(struct store *s, uint64_t lead, int64_t now)
{
	static const char sql[] = "INSERT INTO correction (edition, field, "
	    "at) SELECT edition, 0, ?2 FROM lead WHERE id = ?1 "
	    "AND edition IN (SELECT id FROM edition) "
	    "ON CONFLICT (edition, field) DO UPDATE SET at = excluded.at";

	return db_write(s, NULL, sql, "ui", lead, now);
}

/* Whatever else may hold it. */
static bw_err
free_held(struct store *s, const struct store_lead *lead, const char *actor,
    int64_t now)
{
	uint64_t id = db_key(lead->device, lead->seq);
	bw_err r;

	if ((r = unmark(s, lead, now)) != BW_OK ||
	    (r = db_ack_free(s, id, now)) != BW_OK ||
	    (r = given_back(s, id, now)) != BW_OK ||
	    (r = daily_again(s, lead->device, lead->seq)) != BW_OK)
		return r;
	return told(s, id, DID_LEAD_RELEASE, actor, now);
}

bw_err
not_me_release(struct store *s, uint64_t device, uint64_t seq,
    uint64_t case_num, const char *actor, int64_t now)
{
	struct store_lead lead;
	uint64_t other;
	bw_err r;

	if ((r = held(s, device, seq, &lead)) != BW_OK ||
	    (r = not_me_other(s, device, lead.time / 900, case_num,
	    &other)) != BW_OK)
		return r;
	return other != 0 ? BW_ERR_DENIED : free_held(s, &lead, actor, now);
}

bw_err
not_me_withdraw(struct store *s, uint64_t device, uint64_t seq,
    const char *actor, int64_t now)
{
	struct store_lead lead;
	bool moved;
	bw_err r;

	if ((r = held(s, device, seq, &lead)) != BW_OK ||
	    (r = store_lead_end(s, device, seq, LEAD_WITHDRAWN, now,
	    &moved)) != BW_OK ||
	    (r = unmark(s, &lead, now)) != BW_OK)
		return r;
	return told(s, db_key(device, seq), DID_LEAD_WITHDRAW, actor, now);
}

bw_err
not_me_hold_again(struct store *s, const struct store_lead *lead,
    int64_t now, bool *moved)
{
	static const char served[] = ACK_SERVED("lead.id = ?1 AND " PERSON);
	static const char hold[] = "UPDATE lead SET state = 3, reason = ?2 "
	    "WHERE id = ?1";
	uint64_t id = db_key(lead->device, lead->seq);
	bw_err r;

	*moved = lead->state == LEAD_LIVE;
	if (!*moved)
		return BW_OK;
	if ((r = db_write(s, NULL, served, "uiii", id, (int64_t)FIELD_ALL,
	    (int64_t)ACK_WITHHELD, now)) != BW_OK ||
	    (r = store_odd_add(s, lead->device, lead->seq, ODD_NOT_ME,
	    now)) != BW_OK ||
	    (r = db_write(s, NULL, hold, "ui", id,
	    (int64_t)ODD_NOT_ME)) != BW_OK)
		return r;
	return told(s, id, DID_LEAD_NOT_ME, "host", now);
}

bw_err
not_me_free_again(struct store *s, const struct store_lead *lead,
    int64_t now, bool *moved)
{
	*moved = lead->reason == ODD_NOT_ME;
	if (!*moved)
		return BW_OK;
	return lead->state == LEAD_HELD ? free_held(s, lead, "host", now) :
	    unmark(s, lead, now);
}
