// SPDX-License-Identifier: Apache-2.0
/* What a sponsor's staff noted on its leads, and the end of it. */
#include "host/store_db.h"

bw_err
store_body_drop(struct store *s, uint64_t device, uint64_t seq)
{
	static const char sql[] = "UPDATE entry SET body = NULL WHERE id = ?1";

	return seq > STORE_SEQ_MAX ? BW_ERR_BOUND :
	    db_write(s, NULL, sql, "u", db_key(device, seq));
}

bw_err
store_note_add(struct store *s, uint64_t device, uint64_t seq, uint64_t share,
    const void *plain, size_t len)
{
	static const char sql[] = "INSERT INTO note (id, lead, plain) "
	    "SELECT ?1, lead.id, ?3 FROM lead "
	    "JOIN edition ON edition.id = lead.edition "
	    "JOIN badge ON badge.badge_id = edition.badge_id "
	    "JOIN registration ON registration.id = badge.registration "
	    "WHERE lead.id = ?2 AND status <> 4 AND (state IN (0, 4) "
	    "OR (state = 3 AND reason = ?4))";
	int64_t kept;
	bw_err r;

	if (seq > STORE_SEQ_MAX || share > STORE_SEQ_MAX)
		return BW_ERR_BOUND;
	r = db_write(s, &kept, sql, "uubi", db_key(device, seq),
	    db_key(device, share), plain, len, (int64_t)ODD_NOT_ME);
	if (r != BW_OK || kept != 0)
		return r;
	return store_body_drop(s, device, seq);
}

static bw_err
take_blob(void *arg, struct db_query *q)
{
	size_t len;
	const void *p = db_blob(q, 0, &len);

	return bw_buf_put(arg, p, len);
}

bw_err
store_note_find(struct store *s, uint64_t device, uint64_t share,
    struct bw_buf *plain)
{
	static const char sql[] = "SELECT plain FROM note WHERE lead = ?1 "
	    "ORDER BY id DESC LIMIT 1";

	if (share > STORE_SEQ_MAX)
		return BW_ERR_NOTFOUND;
	return db_first(s, take_blob, plain, sql, "u", db_key(device, share));
}

bw_err
db_notes_end(struct store *s, uint64_t lead)
{
	static const char bodies[] = "UPDATE entry SET body = NULL "
	    "WHERE id IN (SELECT id FROM note WHERE lead = ?1)";
	static const char notes[] = "DELETE FROM note WHERE lead = ?1";
	static const char marks[] = "DELETE FROM mark WHERE lead = ?1";
	bw_err r;

	if ((r = db_write(s, NULL, marks, "u", lead)) != BW_OK ||
	    (r = db_write(s, NULL, bodies, "u", lead)) != BW_OK)
		return r;
	return db_write(s, NULL, notes, "u", lead);
}

#define OF_REGISTRATION "(SELECT lead.id FROM badge " \
	"JOIN edition ON edition.badge_id = badge.badge_id " \
	"JOIN lead ON lead.edition = edition.id WHERE registration = ?1)"

bw_err
db_notes_erase(struct store *s, uint64_t registration)
{
	static const char bodies[] = "UPDATE entry SET body = NULL "
	    "WHERE id IN (SELECT id FROM note WHERE lead IN "
	    OF_REGISTRATION ")";
	static const char notes[] =
	    "DELETE FROM note WHERE lead IN " OF_REGISTRATION;
	static const char marks[] =
	    "DELETE FROM mark WHERE lead IN " OF_REGISTRATION;
	bw_err r;

	if ((r = db_write(s, NULL, marks, "u", registration)) != BW_OK ||
	    (r = db_write(s, NULL, bodies, "u", registration)) != BW_OK)
		return r;
	return db_write(s, NULL, notes, "u", registration);
}
