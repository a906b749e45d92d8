// SPDX-License-Identifier: Apache-2.0
#include "host/export_audit.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "host/auditfile.h"
#include "host/store_audit.h"
#include "record/tree.h"

struct audit_out {
	struct outfile *out;		/* NULL: none */
	struct progress *progress;
	struct tree tree;
	uint8_t last[CRYPTO_HASH];
};

bw_err
audit_origin(const struct hostdir *h, char out[static ORIGIN_MAX + 1])
{
	int n = snprintf(out, ORIGIN_MAX + 1, "%s/%s/host/audit",
	    h->config.log_name, h->config.event_id);

	return n > 0 && n <= ORIGIN_MAX && origin_ok(out, (size_t)n) ?
	    BW_OK : BW_ERR_BOUND;
}

static bw_err
put_row(struct outfile *out, const struct audit_row *row)
{
	struct bw_buf line = BW_BUF_INIT(AUDITFILE_LINE_MAX);
	char hash[TEXT_HEX_SIZE(CRYPTO_HASH)];
	bw_err r;

	text_hex(row->hash, CRYPTO_HASH, hash);
	r = bw_buf_printf(&line, "%" PRIu64 "\t%" PRId64
	    "\t%s\t%s\t%s\t%s\t%s\n", row->id, row->at, row->actor, row->act,
	    row->object, row->detail, hash);
	if (r == BW_OK)
		r = outfile_put(out, line.ptr, line.len);
	bw_buf_free(&line);
	return r;
}

/* Only what hangs together is signed. */
static bw_err
on_row(void *arg, const struct audit_row *row)
{
	struct audit_out *a = arg;
	uint8_t hash[CRYPTO_HASH];
	bw_err r;

	if (row->id != a->tree.size + 1 || !audit_row_ok(row))
		return BW_ERR_CHAIN;
	if ((r = audit_row_hash(row, a->last, hash)) != BW_OK)
		return r;
	if (memcmp(hash, row->hash, CRYPTO_HASH) != 0)
		return BW_ERR_CHAIN;
	memcpy(a->last, hash, CRYPTO_HASH);
	if ((r = tree_append(&a->tree, hash)) != BW_OK)
		return r;
	if ((r = progress_one(a->progress)) != BW_OK)
		return r;
	return a->out != NULL ? put_row(a->out, row) : BW_OK;
}

static bw_err
put_note(const struct audit_out *a, const struct hostdir *h)
{
	struct bw_buf note = BW_BUF_INIT(NOTE_MAX);
	struct checkpoint c = { .size = a->tree.size };
	bw_err r;

	if ((r = audit_origin(h, c.origin)) == BW_OK &&
	    (r = tree_root(&a->tree, c.root)) == BW_OK &&
	    (r = bw_buf_put_str(&note, "\n")) == BW_OK &&
	    (r = checkpoint_sign(&c, h->host, &note)) == BW_OK)
		r = outfile_put(a->out, note.ptr, note.len);
	bw_buf_free(&note);
	return r;
}

bw_err
export_audit(struct store *s, const struct hostdir *h, struct outfile *out,
    struct progress *progress, uint64_t *n,
    uint8_t head[static CRYPTO_HASH])
{
	static const char first[] = AUDITFILE_HEAD "\n";
	struct audit_out a = { .out = out, .progress = progress };
	bw_err r;

	if ((r = outfile_put(out, first, sizeof(first) - 1)) == BW_OK &&
	    (r = store_audit_all(s, on_row, &a)) == BW_OK)
		r = put_note(&a, h);
	*n = a.tree.size + (r == BW_ERR_CHAIN);
	memcpy(head, a.last, CRYPTO_HASH);
	return r;
}

bw_err
audit_check(struct store *s, uint64_t *n, uint8_t head[static CRYPTO_HASH])
{
	struct audit_out a = { .out = NULL };
	bw_err r = store_audit_all(s, on_row, &a);

	*n = a.tree.size + (r == BW_ERR_CHAIN);
	memcpy(head, a.last, CRYPTO_HASH);
	return r;
}
