// SPDX-License-Identifier: Apache-2.0
/*
 * The walk over a sponsor's leads. What a lead depends on (is the badge's
 * holder attending, what did the policy allow) is read once, into arrays by
 * row number, so that the walk itself is one range of one table per device.
 */
#include "host/store_release.h"

#include <stdlib.h>
#include <string.h>

#include "host/store_settle.h"

struct walk {
	const char *sponsor;
	int64_t now;
	uint64_t nedition;
	uint8_t *status;		/* of the holder, by edition.id */
	struct release_rules rules;
	const struct release_dev *at;	/* whose leads these are */
	store_release_cb cb;
	void *arg;
	struct store_left_out left;
	uint64_t run;			/* of the last lead, like its */
	uint64_t part;
};

#define NO_STATUS REG_STATUSES	/* edition 0: the person was erased */
/* Rows are numbered one after the other: more are not, and nothing is made for
 * a number that a damaged store has. */
#define EDITIONS_MAX ((uint64_t)1 << 26)
#define PARTS_MAX ((uint64_t)1 << 20)

static bw_err
take_number(void *arg, struct db_query *q)
{
	*(uint64_t *)arg = db_uint(q, 0);
	return BW_OK;
}

static bw_err
edition_row(void *arg, struct db_query *q)
{
	struct walk *w = arg;
	uint64_t id = db_uint(q, 0);

	if (id > w->nedition)
		return db_damaged(q, "an edition's number is out of range");
	w->status[id] = (uint8_t)db_uint(q, 1);
	return BW_OK;
}

/* Nearly all attend: only who does not is looked for from his registration
 * (registration_away), because from each edition to its registration is a long
 * way for all. Nor is each looked for: one that is not there has no values. */
static bw_err
load_editions(struct store *s, struct walk *w)
{
	static const char most[] = "SELECT max(id) FROM edition";
	static const char not[] = "SELECT edition.id, status "
	    "FROM registration CROSS JOIN badge CROSS JOIN edition "
	    "WHERE status <> 0 AND badge.registration = registration.id "
	    "AND edition.badge_id = badge.badge_id";
	bw_err r;

	if ((r = db_first(s, take_number, &w->nedition, most, "")) != BW_OK)
		return r;
	if (w->nedition > EDITIONS_MAX)
		return db_damaged_in(s, "an edition's number is out of range");
	if ((w->status = malloc(w->nedition + 1)) == NULL)
		return BW_ERR_NOMEM;
	memset(w->status, REG_ATTENDING, w->nedition + 1);
	w->status[0] = NO_STATUS;
	return db_each(s, edition_row, w, not, "");
}

static bw_err
part_row(void *arg, struct db_query *q)
{
	struct release_rules *w = arg;
	uint64_t id = db_uint(q, 0);
	struct release_part *p;

	if (id > w->npart)
		return db_damaged(q, "a policy part's number is out of range");
	p = &w->part[id];
	p->allowed = (field_set)db_int(q, 2);
	p->days = db_uint(q, 3);
	return db_copy(q, 1, p->version, sizeof(p->version));
}

static bw_err
load_parts(struct store *s, const char *sponsor, struct release_rules *w)
{
	static const char most[] = "SELECT max(id) FROM part";
	static const char sql[] = "SELECT part.id, version, "
	    "required | optional, retain_days FROM part "
	    "JOIN policy ON policy.id = part.policy WHERE sponsor = ?1";
	bw_err r;

	if ((r = db_first(s, take_number, &w->npart, most, "")) != BW_OK)
		return r;
	if (w->npart > PARTS_MAX)
		return db_damaged_in(s,
		    "a policy part's number is out of range");
	if ((w->part = calloc(w->npart + 1, sizeof(*w->part))) == NULL)
		return BW_ERR_NOMEM;
	return db_each(s, part_row, w, sql, "t", sponsor);
}

static bw_err
device_row(void *arg, struct db_query *q)
{
	struct release_rules *w = arg;
	struct release_dev *d = &w->dev[w->ndev++];

	d->num = db_uint(q, 0);
	d->settled = db_uint(q, 2);
	if (d->settled > (uint64_t)STORE_SEQ_MAX + 1)
		return db_damaged(q, "a log is settled beyond its end");
	return db_copy(q, 1, d->name, sizeof(d->name));
}

/* The snapshot holds both queries together: there are as many as counted. */
static bw_err
load_devices(struct store *s, const char *sponsor, struct release_rules *w)
{
	static const char count[] =
	    "SELECT count(*) FROM device WHERE sponsor = ?1";
	static const char sql[] = "SELECT num, name, settled FROM device "
	    "JOIN log ON log.device = device.num "
	    "WHERE sponsor = ?1 ORDER BY name";
	uint64_t n;
	bw_err r;

	if ((r = db_first(s, take_number, &n, count, "t", sponsor)) != BW_OK)
		return r;
	if ((w->dev = calloc(n + 1, sizeof(*w->dev))) == NULL)
		return BW_ERR_NOMEM;
	return db_each(s, device_row, w, sql, "t", sponsor);
}

bw_err
release_rules_load(struct store *s, const char *sponsor,
    struct release_rules *out)
{
	bw_err r;

	*out = (struct release_rules){ 0 };
	if ((r = store_sponsor_known(s, sponsor)) != BW_OK ||
	    (r = load_parts(s, sponsor, out)) != BW_OK)
		return r;
	return load_devices(s, sponsor, out);
}

void
release_rules_free(struct release_rules *r)
{
	free(r->part);
	free(r->dev);
	*r = (struct release_rules){ 0 };
}

field_set
release_allowed(const struct release_rules *r, uint64_t part, int64_t time,
    field_set granted, int64_t now)
{
	if (part > r->npart || share_is_over(time, r->part[part].days, now))
		return 0;
	return granted & r->part[part].allowed;
}

/* Columns: id, time, granted, part, edition. */
static bw_err
give(void *arg, struct db_query *q)
{
	struct walk *w = arg;
	struct store_release l;
	uint64_t part = db_uint(q, 3);

	l.edition = db_uint(q, 4);
	if (l.edition > w->nedition || w->status[l.edition] >= NO_STATUS)
		return BW_OK;
	l.time = db_int(q, 1);
	l.released = release_allowed(&w->rules, part, l.time,
	    (field_set)db_int(q, 2), w->now);
	if (l.released == 0)
		return BW_OK;
	if (!reg_releases((enum reg_status)w->status[l.edition])) {
		w->left.n[w->status[l.edition]]++;
		return BW_OK;
	}
	l.device = w->at->name;
	l.device_num = w->at->num;
	l.sponsor = w->sponsor;
	l.version = w->rules.part[part].version;
	l.days = w->rules.part[part].days;
	l.seq = db_uint(q, 0) & STORE_SEQ_MAX;
	if (part != w->part)
		w->run++;
	w->part = part;
	l.run = w->run;
	return w->cb(w->arg, &l);
}

static bw_err
walk_device(struct store *s, struct walk *w, const struct release_dev *d)
{
	static const char sql[] = "SELECT each(id, time, granted, part, "
	    "edition) FROM lead WHERE id >= ?1 AND id < ?2 "
	    "AND state = 0";

	w->at = d;
	w->run++;
	return db_walk(s, give, w, sql, "uu", db_key(d->num, 0),
	    db_key(d->num, 0) + d->settled);
}

/* What lies beside looks the values up: this handle walks and does no more. */
static bw_err
begin(struct store *s, struct store *beside)
{
	bw_err r;

	if (beside == NULL)
		return store_snapshot(s);
	store_walks(s, true);
	if ((r = store_snapshot_both(s, beside)) != BW_OK)
		store_walks(s, false);
	return r;
}

static void
end(struct store *s, const struct store *beside)
{
	store_snapshot_end(s);
	if (beside != NULL)
		store_walks(s, false);
}

bw_err
store_release_each(struct store *s, struct store *beside,
    const char *sponsor, int64_t now, store_release_cb cb, void *arg,
    struct store_left_out *left)
{
	struct walk w = { .sponsor = sponsor, .now = now, .cb = cb,
		.arg = arg };
	bw_err r;

	if (left != NULL)
		memset(left, 0, sizeof(*left));
	if ((r = store_settle_all(s, now)) != BW_OK ||
	    (r = begin(s, beside)) != BW_OK)
		return r;
	if ((r = release_rules_load(s, sponsor, &w.rules)) != BW_OK ||
	    (r = load_editions(s, &w)) != BW_OK)
		goto out;
	for (uint64_t i = 0; i < w.rules.ndev && r == BW_OK; i++)
		r = walk_device(s, &w, &w.rules.dev[i]);
	if (r == BW_OK && left != NULL)
		*left = w.left;
out:
	end(s, beside);
	free(w.status);
	release_rules_free(&w.rules);
	return r;
}

bw_err
store_release_most(struct store *s, const char *sponsor, uint64_t *n)
{
	static const char sql[] = "SELECT total(settled - (SELECT "
	    "total(k2 + k3 + k4 + k5) FROM tally WHERE tally.device = num)) "
	    "FROM device JOIN log ON log.device = num WHERE sponsor = ?1";

	*n = 0;
	return db_first(s, take_number, n, sql, "t", sponsor);
}
