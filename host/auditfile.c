// SPDX-License-Identifier: Apache-2.0
#include "host/auditfile.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "host/store_audit.h"
#include "record/tree.h"

#define COLUMNS 7

struct walk {
	FILE *in;
	const struct auditfile_want *want;
	struct auditfile_report *out;
	struct fault *f;
	struct tree tree;
	char line[AUDITFILE_LINE_MAX + 2];
	size_t len;
};

/* The next line, without its end. BW_ERR_NOTFOUND at the end of the file. */
static bw_err
next(struct walk *w)
{
	int c;

	w->len = 0;
	while ((c = getc(w->in)) != EOF && c != '\n') {
		if (w->len > AUDITFILE_LINE_MAX || c == 0)
			return BW_ERR_FORMAT;
		w->line[w->len++] = (char)c;
	}
	w->line[w->len] = 0;
	if (c == EOF && ferror(w->in))
		return BW_ERR_IO;
	if (c == EOF)
		return w->len == 0 ? BW_ERR_NOTFOUND : BW_ERR_FORMAT;
	return BW_OK;
}

static bw_err
wrong(struct walk *w, bw_err r, const char *why)
{
	fault_set(w->f, 0, "row %" PRIu64 " is wrong: %s", w->tree.size + 1,
	    why);
	return r;
}

/* The columns, cut at their tabs. */
static bool
split(char *line, char *col[static COLUMNS])
{
	for (int i = 0; i < COLUMNS; i++) {
		if (line == NULL)
			return false;
		col[i] = line;
		if ((line = strchr(line, '\t')) != NULL)
			*line++ = 0;
	}
	return line == NULL;
}

static bool
parse(char *line, struct audit_row *row)
{
	char *col[COLUMNS];
	uint64_t at;

	if (!split(line, col) ||
	    text_number(col[0], strlen(col[0]), INT64_MAX, &row->id) !=
	    BW_OK || text_number(col[1], strlen(col[1]), INT64_MAX, &at) !=
	    BW_OK || strlen(col[6]) != (size_t)CRYPTO_HASH * 2 ||
	    text_unhex(col[6], row->hash, CRYPTO_HASH) != BW_OK)
		return false;
	row->at = (int64_t)at;
	row->actor = col[2];
	row->act = col[3];
	row->object = col[4];
	row->detail = col[5];
	return audit_row_ok(row);
}

static bw_err
take_row(struct walk *w)
{
	uint8_t hash[CRYPTO_HASH];
	struct audit_row row;
	bw_err r;

	if (!parse(w->line, &row))
		return wrong(w, BW_ERR_FORMAT, "it is no row of an audit");
	if (row.id != w->tree.size + 1)
		return wrong(w, BW_ERR_CHAIN, "another one stands in its "
		    "place");
	if ((r = audit_row_hash(&row, w->out->head, hash)) != BW_OK)
		return r;
	if (memcmp(hash, row.hash, CRYPTO_HASH) != 0)
		return wrong(w, BW_ERR_CHAIN, "its hash is not over it and "
		    "the row before");
	memcpy(w->out->head, hash, CRYPTO_HASH);
	if (w->want->head != NULL &&
	    memcmp(hash, w->want->head, CRYPTO_HASH) == 0)
		w->out->seen = row.id;
	return tree_append(&w->tree, hash);
}

static bw_err
rows(struct walk *w)
{
	bw_err r = next(w);

	if (r == BW_ERR_IO)
		return r;
	if (r != BW_OK || strcmp(w->line, AUDITFILE_HEAD) != 0) {
		fault_set(w->f, 0, "this is no exported audit");
		return BW_ERR_FORMAT;
	}
	while ((r = next(w)) == BW_OK && w->len != 0)
		if ((r = take_row(w)) != BW_OK)
			return r;
	w->out->rows = w->tree.size;
	if (r == BW_ERR_FORMAT)
		return wrong(w, r, "it is no row of an audit");
	if (r == BW_ERR_NOTFOUND) {
		fault_set(w->f, 0, "it ends behind row %" PRIu64 ", without "
		    "its checkpoint", w->tree.size);
		return BW_ERR_FORMAT;
	}
	return r;
}

/* What follows to the end. */
static bw_err
read_note(struct walk *w, struct bw_buf *note)
{
	char chunk[512];
	bw_err r = BW_OK;
	size_t n;

	while (r == BW_OK &&
	    (n = fread(chunk, 1, sizeof(chunk), w->in)) != 0)
		r = bw_buf_put(note, chunk, n);
	return r == BW_OK && ferror(w->in) ? BW_ERR_IO : r;
}

static bw_err
over_rows(struct walk *w, const struct checkpoint *c)
{
	uint8_t root[CRYPTO_HASH];
	bw_err r;

	if (c->size != w->tree.size) {
		fault_set(w->f, 0, "the file has %" PRIu64 " rows, its "
		    "checkpoint is over %" PRIu64, w->tree.size, c->size);
		return BW_ERR_ROOT;
	}
	if ((r = tree_root(&w->tree, root)) != BW_OK)
		return r;
	if (memcmp(root, c->root, CRYPTO_HASH) != 0) {
		fault_set(w->f, 0, "the checkpoint is over other rows");
		return BW_ERR_ROOT;
	}
	return BW_OK;
}

static bw_err
take_note(struct walk *w)
{
	struct bw_buf note = BW_BUF_INIT(NOTE_MAX);
	const struct auditfile_want *want = w->want;
	struct checkpoint c;
	bw_err r;

	if ((r = read_note(w, &note)) == BW_ERR_IO)
		goto out;
	if (r != BW_OK || (r = checkpoint_peek((const char *)note.ptr,
	    note.len, &c)) != BW_OK) {
		fault_set(w->f, 0, "the checkpoint breaks its format");
		goto out;
	}
	memcpy(w->out->origin, c.origin, sizeof(w->out->origin));
	if ((r = over_rows(w, &c)) != BW_OK || want->spki == NULL)
		goto out;
	r = checkpoint_verify((const char *)note.ptr, note.len, want->spki,
	    want->origin, &c);
	w->out->is_signed = r == BW_OK;
	if (r != BW_OK)
		fault_set(w->f, 0, "the checkpoint is not signed by this "
		    "key");
out:
	bw_buf_free(&note);
	return r;
}

bw_err
auditfile_verify(FILE *in, const struct auditfile_want *want,
    struct auditfile_report *out, struct fault *f)
{
	struct walk w = { .in = in, .want = want, .out = out, .f = f };
	bw_err r;

	memset(out, 0, sizeof(*out));
	if ((r = rows(&w)) != BW_OK || (r = take_note(&w)) != BW_OK)
		return r;
	if (want->head != NULL && out->seen == 0) {
		fault_set(f, 0, "no row has the hash that --head gives: rows "
		    "were removed or rewritten since");
		return BW_ERR_GONE;
	}
	return BW_OK;
}
