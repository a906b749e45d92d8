// SPDX-License-Identifier: Apache-2.0
#include "host/store_about.h"

#include <stdlib.h>
#include <string.h>

#include "host/fold.h"
#include "host/store_db.h"

/* Keys of rows, gathered before anything is asked of them. */
struct keys {
	uint64_t *key;
	size_t n;
};

static bw_err
take_key(void *arg, struct db_query *q)
{
	struct keys *k = arg;
	uint64_t *more;

	if ((k->n & (k->n + 1)) == 0) {
		more = realloc(k->key, (k->n + 1) * 2 * sizeof(*more));
		if (more == NULL)
			return BW_ERR_NOMEM;
		k->key = more;
	}
	k->key[k->n++] = db_uint(q, 0);
	return BW_OK;
}

bw_err
about_mail(const char *typed, char out[static ABOUT_MAIL_MAX])
{
	char plain[FIELD_VALUE_MAX + 1];
	size_t from = strspn(typed, " \t"), len = strlen(typed + from), at;
	bw_err r = BW_ERR_BOUND;

	out[0] = 0;
	while (len > 0 && strchr(" \t", typed[from + len - 1]) != NULL)
		len--;
	if (len > FIELD_VALUE_MAX)
		return r;
	memcpy(plain, typed + from, len);
	plain[len] = 0;
	r = BW_ERR_FORMAT;
	at = strcspn(plain, "@");
	if (at == 0 || at + 1 >= len || strchr(plain, ' ') != NULL ||
	    !field_value_ok(plain, len))
		goto out;
	fold_lower(plain, out, ABOUT_MAIL_MAX);
	r = BW_OK;
out:
	explicit_bzero(plain, sizeof(plain));
	return r;
}

struct same {
	const char *mail;
	struct keys found;
};

/* Columns: id, mail. */
static bw_err
same_row(void *arg, struct db_query *q)
{
	struct same *w = arg;
	char mail[ABOUT_MAIL_MAX];
	bw_err r = BW_OK;

	if (about_mail(db_text(q, 1), mail) == BW_OK &&
	    strcmp(mail, w->mail) == 0)
		r = take_key(&w->found, q);
	explicit_bzero(mail, sizeof(mail));
	return r;
}

bw_err
about_same_mail(struct store *s, const char *mail, about_id_cb cb, void *arg)
{
	static const char sql[] = "SELECT id, v2 FROM registration "
	    "WHERE v2 IS NOT NULL ORDER BY id";
	struct same w = { .mail = mail };
	bw_err r = db_each(s, same_row, &w, sql, "");

	for (size_t i = 0; i < w.found.n && r == BW_OK; i++)
		r = cb(arg, w.found.key[i]);
	free(w.found.key);
	return r;
}

bw_err
about_editions(struct store *s, uint64_t registration, about_edition_cb cb,
    void *arg)
{
	static const char sql[] = "SELECT edition.id FROM edition "
	    "JOIN badge ON badge.badge_id = edition.badge_id "
	    "WHERE badge.registration = ?1 ORDER BY edition.id";
	struct keys k = { 0 };
	struct store_edition e;
	bw_err r = db_each(s, take_key, &k, sql, "u", registration);

	for (size_t i = 0; i < k.n && r == BW_OK; i++)
		if ((r = store_edition_get(s, k.key[i], &e)) == BW_OK)
			r = cb(arg, &e);
	explicit_bzero(&e, sizeof(e));
	free(k.key);
	return r;
}

/* Leads have no index on editions, so that an upload need not write it: this
 * walks over all of them. */
bw_err
about_leads(struct store *s, uint64_t registration, about_lead_cb cb,
    void *arg)
{
	static const char sql[] = "SELECT id FROM lead WHERE edition IN "
	    "(SELECT edition.id FROM edition JOIN badge "
	    "ON badge.badge_id = edition.badge_id "
	    "WHERE badge.registration = ?1) ORDER BY time, id";
	struct keys k = { 0 };
	struct store_lead l;
	bw_err r = db_each(s, take_key, &k, sql, "u", registration);

	for (size_t i = 0; i < k.n && r == BW_OK; i++)
		if ((r = store_lead_get(s, k.key[i] >> 32,
		    k.key[i] & STORE_SEQ_MAX, &l)) == BW_OK)
			r = cb(arg, &l);
	free(k.key);
	return r;
}

bw_err
about_lead(struct store *s, uint64_t registration, uint64_t device,
    uint64_t seq, struct store_lead *out)
{
	struct store_edition e;
	bw_err r;

	if ((r = store_lead_get(s, device, seq, out)) != BW_OK)
		return r;
	if ((r = store_edition_get(s, out->edition, &e)) == BW_OK &&
	    e.registration != registration)
		r = BW_ERR_NOTFOUND;
	explicit_bzero(&e, sizeof(e));
	if (r != BW_OK)
		memset(out, 0, sizeof(*out));
	return r;
}

struct told_walk {
	about_told_cb cb;
	void *arg;
};

static bw_err
told_row(void *arg, struct db_query *q)
{
	struct told_walk *w = arg;
	struct about_told t = { (int)db_int(q, 0), db_int(q, 1),
		db_int(q, 2) };

	return w->cb(w->arg, &t);
}

bw_err
about_told(struct store *s, uint64_t device, uint64_t seq, about_told_cb cb,
    void *arg)
{
	static const char sql[] = "SELECT kind, at, acked_at FROM ack "
	    "WHERE lead = ?1 ORDER BY id";
	struct told_walk w = { cb, arg };

	return db_each(s, told_row, &w, sql, "u", db_key(device, seq));
}

struct record_walk {
	about_record_cb cb;
	void *arg;
};

/* Columns: id, ended, device, sponsor, its name, entry, body. */
static bw_err
record_row(void *arg, struct db_query *q)
{
	struct record_walk *w = arg;
	uint64_t id = db_uint(q, 0);
	struct about_record rec = { .device = id >> 32,
		.seq = id & STORE_SEQ_MAX, .ended = db_int(q, 1),
		.device_name = db_text(q, 2), .sponsor = db_text(q, 3),
		.sponsor_name = db_text(q, 4) };

	rec.entry = db_blob(q, 5, &rec.entry_len);
	rec.body = db_blob(q, 6, &rec.body_len);
	return w->cb(w->arg, &rec);
}

bw_err
about_records(struct store *s, uint64_t registration, about_record_cb cb,
    void *arg)
{
	static const char sql[] = "SELECT outlived.id, outlived.ended, "
	    "device.name, device.sponsor, coalesce((SELECT part.name FROM part "
	    "WHERE part.sponsor = device.sponsor "
	    "ORDER BY part.policy DESC LIMIT 1), device.sponsor), "
	    "entry.entry, entry.body FROM badge "
	    "JOIN edition ON edition.badge_id = badge.badge_id "
	    "JOIN outlived ON outlived.edition = edition.id "
	    "JOIN entry ON entry.id = outlived.id "
	    "JOIN device ON device.num = outlived.id >> 32 "
	    "WHERE badge.registration = ?1 AND entry.body IS NOT NULL "
	    "ORDER BY outlived.id";
	struct record_walk w = { cb, arg };

	return db_each(s, record_row, &w, sql, "u", registration);
}
