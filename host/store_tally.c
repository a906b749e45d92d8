// SPDX-License-Identifier: Apache-2.0
#include "host/store_tally.h"

#include <string.h>

#include "host/store_db.h"
#include "host/store_settle.h"
#include "record/entry.h"

#define HOUR 3600
#define KINDS (ENTRY_UNDO + 1)
#define HOURS_MAX 64		/* that are counted at a time */

/* Hours of one device, while its entries pass. */
struct count {
	size_t nhours;
	struct hour {
		int64_t at;
		uint64_t n[KINDS];
	} hour[HOURS_MAX];
	uint64_t upto;			/* the entry that had no room */
};

static bw_err
put(struct store *s, uint64_t device, const struct hour *h)
{
	static const char sql[] = "INSERT INTO tally "
	    "(device, hour, k1, k2, k3, k4, k5) "
	    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (device, hour) "
	    "DO UPDATE SET k1 = tally.k1 + excluded.k1, "
	    "k2 = tally.k2 + excluded.k2, k3 = tally.k3 + excluded.k3, "
	    "k4 = tally.k4 + excluded.k4, k5 = tally.k5 + excluded.k5";

	return db_write(s, NULL, sql, "uiuuuuu", device, h->at,
	    h->n[ENTRY_SHARE], h->n[ENTRY_DECLINE], h->n[ENTRY_NO_ANSWER],
	    h->n[ENTRY_UNREAD], h->n[ENTRY_UNDO]);
}

/* Entries come by time, so that the last hour is nearly always theirs. */
static struct hour *
hour_of(struct count *c, int64_t at)
{
	for (size_t i = c->nhours; i-- > 0;)
		if (c->hour[i].at == at)
			return &c->hour[i];
	if (c->nhours == HOURS_MAX)
		return NULL;
	c->hour[c->nhours].at = at;
	return &c->hour[c->nhours++];
}

/* BW_ERR_FULL: the rest is for the next walk. */
static bw_err
on_entry(void *arg, const struct store_entry *se)
{
	struct count *c = arg;
	struct hour *h;
	struct entry e;
	bw_err r;

	if ((r = entry_decode(se->entry, se->entry_len, &e)) != BW_OK)
		return r;
	if (e.kind < ENTRY_SHARE || e.kind > ENTRY_UNDO)
		return BW_OK;
	c->upto = se->seq;
	if ((h = hour_of(c, (int64_t)(e.time - e.time % HOUR))) == NULL)
		return BW_ERR_FULL;
	h->n[e.kind]++;
	return BW_OK;
}

bw_err
db_tally_add(struct store *s, uint64_t device, uint64_t from, uint64_t *to)
{
	struct count c = { 0 };
	bw_err r;

	r = store_entry_each(s, device, from, *to, on_entry, &c);
	if (r == BW_ERR_FULL)
		*to = c.upto;
	else if (r != BW_OK)
		return r;
	for (size_t i = 0; i < c.nhours; i++)
		if ((r = put(s, device, &c.hour[i])) != BW_OK)
			return r;
	return BW_OK;
}

struct walk {
	store_tally_cb cb;
	void *arg;
};

static bw_err
give(void *arg, struct db_query *q)
{
	const struct walk *w = arg;
	struct store_tally t = { db_text(q, 0), db_text(q, 1), db_int(q, 2),
		db_uint(q, 3), db_uint(q, 4), db_uint(q, 5), db_uint(q, 6),
		db_uint(q, 7) };

	return w->cb(w->arg, &t);
}

bw_err
store_tally_each(struct store *s, const char *sponsor, int64_t since,
    store_tally_cb cb, void *arg)
{
	static const char sql[] = "SELECT sponsor, name, hour, k1, k2, k3, k4, "
	    "k5 FROM tally JOIN device ON device.num = tally.device "
	    "WHERE hour >= ?1 AND (?2 = '' OR sponsor = ?2) "
	    "ORDER BY sponsor, name, hour";
	struct walk w = { cb, arg };

	return db_each(s, give, &w, sql, "it", since,
	    sponsor != NULL ? sponsor : "");
}

static bw_err
take_count(void *arg, struct db_query *q)
{
	*(uint64_t *)arg = db_uint(q, 0);
	return BW_OK;
}

/* Whatever is held is in odd, which is small. */
bw_err
store_tally_held(struct store *s, const char *sponsor, int64_t since,
    uint64_t *n)
{
	static const char sql[] = "SELECT count(*) FROM lead "
	    "WHERE state IN (3, 4) AND time >= ?1 AND id IN (SELECT odd.id "
	    "FROM odd JOIN device ON device.num = odd.id >> 32 "
	    "WHERE ?2 = '' OR sponsor = ?2)";

	*n = 0;
	return db_first(s, take_count, n, sql, "it", since,
	    sponsor != NULL ? sponsor : "");
}
