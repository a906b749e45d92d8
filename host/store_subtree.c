// SPDX-License-Identifier: Apache-2.0
/* Hashes over whole runs of a log's entries, made once. */
#include <string.h>

#include "host/store_db.h"
#include "host/store_settle.h"
#include "record/tree.h"

static bw_err
on_entry(void *arg, const struct store_entry *e)
{
	uint8_t leaf[CRYPTO_HASH];
	bw_err r = tree_leaf_hash(e->entry, e->entry_len, leaf);

	return r == BW_OK ? tree_append(arg, leaf) : r;
}

bw_err
db_subtrees_add(struct store *s, uint64_t device, uint64_t from, uint64_t to)
{
	static const char sql[] = "INSERT INTO subtree (id, hash) "
	    "VALUES (?1, ?2) ON CONFLICT DO NOTHING";
	uint64_t end = to / SUBTREE_ENTRIES;
	uint8_t hash[CRYPTO_HASH];
	bw_err r;

	for (uint64_t i = from / SUBTREE_ENTRIES; i < end; i++) {
		struct tree t = { 0 };

		if ((r = store_entry_each(s, device, i * SUBTREE_ENTRIES,
		    (i + 1) * SUBTREE_ENTRIES, on_entry, &t)) != BW_OK)
			return r;
		if (t.size != SUBTREE_ENTRIES)
			continue;
		if ((r = tree_root(&t, hash)) != BW_OK ||
		    (r = db_write(s, NULL, sql, "ub", db_key(device, i), hash,
		    sizeof(hash))) != BW_OK)
			return r;
	}
	return BW_OK;
}

struct walk {
	store_subtree_cb cb;
	void *arg;
	uint64_t next;
};

/* One that is missing ends what is made so far. */
static bw_err
give(void *arg, struct db_query *q)
{
	struct walk *w = arg;
	uint8_t hash[CRYPTO_HASH];
	bw_err r;

	if (db_uint(q, 0) != w->next)
		return BW_ERR_GAP;
	w->next++;
	if ((r = db_fixed(q, 1, hash, sizeof(hash))) != BW_OK)
		return r;
	return w->cb(w->arg, hash);
}

bw_err
store_subtree_each(struct store *s, uint64_t device, uint64_t from,
    uint64_t to, store_subtree_cb cb, void *arg)
{
	static const char sql[] = "SELECT id, hash FROM subtree "
	    "WHERE id >= ?1 AND id < ?2 ORDER BY id";
	struct walk w = { cb, arg, db_key(device, from) };
	bw_err r = db_each(s, give, &w, sql, "uu", db_key(device, from),
	    db_key(device, to));

	return r == BW_ERR_GAP ? BW_OK : r;
}
