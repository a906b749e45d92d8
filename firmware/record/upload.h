/* SPDX-License-Identifier: Apache-2.0 */
/*
 * upload.h - the upload form and export form of a log (FORMATS.md, Device and
 * host): a CBOR sequence of [entry, body or null], then the signed note as one
 * text string.
 */
#ifndef RECORD_UPLOAD_H
#define RECORD_UPLOAD_H

#include "base/buf.h"
#include "base/err.h"
#include "record/checkpoint.h"

#define UPLOAD_MAX (4u * 1024 * 1024)	/* bytes of an upload */
#define UPLOAD_ENTRIES_MAX 8192

struct upload_item {
	const uint8_t *entry;	/* points into the source */
	size_t entry_len;
	const uint8_t *body;	/* NULL: null in the sequence */
	size_t body_len;
};

BW_MUST_USE bw_err upload_put_item(struct bw_buf *b,
    const struct upload_item *i);
BW_MUST_USE bw_err upload_put_note(struct bw_buf *b, const char *note,
    size_t len);

/* Take the next item. *note is NULL for an entry; at the note it and its
 * length are set, item zeroed, and nothing may follow (BW_ERR_FORMAT). The
 * inner bytes are bounded, not decoded: chain_add does that. */
BW_MUST_USE bw_err upload_next(struct bw_cur *c, struct upload_item *item,
    const char **note, size_t *note_len);

#endif
