// SPDX-License-Identifier: Apache-2.0
#include "host/store_db.h"

#include <string.h>

bw_err
store_log_get(struct store *s, uint64_t device, struct store_log *out)
{
	static const char sql[] =
	    "SELECT chain, part, serial FROM log WHERE device = ?1";
	struct db_query *q;
	const uint8_t *p;
	size_t len;
	bw_err r;

	memset(out, 0, sizeof(*out));
	if ((r = db_open(s, &q, sql, "u", device)) != BW_OK)
		return r;
	if ((r = db_row(q)) == BW_OK) {
		p = db_blob(q, 0, &len);
		r = chain_decode(p, len, &out->chain);
		out->part = db_uint(q, 1);
		out->serial = db_uint(q, 2);
	} else if (r == BW_ERR_NOTFOUND)
		r = BW_OK;
	db_done(&q);
	return r;
}

bw_err
store_log_put(struct store *s, uint64_t device, const struct store_log *in,
    const char *note, size_t len)
{
	static const char sql[] = "INSERT INTO log "
	    "(device, size, root, part, chain, note, serial) "
	    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) "
	    "ON CONFLICT (device) DO UPDATE "
	    "SET size = excluded.size, root = excluded.root, "
	    "part = excluded.part, chain = excluded.chain, "
	    "note = excluded.note, serial = excluded.serial, held = 0";
	struct bw_buf chain = BW_BUF_INIT(CHAIN_MAX);
	uint8_t root[CRYPTO_HASH];
	bw_err r;

	if ((r = tree_root(&in->chain.tree, root)) != BW_OK ||
	    (r = chain_encode(&in->chain, &chain)) != BW_OK)
		goto out;
	r = db_write(s, NULL, sql, "uububbu", device, in->chain.tree.size,
	    root, sizeof(root), in->part, chain.ptr, chain.len, note, len,
	    in->serial);
out:
	bw_buf_free(&chain);
	return r;
}

/* Of the notes that came before the current quarter hour the last is kept. */
static bw_err
forget_notes(struct store *s, uint64_t device, int64_t now)
{
	static const char sql[] = "UPDATE arrival SET note = NULL "
	    "WHERE note IS NOT NULL AND id >= ?1 AND id < "
	    "(SELECT max(id) FROM arrival WHERE note IS NOT NULL "
	    "AND id BETWEEN ?1 AND ?2 AND at < ?3)";

	return db_write(s, NULL, sql, "uui", db_key(device, 0),
	    db_key(device, STORE_SEQ_MAX), now - now % ENTRY_COARSE);
}

bw_err
store_log_came(struct store *s, uint64_t device, int64_t now,
    const char *note, size_t len)
{
	static const char sql[] = "INSERT INTO arrival (id, at, num, note) "
	    "VALUES (?1 + coalesce((SELECT size FROM log WHERE device = ?2), "
	    "0), ?3, (SELECT coalesce(max(num), 0) + 1 FROM arrival), ?4)";
	bw_err r;

	r = db_write(s, NULL, sql, "uuib", db_key(device, 0), device, now,
	    note, len);
	return r == BW_OK ? forget_notes(s, device, now) : r;
}

static bw_err
take_note(void *arg, struct db_query *q)
{
	size_t len;
	const void *p = db_blob(q, 0, &len);

	return bw_buf_put(arg, p, len);
}

bw_err
store_note_get(struct store *s, uint64_t device, struct bw_buf *out)
{
	static const char sql[] = "SELECT note FROM log "
	    "WHERE device = ?1 AND note IS NOT NULL";

	return db_first(s, take_note, out, sql, "u", device);
}

bw_err
store_note_public(struct store *s, uint64_t device, int64_t now,
    struct bw_buf *out)
{
	static const char sql[] = "SELECT note FROM arrival "
	    "WHERE note IS NOT NULL AND id BETWEEN ?1 AND ?2 AND at < ?3 "
	    "ORDER BY id DESC LIMIT 1";

	return db_first(s, take_note, out, sql, "uui", db_key(device, 0),
	    db_key(device, STORE_SEQ_MAX), now - now % ENTRY_COARSE);
}

bw_err
store_note_over(struct store *s, uint64_t device, uint64_t seq,
    struct bw_buf *out)
{
	static const char sql[] = "SELECT note FROM arrival "
	    "WHERE note IS NOT NULL AND id BETWEEN (SELECT max(id) "
	    "FROM arrival WHERE id BETWEEN ?1 AND ?2) AND ?3 "
	    "ORDER BY id LIMIT 1";

	return seq > STORE_SEQ_MAX ? BW_ERR_NOTFOUND : db_first(s, take_note,
	    out, sql, "uuu", db_key(device, 0), db_key(device, seq),
	    db_key(device, STORE_SEQ_MAX));
}

bw_err
store_entry_add(struct store *s, uint64_t device, const struct store_entry *e)
{
	static const char sql[] =
	    "INSERT INTO entry (id, entry, body) VALUES (?1, ?2, ?3)";

	if (e->seq > STORE_SEQ_MAX)
		return BW_ERR_BOUND;
	return db_write(s, NULL, sql, "ubb", db_key(device, e->seq),
	    e->entry, e->entry_len, e->body, e->body_len);
}

struct entry_walk {
	store_entry_cb cb;
	void *arg;
};

static bw_err
give_entry(void *arg, struct db_query *q)
{
	const struct entry_walk *w = arg;
	struct store_entry e;

	e.seq = db_uint(q, 0) & STORE_SEQ_MAX;
	e.entry = db_blob(q, 1, &e.entry_len);
	e.body = db_blob(q, 2, &e.body_len);
	return w->cb(w->arg, &e);
}

bw_err
store_entry_each(struct store *s, uint64_t device, uint64_t from,
    uint64_t to, store_entry_cb cb, void *arg)
{
	static const char sql[] = "SELECT id, entry, body FROM entry "
	    "WHERE id >= ?1 AND id < ?2 ORDER BY id";
	struct entry_walk w = { cb, arg };

	if (from > to || to > (uint64_t)STORE_SEQ_MAX + 1)
		return BW_ERR_BOUND;
	return db_each(s, give_entry, &w, sql, "uu", db_key(device, 0) + from,
	    db_key(device, 0) + to);
}

bw_err
store_fork_add(struct store *s, uint64_t device, uint64_t size,
    const char *held, size_t held_len, const char *other, size_t other_len,
    int64_t now, bool *fresh)
{
	static const char sql[] = "INSERT INTO fork "
	    "(device, size, held, other, found_at) "
	    "SELECT ?1, ?2, ?3, ?4, ?5 WHERE (SELECT count(*) FROM fork "
	    "WHERE device = ?1) < ?6 ON CONFLICT DO NOTHING";
	static const char flag[] =
	    "UPDATE device SET forked = 1 WHERE num = ?1";
	int64_t added = 0;
	bw_err r;

	*fresh = false;
	if ((r = db_write(s, &added, sql, "uubbii", device, size, held,
	    held_len, other, other_len, now,
	    (int64_t)STORE_FORKS_MAX)) != BW_OK)
		return r;
	*fresh = added != 0;
	return db_write(s, NULL, flag, "u", device);
}

struct fork_walk {
	store_fork_cb cb;
	void *arg;
};

static bw_err
give_fork(void *arg, struct db_query *q)
{
	const struct fork_walk *w = arg;
	struct store_fork f;

	f.device = db_text(q, 0);
	f.size = db_uint(q, 1);
	f.held = db_text(q, 2);
	f.other = db_text(q, 3);
	f.found_at = db_int(q, 4);
	return w->cb(w->arg, &f);
}

bw_err
store_fork_each(struct store *s, store_fork_cb cb, void *arg)
{
	static const char sql[] = "SELECT name, size, CAST(held AS TEXT), "
	    "CAST(other AS TEXT), found_at "
	    "FROM fork JOIN device ON device.num = fork.device "
	    "ORDER BY found_at, name, size";
	struct fork_walk w = { cb, arg };

	return db_each(s, give_fork, &w, sql, "");
}

const char *
odd_reason_name(enum odd_reason r)
{
	static const char *const names[ODD_COUNT_] = {
		[ODD_NONE] = "nothing odd",
		[ODD_POLICY] = "under a policy that was never installed",
		[ODD_TIME] = "outside the time its policy is valid",
		[ODD_SPONSOR] = "for another sponsor than the device's",
		[ODD_FIELD] = "a field that the policy does not allow",
		[ODD_NOTICE] = "the policy has no such notice",
		[ODD_BADGE] = "no such badge or edition was issued",
		[ODD_WITHHELD] = "the registration is not attending",
		[ODD_RETIRED] = "the badge had been reissued before",
		[ODD_RECEIPT] = "another share has the same receipt",
		[ODD_UNDO] = "the undone entry is no share",
		[ODD_NOTE] = "the note cannot be opened or read",
		[ODD_REVOKED] = "it came after its device was revoked",
		[ODD_SERIAL] = "a policy that was never issued to its device",
		[ODD_AHEAD] = "it says that it was made later than it came",
		[ODD_NOT_ME] = "somebody says that it, or one beside it, is not theirs",
	};

	return (unsigned)r < ODD_COUNT_ ? names[r] : "unknown reason";
}

bw_err
store_odd_add(struct store *s, uint64_t device, uint64_t seq,
    enum odd_reason reason, int64_t now)
{
	static const char sql[] = "INSERT INTO odd (id, reason, found_at) "
	    "VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";

	return db_write(s, NULL, sql, "uii", db_key(device, seq),
	    (int64_t)reason, now);
}

struct odd_walk {
	store_odd_cb cb;
	void *arg;
};

static bw_err
give_odd(void *arg, struct db_query *q)
{
	const struct odd_walk *w = arg;
	struct store_odd o;

	o.device = db_text(q, 0);
	o.id = db_uint(q, 1);
	o.seq = o.id & STORE_SEQ_MAX;
	o.reason = (enum odd_reason)db_int(q, 2);
	o.found_at = db_int(q, 3);
	return w->cb(w->arg, &o);
}

bw_err
store_odd_after(struct store *s, uint64_t after, unsigned limit,
    store_odd_cb cb, void *arg)
{
	static const char sql[] = "SELECT name, odd.id, reason, found_at "
	    "FROM odd JOIN device ON device.num = odd.id >> 32 "
	    "WHERE odd.id > ?1 ORDER BY odd.id LIMIT ?2";
	struct odd_walk w = { cb, arg };

	return db_each(s, give_odd, &w, sql, "ui", after, (int64_t)limit);
}

bw_err
store_odd_each(struct store *s, store_odd_cb cb, void *arg)
{
	return store_odd_after(s, 0, UINT32_MAX, cb, arg);
}
