// SPDX-License-Identifier: Apache-2.0
#include "host/store_disclosure.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "host/audit.h"
#include "host/search.h"
#include "host/store_db.h"

static const char *const names[DISCLOSURE_BASES + 1] = {
	"", "law", "court", "emergency", "claim"
};

const char *
disclosure_basis_name(enum disclosure_basis b)
{
	return (unsigned)b <= DISCLOSURE_BASES ? names[b] : "";
}

bw_err
disclosure_basis_parse(const char *s, enum disclosure_basis *out)
{
	for (unsigned i = DISCLOSURE_LAW; i <= DISCLOSURE_BASES; i++)
		if (strcmp(s, names[i]) == 0) {
			*out = (enum disclosure_basis)i;
			return BW_OK;
		}
	return BW_ERR_FORMAT;
}

static bool
clean(const char *s, bool must)
{
	return text_is_clean(s, strlen(s)) && (!must || s[0] != 0);
}

static bool
is_ok(const struct disclosure *d, int64_t now)
{
	return d->basis >= DISCLOSURE_LAW && d->basis <= DISCLOSURE_CLAIM &&
	    d->at > 0 && d->at <= now && (d->registration == 0 ||
	    d->sponsor[0] == 0) && (d->fields & ~FIELD_ALL) == 0 &&
	    (d->until == 0 || d->until > d->since) &&
	    (d->secret_until == 0 || d->secret_until > now) && clean(d->asked, true) &&
	    clean(d->decided, true) && clean(d->reason, false);
}

/* That what it is about is there. */
static bw_err
look(struct store *s, const struct disclosure *d)
{
	struct registration reg;
	struct disclosure first;
	bw_err r = BW_OK;

	if (d->corrects != 0 &&
	    (r = disclosure_get(s, d->corrects, &first)) != BW_OK)
		return r;
	if (d->corrects != 0 && first.corrected != 0)
		return BW_ERR_EXISTS;
	if (d->registration != 0) {
		r = store_registration_get(s, d->registration, &reg);
		explicit_bzero(&reg, sizeof(reg));
	} else if (d->sponsor[0] != 0)
		r = store_sponsor_known(s, d->sponsor);
	return r;
}

static bw_err
note(struct store *s, const struct disclosure *d, uint64_t id,
    const char *actor, int64_t now)
{
	char object[40], detail[120];

	snprintf(object, sizeof(object), "disclosure %" PRIu64, id);
	if (d->registration != 0)
		snprintf(detail, sizeof(detail), "%s registration %" PRIu64,
		    disclosure_basis_name(d->basis), d->registration);
	else
		snprintf(detail, sizeof(detail), "%s %s",
		    disclosure_basis_name(d->basis), d->sponsor[0] != 0 ?
		    d->sponsor : "event");
	return audit_add(s, now, actor, DID_DISCLOSURE_ADD, object, detail);
}

bw_err
disclosure_add(struct store *s, const struct disclosure *in,
    const char *actor, int64_t now, uint64_t *id)
{
	static const char sql[] = "INSERT INTO disclosure (at, basis, "
	    "registration, sponsor, fields, since, until, asked, decided, "
	    "reason, secret_until, recorded_at, actor, corrects) VALUES "
	    "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
	bw_err r;

	*id = 0;
	if (!is_ok(in, now))
		return BW_ERR_ARG;
	if ((r = look(s, in)) != BW_OK ||
	    (r = db_write(s, NULL, sql, "iiutiiitttiitu", in->at,
	    (int64_t)in->basis, in->registration, in->sponsor,
	    (int64_t)in->fields, in->since, in->until, in->asked, in->decided,
	    in->reason, in->secret_until, now, actor,
	    in->corrects)) != BW_OK)
		return r;
	*id = (uint64_t)db_last_id(s);
	return note(s, in, *id, actor, now);
}

struct walk {
	disclosure_cb cb;
	void *arg;
};

#define ROW "SELECT id, at, basis, registration, sponsor, fields, since, " \
	"until, asked, decided, reason, secret_until, recorded_at, corrects, " \
	"coalesce((SELECT id FROM disclosure AS later " \
	"WHERE later.corrects = disclosure.id), 0) " \
	"FROM disclosure "

static bw_err
take(void *arg, struct db_query *q)
{
	struct disclosure *d = arg;
	bw_err r;

	*d = (struct disclosure){ .id = db_uint(q, 0), .at = db_int(q, 1),
		.basis = (enum disclosure_basis)db_int(q, 2),
		.registration = db_uint(q, 3),
		.fields = (field_set)db_int(q, 5), .since = db_int(q, 6),
		.until = db_int(q, 7), .secret_until = db_int(q, 11),
		.recorded_at = db_int(q, 12), .corrects = db_uint(q, 13),
		.corrected = db_uint(q, 14) };
	if ((r = db_copy(q, 4, d->sponsor, sizeof(d->sponsor))) != BW_OK ||
	    (r = db_copy(q, 8, d->asked, sizeof(d->asked))) != BW_OK ||
	    (r = db_copy(q, 9, d->decided, sizeof(d->decided))) != BW_OK)
		return r;
	return db_copy(q, 10, d->reason, sizeof(d->reason));
}

static bw_err
give(void *arg, struct db_query *q)
{
	const struct walk *w = arg;
	struct disclosure d;
	bw_err r = take(&d, q);

	return r == BW_OK ? w->cb(w->arg, &d) : r;
}

bw_err
disclosure_get(struct store *s, uint64_t id, struct disclosure *out)
{
	static const char sql[] = ROW "WHERE id = ?1";

	memset(out, 0, sizeof(*out));
	return db_first(s, take, out, sql, "u", id);
}

struct finding {
	const struct disclosure_query *q;
	struct search words;
	unsigned n;
	disclosure_cb cb;
	void *arg;
};

static bool
has(struct search *k, const struct disclosure *d)
{
	search_begin(k);
	return k->n == 0 || search_in(k, d->asked) ||
	    search_in(k, d->decided) || search_in(k, d->reason);
}

static bw_err
found(void *arg, const struct disclosure *d)
{
	struct finding *f = arg;

	if ((f->q->limit != 0 && f->n == f->q->limit) ||
	    !has(&f->words, d))
		return BW_OK;
	f->n++;
	return f->cb(f->arg, d);
}

/* There are few of them: a text is looked for in each. */
bw_err
disclosure_find(struct store *s, const struct disclosure_query *q,
    disclosure_cb cb, void *arg)
{
	static const char sql[] = ROW "WHERE id < ?1 "
	    "AND (?2 = 0 OR basis = ?2) AND (?3 = 0 OR registration = ?3) "
	    "AND at >= ?4 AND at < ?5 ORDER BY id DESC";
	struct finding f = { .q = q, .cb = cb, .arg = arg };
	struct walk w = { found, &f };
	bw_err r;

	search_take(&f.words, q->text);
	r = db_each(s, give, &w, sql, "iiuii",
	    q->before != 0 ? (int64_t)q->before : INT64_MAX,
	    (int64_t)q->basis, q->registration, q->from,
	    q->to != 0 ? q->to : INT64_MAX);
	search_wipe(&f.words);
	return r;
}

bw_err
disclosure_each_of(struct store *s, uint64_t registration, int64_t now,
    disclosure_cb cb, void *arg)
{
	static const char sql[] = ROW "WHERE secret_until <= ?2 "
	    "AND NOT EXISTS (WITH RECURSIVE later(id, secret) AS ("
	    "SELECT d.id, d.secret_until FROM disclosure AS d "
	    "WHERE d.corrects = disclosure.id AND d.corrects <> 0 UNION ALL "
	    "SELECT d.id, d.secret_until FROM later JOIN disclosure AS d "
	    "ON d.corrects = later.id AND d.corrects <> 0) "
	    "SELECT 1 FROM later WHERE secret <= ?2) "
	    "AND (registration = ?1 OR (registration = 0 AND (sponsor = '' "
	    "OR sponsor IN (SELECT device.sponsor FROM badge "
	    "JOIN edition ON edition.badge_id = badge.badge_id "
	    "JOIN lead ON lead.edition = edition.id "
	    "JOIN device ON device.num = lead.id >> 32 "
	    "WHERE badge.registration = ?1 UNION "
	    "SELECT device.sponsor FROM badge "
	    "JOIN edition ON edition.badge_id = badge.badge_id "
	    "JOIN outlived ON outlived.edition = edition.id "
	    "JOIN device ON device.num = outlived.id >> 32 "
	    "WHERE badge.registration = ?1)))) ORDER BY id";
	struct walk w = { cb, arg };

	return db_each(s, give, &w, sql, "ui", registration, now);
}
