// SPDX-License-Identifier: Apache-2.0
#include "host/store_desk.h"

#include <string.h>

#include "host/store_db.h"

/* The newest edition of a badge that is not retired, as store_edition_current
 * has it. */
#define STATE "SELECT r.id, r.status, (SELECT count(*) FROM badge b " \
	"WHERE b.registration = r.id AND b.retired_at <> 0), e.edition, " \
	"e.type, e.on_badge, e.issued_at FROM registration r " \
	"LEFT JOIN edition e ON e.id = (SELECT max(n.id) FROM edition n " \
	"JOIN badge g ON g.badge_id = n.badge_id " \
	"WHERE g.registration = r.id AND g.retired_at = 0) "

const char *
badge_state_name(enum badge_state st)
{
	switch (st) {
	case BADGE_STATE_NONE:
		return "none";
	case BADGE_STATE_WRITTEN:
		return "written";
	case BADGE_STATE_REISSUED:
		return "reissued";
	case BADGE_STATE_BLOCKED:
		return "blocked";
	}
	return "unknown";
}

static enum badge_state
judge(bool has, unsigned retired)
{
	if (has)
		return retired != 0 ? BADGE_STATE_REISSUED :
		    BADGE_STATE_WRITTEN;
	return retired != 0 ? BADGE_STATE_BLOCKED : BADGE_STATE_NONE;
}

static bw_err
take(void *arg, struct db_query *q)
{
	struct store_badge_state *out = arg;

	memset(out, 0, sizeof(*out));
	out->registration = db_uint(q, 0);
	out->status = (enum reg_status)db_int(q, 1);
	out->retired = (unsigned)db_int(q, 2);
	out->edition = (uint8_t)db_int(q, 3);
	out->on_badge = (field_set)db_int(q, 5);
	out->issued_at = db_int(q, 6);
	out->state = judge(out->edition != 0, out->retired);
	return db_copy(q, 4, out->type, sizeof(out->type));
}

bw_err
store_badge_state(struct store *s, uint64_t registration,
    struct store_badge_state *out)
{
	static const char sql[] = STATE "WHERE r.id = ?1";

	memset(out, 0, sizeof(*out));
	return db_first(s, take, out, sql, "u", registration);
}

struct walk {
	store_badge_state_cb cb;
	void *arg;
};

static bw_err
give(void *arg, struct db_query *q)
{
	const struct walk *w = arg;
	struct store_badge_state b;
	bw_err r = take(&b, q);

	return r == BW_OK ? w->cb(w->arg, &b) : r;
}

bw_err
store_badge_state_each(struct store *s, uint64_t behind, uint64_t most,
    store_badge_state_cb cb, void *arg)
{
	static const char sql[] = STATE
	    "WHERE r.id > ?1 ORDER BY r.id LIMIT ?2";
	struct walk w = { cb, arg };

	return db_each(s, give, &w, sql, "uu", behind, most);
}

struct made_walk {
	store_badge_made_cb cb;
	void *arg;
};

static bw_err
give_made(void *arg, struct db_query *q)
{
	const struct made_walk *w = arg;
	struct store_badge_made m = { .issue = (unsigned)db_int(q, 0),
		.on_badge = (field_set)db_int(q, 2),
		.issued_at = db_int(q, 3), .retired_at = db_int(q, 4) };
	bw_err r = db_copy(q, 1, m.type, sizeof(m.type));

	return r == BW_OK ? w->cb(w->arg, &m) : r;
}

bw_err
store_badge_made_each(struct store *s, uint64_t registration,
    store_badge_made_cb cb, void *arg)
{
	static const char sql[] = "SELECT row_number() OVER (ORDER BY e.id), "
	    "e.type, e.on_badge, e.issued_at, b.retired_at "
	    "FROM badge b JOIN edition e "
	    "ON e.badge_id = b.badge_id WHERE b.registration = ?1 "
	    "ORDER BY e.id DESC";
	struct made_walk w = { cb, arg };

	return db_each(s, give_made, &w, sql, "u", registration);
}
