// SPDX-License-Identifier: Apache-2.0
/* What staff tell those whom an incident concerns. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "host/audit.h"
#include "host/lines.h"
#include "host/store_db.h"
#include "host/store_device.h"
#include "host/store_incident.h"
#include "host/words.h"
#include "record/crypto.h"

#define TEXTS_MAX (256u * 1024)	/* of one incident, in bytes */

static bw_err
text_row(void *arg, struct db_query *q)
{
	struct incident_text *t = arg;
	bw_err r = BW_OK;

	for (int i = 0; i < INCIDENT_PARTS && r == BW_OK; i++)
		r = db_copy(q, i, t->part[i], sizeof(t->part[i]));
	return r;
}

bw_err
incident_text_get(struct store *s, uint64_t id, const char *lang,
    struct incident_text *out)
{
	static const char sql[] = "SELECT happened, likely, done, advice "
	    "FROM incident_text WHERE incident = ?1 AND lang = ?2";

	memset(out, 0, sizeof(*out));
	return db_first(s, text_row, out, sql, "ut", id, lang);
}

/* As letter.h chooses its words. */
const char *
incident_language(const char *tag)
{
	const struct words *w = words_named(tag != NULL ? tag : "");

	return w != NULL ? w->lang : "en";
}

bw_err
incident_text_for(struct store *s, uint64_t id, const char *language,
    struct incident_text *out)
{
	bw_err r = incident_text_get(s, id, incident_language(language), out);

	return r == BW_ERR_NOTFOUND ? incident_text_get(s, id, "", out) : r;
}

struct named {
	const char *id;
	char *name;		/* INCIDENT_BOOTH_MAX */
};

static bw_err
on_sponsor(void *arg, const char *id, const char *name)
{
	const struct named *n = arg;

	if (strcmp(id, n->id) == 0)
		snprintf(n->name, INCIDENT_BOOTH_MAX, "%s", name);
	return BW_OK;
}

/* As it is called now. */
static bw_err
booth_now(struct store *s, const struct incident_scope *scope,
    char out[static INCIDENT_BOOTH_MAX])
{
	struct store_device d = { .booth = "" };
	struct named n = { scope->sponsor, out };
	size_t len;
	bw_err r = BW_OK;

	if (scope->device[0] != 0) {
		r = store_device_get(s, scope->device, &d);
		n.id = d.sponsor;
	}
	snprintf(out, INCIDENT_BOOTH_MAX, "%s", n.id);
	if (r == BW_OK && n.id[0] != 0)
		r = store_sponsor_each(s, on_sponsor, &n);
	len = strlen(out);
	if (d.booth[0] != 0)
		snprintf(out + len, INCIDENT_BOOTH_MAX - len, ", %s", d.booth);
	return r;
}

static bw_err
booth_row(void *arg, struct db_query *q)
{
	return db_copy(q, 0, arg, INCIDENT_BOOTH_MAX);
}

bw_err
incident_booth(struct store *s, const struct incident *i,
    char out[static INCIDENT_BOOTH_MAX])
{
	static const char sql[] = "SELECT booth FROM incident WHERE id = ?1";

	out[0] = 0;
	if (i->told_at == 0)
		return booth_now(s, &i->scope, out);
	return db_first(s, booth_row, out, sql, "u", i->id);
}

/* Behind each a zero, which no text has. */
static bw_err
add_text(void *arg, struct db_query *q)
{
	bw_err r = BW_OK;

	for (int i = 0; i <= INCIDENT_PARTS && r == BW_OK; i++) {
		const char *text = db_text(q, i);

		r = bw_buf_put(arg, text, strlen(text) + 1);
	}
	return r;
}

bw_err
incident_text_seen(struct store *s, uint64_t id,
    char out[static INCIDENT_SEEN_SIZE])
{
	static const char sql[] = "SELECT lang, happened, likely, done, "
	    "advice FROM incident_text WHERE incident = ?1 ORDER BY lang";
	struct bw_buf b = BW_BUF_INIT(TEXTS_MAX);
	uint8_t hash[CRYPTO_HASH];
	char booth[INCIDENT_BOOTH_MAX];
	struct incident i;
	bw_err r;

	out[0] = 0;
	if ((r = incident_get(s, id, &i)) == BW_OK &&
	    (r = incident_booth(s, &i, booth)) == BW_OK &&
	    (r = bw_buf_put(&b, booth, strlen(booth) + 1)) == BW_OK &&
	    (r = db_each(s, add_text, &b, sql, "u", id)) == BW_OK &&
	    (r = crypto_sha256(&PART(b.ptr, b.len), 1, hash)) == BW_OK)
		text_hex(hash, INCIDENT_SEEN_SIZE / 2, out);
	bw_buf_free(&b);
	return r;
}

/* How many parts say something; BW_ERR_ARG: one is no clean text. */
static bw_err
check(const struct incident_text *t, int *n)
{
	*n = 0;
	for (int i = 0; i < INCIDENT_PARTS; i++) {
		if (!lines_ok(t->part[i]))
			return BW_ERR_ARG;
		*n += t->part[i][0] != 0;
	}
	return *n == 0 || *n == INCIDENT_PARTS ? BW_OK : BW_ERR_ARG;
}

bw_err
incident_text_set(struct store *s, uint64_t id, const char *lang,
    const struct incident_text *in, const char *actor, int64_t now)
{
	static const char drop[] = "DELETE FROM incident_text "
	    "WHERE incident = ?1 AND lang = ?2";
	static const char add[] = "INSERT INTO incident_text (incident, lang, "
	    "happened, likely, done, advice) "
	    "VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
	struct incident i;
	char object[40];
	bw_err r;
	int n;

	if (lang[0] != 0 && strcmp(incident_language(lang), lang) != 0)
		return BW_ERR_ARG;
	if ((r = check(in, &n)) != BW_OK ||
	    (r = incident_get(s, id, &i)) != BW_OK)
		return r;
	if (i.told_at != 0 || i.closed_at != 0)
		return BW_ERR_EXISTS;
	if ((r = db_write(s, NULL, drop, "ut", id, lang)) != BW_OK ||
	    (n != 0 && (r = db_write(s, NULL, add, "uttttt", id, lang,
	    in->part[INCIDENT_HAPPENED], in->part[INCIDENT_LIKELY],
	    in->part[INCIDENT_MEASURES], in->part[INCIDENT_ADVICE])) != BW_OK))
		return r;
	snprintf(object, sizeof(object), "incident %" PRIu64, id);
	return audit_add(s, now, actor, DID_INCIDENT_TEXT, object,
	    lang[0] != 0 ? lang : "all");
}
