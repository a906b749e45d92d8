// SPDX-License-Identifier: Apache-2.0
#include "record/chain.h"

#include <string.h>

#include "record/cbor.h"

#define CHAIN_VERSION 1

static bw_err
refuse(const char **why, bw_err r, const char *what)
{
	*why = what;
	return r;
}

static bw_err
check_time(const struct chain *c, const struct entry *e, const char **why)
{
	if (e->kind != ENTRY_CLOCK && e->time < c->time)
		return refuse(why, BW_ERR_CHAIN,
		    "its time is before the entry before it");
	if (entry_is_coarse(e->kind) && e->time != c->time &&
	    e->time % ENTRY_COARSE != 0)
		return refuse(why, BW_ERR_CHAIN,
		    "its time is not rounded down to 900 s");
	return BW_OK;
}

/* All that an entry alone must keep after this chain. */
static bw_err
check_entry(const struct chain *c, const struct entry *e, const char **why)
{
	bool own = e->kind == ENTRY_OPEN || e->kind == ENTRY_POLICY;

	if (c->closed)
		return refuse(why, BW_ERR_CHAIN, "the log was closed before");
	if (e->seq != c->tree.size)
		return refuse(why, BW_ERR_CHAIN, "its seq is not the next");
	if ((e->kind == ENTRY_OPEN) != (e->seq == 0))
		return refuse(why, BW_ERR_CHAIN,
		    "a log begins with its one open entry");
	if (memcmp(e->prev, c->last, CRYPTO_HASH) != 0)
		return refuse(why, BW_ERR_CHAIN,
		    "its prev is not the hash of the entry before it");
	if (e->pol != (own ? e->seq : c->pol))
		return refuse(why, BW_ERR_CHAIN,
		    "its pol is not the policy in force");
	return check_time(c, e, why);
}

/* What a body says about the entry that it belongs to. */
static bw_err
check_body(const struct entry *e, const struct body *b, const char **why)
{
	if (e->kind == ENTRY_CLOCK && b->u.clock.new_time != e->time)
		return refuse(why, BW_ERR_CHAIN,
		    "its time is not its body's new time");
	if ((e->kind == ENTRY_UNDO && b->u.undo.share_seq >= e->seq) ||
	    (e->kind == ENTRY_NOTE && b->u.note.share_seq >= e->seq))
		return refuse(why, BW_ERR_CHAIN,
		    "it points at no entry before it");
	return BW_OK;
}

static bw_err
take_body(const struct entry *e, const uint8_t *ptr, size_t len,
    struct body *out, const char **why)
{
	uint8_t commit[CRYPTO_HASH];
	bw_err r;

	if ((r = body_commit(ptr, len, commit)) != BW_OK)
		return refuse(why, r, "its body could not be hashed");
	if (memcmp(commit, e->commit, CRYPTO_HASH) != 0)
		return refuse(why, BW_ERR_COMMIT,
		    "its body is not the one it commits to");
	if ((r = body_decode(e->kind, ptr, len, out)) != BW_OK)
		return refuse(why, r, "its body breaks the format");
	return check_body(e, out, why);
}

/* The last step, so that a refused entry leaves the chain as it was. */
static bw_err
take_entry(struct chain *c, const struct entry *e, const uint8_t *entry,
    size_t len)
{
	uint8_t leaf[CRYPTO_HASH];
	bw_err r;

	if ((r = tree_leaf_hash(entry, len, leaf)) != BW_OK ||
	    (r = tree_append(&c->tree, leaf)) != BW_OK)
		return r;
	memcpy(c->last, leaf, CRYPTO_HASH);
	c->time = e->time;
	c->pol = e->pol;
	c->closed = e->kind == ENTRY_CLOSE;
	return BW_OK;
}

bw_err
chain_add(struct chain *c, const uint8_t *entry, size_t entry_len,
    const uint8_t *body, size_t body_len, struct entry *out,
    struct body *body_out, const char **why)
{
	struct body scratch, *b = body_out != NULL ? body_out : &scratch;
	const char *what = "";
	struct entry e;
	bw_err r;

	if (body_out != NULL)
		memset(body_out, 0, sizeof(*body_out));
	if ((r = entry_decode(entry, entry_len, &e)) != BW_OK) {
		r = refuse(&what, r, "it breaks the format of entries");
		goto out;
	}
	if ((r = check_entry(c, &e, &what)) != BW_OK)
		goto out;
	if (body != NULL &&
	    (r = take_body(&e, body, body_len, b, &what)) != BW_OK)
		goto out;
	if ((r = take_entry(c, &e, entry, entry_len)) != BW_OK)
		r = refuse(&what, r, "it could not be hashed");
out:
	if (r != BW_OK) {
		memset(&e, 0, sizeof(e));
		if (body_out != NULL)
			memset(body_out, 0, sizeof(*body_out));
	}
	if (out != NULL)
		*out = e;
	if (why != NULL)
		*why = what;
	return r;
}

bw_err
chain_make(struct chain *c, enum entry_kind kind, const uint8_t *body,
    size_t body_len, uint64_t now, uint8_t out[static ENTRY_MAX],
    size_t *len, struct entry *e)
{
	struct entry made = { .kind = kind, .seq = c->tree.size };
	uint64_t prev_time = c->tree.size == 0 ? 0 : c->time;
	bw_err r;

	*len = 0;
	memset(e, 0, sizeof(*e));
	made.time = entry_time(kind, prev_time, now);
	memcpy(made.prev, c->last, CRYPTO_HASH);
	made.pol = kind == ENTRY_OPEN || kind == ENTRY_POLICY ? made.seq :
	    c->pol;
	if ((r = body_commit(body, body_len, made.commit)) != BW_OK ||
	    (r = entry_encode(&made, out, len)) != BW_OK)
		return r;
	/* One place says what is valid; it also takes the entry in. */
	if ((r = chain_add(c, out, *len, body, body_len, e, NULL,
	    NULL)) != BW_OK)
		*len = 0;
	return r;
}

bw_err
chain_encode(const struct chain *c, struct bw_buf *out)
{
	bw_err r;

	if ((r = cbor_put_array(out, 7)) != BW_OK ||
	    (r = cbor_put_uint(out, CHAIN_VERSION)) != BW_OK ||
	    (r = cbor_put_uint(out, c->tree.size)) != BW_OK ||
	    (r = cbor_put_bytes(out, c->tree.node,
	    (size_t)c->tree.n * CRYPTO_HASH)) != BW_OK ||
	    (r = cbor_put_bytes(out, c->last, CRYPTO_HASH)) != BW_OK ||
	    (r = cbor_put_uint(out, c->time)) != BW_OK ||
	    (r = cbor_put_uint(out, c->pol)) != BW_OK)
		return r;
	return cbor_put_uint(out, c->closed ? 1 : 0);
}

/* One node per one in size. */
static bw_err
get_tree(struct bw_cur *c, struct tree *t)
{
	const uint8_t *nodes;
	size_t len;
	bw_err r;

	if ((r = cbor_get_uint(c, ENTRY_NUMBER_MAX, &t->size)) != BW_OK ||
	    (r = cbor_get_bytes(c, sizeof(t->node), &nodes, &len)) != BW_OK)
		return r;
	t->n = (unsigned)__builtin_popcountll(t->size);
	if (len != (size_t)t->n * CRYPTO_HASH)
		return BW_ERR_FORMAT;
	memcpy(t->node, nodes, len);
	return BW_OK;
}

bw_err
chain_decode(const uint8_t *ptr, size_t len, struct chain *out)
{
	struct bw_cur c = { ptr, len };
	uint64_t version, closed = 0;
	bw_err r;

	memset(out, 0, sizeof(*out));
	if ((r = cbor_get_array(&c, 7)) != BW_OK ||
	    (r = cbor_get_uint(&c, CHAIN_VERSION, &version)) != BW_OK ||
	    (r = get_tree(&c, &out->tree)) != BW_OK ||
	    (r = cbor_get_fixed(&c, out->last, CRYPTO_HASH)) != BW_OK ||
	    (r = cbor_get_uint(&c, ENTRY_NUMBER_MAX, &out->time)) != BW_OK ||
	    (r = cbor_get_uint(&c, ENTRY_NUMBER_MAX, &out->pol)) != BW_OK ||
	    (r = cbor_get_uint(&c, 1, &closed)) != BW_OK ||
	    (r = cbor_end(&c)) != BW_OK)
		goto out;
	out->closed = closed != 0;
	r = version == CHAIN_VERSION ? BW_OK : BW_ERR_FORMAT;
out:
	if (r != BW_OK)
		memset(out, 0, sizeof(*out));
	return r;
}
