// SPDX-License-Identifier: Apache-2.0
#include "host/receipt_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record/receipt.h"
#include "record/tree.h"

void
share_id(const struct share_facts *f, char out[static SHARE_ID_MAX])
{
	snprintf(out, SHARE_ID_MAX, "%s-%llu", f->r.device.name,
	    (unsigned long long)f->r.lead.seq);
}

bool
share_is_ended(const struct share_facts *f)
{
	return f->r.lead.state == LEAD_UNDONE ||
	    f->r.lead.state == LEAD_WITHDRAWN;
}

int64_t
share_until(const struct share_facts *f)
{
	return f->r.kept_from + (int64_t)f->pol->retain_days * 86400;
}

/* The leaf hashes of a log, and one of its entries. */
struct leaves {
	uint8_t (*hash)[CRYPTO_HASH];
	uint64_t n, want;
	struct bw_buf entry;
};

static bw_err
add_leaf(void *arg, const struct store_entry *e)
{
	struct leaves *l = arg;
	bw_err r;

	if (e->seq == l->want &&
	    (r = bw_buf_put(&l->entry, e->entry, e->entry_len)) != BW_OK)
		return r;
	return tree_leaf_hash(e->entry, e->entry_len, l->hash[l->n++]);
}

/* Everything that is proved belongs to the note's size: a log that grows
 * meanwhile does no harm. */
static bw_err
prove(struct store *s, const struct store_receipt *r,
    const struct bw_buf *note, struct bw_buf *out)
{
	struct leaves l = { .want = r->lead.seq,
		.entry = BW_BUF_INIT(ENTRY_MAX) };
	struct tree_proof proof;
	struct checkpoint cp;
	bw_err e;

	if ((e = checkpoint_peek((const char *)note->ptr, note->len,
	    &cp)) != BW_OK)
		return e;
	if (cp.size <= r->lead.seq)
		return BW_ERR_NOTFOUND;
	l.hash = calloc((size_t)cp.size, sizeof(*l.hash));
	if (l.hash == NULL)
		return BW_ERR_NOMEM;
	if ((e = store_entry_each(s, r->lead.device, 0, cp.size, add_leaf,
	    &l)) == BW_OK && (e = tree_inclusion((const uint8_t (*)
	    [CRYPTO_HASH])l.hash, cp.size, r->lead.seq, &proof)) == BW_OK)
		e = tlog_proof_encode(l.entry.ptr, l.entry.len, r->lead.seq,
		    &proof, (const char *)note->ptr, note->len, out);
	free(l.hash);
	bw_buf_free(&l.entry);
	return e;
}

bw_err
receipt_proof(struct call *c, const struct share_facts *f, struct bw_buf *out)
{
	struct bw_buf note = BW_BUF_INIT(NOTE_MAX * 2);
	bw_err e;

	if ((e = store_note_over(c->store, f->r.lead.device, f->r.lead.seq,
	    &note)) == BW_OK)
		e = prove(c->store, &f->r, &note, out);
	bw_buf_free(&note);
	return e;
}
