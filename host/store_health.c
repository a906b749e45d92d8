// SPDX-License-Identifier: Apache-2.0
#include "host/store_health.h"

#include <string.h>

#include "host/store_db.h"

static bw_err
take(void *arg, struct db_query *q)
{
	size_t len;
	const void *json = db_blob(q, 0, &len);

	if (json == NULL)
		return BW_OK;
	/* Of a version that kept what is none: as if nothing was said. */
	return health_parse(json, len, arg) == BW_ERR_NOMEM ? BW_ERR_NOMEM :
	    BW_OK;
}

static bw_err
first(bw_err r)
{
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

bw_err
store_health_get(struct store *s, uint64_t device, struct health *out)
{
	static const char sql[] = "SELECT health FROM seen WHERE device = ?1";

	memset(out, 0, sizeof(*out));
	return first(db_first(s, take, out, sql, "u", device));
}

/* One more change, and the oldest one over the bound goes. */
static bw_err
changed(struct store *s, uint64_t device, int64_t now,
    const struct health *h)
{
	static const char add[] = "INSERT INTO health (device, at, health) "
	    "VALUES (?1, ?2, ?3)";
	static const char drop[] = "DELETE FROM health WHERE device = ?1 AND "
	    "id <= (SELECT id FROM health WHERE device = ?1 "
	    "ORDER BY id DESC LIMIT 1 OFFSET ?2)";
	struct bw_buf b = BW_BUF_INIT(512);
	bw_err r;

	if ((r = health_words(h, &b)) == BW_OK && (r = db_write(s, NULL, add,
	    "uib", device, now, b.ptr, b.len)) == BW_OK)
		r = db_write(s, NULL, drop, "ui", device,
		    (int64_t)STORE_HEALTH_KEPT);
	bw_buf_free(&b);
	return r;
}

bw_err
store_health_put(struct store *s, uint64_t device, int64_t now,
    const void *json, size_t len)
{
	struct health had, has;
	bw_err r;

	if ((r = health_parse(json, len, &has)) != BW_OK ||
	    (r = store_health_get(s, device, &had)) != BW_OK ||
	    (r = store_device_seen(s, device, now, json, len)) != BW_OK ||
	    health_same(&had, &has))
		return r;
	return changed(s, device, now, &has);
}

struct walk {
	struct store *s;
	const char *sponsor;
	store_health_cb cb;
	void *arg;
};

static bw_err
device(void *arg, const struct store_device *d)
{
	const struct walk *w = arg;
	struct health h;
	bw_err r;

	if (w->sponsor != NULL && strcmp(w->sponsor, d->sponsor) != 0)
		return BW_OK;
	r = store_health_get(w->s, d->num, &h);
	return r == BW_OK ? w->cb(w->arg, d, &h) : r;
}

bw_err
store_health_each(struct store *s, const char *sponsor, store_health_cb cb,
    void *arg)
{
	struct walk w = { s, sponsor, cb, arg };

	return store_device_each(s, device, &w);
}

struct was {
	store_health_was_cb cb;
	void *arg;
};

static bw_err
was(void *arg, struct db_query *q)
{
	const struct was *w = arg;
	struct health h = { 0 };
	bw_err r = take(&h, q);

	return r == BW_OK ? w->cb(w->arg, db_int(q, 1), &h) : r;
}

bw_err
store_health_changes(struct store *s, uint64_t num,
    store_health_was_cb cb, void *arg)
{
	static const char sql[] = "SELECT health, at FROM health "
	    "WHERE device = ?1 ORDER BY id DESC";
	struct was w = { cb, arg };

	return db_each(s, was, &w, sql, "u", num);
}
