// SPDX-License-Identifier: Apache-2.0
#include "host/tlogproof.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "host/logfile.h"
#include "record/tree.h"

struct proof {
	struct bw_buf entry;
	uint64_t index;
	struct tree_proof path;
};

/* The next line without its end; BW_ERR_FORMAT when there is none. */
static bw_err
take_line(struct bw_cur *c, const char **line, size_t *len)
{
	const uint8_t *nl = c->len != 0 ? memchr(c->ptr, '\n', c->len) : NULL;
	const uint8_t *ptr;

	if (nl == NULL)
		return BW_ERR_FORMAT;
	*len = (size_t)(nl - c->ptr);
	if (bw_cur_take(c, *len + 1, &ptr) != BW_OK)
		return BW_ERR_FORMAT;
	*line = (const char *)ptr;
	return BW_OK;
}

/* What follows "word " on the next line. */
static bw_err
take_word(struct bw_cur *c, const char *word, const char **rest, size_t *len)
{
	size_t n = strlen(word);
	bw_err r;

	if ((r = take_line(c, rest, len)) != BW_OK)
		return r;
	if (*len < n || memcmp(*rest, word, n) != 0)
		return BW_ERR_FORMAT;
	*rest += n;
	*len -= n;
	return BW_OK;
}

static bw_err
take_hash(struct proof *p, const char *s, size_t len)
{
	struct bw_buf b = BW_BUF_INIT(CRYPTO_HASH);
	bw_err r;

	if (p->path.n == TREE_PROOF_MAX)
		return BW_ERR_FORMAT;
	r = text_unb64(s, len, &b);
	if (r == BW_OK && b.len != CRYPTO_HASH)
		r = BW_ERR_FORMAT;
	if (r == BW_OK)
		memcpy(p->path.hash[p->path.n++], b.ptr, CRYPTO_HASH);
	bw_buf_free(&b);
	return r == BW_OK ? BW_OK : BW_ERR_FORMAT;
}

/* Up to the empty line; the note is what is left of the cursor. */
static bw_err
take_proof(struct bw_cur *c, struct proof *p)
{
	const char *s;
	size_t len;
	bw_err r;

	if ((r = take_word(c, "c2sp.org/tlog-proof@v1", &s, &len)) != BW_OK)
		return r;
	if (len != 0)
		return BW_ERR_FORMAT;
	if ((r = take_word(c, "extra ", &s, &len)) != BW_OK ||
	    (r = text_unb64(s, len, &p->entry)) != BW_OK ||
	    (r = take_word(c, "index ", &s, &len)) != BW_OK ||
	    (r = text_number(s, len, (1ull << 53) - 1, &p->index)) != BW_OK)
		return BW_ERR_FORMAT;
	while ((r = take_line(c, &s, &len)) == BW_OK && len != 0)
		if ((r = take_hash(p, s, len)) != BW_OK)
			return r;
	return r;
}

static bw_err
check(const struct proof *p, const struct bw_cur *note, const char *origin,
    const uint8_t *spki, struct entry *out, struct checkpoint *c,
    struct fault *f)
{
	uint8_t leaf[CRYPTO_HASH];
	bw_err r;

	if ((r = logfile_checkpoint((const char *)note->ptr, note->len,
	    origin, spki, c, f)) != BW_OK)
		return r;
	if ((r = entry_decode(p->entry.ptr, p->entry.len, out)) != BW_OK ||
	    out->seq != p->index) {
		fault_set(f, 0, "its extra line is not the entry at its "
		    "index");
		return BW_ERR_FORMAT;
	}
	if ((r = tree_leaf_hash(p->entry.ptr, p->entry.len, leaf)) != BW_OK)
		return r;
	r = tree_inclusion_verify(&p->path, p->index, c->size, leaf, c->root);
	if (r != BW_OK)
		fault_set(f, 0, "its hashes do not lead from the entry to the "
		    "checkpoint");
	return r;
}

void
tlogproof_note(const char *text, size_t len, struct bw_cur *out)
{
	const char *gap = memmem(text, len, "\n\n", 2);
	const char *note = gap != NULL ? gap + 2 : text + len;

	*out = (struct bw_cur){ (const uint8_t *)note,
		(size_t)(text + len - note) };
}

bw_err
tlogproof_verify(const char *text, size_t len, const char *origin,
    const uint8_t spki[static CRYPTO_SPKI], struct entry *out,
    struct checkpoint *c, struct fault *f)
{
	struct proof p = { .entry = BW_BUF_INIT(ENTRY_MAX) };
	struct bw_cur cur = { (const uint8_t *)text, len };
	bw_err r;

	memset(out, 0, sizeof(*out));
	if ((r = take_proof(&cur, &p)) == BW_OK)
		r = check(&p, &cur, origin, spki, out, c, f);
	else
		fault_set(f, 0, "it is not a tlog-proof as Badgeward writes "
		    "it");
	bw_buf_free(&p.entry);
	return r;
}
