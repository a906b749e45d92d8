// SPDX-License-Identifier: Apache-2.0
#include "host/store_mark.h"

#include <stdlib.h>
#include <string.h>

#include "host/store_db.h"
#include "host/store_leadlist.h"
#include "record/entry.h"

static void
copy_part(struct note *to, const struct note *from, unsigned part)
{
	switch ((enum mark_part)part) {
	case MARK_RATING:
		to->rating = from->rating;
		break;
	case MARK_TAGS:
		to->ntags = from->ntags;
		memcpy(to->tag, from->tag, sizeof(to->tag));
		break;
	case MARK_ANSWERS:
		to->nanswers = from->nanswers;
		memcpy(to->answer, from->answer, sizeof(to->answer));
		break;
	case MARK_TEXT:
		memcpy(to->text, from->text, sizeof(to->text));
		break;
	}
}

static bool
says(const struct note *n, unsigned part)
{
	switch ((enum mark_part)part) {
	case MARK_RATING:
		return n->rating >= 0;
	case MARK_TAGS:
		return n->ntags != 0;
	case MARK_ANSWERS:
		return n->nanswers != 0;
	case MARK_TEXT:
		return n->text[0] != 0;
	}
	return false;
}

/* Columns: id, plain, entry. */
static bw_err
booth_row(void *arg, struct db_query *q)
{
	struct store_mark *m = arg;
	size_t len, elen;
	const uint8_t *p = db_blob(q, 1, &len), *e = db_blob(q, 2, &elen);
	struct entry entry;
	bw_err r;

	m->booth_seq = db_uint(q, 0) & STORE_SEQ_MAX;
	if ((r = note_decode(p, len, &m->booth)) != BW_OK ||
	    (r = entry_decode(e, elen, &entry)) != BW_OK)
		return r;
	m->booth_at = (int64_t)entry.time;
	return BW_OK;
}

/* Columns: part, plain, account, token, at, version. */
static bw_err
portal_row(void *arg, struct db_query *q)
{
	struct store_mark *m = arg;
	unsigned part = (unsigned)db_int(q, 0);
	struct note n;
	size_t len;
	const uint8_t *p = db_blob(q, 1, &len);
	bw_err r;

	if (part >= MARK_PARTS)
		return BW_ERR_FORMAT;
	if ((r = note_decode(p, len, &n)) == BW_OK) {
		copy_part(&m->portal, &n, part);
		m->by[part] = (struct mark_source){
			.account = db_uint(q, 2), .token = db_uint(q, 3),
			.at = db_int(q, 4) };
		if (m->changed_at < m->by[part].at)
			m->changed_at = m->by[part].at;
		if (m->version < db_uint(q, 5))
			m->version = db_uint(q, 5);
	}
	explicit_bzero(&n, sizeof(n));
	return r;
}

static void
merge(struct store_mark *m)
{
	for (unsigned part = 0; part < MARK_PARTS; part++) {
		bool booth = m->booth_at != 0 && says(&m->booth, part) &&
		    m->booth_at > m->by[part].at;

		if (booth)
			m->by[part] = (struct mark_source){ .booth = true,
				.at = m->booth_at };
		copy_part(&m->note, booth ? &m->booth : &m->portal, part);
	}
	m->version |= m->booth_seq << 31;
}

void
store_mark_none(struct store_mark *out)
{
	explicit_bzero(out, sizeof(*out));
	out->note.rating = out->booth.rating = out->portal.rating = -1;
}

bw_err
store_mark_get(struct store *s, uint64_t device, uint64_t seq,
    struct store_mark *out)
{
	static const char booth[] = "SELECT note.id, plain, entry FROM note "
	    "JOIN entry ON entry.id = note.id WHERE lead = ?1 "
	    "ORDER BY note.id DESC LIMIT 1";
	static const char portal[] = "SELECT part, plain, account, token, at, "
	    "version FROM mark WHERE lead = ?1";
	bw_err r;

	store_mark_none(out);
	if (seq > STORE_SEQ_MAX)
		return BW_ERR_NOTFOUND;
	if ((r = db_each(s, booth_row, out, booth, "u",
	    db_key(device, seq))) != BW_OK ||
	    (r = db_each(s, portal_row, out, portal, "u",
	    db_key(device, seq))) != BW_OK)
		return r;
	merge(out);
	return BW_OK;
}

static bw_err
put_part(struct store *s, uint64_t lead, unsigned part, const struct note *in,
    const struct mark_source *by, uint64_t version)
{
	static const char sql[] = "INSERT INTO mark "
	    "(lead, part, plain, account, token, at, version) "
	    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (lead, part) "
	    "DO UPDATE SET plain = excluded.plain, account = excluded.account, "
	    "token = excluded.token, at = excluded.at, "
	    "version = excluded.version";
	struct bw_buf plain = BW_BUF_INIT(BODY_NOTE_MAX * 2);
	struct note one = { .rating = -1 };
	bw_err r;

	copy_part(&one, in, part);
	if ((r = note_encode(&one, &plain)) == BW_OK)
		r = db_write(s, NULL, sql, "uibuuiu", lead, (int64_t)part,
		    plain.ptr, plain.len, by->account, by->token, by->at,
		    version);
	explicit_bzero(&one, sizeof(one));
	bw_buf_free(&plain);
	return r;
}

static bw_err
number_row(void *arg, struct db_query *q)
{
	*(uint64_t *)arg = db_uint(q, 0);
	return BW_OK;
}

/* Above the one that is there, whatever note from the booth goes with it, and
 * those that were over a copy put back. */
static bw_err
next_version(struct store *s, uint64_t had, uint64_t *out)
{
	static const char sql[] = "SELECT value FROM meta WHERE key = 'mark'";
	uint64_t low = had & 0x7fffffffu, least = 0;
	bw_err r = db_first(s, number_row, &least, sql, "");

	*out = (low < least ? least : low) + 1;
	return r == BW_ERR_NOTFOUND ? BW_OK : r;
}

bw_err
store_mark_put(struct store *s, const char *sponsor, uint64_t device,
    uint64_t seq, unsigned parts, const struct note *in,
    const struct mark_source *by, uint64_t expect)
{
	struct leadlist_lead *l = calloc(1, sizeof(*l));
	uint64_t version;
	bw_err r = BW_ERR_NOMEM;

	if (l == NULL || (r = db_writing(s)) != BW_OK ||
	    (r = leadlist_lead(s, sponsor, device, seq, by->at, l)) != BW_OK)
		goto out;
	r = BW_ERR_OLD;
	if (expect != MARK_ANY && expect != l->mark.version)
		goto out;
	r = next_version(s, l->mark.version, &version);
	for (unsigned part = 0; part < MARK_PARTS && r == BW_OK; part++)
		if ((parts & MARK_BIT(part)) != 0)
			r = put_part(s, device << 32 | seq, part, in, by,
			    version);
out:
	if (l != NULL)
		explicit_bzero(l, sizeof(*l));
	free(l);
	return r;
}
