// SPDX-License-Identifier: Apache-2.0
#include "record/upload.h"

#include <string.h>

#include "record/body.h"
#include "record/cbor.h"
#include "record/entry.h"

bw_err
upload_put_item(struct bw_buf *b, const struct upload_item *i)
{
	bw_err r;

	if (i->entry_len > ENTRY_MAX || i->body_len > BODY_MAX)
		return BW_ERR_BOUND;
	if ((r = cbor_put_array(b, 2)) != BW_OK ||
	    (r = cbor_put_bytes(b, i->entry, i->entry_len)) != BW_OK)
		return r;
	if (i->body == NULL)
		return cbor_put_null(b);
	return cbor_put_bytes(b, i->body, i->body_len);
}

bw_err
upload_put_note(struct bw_buf *b, const char *note, size_t len)
{
	return len > NOTE_MAX ? BW_ERR_BOUND : cbor_put_text(b, note, len);
}

static bw_err
take_item(struct bw_cur *c, struct upload_item *item)
{
	bw_err r;

	if ((r = cbor_get_array(c, 2)) != BW_OK ||
	    (r = cbor_get_bytes(c, ENTRY_MAX, &item->entry,
	    &item->entry_len)) != BW_OK)
		return r;
	if (cbor_get_null(c))
		return BW_OK;
	return cbor_get_bytes(c, BODY_MAX, &item->body, &item->body_len);
}

bw_err
upload_next(struct bw_cur *c, struct upload_item *item, const char **note,
    size_t *note_len)
{
	bw_err r;

	memset(item, 0, sizeof(*item));
	*note = NULL;
	*note_len = 0;
	/* Major type 3 in the first byte: the note, and with it the end. */
	if (c->len != 0 && c->ptr[0] >> 5 == 3) {
		if ((r = cbor_get_text(c, NOTE_MAX, note, note_len)) != BW_OK)
			return r;
		if ((r = cbor_end(c)) != BW_OK) {
			*note = NULL;
			*note_len = 0;
		}
		return r;
	}
	if ((r = take_item(c, item)) != BW_OK)
		memset(item, 0, sizeof(*item));
	return r;
}
