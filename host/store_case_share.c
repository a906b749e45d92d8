// SPDX-License-Identifier: Apache-2.0
#include "host/case_share.h"

#include "host/store_db.h"

struct walk {
	case_share_cb cb;
	void *arg;
};

static bw_err
give(void *arg, struct db_query *q)
{
	const struct walk *w = arg;
	struct case_share h;

	h.num = db_uint(q, 0) >> 32;
	h.seq = db_uint(q, 0) & STORE_SEQ_MAX;
	h.device = db_text(q, 1);
	h.sponsor = db_text(q, 2);
	h.time = db_int(q, 3);
	h.granted = (field_set)db_int(q, 4);
	h.state = (enum lead_state)db_int(q, 5);
	h.reason = (enum odd_reason)db_int(q, 6);
	h.ended_at = db_int(q, 7);
	h.registration = db_uint(q, 8);
	return w->cb(w->arg, &h);
}

#define COLUMNS "SELECT lead.id, device.name, " \
	"coalesce(part.name, device.sponsor), lead.time, lead.granted, " \
	"lead.state, lead.reason, lead.ended_at, registration "
#define ALL "JOIN device ON device.num = lead.id >> 32 " \
	"LEFT JOIN part ON part.id = lead.part "
#define PERSON "LEFT JOIN edition ON edition.id = lead.edition " \
	"LEFT JOIN badge ON badge.badge_id = edition.badge_id "

bw_err
case_share_each(struct store *s, uint64_t registration, case_share_cb cb,
    void *arg)
{
	static const char sql[] = COLUMNS "FROM badge "
	    "JOIN edition ON edition.badge_id = badge.badge_id "
	    "JOIN lead ON lead.edition = edition.id " ALL
	    "WHERE registration = ?1 ORDER BY lead.time DESC, lead.id DESC";
	struct walk w = { cb, arg };

	return db_each(s, give, &w, sql, "u", registration);
}

bw_err
case_share_beside(struct store *s, uint64_t device, int64_t quarter,
    uint64_t seq, case_share_cb cb, void *arg)
{
	static const char sql[] = COLUMNS "FROM lead " ALL PERSON
	    "WHERE lead.id >= ?2 AND lead.id <= ?3 AND lead.id <> ?1 "
	    "AND lead.state = 3 AND lead.time / 900 = ?4 ORDER BY lead.id";
	struct walk w = { cb, arg };

	if (seq > STORE_SEQ_MAX)
		return BW_ERR_NOTFOUND;
	return db_each(s, give, &w, sql, "uuui", db_key(device, seq),
	    db_key(device, 0), db_key(device, STORE_SEQ_MAX), quarter);
}

bw_err
case_share_get(struct store *s, uint64_t device, uint64_t seq,
    case_share_cb cb, void *arg)
{
	static const char sql[] = COLUMNS "FROM lead " ALL PERSON
	    "WHERE lead.id = ?1";
	struct walk w = { cb, arg };

	if (seq > STORE_SEQ_MAX)
		return BW_ERR_NOTFOUND;
	return db_first(s, give, &w, sql, "u", db_key(device, seq));
}

static bw_err
take_whose(void *arg, const struct case_share *h)
{
	*(uint64_t *)arg = h->registration;
	return BW_OK;
}

bw_err
case_share_is_of(struct store *s, uint64_t device, uint64_t seq,
    uint64_t registration)
{
	uint64_t whose = 0;
	bw_err r = case_share_get(s, device, seq, take_whose, &whose);

	if (r != BW_OK)
		return r;
	return whose != 0 && whose == registration ? BW_OK : BW_ERR_DENIED;
}

static bw_err
take_with(void *arg, struct db_query *q)
{
	*(bool *)arg = db_int(q, 0) != 0;
	return BW_OK;
}

bw_err
case_share_with(struct store *s, uint64_t registration, const char *sponsor,
    bool *with)
{
	static const char sql[] = "SELECT EXISTS (SELECT 1 FROM badge "
	    "JOIN edition ON edition.badge_id = badge.badge_id "
	    "JOIN lead ON lead.edition = edition.id "
	    "JOIN device ON device.num = lead.id >> 32 "
	    "WHERE registration = ?1 AND device.sponsor = ?2)";

	*with = false;
	return db_first(s, take_with, with, sql, "ut", registration, sponsor);
}
