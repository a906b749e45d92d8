// SPDX-License-Identifier: Apache-2.0
#include "host/store_leadone.h"

#include <string.h>

#include "host/store_device.h"
#include "host/store_right.h"
#include "host/store_settle.h"

bw_err
lead_row(void *arg, struct db_query *q)
{
	struct lead_row *h = arg;

	h->seq = db_uint(q, 0) & STORE_SEQ_MAX;
	h->time = db_int(q, 1);
	h->granted = (field_set)db_int(q, 2);
	h->part = db_uint(q, 3);
	h->edition = db_uint(q, 4);
	return BW_OK;
}

static bw_err
number_row(void *arg, struct db_query *q)
{
	*(int64_t *)arg = db_int(q, 0);
	return BW_OK;
}

bw_err
store_arrived_at(struct store *s, uint64_t device, uint64_t seq, int64_t *at)
{
	static const char sql[] = "SELECT at FROM arrival "
	    "WHERE id >= ?1 AND id <= ?2 ORDER BY id DESC LIMIT 1";
	bw_err r;

	*at = 0;
	r = db_first(s, number_row, at, sql, "uu", db_key(device, 0),
	    db_key(device, seq));
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

/* Columns: status, whether anybody noted something, v1 … v6, holder. */
static bw_err
look_row(void *arg, struct db_query *q)
{
	struct leadlist_lead *l = arg;
	bw_err r = BW_OK;

	if (!reg_releases((enum reg_status)db_int(q, 0)))
		return BW_ERR_NOTFOUND;
	l->marked = db_int(q, 1) != 0;
	l->holder = db_uint(q, FIELD_COUNT + 2);
	for (int f = 1; r == BW_OK && f <= FIELD_COUNT; f++)
		if ((l->released & FIELD_BIT(f)) != 0)
			r = db_copy(q, f + 1, l->values.v[f],
			    sizeof(l->values.v[f]));
	return r;
}

void
lead_begin(struct leadlist_lead *out)
{
	memset(out, 0, sizeof(*out));
	store_mark_none(&out->mark);
}

bw_err
lead_values(struct store *s, struct leadlist_lead *out)
{
	static const char sql[] = "SELECT status, "
	    "EXISTS (SELECT 1 FROM note WHERE lead = ?2) OR "
	    "EXISTS (SELECT 1 FROM mark WHERE lead = ?2), edition.v1, "
	    "edition.v2, edition.v3, edition.v4, edition.v5, edition.v6, "
	    "holder "
	    "FROM edition JOIN registration "
	    "ON registration.id = holder WHERE edition.id = ?1";
	bw_err r = db_first(s, look_row, out, sql, "uu", out->edition,
	    db_key(out->device_num, out->seq));

	if (r != BW_OK || !out->marked)
		return r;
	return store_mark_get(s, out->device_num, out->seq, &out->mark);
}

bw_err
lead_look(struct store *s, const struct release_rules *rules,
    const struct release_dev *d, const struct lead_row *h, int64_t now,
    struct leadlist_lead *out)
{
	/* Most leads have none: they are large, and stay as they were begun. */
	if (out->marked)
		store_mark_none(&out->mark);
	out->marked = false;
	explicit_bzero(&out->values, sizeof(out->values));
	out->released = release_allowed(rules, h->part, h->time, h->granted,
	    now);
	if (out->released == 0)
		return BW_ERR_NOTFOUND;
	out->device_num = d->num;
	out->seq = h->seq;
	out->time = h->time;
	out->edition = h->edition;
	out->keep_until = h->time + (int64_t)rules->part[h->part].days * 86400;
	memcpy(out->device, d->name, sizeof(out->device));
	memcpy(out->version, rules->part[h->part].version,
	    sizeof(out->version));
	return lead_values(s, out);
}

bw_err
lead_dates(struct store *s, struct leadlist_lead *out)
{
	bw_err r;

	if ((r = store_arrived_at(s, out->device_num, out->seq,
	    &out->arrived_at)) != BW_OK)
		return r;
	return store_corrected_at(s, out->edition, out->released,
	    &out->corrected_at);
}

struct same {
	const struct release_rules *rules;
	int64_t now;
	lead_same_cb cb;
	void *arg;
};

static bw_err
same_row(void *arg, struct db_query *q)
{
	const struct same *w = arg;
	uint64_t device = db_uint(q, 0) >> 32;
	struct lead_row h = { 0 };
	bw_err r;

	if ((r = lead_row(&h, q)) != BW_OK)
		return r;
	h.granted = release_allowed(w->rules, h.part, h.time, h.granted,
	    w->now);
	if ((h.granted & PERSON_FIELDS) == 0)
		return BW_OK;
	for (uint64_t i = 0; i < w->rules->ndev; i++)
		if (w->rules->dev[i].num == device)
			return h.seq < w->rules->dev[i].settled ?
			    w->cb(w->arg, &w->rules->dev[i], &h) : BW_OK;
	return BW_OK;
}

#define SAME LEAD_ROW "WHERE edition IN (SELECT edition.id " \
	"FROM badge JOIN edition ON edition.badge_id = badge.badge_id " \
	"WHERE registration = ?1) AND state = 0"

bw_err
lead_same(struct store *s, const struct release_rules *rules,
    uint64_t holder, int64_t now, lead_same_cb cb, void *arg)
{
	static const char sql[] = SAME " ORDER BY time DESC, id DESC";
	struct same w = { rules, now, cb, arg };

	return db_each(s, same_row, &w, sql, "u", holder);
}

static bw_err
count_one(void *arg, const struct release_dev *d, const struct lead_row *h)
{
	uint64_t *n = arg;

	(void)d;
	(void)h;
	return ++*n > LEADLIST_OTHERS ? BW_ERR_BOUND : BW_OK;
}

/* In any order, and no further than is told: a page has many people. */
static bw_err
count_same(struct store *s, const struct release_rules *rules,
    uint64_t holder, int64_t now, uint64_t *n)
{
	struct same w = { rules, now, count_one, n };
	bw_err r = db_each(s, same_row, &w, SAME, "u", holder);

	return r == BW_ERR_BOUND ? BW_OK : r;
}

bw_err
lead_person(struct store *s, const struct release_rules *rules,
    const struct person_keys *k, int64_t now, struct leadlist_lead *out)
{
	uint64_t n = 0;
	bw_err r;

	out->person[0] = 0;
	out->others = 0;
	if ((out->released & PERSON_FIELDS) == 0)
		return BW_OK;
	if ((r = person_key(k, out->holder, out->person)) != BW_OK ||
	    (r = count_same(s, rules, out->holder, now, &n)) != BW_OK)
		return r;
	out->others = n != 0 ? n - 1 : 0;
	return BW_OK;
}

static bw_err
one(struct store *s, const struct release_rules *rules,
    const struct person_keys *k, uint64_t device, uint64_t seq, int64_t now,
    struct leadlist_lead *out)
{
	static const char sql[] = LEAD_ROW "WHERE id = ?1 AND state = 0";
	struct lead_row h = { 0 };
	bw_err r;

	for (size_t i = 0; i < rules->ndev; i++) {
		if (rules->dev[i].num != device ||
		    seq >= rules->dev[i].settled)
			continue;
		if ((r = db_first(s, lead_row, &h, sql, "u",
		    db_key(device, seq))) != BW_OK ||
		    (r = lead_look(s, rules, &rules->dev[i], &h, now,
		    out)) != BW_OK ||
		    (r = lead_dates(s, out)) != BW_OK)
			return r;
		return lead_person(s, rules, k, now, out);
	}
	return BW_ERR_NOTFOUND;
}

bw_err
leadlist_lead(struct store *s, const char *sponsor, uint64_t device,
    uint64_t seq, int64_t now, struct leadlist_lead *out)
{
	struct release_rules rules = { 0 };
	struct person_keys k = { 0 };
	bw_err r;

	lead_begin(out);
	if (seq > STORE_SEQ_MAX)
		return BW_ERR_NOTFOUND;
	r = store_settle_few(s, now, SETTLE_LOOK_MS);
	if ((r != BW_OK && r != BW_ERR_BUSY) ||
	    (r = store_snapshot(s)) != BW_OK)
		return r;
	if ((r = release_rules_load(s, sponsor, &rules)) == BW_OK &&
	    (r = person_keys_load(s, sponsor, &k)) == BW_OK)
		r = one(s, &rules, &k, device, seq, now, out);
	person_keys_free(&k);
	release_rules_free(&rules);
	store_snapshot_end(s);
	if (r != BW_OK)
		explicit_bzero(out, sizeof(*out));
	return r;
}

struct others {
	const struct leadlist_lead *l;
	unsigned limit;
	leadlist_other_cb cb;
	void *arg;
};

static bw_err
other(void *arg, const struct release_dev *d, const struct lead_row *h)
{
	struct others *w = arg;
	struct leadlist_other o = { .seq = h->seq, .time = h->time };

	if ((d->num == w->l->device_num && h->seq == w->l->seq) ||
	    w->limit == 0)
		return BW_OK;
	w->limit--;
	memcpy(o.device, d->name, sizeof(o.device));
	return w->cb(w->arg, &o);
}

bw_err
leadlist_others(struct store *s, const char *sponsor,
    const struct leadlist_lead *l, int64_t now, unsigned limit,
    leadlist_other_cb cb, void *arg)
{
	struct others w = { l, limit, cb, arg };
	struct release_rules rules = { 0 };
	bw_err r;

	if (l->person[0] == 0)
		return BW_OK;
	if ((r = store_snapshot(s)) != BW_OK)
		return r;
	if ((r = release_rules_load(s, sponsor, &rules)) == BW_OK)
		r = lead_same(s, &rules, l->holder, now, other, &w);
	release_rules_free(&rules);
	store_snapshot_end(s);
	return r;
}

bw_err
leadlist_share_id(struct store *s, const char *id, uint64_t *device,
    uint64_t *seq)
{
	const char *dash = strrchr(id, '-');
	char name[TEXT_ID_MAX + 1];
	struct store_device d;
	size_t len;
	bw_err r;

	*device = *seq = 0;
	if (dash == NULL || (len = (size_t)(dash - id)) > TEXT_ID_MAX ||
	    text_number(dash + 1, strlen(dash + 1), STORE_SEQ_MAX,
	    seq) != BW_OK)
		return BW_ERR_NOTFOUND;
	memcpy(name, id, len);
	name[len] = 0;
	if ((r = store_device_get(s, name, &d)) == BW_OK)
		*device = d.num;
	return r;
}

bw_err
leadlist_marked_since(struct store *s, uint64_t device,
    const struct store_mark *m, int64_t since, bool *yes)
{
	int64_t at = 0;
	bw_err r;

	*yes = m->changed_at >= since;
	if (*yes || m->booth_at == 0)
		return BW_OK;
	r = store_arrived_at(s, device, m->booth_seq, &at);
	*yes = at >= since;
	return r;
}
